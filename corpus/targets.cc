// Targets by indicator, unit, size, year and body.
#include "corpus/search.h"

#include <functional>

#include "corpus/query.h"
#include "corpus/sqlite.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr int kVagueIndicators = 64;
constexpr char kByIndicator[] = " INDEXED BY targets_by_indicator";

// SQL with its parameters beside it, in order.
struct Part {
  std::string sql;
  std::vector<std::function<void(Statement&)>> values;

  template <typename T>
  void add(const std::string& text, const T& value) {
    sql += text;
    values.push_back([value](Statement& statement) { statement.bind(value); });
  }
};

void add_common(Part& part, const TargetQuery& query, const std::string& match, bool by_indicator) {
  if (!match.empty())
    // The plus keeps the planner from going by indicator on its own.
    part.add(std::string(" AND ") + (by_indicator ? "" : "+") + "t.indicator_id IN (SELECT rowid FROM indicator_search WHERE indicator_search MATCH ?)", match);
  if (query.year) part.add(" AND ? BETWEEN t.year_from AND t.year_to", *query.year);
  if (!query.body.empty())
    part.add(" AND t.document_id IN (SELECT document_id FROM records WHERE instr(body_folded, ?) > 0)", fold(query.body));
}

// Targets whose own number is in the unit that was asked for, or all when none was.
Part by_value(const TargetQuery& query, const std::string& match, bool by_indicator) {
  Part part{std::string("SELECT t.id, t.value AS key FROM targets t") + (by_indicator ? kByIndicator : "") + " WHERE 1", {}};
  if (!query.unit.empty()) part.add(" AND t.unit_folded = ?", fold(query.unit));
  if (query.min) part.add(" AND coalesce(t.value_max, t.value) >= ?", *query.min);
  if (query.max) part.add(" AND t.value <= ?", *query.max);
  add_common(part, query, match, by_indicator);
  return part;
}

// Targets in another unit that has this one as its base.
Part by_amount(const TargetQuery& query, const std::string& match, bool by_indicator) {
  Part part{std::string("SELECT t.id, t.amount_value AS key FROM targets t") + (by_indicator ? kByIndicator : "") + " WHERE 1", {}};
  part.add(" AND t.amount_unit_folded = ?", fold(query.unit));
  part.add(" AND t.unit_folded <> ?", fold(query.unit));
  if (query.min) part.add(" AND t.amount_value >= ?", *query.min);
  if (query.max) part.add(" AND t.amount_value <= ?", *query.max);
  add_common(part, query, match, by_indicator);
  return part;
}

// Whether so many indicators match that it is quicker to go through the values in order than to sort all that match.
bool is_vague(const Store& store, const std::string& match) {
  Statement row(store.database(), R"(
    SELECT count(*) FROM (SELECT 1 FROM indicator_search WHERE indicator_search MATCH ? LIMIT ?))");
  row.bind(match).bind(kVagueIndicators);
  row.step();
  return row.integer(0) == kVagueIndicators;
}

// The smallest ones of each part first; only the rows that are shown are joined with their documents.
Part whole_query(const TargetQuery& query, const std::string& match, bool by_indicator) {
  std::vector<Part> parts{by_value(query, match, by_indicator)};
  if (!query.unit.empty()) parts.push_back(by_amount(query, match, by_indicator));
  Part whole{"WITH found AS (", {}};
  for (const Part& part : parts) {
    whole.sql += (&part == &parts[0] ? "" : " UNION ALL ") + ("SELECT * FROM (" + part.sql);
    whole.values.insert(whole.values.end(), part.values.begin(), part.values.end());
    whole.add(" ORDER BY key LIMIT ?)", query.limit);
  }
  whole.add(R"()
    SELECT d.path, coalesce(r.title, ''), coalesce(r.issuing_body, ''), r.plan_year, t.page, t.line, t.indicator,
      t.comparator, t.value, t.value_max, t.of_total, t.unit, coalesce(t.per, ''), coalesce(t.direction, ''),
      coalesce(t.due, ''), t.evidence
    FROM found f JOIN targets t ON t.id = f.id
    JOIN records r ON r.document_id = t.document_id
    JOIN documents d ON d.id = t.document_id
    ORDER BY f.key, d.path, t.position LIMIT ?)", query.limit);
  return whole;
}

TargetRow read_target(const Statement& row) {
  TargetRow target;
  target.path = row.text(0);
  target.title = row.text(1);
  target.body = row.text(2);
  if (!row.is_null(3)) target.year = static_cast<int>(row.integer(3));
  target.page = static_cast<int>(row.integer(4));
  target.line = static_cast<int>(row.integer(5));
  target.indicator = row.text(6);
  target.comparator = row.text(7);
  target.value = row.real(8);
  target.value_max = row.optional_real(9);
  target.of = row.optional_real(10);
  target.unit = row.text(11);
  target.per = row.text(12);
  target.direction = row.text(13);
  target.due = row.text(14);
  target.evidence = row.text(15);
  return target;
}

}  // namespace

std::vector<TargetRow> find_targets(const Store& store, const TargetQuery& query) {
  std::string match;
  if (!query.indicator.empty()) {
    match = match_expression(parse_query(query.indicator), Closeness::letters);
    if (match.empty()) return {};
  }
  const Part whole = whole_query(query, match, !match.empty() && !is_vague(store, match));
  Statement statement(store.database(), whole.sql);
  for (const auto& bind : whole.values) bind(statement);
  std::vector<TargetRow> rows;
  while (statement.step()) rows.push_back(read_target(statement));
  return rows;
}

}  // namespace planscribe

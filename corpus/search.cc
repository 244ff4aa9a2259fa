#include "corpus/search.h"

#include "corpus/filter.h"
#include "corpus/query.h"
#include "corpus/snippet.h"
#include "corpus/sqlite.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

// First the match expression, then the same with every word just as typed; then the filter, then the limit.
constexpr char kSearchSql[] = R"(
WITH hits AS (
  SELECT rowid AS page_id, bm25(page_search, 4.0, 1.0) AS rank FROM page_search WHERE page_search MATCH ?),
just_so AS MATERIALIZED (
  SELECT rowid AS page_id FROM page_search WHERE page_search MATCH ?)
SELECT d.path, p.number, p.text, hits.rank, hits.page_id IN just_so AS very, coalesce(r.title, '')
FROM hits
JOIN pages p ON p.id = hits.page_id
JOIN documents d ON d.id = p.document_id
LEFT JOIN records r ON r.document_id = d.id
WHERE 1)";
constexpr char kSearchOrder[] = R"(
ORDER BY very DESC, hits.rank, d.path, p.number
LIMIT ?)";

// ?1 unit, ?2 min, ?3 max, ?4 year, ?5 body, ?6 limit, ?7 the match expression (only in the second form).
constexpr char kTargetsSql[] = R"(
SELECT d.path, coalesce(r.title, ''), coalesce(r.issuing_body, ''), r.plan_year, t.page, t.line, t.indicator,
  t.comparator, t.value, t.value_max, t.of_total, t.unit, coalesce(t.per, ''), coalesce(t.direction, ''),
  coalesce(t.due, ''), t.evidence
FROM targets t
JOIN records r ON r.document_id = t.document_id
JOIN documents d ON d.id = t.document_id
WHERE ((?1 = '' OR t.unit_folded = ?1) AND (?2 IS NULL OR coalesce(t.value_max, t.value) >= ?2)
         AND (?3 IS NULL OR t.value <= ?3)
       OR ?1 <> '' AND t.amount_unit_folded = ?1 AND t.unit_folded <> ?1
         AND (?2 IS NULL OR t.amount_value >= ?2) AND (?3 IS NULL OR t.amount_value <= ?3))
  AND (?4 IS NULL OR r.plan_year = ?4
       OR ?4 BETWEEN CAST(substr(r.period_from, 1, 4) AS INTEGER) AND CAST(substr(r.period_to, 1, 4) AS INTEGER))
  AND (?5 = '' OR instr(r.body_folded, ?5) > 0)
)";
constexpr char kTargetsMatching[] =
    "  AND t.id IN (SELECT rowid FROM target_search WHERE target_search MATCH ?7)\n";
constexpr char kTargetsOrder[] = "ORDER BY t.value, d.path, t.position LIMIT ?6";

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

std::vector<Hit> search(const Store& store, const std::string& text, const SearchFilter& filter, int limit) {
  std::vector<Hit> hits;
  const Query query = parse_query(text);
  const std::string match = match_expression(query, false);
  if (match.empty()) return hits;
  const FilterSql conditions(filter);
  Statement statement(store.database(), kSearchSql + conditions.sql() + kSearchOrder);
  statement.bind(match).bind(match_expression(query, true));
  conditions.bind(statement);
  statement.bind(limit);
  while (statement.step()) {
    Hit hit;
    hit.path = statement.text(0);
    hit.page = static_cast<int>(statement.integer(1));
    hit.snippet = make_snippet(statement.text(2), query);
    hit.score = -statement.real(3);  // FTS5 gives the best the lowest
    hit.very_marks = statement.integer(4) != 0;
    hit.title = statement.text(5);
    hits.push_back(std::move(hit));
  }
  return hits;
}

std::vector<TargetRow> find_targets(const Store& store, const TargetQuery& query) {
  std::string match;
  if (!query.indicator.empty()) {
    match = match_expression(parse_query(query.indicator), false);
    if (match.empty()) return {};
  }
  Statement statement(store.database(),
                      std::string(kTargetsSql) + (match.empty() ? "" : kTargetsMatching) + kTargetsOrder);
  statement.bind(fold(query.unit)).bind(query.min).bind(query.max).bind(query.year).bind(fold(query.body));
  statement.bind(query.limit);
  if (!match.empty()) statement.bind(match);
  std::vector<TargetRow> rows;
  while (statement.step()) rows.push_back(read_target(statement));
  return rows;
}

}  // namespace planscribe

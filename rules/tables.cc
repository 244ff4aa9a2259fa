// Rows of tables as paragraphs "indicator: value unit", with every byte traced to its cell.
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

using Row = std::map<int, Fragment>;  // by column

struct Columns {
  int indicator = -1, unit = -1, value = -1;
};

std::string heading_kind(const Plan& plan, const std::string& text) {
  const auto matches = find_matches(plan.rules, MatchText(text), "section", "table");
  return matches.empty() ? "" : matches.front().rule->set.at("kind");
}

// The header row names the columns. Of several value columns the last that is no past year's is the plan's.
Columns name_columns(const Plan& plan, const Row& header) {
  Columns columns;
  for (const auto& [column, cell] : header) {
    const std::string kind = heading_kind(plan, collapse_spaces(cell.text));
    static const RE2 year(R"(((?:19|20)\d{2}))");
    std::string found;
    const bool past = RE2::PartialMatch(cell.text, year, &found) && plan.year > 0 && std::atoi(found.c_str()) < plan.year;
    if (kind == "column.indicator" && columns.indicator < 0) columns.indicator = column;
    if (kind == "column.unit" && columns.unit < 0) columns.unit = column;
    if (kind == "column.value" && !past && column != columns.indicator) columns.value = column;
  }
  return columns;
}

Paragraph row_paragraph(const Row& row, const Columns& columns) {
  Paragraph paragraph;
  paragraph.kind = "table";
  const auto cell = [&](int column) { return row.count(column) ? &row.at(column) : nullptr; };
  const Fragment* indicator = cell(columns.indicator);
  const Fragment* value = cell(columns.value);
  if (!indicator || !value) return paragraph;
  append(paragraph, *indicator, "");
  append(paragraph, *value, ": ");
  const Fragment* unit = cell(columns.unit);
  static const RE2 letters(R"([\p{L}%])");
  if (unit && !RE2::PartialMatch(value->text, letters)) append(paragraph, *unit, " ");
  return paragraph;
}

std::map<std::pair<int, int>, Row> collect_rows(const Plan& plan) {
  std::map<std::pair<int, int>, Row> rows;
  for (size_t i = 0; i < plan.lines.size(); ++i) {
    const SourceLine& line = plan.lines[i];
    if (line.table < 0) continue;
    Fragment cell = line_fragment(plan, static_cast<int>(i), 0, line.text.size());
    if (!cell.empty()) append(rows[{line.table, line.row}][line.column], cell, " ");
  }
  return rows;
}

}  // namespace

std::vector<Paragraph> table_rows(const Plan& plan) {
  std::vector<Paragraph> out;
  int table = -1;
  Columns columns;
  for (const auto& [at, row] : collect_rows(plan)) {
    if (at.first != table) columns = {};
    table = at.first;
    const Columns named = name_columns(plan, row);
    if (columns.indicator < 0 && named.indicator >= 0 && named.value >= 0) {
      columns = named;
      continue;
    }
    if (columns.indicator < 0) continue;
    Paragraph paragraph = row_paragraph(row, columns);
    if (!paragraph.text.empty()) out.push_back(std::move(paragraph));
  }
  return out;
}

}  // namespace planscribe

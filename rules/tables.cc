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

std::vector<TableRow> layout_rows(const Plan& plan) {
  std::map<std::pair<int, int>, Row> rows;
  for (size_t i = 0; i < plan.lines.size(); ++i) {
    const SourceLine& line = plan.lines[i];
    if (line.table < 0) continue;
    Fragment cell = line_fragment(plan, static_cast<int>(i), 0, line.text.size());
    if (!cell.empty()) append(rows[{line.table, line.row}][line.column], cell, " ");
  }
  std::vector<TableRow> out;
  for (auto& [at, row] : rows) out.push_back({at.first, std::move(row)});
  return out;
}

bool has_letters(const Fragment& cell) {
  static const RE2 letters(R"([\p{L}]{2})");
  return RE2::PartialMatch(cell.text, letters);
}

// "- Lúa", "+ Ngô", "Trong đó: nữ" below "Sản lượng": a part of the row above.
bool is_part(const std::string& text) {
  static const RE2 part(R"((?i)^\s*(?:[-+–•]|trong đó|[a-zđ][)]))");
  return RE2::PartialMatch(text, part);
}

// Follows the rows: which columns hold what, and which row heads those that are its parts.
class TableReader {
 public:
  explicit TableReader(const Plan& plan) : plan_(plan) {}

  std::optional<Paragraph> read(const TableRow& row) {
    const bool begins = row.table != table_;
    const Columns named = name_columns(plan_, row.cells);
    const bool header = named.indicator >= 0 && named.value >= 0;
    if (begins && !header && !goes_on(row.cells)) columns_ = {};
    table_ = row.table;
    if (header && (begins || columns_.indicator < 0)) {
      columns_ = named;
      width_ = row.cells.rbegin()->first;
      head_ = {};
      return std::nullopt;
    }
    if (columns_.indicator < 0) return std::nullopt;
    Paragraph paragraph = row_paragraph(with_head(row.cells), columns_);
    return paragraph.text.empty() ? std::nullopt : std::optional(std::move(paragraph));
  }

 private:
  // A table that a page break cut goes on without its header: as wide, and its first cells in their columns.
  bool goes_on(const Row& row) const {
    return columns_.indicator >= 0 && row.rbegin()->first == width_ && row.count(columns_.indicator) &&
           has_letters(row.at(columns_.indicator));
  }

  Row with_head(const Row& row) {
    const auto found = row.find(columns_.indicator);
    if (found == row.end()) return row;
    if (!is_part(found->second.text)) {
      head_ = found->second;
      return row;
    }
    Row out = row;
    Fragment& cell = out[columns_.indicator];
    size_t from = 0;
    static const RE2 mark(R"((?i)^\s*(?:[-+–•]|trong đó\s*:?|[a-zđ][)])\s*)");
    re2::StringPiece rest(cell.text);
    if (RE2::Consume(&rest, mark)) from = rest.data() - cell.text.data();
    Fragment named = head_;
    append(named, sub_fragment(cell, from, cell.text.size()), ": ");
    cell = named;
    return out;
  }

  const Plan& plan_;
  int table_ = -1, width_ = -1;
  Columns columns_;
  Fragment head_;
};

}  // namespace

bool names_columns(const Plan& plan, const std::map<int, Fragment>& row) {
  const Columns columns = name_columns(plan, row);
  return columns.indicator >= 0 && columns.value >= 0;
}

std::vector<TableRow> find_table_rows(const Plan& plan, std::set<int>& taken) {
  std::vector<TableRow> rows = layout_rows(plan);
  const int known = rows.empty() ? 0 : rows.back().table + 1;
  for (auto& row : plain_table_rows(plan, taken)) rows.push_back({known + row.table, std::move(row.cells)});
  return rows;
}

std::vector<Paragraph> table_paragraphs(const Plan& plan) {
  std::vector<Paragraph> out;
  TableReader reader(plan);
  for (const auto& row : plan.table_rows) {
    if (auto paragraph = reader.read(row)) out.push_back(std::move(*paragraph));
  }
  return out;
}

}  // namespace planscribe

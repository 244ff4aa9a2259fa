// Rows of tables as paragraphs "indicator: value unit", with every byte traced to its cell.
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

using Row = std::map<int, Fragment>;  // by column

struct Columns {
  int indicator = -1, unit = -1, value = -1;
  int place = -1;                // who gets the numbers; then every further column has an indicator of its own
  std::map<int, Fragment> asked;  // their headings
  bool known() const { return value >= 0 && indicator >= 0 ? true : place >= 0 && !asked.empty(); }
};

std::string heading_kind(const Plan& plan, const std::string& text) {
  const auto matches = find_matches(plan.rules, MatchText(text), "section", "table");
  return matches.empty() ? "" : matches.front().rule->set.at("kind");
}

bool is_past(const Plan& plan, const Fragment& cell) {
  static const RE2 year(R"(((?:19|20)\d{2}))");
  std::string found;
  return RE2::PartialMatch(cell.text, year, &found) && plan.year > 0 && std::atoi(found.c_str()) < plan.year;
}

bool has_letters(const Fragment& cell) {
  static const RE2 letters(R"([\p{L}]{2})");
  return RE2::PartialMatch(cell.text, letters);
}

// "Địa phương | Số hộ thoát nghèo (hộ) | Tỷ lệ (%)": an allotment.
void name_allotment(const Plan& plan, const Row& header, Columns& columns) {
  for (const auto& [column, cell] : header) {
    const std::string kind = heading_kind(plan, collapse_spaces(cell.text));
    if (columns.place < 0 && (kind == "column.place" || kind == "column.unit")) columns.place = column;
    if (columns.place >= 0 && !has_letters(cell) && !cell.empty()) return columns.asked.clear();  // a row, no header
    const bool asks = kind.empty() || kind == "column.value" || kind == "column.indicator";
    if (columns.place >= 0 && column > columns.place && asks && !is_past(plan, cell)) columns.asked[column] = cell;
  }
}

// The header row names the columns. Of several value columns the last that is no past year's is the plan's.
Columns name_columns(const Plan& plan, const Row& header) {
  Columns columns;
  for (const auto& [column, cell] : header) {
    const std::string kind = heading_kind(plan, collapse_spaces(cell.text));
    if (kind == "column.indicator" && columns.indicator < 0) columns.indicator = column;
    if (kind == "column.unit" && columns.unit < 0) columns.unit = column;
    if (kind == "column.value" && !is_past(plan, cell) && column != columns.indicator) columns.value = column;
  }
  if (columns.indicator < 0) name_allotment(plan, header, columns);
  return columns;
}

// "Tỷ lệ (%)" over "75" beside "Thành phố Quy Nhơn" -> "Tỷ lệ Thành phố Quy Nhơn: 75 %". Without a unit in the heading
// or the cell it stays unread.
Paragraph allotted(const Fragment& asked, const Fragment& place, const Fragment& value) {
  Paragraph paragraph;
  paragraph.kind = "table";
  const size_t open = std::min(asked.text.find('('), asked.text.size());
  const size_t close = std::min(asked.text.find(')', open), asked.text.size());
  append(paragraph, sub_fragment(asked, 0, open), "");
  append(paragraph, place, " ");
  append(paragraph, value, ": ");
  static const RE2 letters(R"([\p{L}%])");
  const Fragment unit = sub_fragment(asked, std::min(open + 1, close), close);
  if (!unit.empty() && !RE2::PartialMatch(value.text, letters)) append(paragraph, unit, " ");
  return paragraph;
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

// "- Lúa", "+ Ngô", "Trong đó: nữ" below "Sản lượng": a part of the row above.
bool is_part(const std::string& text) {
  static const RE2 part(R"((?i)^\s*(?:[-+–•]|trong đó|[a-zđ][)]))");
  return RE2::PartialMatch(text, part);
}

// Follows the rows: which columns hold what, and which row heads those that are its parts.
class TableReader {
 public:
  explicit TableReader(const Plan& plan) : plan_(plan) {}

  std::vector<Paragraph> read(const TableRow& row) {
    const bool begins = row.table != table_;
    const Columns named = name_columns(plan_, row.cells);
    const bool header = named.known();
    if (begins && !header && !goes_on(row.cells)) columns_ = {};
    table_ = row.table;
    if (header && (begins || !columns_.known())) {
      columns_ = named;
      width_ = row.cells.rbegin()->first;
      head_ = {};
      return {};
    }
    if (!columns_.known()) return {};
    if (columns_.place >= 0) return allotments(row.cells);
    Paragraph paragraph = row_paragraph(with_head(row.cells), columns_);
    if (paragraph.text.empty()) return {};
    return {std::move(paragraph)};
  }

 private:
  // A table that a page break cut goes on without its header: as wide, and its first cells in their columns.
  bool goes_on(const Row& row) const {
    const int first = columns_.place >= 0 ? columns_.place : columns_.indicator;
    return columns_.known() && row.rbegin()->first == width_ && row.count(first) && has_letters(row.at(first));
  }

  // The row of a sum ("Tổng", "Cộng") repeats what its rows say.
  std::vector<Paragraph> allotments(const Row& row) const {
    std::vector<Paragraph> out;
    const auto place = row.find(columns_.place);
    static const RE2 sum(R"((?i)^\W*(?:tổng|cộng|toàn)(?:$|[^\p{L}]))");
    if (place == row.end() || !has_letters(place->second) || RE2::PartialMatch(place->second.text, sum)) return out;
    for (const auto& [column, asked] : columns_.asked) {
      const auto value = row.find(column);
      if (value != row.end()) out.push_back(allotted(asked, place->second, value->second));
    }
    return out;
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
  return name_columns(plan, row).known();
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
    for (auto& paragraph : reader.read(row)) out.push_back(std::move(paragraph));
  }
  return out;
}

}  // namespace planscribe

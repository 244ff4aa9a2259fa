// Rows of tables as paragraphs "indicator: value unit", with every byte traced to its cell.
#include <algorithm>

#include "models/unicode.h"
#include "rules/allotments.h"

namespace planscribe {
namespace {

using Row = std::map<int, Fragment>;  // by column

struct Columns {
  int indicator = -1, unit = -1, value = -1;
  std::map<int, std::string> years;  // value columns that are headed by years of their own: "KH 2016 | KH 2018 | KH 2020"
  int place = -1;                // who gets the numbers; then every further column has an indicator of its own
  std::map<int, Fragment> asked;  // their headings
  std::set<int> untold;           // of these what only says "Năm 2024", "Chỉ tiêu giao": the title above tells of what
  bool known() const { return value >= 0 && indicator >= 0 ? true : place >= 0 && !asked.empty(); }
};

std::string heading_kind(const Plan& plan, const std::string& text) {
  const auto matches = find_matches(plan.rules, MatchText(text), "section", "table");
  const auto first = std::max_element(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return a.rule->priority < b.rule->priority;
  });
  return first == matches.end() ? "" : first->rule->set.at("kind");
}

std::string year_of(const Fragment& cell) {
  static const Pattern year(R"((?:^|\D)((?:19|20)\d{2})(?:\D|$))");
  std::string found;
  RE2::PartialMatch(cell.text, year, &found);
  return found;
}

bool is_past(const Plan& plan, const Fragment& cell) {
  const std::string year = year_of(cell);
  return !year.empty() && plan.year > 0 && std::atoi(year.c_str()) < plan.year;
}

bool has_letters(const Fragment& cell) {
  static const Pattern letters(R"([\p{L}]{2})");
  return RE2::PartialMatch(cell.text, letters);
}

// "Năm 2024", "Chỉ tiêu giao": when and how much, not of what.
bool tells_nothing(const Fragment& heading) {
  static const Pattern words(R"(\W*(?:(?:nam|ke hoach|kh|chi tieu|muc tieu|muc|phan dau|giao|dang ky|so luong|du kien|20\d\d)\W*)+)");
  return RE2::FullMatch(fold(heading.text), words);
}

// "Địa phương | Số hộ thoát nghèo (hộ) | Tỷ lệ (%)": an allotment.
void name_allotment(const Plan& plan, const Row& header, Columns& columns) {
  columns.unit = -1;
  for (const auto& [column, cell] : header) {
    const std::string kind = heading_kind(plan, collapse_spaces(cell.text));
    if (columns.place >= 0 && kind == "column.unit") columns.unit = column;
    if (columns.place < 0 && (kind == "column.place" || kind == "column.unit")) columns.place = column;
    if (columns.place >= 0 && !has_letters(cell) && !cell.empty()) return columns.asked.clear();  // a row, no header
    const bool asks = kind.empty() || kind == "column.value" || kind == "column.indicator";
    if (columns.place >= 0 && column > columns.place && asks && !is_past(plan, cell)) columns.asked[column] = cell;
    if (tells_nothing(cell)) columns.untold.insert(column);
  }
}

bool asks(const Fragment& heading) {
  static const Pattern goal(R"((?i)^\W*(?:chỉ tiêu|mục tiêu))");
  return RE2::PartialMatch(heading.text, goal);
}

// The header row names the columns. Of several value columns the last that is no past year's is the plan's; where each
// has a year of its own, all are.
Columns name_columns(const Plan& plan, const Row& header) {
  Columns columns;
  int goal = -1;  // "Nội dung | Đơn vị | Chỉ tiêu": the values, where no other column has them
  for (const auto& [column, cell] : header) {
    const std::string kind = heading_kind(plan, collapse_spaces(cell.text));
    if (kind == "column.indicator" && columns.indicator >= 0 && asks(cell)) goal = column;
    if (kind == "column.indicator" && columns.indicator < 0) columns.indicator = column;
    if (kind == "column.unit" && columns.unit < 0) columns.unit = column;
    if (kind != "column.value" || is_past(plan, cell) || column == columns.indicator) continue;
    columns.value = column;
    if (const std::string year = year_of(cell); !year.empty()) columns.years[column] = year;
  }
  if (columns.value < 0) columns.value = goal;
  if (columns.years.size() < 2 || columns.years.count(columns.value) == 0) columns.years.clear();
  if (columns.indicator < 0) name_allotment(plan, header, columns);
  return columns;
}

Paragraph row_paragraph(const Row& row, const Columns& columns, int value_column) {
  Paragraph paragraph;
  paragraph.kind = "table";
  const auto cell = [&](int column) { return row.count(column) ? &row.at(column) : nullptr; };
  const Fragment* indicator = cell(columns.indicator);
  const Fragment* value = cell(value_column);
  if (!indicator || !value) return paragraph;
  append(paragraph, *indicator, "");
  append(paragraph, *value, ": ");
  const Fragment* unit = cell(columns.unit);
  static const Pattern letters(R"([\p{L}%])");
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
  static const Pattern part(R"((?i)^\s*(?:[-+–•]|trong đó|[a-zđ][)]))");
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
      const int first = row.cells.begin()->second.pieces.front().line;
      unit_ = unit_above(plan_, first);
      title_ = title_above(plan_, first);
      return {};
    }
    if (!columns_.known()) return {};
    if (columns_.place >= 0) return header_goes_on(row.cells) ? std::vector<Paragraph>() : allotments(row.cells);
    return values_of(with_head(row.cells));
  }

 private:
  // A table that a page break cut goes on without its header: as wide, and its first cells in their columns.
  bool goes_on(const Row& row) const {
    const int first = columns_.place >= 0 ? columns_.place : columns_.indicator;
    return columns_.known() && row.rbegin()->first == width_ && row.count(first) && has_letters(row.at(first));
  }

  // One target a row, or one for each of the years.
  std::vector<Paragraph> values_of(const Row& row) const {
    std::vector<Paragraph> out;
    const auto add = [&](int column, const std::string& year) {
      Paragraph paragraph = row_paragraph(row, columns_, column);
      paragraph.due = year;
      if (!paragraph.text.empty()) out.push_back(std::move(paragraph));
    };
    for (const auto& [column, year] : columns_.years) add(column, year);
    if (columns_.years.empty()) add(columns_.value, "");
    return out;
  }

  // "(ha)   (tạ/ha)" below "Diện tích   Năng suất": the second line of the header, with a unit for each column.
  bool header_goes_on(const Row& row) {
    static const Pattern bracketed(R"(\s*\([^()\d]*\)\s*)");
    const auto in_brackets = [](const auto& cell) { return RE2::FullMatch(cell.second.text, bracketed); };
    if (!std::all_of(row.begin(), row.end(), in_brackets)) return false;
    if (row.size() != columns_.asked.size()) return true;
    auto asked = columns_.asked.begin();
    for (const auto& unit : row) append((asked++)->second, unit.second, " ");
    return true;
  }

  // The row of a sum ("Tổng", "Cộng") repeats what its rows say.
  std::vector<Paragraph> allotments(const Row& row) const {
    std::vector<Paragraph> out;
    const auto place = row.find(columns_.place);
    static const Pattern sum(R"((?i)^\W*(?:tổng|cộng|toàn)(?:$|[^\p{L}]))");
    if (place == row.end() || !has_letters(place->second) || RE2::PartialMatch(place->second.text, sum)) return out;
    for (const auto& [column, asked] : columns_.asked) {
      const auto value = row.find(column);
      if (value == row.end()) continue;
      const auto unit = row.find(columns_.unit);
      const Fragment& name = columns_.untold.count(column) && !title_.empty() ? title_ : asked;
      out.push_back(allotted(plan_, name, place->second, value->second, unit == row.end() ? unit_ : unit->second));
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
    static const Pattern mark(R"((?i)^\s*(?:[-+–•]|trong đó\s*:?|[a-zđ][)])\s*)");
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
  Fragment head_, unit_, title_;
};

}  // namespace

bool names_columns(const Plan& plan, const std::map<int, Fragment>& row) {
  const auto of_rounds = [&](const auto& cell) { return heading_kind(plan, collapse_spaces(cell.second.text)) == "column.round"; };
  return name_columns(plan, row).known() || std::any_of(row.begin(), row.end(), of_rounds);
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

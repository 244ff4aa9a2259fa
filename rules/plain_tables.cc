// Tables in plain text: rows whose columns are parted by "|", tabs or two and more spaces, under a row that names them.
#include <algorithm>
#include <set>

#include "rules/extraction.h"

namespace planscribe {
namespace {

struct Cell {
  size_t begin = 0, end = 0;  // bytes of the line
  size_t column = 0;          // letters before it: where it stands on paper
};

using Cells = std::vector<Cell>;

size_t letters_before(const std::string& text, size_t at) {
  return std::count_if(text.begin(), text.begin() + at, [](char c) { return (c & 0xc0) != 0x80; });
}

void add_cell(const std::string& text, size_t begin, size_t end, bool keep_empty, Cells& cells) {
  while (begin < end && text[begin] == ' ') ++begin;
  while (end > begin && text[end - 1] == ' ') --end;
  if (end > begin || keep_empty) cells.push_back({begin, end, letters_before(text, begin)});
}

Cells split_by(const std::string& text, char separator) {
  Cells cells;
  size_t from = text.find_first_not_of(' ');
  if (from == std::string::npos) return cells;
  size_t to = text.find_last_not_of(' ') + 1;
  if (text[from] == separator && separator == '|') ++from;
  if (to > from && text[to - 1] == '|' && separator == '|') --to;
  for (size_t end; from <= to; from = end + 1) {
    end = std::min(text.find(separator, from), to);
    add_cell(text, from, end, true, cells);
    if (end >= to) break;
  }
  return cells;
}

Cells split_by_gaps(const std::string& text) {
  Cells cells;
  size_t from = 0;
  while (from < text.size()) {
    const size_t gap = std::min(text.find("  ", from), text.size());
    add_cell(text, from, gap, false, cells);
    from = std::min(text.find_first_not_of(' ', gap), text.size());
  }
  return cells;
}

Cells split_row(const std::string& text) {
  if (std::count(text.begin(), text.end(), '|') >= 2) return split_by(text, '|');
  if (std::count(text.begin(), text.end(), '\t') >= 2) return split_by(text, '\t');
  return split_by_gaps(text);
}

bool is_rule(const std::string& text) {
  return !text.empty() && text.find_first_not_of(" |-+=:_") == std::string::npos;
}

// Where a cell stands under the header: by its place in the row when the row is whole, else by the nearest column.
int column_of(const Cells& header, const Cells& row, size_t i) {
  if (row.size() == header.size()) return static_cast<int>(i);
  const auto distance = [&](const Cell& cell) {
    return cell.column > row[i].column ? cell.column - row[i].column : row[i].column - cell.column;
  };
  const auto nearest = std::min_element(header.begin(), header.end(),
                                        [&](const Cell& a, const Cell& b) { return distance(a) < distance(b); });
  return static_cast<int>(nearest - header.begin());
}

class PlainTables {
 public:
  explicit PlainTables(const Plan& plan) : plan_(plan) {}

  std::vector<TableRow> read(std::set<int>& taken) {
    for (size_t i = 0; i < plan_.lines.size(); ++i) read_line(static_cast<int>(i), taken);
    return std::move(rows_);
  }

 private:
  bool is_plain(int line) const { return plan_.lines[line].table < 0 && !plan_.lines[line].layout_known; }

  void read_line(int line, std::set<int>& taken) {
    const std::string& text = plan_.lines[line].text;
    if (!is_plain(line)) return close();
    if (is_rule(text) && open()) {
      taken.insert(line);
      return;
    }
    const Cells cells = split_row(text);
    if (cells.size() >= 3 && names_columns(plan_, row_of(line, cells, cells))) {
      header_ = cells;
      ++table_;
      add_row(line, cells, taken);
    } else if (open() && cells.size() >= 2) {
      add_row(line, cells, taken);
    } else if (open() && is_end(text)) {
      close();
    }
  }

  // A page break, a blank line or a page number does not end a table; a line of text does.
  bool is_end(const std::string& text) const {
    static const Pattern nothing(R"(^[\s\f\-–—]*\d{0,3}[\s\-–—]*$)");
    return !RE2::FullMatch(text, nothing);
  }

  bool open() const { return !header_.empty(); }
  void close() { header_.clear(); }

  std::map<int, Fragment> row_of(int line, const Cells& cells, const Cells& header) const {
    std::map<int, Fragment> row;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].end <= cells[i].begin) continue;
      append(row[column_of(header, cells, i)], line_fragment(plan_, line, cells[i].begin, cells[i].end), " ");
    }
    return row;
  }

  void add_row(int line, const Cells& cells, std::set<int>& taken) {
    taken.insert(line);
    std::map<int, Fragment> row = row_of(line, cells, header_);
    if (!row.empty()) rows_.push_back({table_, std::move(row)});
  }

  const Plan& plan_;
  std::vector<TableRow> rows_;
  Cells header_;
  int table_ = 0;
};

}  // namespace

std::vector<TableRow> plain_table_rows(const Plan& plan, std::set<int>& taken) {
  return PlainTables(plan).read(taken);
}

}  // namespace planscribe

#include "corpus/export/csv.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace planscribe {
namespace {

// The wide forms ＝ ＋ － ＠ are run by some programs too.
bool needs_guard(const std::string& text) {
  constexpr std::string_view kWide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  if (text.empty() || text == "=") return false;  // a comparator alone; no spreadsheet runs it
  if (std::string_view("=+-@'\t\r\n").find(text[0]) != std::string_view::npos) return true;
  return std::any_of(std::begin(kWide), std::end(kWide), [&](std::string_view sign) { return text.starts_with(sign); });
}

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos && !text.starts_with(' ') && !text.ends_with(' ')) return text;
  std::string out = "\"";
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

bool is_text(const Cell& cell) { return std::holds_alternative<std::string>(cell) || std::holds_alternative<PageLink>(cell); }

}  // namespace

std::string csv_header(const ExportTable& table) {
  Row row(table.columns.begin(), table.columns.end());
  return csv_line(row, CellGuard::off);
}

std::string csv_line(const Row& row, CellGuard guard) {
  std::string line;
  for (const Cell& cell : row) {
    if (&cell != &row.front()) line += ',';
    std::string text = to_text(cell);
    if (guard == CellGuard::on && is_text(cell) && needs_guard(text)) text.insert(0, 1, '\'');
    line += field(text);
  }
  return line + "\r\n";
}

}  // namespace planscribe

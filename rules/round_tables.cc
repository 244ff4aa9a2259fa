// Rows of tables that list rounds ("Đợt | Thời gian | Nội dung") as paragraphs "Đợt I | 02/01 - 30/4 | Chào mừng ...".
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

// The column whose heading is "Đợt", "Giai đoạn", "Chặng".
int round_column(const Plan& plan, const TableRow& row) {
  for (const auto& [column, cell] : row.cells) {
    for (const auto& match : find_matches(plan.rules, MatchText(cell.text), "section", "table")) {
      if (match.rule->set.at("kind") == "column.round") return column;
    }
  }
  return -1;
}

bool has_label(const std::string& text) {
  static const Pattern label(R"(^\W*(?:dot|giai doan|chang|quy|thang)(?:$|[^a-z]))");
  return RE2::PartialMatch(fold(text), label);
}

bool is_number(const std::string& text) {
  static const Pattern number(R"(\W*(?:\d{1,2}|[IVX]{1,4})\W*)");
  return RE2::FullMatch(text, number);
}

}  // namespace

std::vector<Paragraph> round_rows(const Plan& plan) {
  std::vector<Paragraph> out;
  int table = -1, column = -1;
  Fragment heading;
  bool open = false;  // a row has begun a round; cells of a row without a label go on with it
  for (const auto& row : plan.table_rows) {
    const int named = round_column(plan, row);
    if (row.table != table || named >= 0) {
      table = row.table;
      column = named;
      open = false;
      if (named >= 0) heading = row.cells.at(named);
      if (named >= 0) continue;
    }
    if (column < 0) continue;
    const auto label = row.cells.find(column);
    const bool begins = label != row.cells.end() && (has_label(label->second.text) || is_number(label->second.text));
    if (!begins && !open) continue;
    if (begins) {
      Paragraph& paragraph = out.emplace_back();
      paragraph.kind = "rounds";
      if (!has_label(label->second.text)) append(paragraph, heading, "");
      append(paragraph, label->second, " ");
    }
    open = true;
    for (const auto& [at, cell] : row.cells) {
      if (at > column || (!begins && at == column)) append(out.back(), cell, begins ? " | " : " ");
    }
  }
  return out;
}

}  // namespace planscribe

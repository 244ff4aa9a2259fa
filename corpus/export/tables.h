// tables.h: records as the rows of a few flat tables with typed cells: what CSV and XLSX are written from.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "rules/record.h"

namespace planscribe {

// A page of the document: shown as path#page=N. url is empty when the file is not where the corpus says.
struct PageLink {
  std::string path, url;
  int page = 0;
};

// A date as exact as the paper: 2024-03-07, 2024-03 or 2024.
struct DateText {
  std::string iso;
};

// monostate: the paper does not say.
using Cell = std::variant<std::monostate, std::string, double, DateText, PageLink>;
using Row = std::vector<Cell>;

struct ExportTable {
  std::string name;                  // also the name of the file and of the sheet
  std::vector<std::string> columns;
};

// documents, recipients, references, rounds, occasions, targets. Rows of all but the first begin with the path of the
// document and a position, 1-based.
const std::vector<ExportTable>& tables();

// The rows of one record, by table, in the order of tables(). url: of the document's file, or "".
std::vector<std::vector<Row>> rows_of(const Record& record, const std::string& url);

// The text of a cell as CSV shows it: numbers with a dot, as short as they can be read back.
std::string to_text(const Cell& cell);

}  // namespace planscribe

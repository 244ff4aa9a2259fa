// csv.h: rows as CSV (RFC 4180): fields parted by commas, lines by CRLF, quotes doubled inside quotes.
//
// A spreadsheet runs a cell that begins with = + - @ as a formula, even one that it opens from a CSV file. Guarded text
// cells get an apostrophe before such a beginning (and before a first apostrophe, tab or line end, so that the reader
// gets the very text back by taking one leading apostrophe away). Numbers and dates are never guarded.
#pragma once

#include <string>

#include "corpus/export/tables.h"

namespace planscribe {

enum class CellGuard { on, off };

std::string csv_header(const ExportTable& table);
std::string csv_line(const Row& row, CellGuard guard);

}  // namespace planscribe

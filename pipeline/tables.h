// tables.h: ruled tables of a clean page. Pixels; no state.
#pragma once

#include <vector>

#include "pipeline/image.h"
#include "pipeline/page.h"

namespace planscribe {

struct TableCell {
  Box box;  // inside the rules
  int row = 0, column = 0;
};

struct Table {
  Box box;
  std::vector<TableCell> cells;  // row by row
};

// Tables from top to bottom. letter: height of a small letter.
std::vector<Table> find_tables(const Pix* bilevel, double letter);

}  // namespace planscribe

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

struct Tables {
  std::vector<Table> found;  // from top to bottom
  PixPtr rules;              // where their rules run: 1 bit, as large as the page; null when there are none
};

// gray: 8 bits, dark on light; letter: height of a small letter.
Tables find_tables(const Pix* gray, double letter);

}  // namespace planscribe

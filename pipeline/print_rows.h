// print_rows.h: letters of a page and the rows they stand in, by their boxes. Pixels; no state.
#pragma once

#include <vector>

#include "pipeline/image.h"
#include "pipeline/page.h"

namespace planscribe {

// Boxes that overlap in height, chained.
struct PrintRow {
  Box box;
  std::vector<Box> boxes;
};

// Print as boxes of letters and marks: specks and large figures are left out. letter: height of a small one.
std::vector<Box> letter_boxes(const Pix* bilevel, double letter);

// From top to bottom.
std::vector<PrintRow> rows_of(std::vector<Box> boxes, double letter);

// A row may be marks alone: rows nearer than a line are one.
std::vector<PrintRow> merged(std::vector<PrintRow> rows, double letter);

}  // namespace planscribe

// reading_apart.h: parts of a page that are read for themselves after the page was read as a whole.
#pragma once

#include <vector>

#include "pipeline/clean.h"
#include "pipeline/image.h"
#include "pipeline/layout.h"
#include "pipeline/page.h"
#include "pipeline/tesseract.h"

namespace planscribe {

// Columns, cells and page numbers that the reading of the page left out or read badly are read for themselves; so is the
// body of a page with hardly any text, a name below a seal: there Tesseract takes the seal for a picture, the name with it.
// areas and regions: the same places of the page, boxes in pixels of sheet; of each line of a region the best reading stays.
void read_apart(Tesseract& engine, const Scan& scan, const CleanPage& sheet, const std::vector<Area>& areas,
                std::vector<Region>& regions);

}  // namespace planscribe

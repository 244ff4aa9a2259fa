// placing.h: the lines of a page, read across it, parted among the areas of its layout. Pure functions; pixels of the clean
// page.
#pragma once

#include <vector>

#include "pipeline/layout.h"
#include "pipeline/page.h"

namespace planscribe {

// One region an area, in the order of the areas; regions without lines are kept. Every word goes to the area in
// whose zone its middle lies, or to the nearest body. A line that was read across columns or cells comes apart.
std::vector<Region> place(const std::vector<Line>& lines, const std::vector<Area>& areas);

}  // namespace planscribe

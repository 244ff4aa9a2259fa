// stamps.h: framed stamps, incoming (ĐẾN) and of urgency (HỎA TỐC), which stand across the head. Pixels of the clean page; no
// state.
#pragma once

#include <vector>

#include "pipeline/clean.h"
#include "pipeline/layout.h"

namespace planscribe {

struct Stamps {
  std::vector<Box> boxes;
  PixPtr gray;  // the page with them; null when there are none
};

// Takes the stamps in coloured ink off a page, so that it can be read without them; print under them stays. scan: what the page was made from.
Stamps lift_stamps(CleanPage& page, const Pix* scan);

// Frames in the head, of any ink, that hold a stamp by what is read in them become areas before the others. lines: of the
// whole page.
void add_framed_stamps(const CleanPage& page, const std::vector<Line>& lines, std::vector<Area>& areas);

}  // namespace planscribe

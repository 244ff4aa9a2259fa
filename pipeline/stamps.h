// stamps.h: framed stamps in coloured ink: incoming (ĐẾN), urgency (HỎA TỐC), which stand across the head. Pixels of the clean
// page; no state.
#pragma once

#include <vector>

#include "pipeline/clean.h"

namespace planscribe {

struct Stamps {
  std::vector<Box> boxes;
  PixPtr gray;  // the page with them; null when there are none
};

// Takes the stamps off a page, so that it can be read without them; print under them stays. scan: what the page was made from.
Stamps lift_stamps(CleanPage& page, const Pix* scan);

}  // namespace planscribe

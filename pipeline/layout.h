// layout.h: which areas a clean page has, and what they are. Pixels of the clean page; no state.
#pragma once

#include <vector>

#include "pipeline/clean.h"
#include "pipeline/page.h"

namespace planscribe {

struct Area {
  RegionKind kind = RegionKind::body;
  Box zone;   // the part of the page that belongs to it; zones of bodies and columns fill the page
  Box print;  // around the print in it, with some paper; empty when there is none
  int row = -1, column = -1;  // of a table cell
};

// Areas in reading order, at least one body. A page whose layout is not the official one gives areas of kind body
// and table alone.
struct Layout {
  std::vector<Area> areas;
  std::vector<Area> without_head;  // what they are if the head is none; empty when none was found
  PixPtr rules;  // of tables: 1 bit, as large as the page; null when there are none
};
Layout find_layout(const CleanPage& sheet);

// What reading has shown to be no foot goes to the body. foot_top: where the foot really begins.
void lower_foot(std::vector<Area>& areas, int foot_top);

// Whether the text of two columns at the top of a page is that of a head: motto, number or date stand in it.
bool is_head(const Region& left, const Region& right);

// Where the foot begins in two columns at the end of a page: at "Nơi nhận", an authority or a position,
// whichever is higher, or at the first line of recipients that go on from the page before; below everything when there is
// none of these, which means that there is no foot.
int foot_top(const Region& left, const Region& right);

// Whether the text in a frame is that of an incoming or urgency stamp.
bool is_framed_stamp(const Region& inside);

// What only the text tells: page numbers that are none, what precedes "Nơi nhận", the title below the head,
// stamps.
void name_regions(std::vector<Region>& regions, double letter);

}  // namespace planscribe

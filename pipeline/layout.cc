// layout.cc
//
// Idea: the head and the foot of the official layout are two columns, and between two columns runs a gutter:
// a strip without ink. For every x it is noted where ink first stands below the top of the print (and where
// it last stands above the bottom); the strip in which that is farthest is the gutter, and how far it goes is
// how high the head (or foot) is. Words of running text leave such strips over one or two lines only, never
// wide ones. Large figures (seals, signatures, frames) are taken off before. Cost: one pass over the bilevel
// page and a labelling of its components.
#include "pipeline/layout.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "pipeline/geometry.h"
#include "pipeline/print_rows.h"
#include "pipeline/tables.h"

namespace planscribe {
namespace {

constexpr double kLine = 2.4;  // distance of lines in letters, as little as it gets
constexpr double kLongestHead = 0.45;
constexpr double kWordGap = 2;        // letters; columns stand farther apart
constexpr double kMarginBand = 0.13;  // page numbers stand this near the edge

struct Gutter {
  int x = 0;    // middle of the strip
  int end = 0;  // where it ends, seen from the page's edge
  bool found = false;
};

// reach[x]: how far the column of pixels is free. The strip of at least the given width that is free farthest;
// of strips that end at the same line of print the widest, since words may leave a narrow one beside it.
Gutter farthest(const std::vector<int>& reach, int width, int slack, int from, int to) {
  int end = 0;
  for (int x = from; x + width <= to; ++x)
    end = std::max(end, *std::min_element(reach.begin() + x, reach.begin() + x + width));
  Gutter best;
  if (end == 0) return best;
  int widest = width - 1;
  for (int x = from; x < to; ++x) {
    int right = x, free = reach[x];
    for (; right < to && reach[right] >= end - slack; ++right) free = std::min(free, reach[right]);
    if (right - x > widest) best = {(x + right) / 2, free, true}, widest = right - x;
    x = right;
  }
  return best;
}

struct Sides {
  int left_rows = 0, right_rows = 0;
  bool wide = false;  // somewhere the gap is wider than between words
};

// How the rows between two heights stand to the gutter.
Sides sides_of(const std::vector<Box>& boxes, int x, int top, int bottom, double letter) {
  std::vector<Box> left, right;
  for (const Box& box : boxes) {
    if (box.top < top || box.bottom > bottom) continue;
    (box.right <= x ? left : right).push_back(box);
  }
  Sides sides;
  const auto count = [&](const std::vector<Box>& side, bool is_left) {
    int rows = 0;
    for (const PrintRow& row : merged(rows_of(side, letter), letter)) {
      if (row.box.height() < 0.7 * letter || row.box.width() < 2 * letter) continue;
      ++rows;
      const int gap = is_left ? x - row.box.right : row.box.left - x;
      if (gap > 2.5 * letter) sides.wide = true;
    }
    return rows;
  };
  sides.left_rows = count(left, true);
  sides.right_rows = count(right, false);
  return sides;
}

bool two_columns(const Sides& sides) {
  return sides.wide && sides.left_rows >= 2 && sides.right_rows >= 2 &&
         sides.left_rows + sides.right_rows >= 5;
}

struct Frame {
  std::vector<Box> boxes;
  Box print;  // around them
  double letter = 0;
  int width = 0, height = 0;
};

// Head: the first row that stands alone in the middle ends it before the gutter does.
int head_end(const Frame& page, const Gutter& gutter) {
  const double centre = (page.print.left + page.print.right) / 2.0;
  std::vector<Box> inside;
  for (const Box& box : page.boxes) {
    if (box.bottom <= gutter.end) inside.push_back(box);
  }
  const auto rows = merged(rows_of(inside, page.letter), page.letter);
  for (size_t i = 2; i < rows.size(); ++i) {
    const Box& box = rows[i].box;
    if (box.width() < 3 * page.letter || box.height() < 0.8 * page.letter) continue;
    const bool one_side = box.left > gutter.x - page.letter || box.right < gutter.x + page.letter;
    const bool middle = std::abs((box.left + box.right) / 2.0 - centre) < 0.05 * page.width;
    if (one_side && middle) return box.top;
  }
  return gutter.end;
}

Gutter head_gutter(const Frame& page) {
  std::vector<int> reach(page.width, page.print.bottom);
  for (const Box& box : page.boxes) {
    for (int x = std::max(0, box.left); x < std::min(page.width, box.right); ++x)
      reach[x] = std::min(reach[x], box.top);
  }
  Gutter gutter =
      farthest(reach, std::max(4, static_cast<int>(0.4 * page.letter)), static_cast<int>(page.letter),
               page.print.left + page.print.width() / 4, page.print.left + page.print.width() * 2 / 3);
  gutter.end = std::min(gutter.end, page.print.bottom);
  if (gutter.found) gutter.end = head_end(page, gutter);
  gutter.found = gutter.found && gutter.end - page.print.top < kLongestHead * page.height &&
                 gutter.end - page.print.top > 2 * kLine * page.letter &&
                 two_columns(sides_of(page.boxes, gutter.x, page.print.top, gutter.end, page.letter));
  return gutter;
}

// Whether the row goes on across x as text does: print on both sides, no farther apart than words.
bool goes_across(const PrintRow& row, int x, double letter) {
  int left = -1, right = -1;  // where print ends before x and begins behind it
  for (const Box& box : row.boxes) {
    if (box.right <= x) left = std::max(left, box.right);
    if (box.left >= x && (right < 0 || box.left < right)) right = box.left;
  }
  return left >= 0 && right >= 0 && right - left < kWordGap * letter;
}

// On a page of a few lines the strip between the columns may run on between words of the text above them.
int below_text(const Frame& page, const Gutter& gutter) {
  std::vector<Box> inside;
  for (const Box& box : page.boxes) {
    if (box.top >= gutter.end) inside.push_back(box);
  }
  int top = gutter.end;
  for (const PrintRow& row : merged(rows_of(inside, page.letter), page.letter)) {
    if (goes_across(row, gutter.x, page.letter)) {
      top = row.box.bottom;
    } else if (row.box.right > gutter.x && row.box.height() > 0.7 * page.letter) {
      break;
    }
  }
  return top;
}

Gutter foot_gutter(const Frame& page, int from) {
  std::vector<int> reach(page.width, page.height - from);  // counted from the bottom
  for (const Box& box : page.boxes) {
    for (int x = std::max(0, box.left); x < std::min(page.width, box.right); ++x) {
      reach[x] = std::min(reach[x], page.height - box.bottom);
    }
  }
  Gutter gutter =
      farthest(reach, std::max(4, static_cast<int>(0.4 * page.letter)), static_cast<int>(page.letter),
               page.print.left + page.print.width() / 4, page.print.left + page.print.width() * 3 / 4);
  gutter.end = std::max(from, page.height - gutter.end);  // now the top of the foot
  if (gutter.found) gutter.end = below_text(page, gutter);
  gutter.found = gutter.found && page.print.bottom - gutter.end > 3 * kLine * page.letter &&
                 two_columns(sides_of(page.boxes, gutter.x, gutter.end, page.print.bottom, page.letter));
  return gutter;
}

// A short row alone near the upper or lower edge.
bool is_margin_row(const PrintRow& row, const PrintRow& next, const Frame& page) {
  const Box& box = row.box;
  const bool near_edge = box.bottom < kMarginBand * page.height || box.top > (1 - kMarginBand) * page.height;
  const int gap = std::max(next.box.top - box.bottom, box.top - next.box.bottom);
  const bool inside = box.left > page.print.left + page.print.width() / 4;
  return near_edge && inside && box.width() < 5 * page.letter && gap > 0.5 * page.letter;
}

Box padded(const Box& box, const Frame& page) {
  const int pad = std::max(4, static_cast<int>(0.6 * page.letter));
  return {std::max(0, box.left - pad), std::max(0, box.top - pad), std::min(page.width, box.right + pad),
          std::min(page.height, box.bottom + pad)};
}

// Takes the page number off the frame, if there is one at this end.
void take_number(Frame& page, bool top, std::vector<Area>& areas) {
  const auto rows = merged(rows_of(page.boxes, page.letter), page.letter);
  if (rows.size() < 3) return;
  const PrintRow& row = top ? rows.front() : rows.back();
  if (!is_margin_row(row, top ? rows[1] : rows[rows.size() - 2], page)) return;
  areas.push_back({RegionKind::page_number, padded(row.box, page), padded(row.box, page)});
  std::erase_if(page.boxes, [&](const Box& b) { return b.top >= row.box.top && b.bottom <= row.box.bottom; });
  page.print = {};
  for (const Box& box : page.boxes) page.print = join(page.print, box);
}

// The print in a zone with some paper around it; tails and dots of its last row may hang below the zone.
Box print_in(const Box& zone, const Frame& page) {
  Box box;
  for (const Box& b : page.boxes) {
    const int y = (b.top + b.bottom) / 2, x = (b.left + b.right) / 2;
    if (x >= zone.left && x < zone.right && y >= zone.top && y < zone.bottom) box = join(box, b);
  }
  if (box.empty()) return box;
  const Box around = padded(box, page);
  const int overhang = static_cast<int>(0.3 * page.letter);
  return {std::max(around.left, zone.left), std::max(around.top, zone.top - 2),
          std::min(around.right, zone.right), std::min(around.bottom, zone.bottom + overhang)};
}

Area area_in(RegionKind kind, const Box& zone, const Frame& page) { return {kind, zone, print_in(zone, page)}; }

// The body from top to bottom, tables between runs of text.
void add_body(std::vector<Area>& areas, const Frame& page, const std::vector<Table>& tables, int top,
              int bottom) {
  for (const Table& table : tables) {
    if (table.box.bottom <= top || table.box.top >= bottom) continue;
    areas.push_back(area_in(RegionKind::body, {0, top, page.width, table.box.top}, page));
    for (const TableCell& cell : table.cells)
      areas.push_back({RegionKind::table, cell.box, print_in(cell.box, page), cell.row, cell.column});
    top = table.box.bottom;
  }
  areas.push_back(area_in(RegionKind::body, {0, top, page.width, bottom}, page));
}

Frame frame_of(const Pix* bilevel, double letter) {
  Pix* pix = const_cast<Pix*>(bilevel);
  Frame page{letter_boxes(bilevel, letter), {}, letter, pixGetWidth(pix), pixGetHeight(pix)};
  for (const Box& box : page.boxes) page.print = join(page.print, box);
  return page;
}

std::vector<Area>::iterator find_kind(std::vector<Area>& areas, RegionKind kind) {
  return std::find_if(areas.begin(), areas.end(), [kind](const Area& area) { return area.kind == kind; });
}

// Head, body and foot; the head where there is one.
void add_areas(std::vector<Area>& areas, const Frame& page, const std::vector<Table>& tables, const Gutter& head) {
  int top = 0, bottom = page.height;
  if (head.found) {
    areas.push_back(area_in(RegionKind::head_left, {0, 0, head.x, head.end}, page));
    areas.push_back(area_in(RegionKind::head_right, {head.x, 0, page.width, head.end}, page));
    top = head.end;
  }
  const Gutter foot = foot_gutter(page, std::max(top, tables.empty() ? 0 : tables.back().box.bottom));
  if (foot.found) bottom = foot.end;
  add_body(areas, page, tables, top, bottom);
  if (!foot.found) return;
  areas.push_back(area_in(RegionKind::recipients, {0, bottom, foot.x, page.height}, page));
  areas.push_back(area_in(RegionKind::signature, {foot.x, bottom, page.width, page.height}, page));
}

}  // namespace

Layout find_layout(const CleanPage& sheet) {
  Frame page = frame_of(sheet.bilevel.get(), sheet.letter);
  Tables ruled = find_tables(sheet.gray.get(), sheet.letter);
  std::vector<Area> first, last;
  take_number(page, true, first);
  take_number(page, false, last);
  const int first_table = ruled.found.empty() ? page.height : ruled.found.front().box.top;
  const auto areas = [&](const Gutter& head) {
    std::vector<Area> all = first;
    add_areas(all, page, ruled.found, head);
    all.insert(all.end(), last.begin(), last.end());
    return all;
  };
  const Gutter head = head_gutter(page);
  if (!head.found || head.end > first_table) return {areas({}), {}, std::move(ruled.rules)};
  return {areas(head), areas({}), std::move(ruled.rules)};
}

void lower_foot(std::vector<Area>& areas, int foot_top) {
  const auto left = find_kind(areas, RegionKind::recipients), right = find_kind(areas, RegionKind::signature);
  if (left == areas.end() || right == areas.end()) return;
  const int top = std::min(foot_top, left->zone.bottom);
  (left - 1)->zone.bottom = std::max((left - 1)->zone.bottom, top);  // the body before it
  for (Area* column : {&*left, &*right}) {
    column->zone.top = top;
    column->print.top = std::max(column->print.top, top);
    if (column->print.empty()) column->print = {};
  }
  std::erase_if(areas, [](const Area& area) {
    return (area.kind == RegionKind::recipients || area.kind == RegionKind::signature) && area.zone.empty();
  });
}

}  // namespace planscribe

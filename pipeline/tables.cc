// tables.cc
//
// Idea: rules are what is left when only long rows and columns of ink are kept. Rules that cross each other
// form a grid; the white patches that a grid encloses are the cells, so that merged cells come out by
// themselves. A cell's row is the number of different upper edges above it, its column that of left edges to
// its left. Cost: two openings of the bilevel page and a labelling of the grids.
#include "pipeline/tables.h"

#include <leptonica/allheaders.h>

#include <algorithm>

namespace planscribe {
namespace {

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

std::vector<Box> component_boxes(Pix* pix, int connectivity) {
  const std::unique_ptr<Boxa, void (*)(Boxa*)> all(pixConnCompBB(pix, connectivity),
                                                   [](Boxa* b) { boxaDestroy(&b); });
  std::vector<Box> boxes;
  for (int i = 0; all && i < boxaGetCount(all.get()); ++i) {
    l_int32 x = 0, y = 0, w = 0, h = 0;
    boxaGetBoxGeometry(all.get(), i, &x, &y, &w, &h);
    boxes.push_back({x, y, x + w, y + h});
  }
  return boxes;
}

// Rules, made a little thicker so that small breaks close.
PixPtr rules_of(Pix* bilevel, int length, bool across) {
  const int gap = std::max(3, length / 8);
  const PixPtr closed(across ? pixCloseSafeBrick(nullptr, bilevel, gap, 1)
                             : pixCloseSafeBrick(nullptr, bilevel, 1, gap));
  const PixPtr rules(across ? pixOpenBrick(nullptr, closed.get(), length, 1)
                            : pixOpenBrick(nullptr, closed.get(), 1, length));
  return PixPtr(pixDilateBrick(nullptr, rules.get(), 3, 3));
}

std::vector<int> distinct(std::vector<int> edges, int tolerance) {
  std::sort(edges.begin(), edges.end());
  std::vector<int> out;
  for (int edge : edges) {
    if (out.empty() || edge - out.back() > tolerance) out.push_back(edge);
  }
  return out;
}

int index_of(const std::vector<int>& edges, int edge, int tolerance) {
  int index = 0;
  while (index + 1 < static_cast<int>(edges.size()) && edges[index + 1] <= edge + tolerance / 2) ++index;
  return index;
}

std::vector<TableCell> cells_of(Pix* grid, const Box& box, double letter) {
  const std::unique_ptr<::Box, void (*)(::Box*)> clip(boxCreate(box.left, box.top, box.width(), box.height()),
                                                      [](::Box* b) { boxDestroy(&b); });
  PixPtr inside(pixClipRectangle(grid, clip.get(), nullptr));
  pixInvert(inside.get(), inside.get());
  std::vector<TableCell> cells;
  std::vector<int> tops, lefts;
  for (const Box& patch : component_boxes(inside.get(), 4)) {
    if (patch.width() < letter || patch.height() < letter) continue;
    // What reaches the edge of the box is outside of the rules.
    if (patch.left == 0 || patch.top == 0 || patch.right == box.width() || patch.bottom == box.height())
      continue;
    tops.push_back(patch.top), lefts.push_back(patch.left);
    cells.push_back(
        {{patch.left + box.left, patch.top + box.top, patch.right + box.left, patch.bottom + box.top}});
  }
  const int tolerance = static_cast<int>(letter * 0.6);
  tops = distinct(tops, tolerance), lefts = distinct(lefts, tolerance);
  for (TableCell& cell : cells) {
    cell.row = index_of(tops, cell.box.top - box.top, tolerance);
    cell.column = index_of(lefts, cell.box.left - box.left, tolerance);
  }
  std::sort(cells.begin(), cells.end(), [](const TableCell& a, const TableCell& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
  return cells;
}

}  // namespace

std::vector<Table> find_tables(const Pix* bilevel, double letter) {
  Pix* pix = as_leptonica(bilevel);
  const int length = std::max(15, static_cast<int>(3 * letter));
  const PixPtr across = rules_of(pix, 2 * length, true), down = rules_of(pix, length, false);
  std::vector<Table> tables;
  if (!across || !down) return tables;
  const PixPtr grid(pixOr(nullptr, across.get(), down.get()));
  for (const Box& box : component_boxes(grid.get(), 8)) {
    if (box.width() < 10 * letter || box.height() < 3 * letter) continue;
    Table table{box, cells_of(grid.get(), box, letter)};
    if (table.cells.size() >= 4) tables.push_back(std::move(table));
  }
  std::sort(tables.begin(), tables.end(),
            [](const Table& a, const Table& b) { return a.box.top < b.box.top; });
  return tables;
}

}  // namespace planscribe

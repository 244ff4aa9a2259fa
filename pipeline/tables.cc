// tables.cc
//
// Idea: rules are what is left when only long rows and columns of ink are kept. Rules that cross each other
// form a grid; the white patches that a grid encloses are the cells, so that merged cells come out by
// themselves. A cell's row is the number of different upper edges above it, its column that of left edges to
// its left. Rules are looked for at half the size, where thin ones have no breaks, and with a threshold near the paper,
// since they are printed fainter than letters. Cost: two openings of the small page and a labelling of the grids.
#include "pipeline/tables.h"

#include <leptonica/allheaders.h>

#include <algorithm>

#include "pipeline/background.h"

namespace planscribe {
namespace {

constexpr int kReduction = 2;

Box full_size(const Box& box) {
  return {box.left * kReduction, box.top * kReduction, box.right * kReduction, box.bottom * kReduction};
}

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

// A connected part of an image: where it lies, and its own pixels.
struct Component {
  Box box;
  PixPtr pix;
};

std::vector<Component> components_of(Pix* pix, int connectivity) {
  Pixa* parts = nullptr;
  Boxa* boxes = pixConnComp(pix, &parts, connectivity);
  std::vector<Component> components;
  for (int i = 0; boxes && i < boxaGetCount(boxes); ++i) {
    l_int32 x = 0, y = 0, w = 0, h = 0;
    boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
    components.push_back({{x, y, x + w, y + h}, PixPtr(pixaGetPix(parts, i, L_CLONE))});
  }
  boxaDestroy(&boxes);
  pixaDestroy(&parts);
  return components;
}

// Rules, made a little thicker so that small breaks close.
PixPtr rules_of(Pix* bilevel, int length, bool across) {
  const int gap = std::max(2, length / 8);
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

std::vector<TableCell> cells_of(const Component& grid, double letter) {
  const Box& box = grid.box;
  const PixPtr inside(pixInvert(nullptr, grid.pix.get()));
  std::vector<TableCell> cells;
  std::vector<int> tops, lefts;
  for (const Component& white : components_of(inside.get(), 4)) {
    const Box& patch = white.box;
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

// The rules of one table: not what lies well inside a cell, a row of heavy print.
void add_rules(Pix* rules, const Component& grid, const std::vector<TableCell>& cells, int inset) {
  const Box& box = grid.box;
  pixRasterop(rules, box.left, box.top, box.width(), box.height(), PIX_PAINT, grid.pix.get(), 0, 0);
  for (const TableCell& cell : cells) {
    pixRasterop(rules, cell.box.left + inset, cell.box.top + inset, cell.box.width() - 2 * inset,
                cell.box.height() - 2 * inset, PIX_CLR, nullptr, 0, 0);
  }
}

}  // namespace

Tables find_tables(const Pix* gray, double full_letter) {
  const PixPtr half(pixScaleAreaMap2(as_leptonica(gray)));
  const PixPtr faint = half ? binarise_faint(half.get()) : nullptr;
  if (!faint) return {};
  Pix* pix = faint.get();
  const double letter = full_letter / kReduction;
  const int length = std::max(8, static_cast<int>(3 * letter));
  const PixPtr across = rules_of(pix, 2 * length, true), down = rules_of(pix, length, false);
  Tables tables;
  if (!across || !down) return tables;
  const PixPtr grid(pixOr(nullptr, across.get(), down.get()));
  const PixPtr rules(pixCreateTemplate(grid.get()));
  for (const Component& part : components_of(grid.get(), 8)) {
    if (part.box.width() < 10 * letter || part.box.height() < 3 * letter) continue;
    Table table{full_size(part.box), cells_of(part, letter)};
    if (table.cells.size() < 4) continue;
    add_rules(rules.get(), part, table.cells, std::max(1, static_cast<int>(letter / 6)));
    for (TableCell& cell : table.cells) cell.box = full_size(cell.box);
    tables.found.push_back(std::move(table));
  }
  std::sort(tables.found.begin(), tables.found.end(),
            [](const Table& a, const Table& b) { return a.box.top < b.box.top; });
  if (!tables.found.empty()) tables.rules.reset(pixExpandBinaryPower2(rules.get(), kReduction));
  return tables;
}

}  // namespace planscribe

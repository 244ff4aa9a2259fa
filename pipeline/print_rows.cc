// print_rows.cc: rows of print by the boxes of their letters.
#include "pipeline/print_rows.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "pipeline/geometry.h"

namespace planscribe {

std::vector<Box> letter_boxes(const Pix* bilevel, double letter) {
  const std::unique_ptr<Boxa, void (*)(Boxa*)> all(pixConnCompBB(const_cast<Pix*>(bilevel), 8),
                                                   [](Boxa* b) { boxaDestroy(&b); });
  std::vector<Box> boxes;
  for (int i = 0; all && i < boxaGetCount(all.get()); ++i) {
    l_int32 x = 0, y = 0, w = 0, h = 0;
    boxaGetBoxGeometry(all.get(), i, &x, &y, &w, &h);
    const bool speck = std::max(w, h) < 0.35 * letter;
    const bool figure = h > 5 * letter || (w > 12 * letter && h > 1.5 * letter) || w > 25 * letter;  // edges of paper too
    const bool rule = w > 3 * letter && h < 0.4 * letter;
    if (!speck && !figure && !rule) boxes.push_back({x, y, x + w, y + h});
  }
  return boxes;
}

std::vector<PrintRow> rows_of(std::vector<Box> boxes, double letter) {
  std::sort(boxes.begin(), boxes.end(),
            [](const Box& a, const Box& b) { return a.top + a.bottom < b.top + b.bottom; });
  std::vector<PrintRow> rows;
  double middle = -1e9;
  for (const Box& box : boxes) {
    const double at = (box.top + box.bottom) / 2.0;
    if (rows.empty() || at - middle > 0.55 * letter) rows.emplace_back();
    middle = at;
    rows.back().box = join(rows.back().box, box);
    rows.back().boxes.push_back(box);
  }
  return rows;
}

std::vector<PrintRow> merged(std::vector<PrintRow> rows, double letter) {
  std::vector<PrintRow> out;
  for (PrintRow& row : rows) {
    if (!out.empty() && row.box.top < out.back().box.bottom - 0.2 * letter) {
      out.back().box = join(out.back().box, row.box);
      out.back().boxes.insert(out.back().boxes.end(), row.boxes.begin(), row.boxes.end());
    } else {
      out.push_back(std::move(row));
    }
  }
  return out;
}

}  // namespace planscribe

// placing.cc: Tesseract reads a whole page better than its parts, so the page is read once, and what the layout knows
// is applied to the words.
#include "pipeline/placing.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "pipeline/geometry.h"

namespace planscribe {
namespace {

constexpr double kSameRow = 0.5;  // share of the lower line's height by which pieces of one row overlap

bool holds(const Box& zone, int x, int y) {
  return x >= zone.left && x < zone.right && y >= zone.top && y < zone.bottom;
}

int distance(const Box& zone, int y) { return std::max({0, zone.top - y, y - zone.bottom}); }

// The area of a word: the first whose zone holds its middle; outside of all the nearest body by height.
std::optional<size_t> area_of(const Box& word, const std::vector<Area>& areas) {
  const int x = (word.left + word.right) / 2, y = (word.top + word.bottom) / 2;
  std::optional<size_t> nearest;
  int least = std::numeric_limits<int>::max();
  for (size_t i = 0; i < areas.size(); ++i) {
    if (areas[i].kind == RegionKind::body) {
      if (distance(areas[i].zone, y) < least) nearest = i, least = distance(areas[i].zone, y);
    } else if (holds(areas[i].zone, x, y)) {
      return i;
    }
  }
  return nearest;
}

bool same_row(const Line& a, const Line& b) {
  const int overlap = std::min(a.box.bottom, b.box.bottom) - std::max(a.box.top, b.box.top);
  return overlap > kSameRow * std::min(a.box.height(), b.box.height());
}

void append(Line& line, Word word) {
  line.box = join(line.box, word.box);
  line.words.push_back(std::move(word));
}

// Columns and cells are read from top to bottom, whatever order the page was read in; pieces of a row are one line.
void order_rows(std::vector<Line>& lines) {
  const auto middle = [](const Line& line) { return line.box.top + line.box.bottom; };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const Line& a, const Line& b) { return middle(a) < middle(b); });
  std::vector<Line> rows;
  for (Line& line : lines) {
    if (rows.empty() || !same_row(rows.back(), line)) {
      rows.push_back(std::move(line));
      continue;
    }
    for (Word& word : line.words) append(rows.back(), std::move(word));
    std::stable_sort(rows.back().words.begin(), rows.back().words.end(),
                     [](const Word& a, const Word& b) { return a.box.left < b.box.left; });
  }
  lines = std::move(rows);
}

}  // namespace

std::vector<Region> place(const std::vector<Line>& lines, const std::vector<Area>& areas) {
  std::vector<Region> regions(areas.size());
  for (const Line& line : lines) {
    std::vector<Line> parts(areas.size());
    for (const Word& word : line.words) {
      if (const auto area = area_of(word.box, areas)) append(parts[*area], word);
    }
    for (size_t i = 0; i < areas.size(); ++i) {
      if (!parts[i].words.empty()) regions[i].lines.push_back(std::move(parts[i]));
    }
  }
  for (size_t i = 0; i < areas.size(); ++i) {
    regions[i].kind = areas[i].kind;
    regions[i].row = areas[i].row, regions[i].column = areas[i].column;
    if (areas[i].kind != RegionKind::body) order_rows(regions[i].lines);
    for (const Line& line : regions[i].lines) regions[i].box = join(regions[i].box, line.box);
    if (areas[i].row >= 0) regions[i].box = areas[i].zone;
  }
  return regions;
}

}  // namespace planscribe

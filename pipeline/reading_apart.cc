#include "pipeline/reading_apart.h"

#include <algorithm>
#include <utility>

#include "pipeline/geometry.h"
#include "pipeline/readings.h"

namespace planscribe {
namespace {

constexpr double kWeakLine = 0.75;    // mean confidence of a line in a column or cell that is read again
constexpr double kAsGood = 0.95;      // share of the first reading's worth from which a column of the foot is taken
constexpr double kWithoutSeal = 0.8;  // the same of a column read without a seal as dark as print
constexpr double kMostlyForeign = 0.6;  // share of the ink of a word that is none

// Columns of the foot stand beside each other at heights of their own, often with a seal between them: rows of
// both are easily read as one.
bool in_foot(const Area& area) {
  return area.kind == RegionKind::recipients || area.kind == RegionKind::signature;
}

int letters_of(const std::vector<Region>& regions) {
  int count = 0;
  for (const Region& region : regions) count += letter_count(region.lines);
  return count;
}

bool needs_reading(const Area& area, const Region& region) {
  if (area.kind == RegionKind::body || area.print.empty()) return false;
  if (in_foot(area) || region.lines.empty()) return true;
  return std::any_of(region.lines.begin(), region.lines.end(),
                     [](const Line& line) { return mean_confidence({line}) < kWeakLine; });
}

// What was read badly in the strokes of a seal or a pen is no word; a name from a coloured stamp reads well.
void drop_foreign(std::vector<Line>& lines, const ForeignInk& ink, const CleanPage& sheet) {
  for (Line& line : lines)
    std::erase_if(line.words, [&](const Word& word) {
      return word.confidence < kReadsWell && ink.share(sheet, word.box) > kMostlyForeign;
    });
  std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
}

// A column on which a seal as dark as print stands, read without it.
std::vector<Line> read_below_seal(Tesseract& engine, const CleanPage& sheet, const Area& area, std::vector<Line> first) {
  const ForeignInk seal = find_seal_rim(sheet, area.print);
  if (seal.mask == nullptr) return first;
  std::vector<Line> clear;
  for (const PixPtr& without : seal.without) {
    engine.set_page(without);
    auto lines = engine.read_lines(area.print, ReadMode::block);
    drop_strokes(lines);
    clear = better_of(std::move(clear), std::move(lines));
  }
  drop_foreign(first, seal, sheet);
  drop_strokes(first);
  return worth(clear) > kWithoutSeal * worth(first) ? more_of(std::move(clear), first, sheet.letter) : first;
}

// A column of the foot is read with the seal and the pen and without, until a reading is sure; of each line the best is
// taken. Not elsewhere: pen may have filled in a number. first: from the reading of the whole page.
std::vector<Line> read_column(Tesseract& engine, const Scan& scan, const CleanPage& sheet, const Area& area,
                                                   std::vector<Line> first) {
  ForeignInk ink = find_coloured_ink(sheet, scan.pix.get(), area.print);
  const bool coloured = ink.mask != nullptr;
  std::vector<Line> best;
  const auto is_done_with = [&](const PixPtr& gray) {
    engine.set_page(gray);
    auto lines = engine.read_lines(area.print, ReadMode::block);
    drop_foreign(lines, ink, sheet);
    best = better_of(std::move(best), std::move(lines));
    return is_sure(best) && worth(best) > worth(first);
  };
  drop_foreign(first, ink, sheet);
  if (!coloured) {
    if (is_done_with(sheet.gray)) return best;
    ink = find_pale_ink(sheet, scan.pix.get(), area.print);
    drop_foreign(first, ink, sheet), drop_foreign(best, ink, sheet);
  }
  for (const PixPtr& without : ink.without)
    if (is_done_with(without)) return best;
  if (coloured && is_done_with(sheet.gray)) return best;
  if (first.empty() || worth(best) > kAsGood * worth(first)) std::swap(first, best);
  return ink.mask == nullptr ? read_below_seal(engine, sheet, area, std::move(first)) : first;
}

// A cell or a page number: the reading for itself if it is better than the first.
std::vector<Line> read_area(Tesseract& engine, const CleanPage& sheet, const Area& area, std::vector<Line> first) {
  engine.set_page(sheet.gray);
  auto lines = engine.read_lines(area.print, area.kind == RegionKind::page_number ? ReadMode::line : ReadMode::block);
  return first.empty() || worth(lines) > worth(first) ? lines : first;
}

}  // namespace

void read_apart(Tesseract& engine, const Scan& scan, const CleanPage& sheet, const std::vector<Area>& areas,
                                     std::vector<Region>& regions) {
  const bool hardly_any = letters_of(regions) < kFewLetters;
  for (size_t i = 0; i < areas.size(); ++i) {
    Region& region = regions[i];
    const bool whole = hardly_any && areas[i].kind == RegionKind::body && !areas[i].print.empty();
    if (!whole && !needs_reading(areas[i], region)) continue;
    region.lines = whole || in_foot(areas[i]) ? read_column(engine, scan, sheet, areas[i], std::move(region.lines))
                                     : read_area(engine, sheet, areas[i], std::move(region.lines));
    if (areas[i].row >= 0) continue;
    region.box = {};
    for (const Line& line : region.lines) region.box = join(region.box, line.box);
  }
}

}  // namespace planscribe

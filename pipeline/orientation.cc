// orientation.cc
//
// Rows or columns: between lines there are rows without ink, along them hardly a column without. On a small
// copy the page is cut into narrow strips, so that skew does not close the gaps, and empty rows are counted;
// the same for columns. If nothing can be read after that, the other way is tried as well (clean.cc). Up or
// down: Vietnamese carries marks on both sides, so the usual count of ascenders and descenders is unsure.
// Some lines with much ink are read as they lie; only if that goes badly, they are read the other way as
// well, and the better of the two wins; if they are close, ascenders decide after all. A page
// that reads neither way stays as it is. An upright page costs one reading of a few lines. Skew: Leptonica's
// sweep and binary search for the sharpest row profile.
#include "pipeline/orientation.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace planscribe {
namespace {

constexpr int kStrip = 128;         // pixels of the small copy
constexpr long kLeastGaps = 200;    // empty rows of all strips: less than between two long lines proves nothing, a seal has as many
constexpr int kWidestGap = 40;      // wider ones are no gaps between lines
constexpr int kInkOfPrint = 16;     // pixels in a row of a strip, of its 128
constexpr double kReadsWell = 0.8;  // confidence of a trial that needs no second one
constexpr double kReadsAtAll = 0.4; // the same, of a side that a page may be turned to
constexpr double kAscenders = 0.3;   // their greatest weight beside the trials
constexpr double kSkewConfidence = 2.0;

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

// How many rows of vertical strips are empty between bands that may be lines of print: specks make none.
long empty_rows(Pix* bilevel) {
  const int width = pixGetWidth(bilevel), height = pixGetHeight(bilevel), wpl = pixGetWpl(bilevel);
  long empty = 0;
  for (int left = 0; left < width; left += kStrip) {
    int most = 0;    // ink of the fullest row of the band that is passed, or was passed last
    long gap = 0;    // empty rows since the last band of print
    long pending = 0;  // the gap before the band that is passed, which counts when the band proves to be print
    for (int y = 0; y < height; ++y) {
      const l_uint32* row = pixGetData(bilevel) + static_cast<size_t>(y) * wpl;
      int ink = 0;
      for (int w = left / 32; w < std::min((left + kStrip) / 32, wpl); ++w) ink += __builtin_popcount(row[w]);
      if (ink <= 1) {
        if (most >= kInkOfPrint) gap = 0, pending = 0;
        most = 0;
        ++gap;
        continue;
      }
      if (most == 0) pending = gap;
      if (most < kInkOfPrint && ink >= kInkOfPrint && pending > 0 && pending < kWidestGap) empty += pending;
      most = std::max(most, ink);
    }
  }
  return empty;
}

PixPtr small_copy(const Pix* bilevel) {
  PixPtr small(pixClone(as_leptonica(bilevel)));
  while (std::max(pixGetWidth(small.get()), pixGetHeight(small.get())) > 1300) {
    small.reset(pixReduceRankBinaryCascade(small.get(), 2, 0, 0, 0));
  }
  pixSetPadBits(small.get(), 0);
  return small;
}

// The areas with the most ink: bands of a few lines of print, best first, apart from each other.
std::vector<Box> inky_bands(Pix* bilevel, int count) {
  const int width = pixGetWidth(bilevel), height = pixGetHeight(bilevel), band = std::max(60, height / 16);
  const std::unique_ptr<Numa, void (*)(Numa*)> rows(pixCountPixelsByRow(bilevel, nullptr),
                                                    [](Numa* n) { numaDestroy(&n); });
  std::vector<std::pair<double, int>> bands;
  for (int top = band / 2; top + band + band / 2 <= height; top += band / 2) {
    double ink = 0;
    for (int y = top; y < top + band; ++y) {
      l_float32 n = 0;
      numaGetFValue(rows.get(), y, &n);
      ink += std::min(static_cast<double>(n),
                      width * 0.25);  // rules and pictures do not count for more than print
    }
    bands.emplace_back(-ink, top);
  }
  std::sort(bands.begin(), bands.end());
  std::vector<Box> chosen;
  for (const auto& [ink, top] : bands) {
    const bool apart = std::all_of(chosen.begin(), chosen.end(),
                                   [&, t = top](const Box& b) { return std::abs(b.top - t) > 3 * band; });
    if (apart && ink < 0) chosen.push_back({0, top, width, top + band});
    if (static_cast<int>(chosen.size()) == count) break;
  }
  return chosen;
}

}  // namespace

bool lies_sideways(const Pix* bilevel) {
  const PixPtr small = small_copy(bilevel);
  const PixPtr side(pixRotateOrth(small.get(), 1));
  pixSetPadBits(side.get(), 0);
  const long across = empty_rows(small.get()), down = empty_rows(side.get());
  return down > across && down > kLeastGaps;
}

HalfTurn find_half_turn(const PixPtr& gray, const PixPtr& bilevel, const TrialReading& trial) {
  const std::vector<Box> bands = inky_bands(bilevel.get(), 3);
  if (bands.empty()) return {};
  const PixPtr over(pixRotateOrth(gray.get(), 2));
  const int height = pixGetHeight(gray.get());
  double upright = 0, turned = 0;
  for (const Box& b : bands) {
    const double as_is = trial(gray, b);
    if (as_is >= kReadsWell) return {false, as_is};
    const double turned_over = trial(over, {b.left, height - b.bottom, b.right, height - b.top});
    if (turned_over >= kReadsWell) return {true, turned_over};
    upright += as_is, turned += turned_over;
  }
  l_float32 ascenders = 0;  // more of them than of descenders: positive
  if (pixUpDownDetect(bilevel.get(), &ascenders, 0, 0, 0) != 0) ascenders = 0;
  upright += std::clamp(ascenders / 50.0, -kAscenders, kAscenders);
  const double count = static_cast<double>(bands.size());
  return {turned > kReadsAtAll * count && turned > upright, std::max(upright, turned) / count};
}

double find_skew(const Pix* bilevel) {
  l_float32 angle = 0, confidence = 0;
  const int big = std::max(pixGetWidth(as_leptonica(bilevel)), pixGetHeight(as_leptonica(bilevel)));
  const int reduction = big > 2600 ? 4 : 2;
  if (pixFindSkewSweepAndSearch(as_leptonica(bilevel), &angle, &confidence, 4, reduction, 7.0F, 1.0F,
                                0.02F) != 0) {
    return 0;
  }
  return confidence >= kSkewConfidence ? angle : 0;
}

}  // namespace planscribe

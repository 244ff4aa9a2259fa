// orientation.cc
//
// Rows or columns: print has a strong rhythm across its lines (ink, gap, ink) and a weak one along them. On a small
// copy the page is cut into narrow strips, so that skew does not blur the rhythm, and the energy of the differences
// between neighbouring rows is summed over the strips; the same for columns.
// Up or down: Vietnamese carries marks on both sides, so the usual count of ascenders and descenders is unsure. Some
// lines with much ink are read as they lie; only if that goes badly, they are read the other way as well, and the
// better of the two wins. An upright page costs one reading of a few lines.
// Skew: Leptonica's sweep and binary search for the sharpest row profile.
#include "pipeline/orientation.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace planscribe {
namespace {

constexpr int kStrip = 64;         // pixels of the small copy
constexpr double kReadsWell = 0.8; // confidence of a trial that needs no second one
constexpr double kSkewConfidence = 2.0;

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

// Energy of the rhythm from row to row, within vertical strips.
double row_rhythm(Pix* bilevel) {
  const int width = pixGetWidth(bilevel), height = pixGetHeight(bilevel), wpl = pixGetWpl(bilevel);
  double energy = 0;
  for (int left = 0; left < width; left += kStrip) {
    int before = 0;
    for (int y = 0; y < height; ++y) {
      const l_uint32* row = pixGetData(bilevel) + static_cast<size_t>(y) * wpl;
      int ink = 0;
      for (int w = left / 32; w < std::min((left + kStrip) / 32, wpl); ++w) ink += __builtin_popcount(row[w]);
      if (y > 0) energy += static_cast<double>((ink - before) * (ink - before));
      before = ink;
    }
  }
  return energy;
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
      ink += std::min(static_cast<double>(n), width * 0.25);  // rules and pictures do not count for more than print
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
  return row_rhythm(side.get()) > row_rhythm(small.get());
}

bool is_upside_down(const PixPtr& gray, const PixPtr& bilevel, const TrialReading& trial) {
  const std::vector<Box> bands = inky_bands(bilevel.get(), 3);
  if (bands.empty() || trial(gray, bands.front()) >= kReadsWell) return false;
  const PixPtr over(pixRotateOrth(gray.get(), 2));
  const int height = pixGetHeight(gray.get());
  double upright = 0, turned = 0;
  for (const Box& b : bands) {
    upright += trial(gray, b);
    turned += trial(over, {b.left, height - b.bottom, b.right, height - b.top});
  }
  return turned > upright;
}

double find_skew(const Pix* bilevel) {
  l_float32 angle = 0, confidence = 0;
  const int big = std::max(pixGetWidth(as_leptonica(bilevel)), pixGetHeight(as_leptonica(bilevel)));
  const int reduction = big > 2600 ? 4 : 2;
  if (pixFindSkewSweepAndSearch(as_leptonica(bilevel), &angle, &confidence, 4, reduction, 7.0F,
                                1.0F, 0.02F) != 0) {
    return 0;
  }
  return confidence >= kSkewConfidence ? angle : 0;
}

}  // namespace planscribe

// pale_ink.cc
//
// Idea: on a grey scan a red seal or a blue pen is paler than print. How dark print is and how bright paper, the darkest
// and the most of an area tell; everything from some way between them on is made paper. Thin print gets thinner by it but
// stays readable. The edges of print are as pale as a seal, so pale ink counts as foreign only where no dark ink is near.
#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/clean.h"
#include "pipeline/resample.h"

namespace planscribe {
namespace {

constexpr double kDarkest = 0.005;  // share of the pixels of a column of print that are as dark as print gets
constexpr double kMost = 0.9;       // share of the pixels from which on all are paper
constexpr double kPale = 0.3;       // from print (0) to paper (1): what is paler is no print
constexpr double kAnyInk = 0.75;    // what is paler is paper
constexpr double kNear = 0.15;      // of a small letter: the reach of the blurred edge of print
constexpr std::array kCuts = {0.45, kPale};  // what is made paper, carefully and thoroughly
constexpr int kLeastContrast = 60;  // grey levels
constexpr double kHardlyAny = 0.03;  // share of the ink of an area

struct Tones {
  int print = 0, paper = 255;
  int at(double share) const { return print + static_cast<int>(share * (paper - print)); }
};

Tones tones_of(Pix* gray) {
  std::array<long, 256> counts{};
  const int width = pixGetWidth(gray), height = pixGetHeight(gray);
  for (int y = 0; y < height; ++y) {
    const l_uint32* row = pixGetData(gray) + static_cast<size_t>(y) * pixGetWpl(gray);
    for (int x = 0; x < width; ++x) ++counts[GET_DATA_BYTE(row, x)];
  }
  const double all = static_cast<double>(width) * height;
  const auto percentile = [&](double share) {
    long sum = 0;
    for (int v = 0; v < 256; ++v)
      if (static_cast<double>(sum += counts[v]) >= share * all) return v;
    return 255;
  };
  return {percentile(kDarkest), percentile(kMost)};
}

// Of a page pixel, in pixels of the scan.
double size_of_pixel(const Transform& to_scan) {
  const Point from = to_scan({0, 0}), to = to_scan({1, 0});
  return std::hypot(to.x - from.x, to.y - from.y);
}

long count_of(Pix* pix) {
  l_int32 count = 0;
  pixCountPixels(pix, &count, nullptr);
  return count;
}

}  // namespace

ForeignInk find_pale_ink(const CleanPage& page, const Pix* scan, const Box& area) {
  ForeignInk ink;
  if (pixGetDepth(const_cast<Pix*>(scan)) != 8) return ink;
  const Transform to_scan = page.to_scan * Transform::shift(area.left, area.top);
  const PixPtr inside = resample(scan, to_scan, std::max(1.0, size_of_pixel(to_scan)), area.width(), area.height());
  if (!inside) return ink;
  const Tones tones = tones_of(inside.get());
  if (tones.paper - tones.print < kLeastContrast) return ink;
  const PixPtr all(pixThresholdToBinary(inside.get(), tones.at(kAnyInk)));
  const PixPtr dark(pixThresholdToBinary(inside.get(), tones.at(kPale)));
  const int reach = 2 * std::max(1, static_cast<int>(kNear * page.letter)) + 1;
  const PixPtr near(dark ? pixDilateBrick(nullptr, dark.get(), reach, reach) : nullptr);
  const PixPtr pale(all && near ? pixSubtract(nullptr, all.get(), near.get()) : nullptr);
  if (!pale || static_cast<double>(count_of(pale.get())) < kHardlyAny * static_cast<double>(count_of(all.get()))) return ink;
  ink.mask.reset(pixCreate(page.width(), page.height(), 1));
  pixRasterop(ink.mask.get(), area.left, area.top, area.width(), area.height(), PIX_SRC, pale.get(), 0, 0);
  for (const double cut : kCuts) {
    PixPtr without(pixCopy(nullptr, page.gray.get()));
    const PixPtr clear(pixGammaTRC(nullptr, inside.get(), 1.0F, tones.print, tones.at(cut)));
    if (!without || !clear) continue;
    pixRasterop(without.get(), area.left, area.top, area.width(), area.height(), PIX_SRC, clear.get(), 0, 0);
    ink.without.push_back(std::move(without));
  }
  return ink;
}

}  // namespace planscribe

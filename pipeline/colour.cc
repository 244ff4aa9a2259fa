// colour.cc
//
// Idea: of black print the luminance is kept, which is what a scanner's JPEG stores best and what Tesseract
// takes itself, so that a page without colour is read as it is. Coloured ink (red seals, blue pen) is lifted to its
// brightest channel, where it fades and print under it stays black. What is coloured is judged against the
// paper, whose own tint is balanced first; between grey and coloured the two are blended, so that no edges
// arise. Cost: one pass, about 5 ns a pixel.
#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>

#include "pipeline/background.h"

namespace planscribe {
namespace {

constexpr int kGrayChroma = 24;    // difference of channels up to which a pixel counts as grey: JPEG blurs colours
constexpr int kColourChroma = 64;  // from here on it is all colour
constexpr int kTint = 12;          // paper whose channels differ by less is left as it is

using Gains = std::array<unsigned, 3>;  // of red, green and blue, in 1/256

int median_of(const std::array<long, 256>& counts, long total) {
  long sum = 0;
  for (int v = 0; v < 256; ++v) {
    sum += counts[v];
    if (2 * sum >= total) return v;
  }
  return 255;
}

// What makes the paper, the most of a page, neutral.
Gains paper_gains(Pix* pix) {
  constexpr int kStep = 4;
  std::array<std::array<long, 256>, 3> counts{};
  long total = 0;
  for (int y = 0; y < pixGetHeight(pix); y += kStep) {
    const l_uint32* row = pixGetData(pix) + static_cast<size_t>(y) * pixGetWpl(pix);
    for (int x = 0; x < pixGetWidth(pix); x += kStep, ++total) {
      ++counts[0][row[x] >> L_RED_SHIFT & 255U];
      ++counts[1][row[x] >> L_GREEN_SHIFT & 255U];
      ++counts[2][row[x] >> L_BLUE_SHIFT & 255U];
    }
  }
  std::array<int, 3> paper{};
  for (int c = 0; c < 3; ++c) paper[c] = std::max(1, median_of(counts[c], total));
  const auto [least, most] = std::minmax_element(paper.begin(), paper.end());
  Gains gains{256, 256, 256};
  if (*most - *least < kTint) return gains;
  for (int c = 0; c < 3; ++c) gains[c] = static_cast<unsigned>(*most * 256 / paper[c]);
  return gains;
}

unsigned gray_of(l_uint32 pixel, const Gains& gains) {
  const int red = static_cast<int>(std::min(255U, (pixel >> L_RED_SHIFT & 255U) * gains[0] >> 8));
  const int green = static_cast<int>(std::min(255U, (pixel >> L_GREEN_SHIFT & 255U) * gains[1] >> 8));
  const int blue = static_cast<int>(std::min(255U, (pixel >> L_BLUE_SHIFT & 255U) * gains[2] >> 8));
  const int luminance = (3 * red + 5 * green + 2 * blue + 5) / 10;
  const int brightest = std::max({red, green, blue});
  const int chroma = brightest - std::min({red, green, blue});
  if (chroma <= kGrayChroma) return static_cast<unsigned>(luminance);
  const int colour = std::min(chroma, kColourChroma) - kGrayChroma, all = kColourChroma - kGrayChroma;
  return static_cast<unsigned>(luminance + (brightest - luminance) * colour / all);
}

}  // namespace

PixPtr to_gray(const Pix* scan) {
  Pix* pix = const_cast<Pix*>(scan);
  if (pixGetDepth(pix) != 32) return PixPtr(pixConvertTo8(pix, 0));
  PixPtr gray(pixCreate(pixGetWidth(pix), pixGetHeight(pix), 8));
  if (!gray) return nullptr;
  const Gains gains = paper_gains(pix);
  for (int y = 0; y < pixGetHeight(pix); ++y) {
    const l_uint32* from = pixGetData(pix) + static_cast<size_t>(y) * pixGetWpl(pix);
    l_uint32* to = pixGetData(gray.get()) + static_cast<size_t>(y) * pixGetWpl(gray.get());
    for (int x = 0; x < pixGetWidth(pix); ++x) SET_DATA_BYTE(to, x, gray_of(from[x], gains));
  }
  return gray;
}

}  // namespace planscribe

// negative.cc
//
// Idea: a page that is mostly dark is a negative, or a sheet on a dark desk. What is of the size of letters tells: in print
// there are more letters than there are closed spaces inside of them. Cost: a sparse histogram; the letters are counted
// on dark pages alone.
#include "pipeline/negative.h"

#include <leptonica/allheaders.h>

#include "pipeline/background.h"
#include "pipeline/letters.h"

namespace planscribe {
namespace {

constexpr double kMostly = 0.5;   // share of dark pixels
constexpr double kClearly = 1.5;  // times as many letters

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

// 1 bit a pixel; null when there is no print.
PixPtr ink_of(const Pix* page) {
  return pixGetDepth(as_leptonica(page)) == 1 ? PixPtr(pixClone(as_leptonica(page))) : binarise(page);
}

// Of the pixels of a page. The paper of a grey one is far from its middle tone, on whichever side.
double dark_share(const Pix* page) {
  Pix* pix = as_leptonica(page);
  if (pixGetDepth(pix) == 1) {
    l_float32 share = 0;
    return pixForegroundFraction(pix, &share) == 0 ? share : 0;
  }
  constexpr int kStep = 8, kMiddle = 128;
  long dark = 0, all = 0;
  for (int y = 0; y < pixGetHeight(pix); y += kStep) {
    const l_uint32* row = pixGetData(pix) + static_cast<size_t>(y) * pixGetWpl(pix);
    for (int x = 0; x < pixGetWidth(pix); x += kStep, ++all) dark += GET_DATA_BYTE(row, x) < kMiddle;
  }
  return all > 0 ? static_cast<double>(dark) / static_cast<double>(all) : 0;
}

}  // namespace

PixPtr positive_of(const Pix* page) {
  if (dark_share(page) < kMostly) return nullptr;
  const PixPtr ink = ink_of(page);
  const PixPtr paper(ink ? pixInvert(nullptr, ink.get()) : nullptr);
  if (!paper || find_letters(paper.get()).count < kClearly * find_letters(ink.get()).count) return nullptr;
  return PixPtr(pixInvert(nullptr, as_leptonica(page)));
}

}  // namespace planscribe

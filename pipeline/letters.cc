// letters.cc: connected parts of the ink, by the boxes around them. Marks and full stops of print are an eighth of a small
// letter at least, specks that scanners and copiers make a pixel or two. Cost: one labelling of the page.
#include "pipeline/letters.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <vector>

namespace planscribe {
namespace {

constexpr int kLowest = 5;          // pixels of a letter's height
constexpr int kSheet = 40;          // small letters are lower than this part of the sheet; seals and figures are not
constexpr int kLeastTallest = 40;   // on a cut-out
constexpr int kFewestLetters = 8;   // of a name alone on a page
constexpr double kSmallest = 0.58, kSmall = 0.8;  // of the height with an ascender
constexpr double kStandsOut = 0.4;  // share of the weight of those
constexpr double kSpeck = 0.14;     // of a small letter: the greatest side of a speck
constexpr double kManySpecks = 0.002;  // share of the page

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

int speck_side(double letter) { return std::clamp(static_cast<int>(kSpeck * letter), 1, kLowest - 1); }

// The height around which letters are the most, the larger ones counting for more. Letters with ascenders, marks and
// capitals may be more than small ones: then the height of these stands out below.
int most_frequent(const std::vector<double>& weight) {
  const auto around = [&](int h) { return weight[static_cast<size_t>(h) - 1] + 2 * weight[static_cast<size_t>(h)] + weight[static_cast<size_t>(h) + 1]; };
  const auto best_of = [&](int from, int to) {
    int best = from;
    for (int h = from; h < to; ++h)
      if (around(h) > around(best)) best = h;
    return best;
  };
  const int best = best_of(kLowest, static_cast<int>(weight.size()) - 1);
  const int from = std::max(kLowest, static_cast<int>(kSmallest * best)), to = static_cast<int>(kSmall * best) + 1;
  if (from >= to) return best;
  const int small = best_of(from, to);
  return around(small) > kStandsOut * around(best) ? small : best;
}

// What is ink (or, inverted, paper) in parts of a speck's size alone.
PixPtr specks_of(Pix* bilevel, int side) {
  const PixPtr larger(pixSelectBySize(bilevel, side, side, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GT, nullptr));
  return PixPtr(larger ? pixSubtract(nullptr, bilevel, larger.get()) : nullptr);
}

}  // namespace

Letters find_letters(const Pix* bilevel) {
  Pix* pix = as_leptonica(bilevel);
  const std::unique_ptr<Boxa, void (*)(Boxa*)> boxes(pixConnCompBB(pix, 8), [](Boxa* b) { boxaDestroy(&b); });
  if (!boxes) return {};
  const int tallest = std::max(kLeastTallest, std::max(pixGetWidth(pix), pixGetHeight(pix)) / kSheet);
  std::vector<double> weight(static_cast<size_t>(tallest) + 2, 0.0);
  std::vector<long> tiny(kLowest, 0);  // parts by their greatest side
  Letters letters;
  for (int i = 0; i < boxaGetCount(boxes.get()); ++i) {
    l_int32 x = 0, y = 0, w = 0, h = 0;
    boxaGetBoxGeometry(boxes.get(), i, &x, &y, &w, &h);
    if (std::max(w, h) < kLowest) ++tiny[static_cast<size_t>(std::max(w, h))];
    if (h < kLowest || h > tallest || w > 3 * h || h > 4 * w) continue;
    weight[static_cast<size_t>(h)] += h;
    ++letters.count;
  }
  if (letters.count < kFewestLetters) return letters;
  letters.height = most_frequent(weight);
  for (int side = 1; side <= speck_side(letters.height); ++side) letters.specks += side * side * tiny[static_cast<size_t>(side)];
  return letters;
}

bool is_speckled(const Pix* gray, const Pix* bilevel, const Letters& letters) {
  Pix* pix = as_leptonica(gray);
  const double many = kManySpecks * pixGetWidth(pix) * pixGetHeight(pix);
  l_float32 ink = 0;
  if (static_cast<double>(letters.specks) < many ||
      pixGetAverageMasked(pix, as_leptonica(bilevel), 0, 0, 1, L_MEAN_ABSVAL, &ink) != 0)
    return false;
  const PixPtr dark(pixThresholdToBinary(pix, std::max(1, static_cast<int>(ink) + 1)));
  const PixPtr specks = dark ? specks_of(dark.get(), speck_side(letters.height)) : nullptr;
  l_int32 count = 0;
  return specks && pixCountPixels(specks.get(), &count, nullptr) == 0 && count > many;
}

PixPtr without_specks(const Pix* gray, const Pix* bilevel, const Letters& letters) {
  const int side = speck_side(letters.height);
  PixPtr clean(pixCopy(nullptr, as_leptonica(gray)));
  const PixPtr paper(pixInvert(nullptr, as_leptonica(bilevel)));
  const PixPtr black = specks_of(as_leptonica(bilevel), side), white = paper ? specks_of(paper.get(), side) : nullptr;
  if (!clean || !black || !white) return nullptr;
  const PixPtr around(pixDilateBrick(nullptr, black.get(), 3, 3));
  pixSetMasked(clean.get(), around.get(), 255);
  pixSetMasked(clean.get(), white.get(), 0);
  return clean;
}

}  // namespace planscribe

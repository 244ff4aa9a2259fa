// background.cc
//
// Idea: paper is what is left when a page is made small (about 600 pixels high), each pixel takes the
// brightest of its neighbours, which paints over the strokes, and a median smooths the rest. Dividing by it
// evens out yellow paper, shadows and folds. Show-through and noise remain between ink and paper: Otsu's
// threshold gives the mean of either, and a linear stretch puts white a part of the way from paper towards
// ink. How far was measured on yellowed sheets: 0.3 eats the marks (twice the errors of 0.15), 0.05 leaves the
// other side's print. Cost: two passes over the page and a few over the small copy, about 10 ns a pixel.
#include "pipeline/background.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

namespace planscribe {
namespace {

constexpr int kSmallHeight = 600;   // of the copy that paper is estimated on
constexpr int kStrokeReach = 7;     // dilation on it: wider than a stroke, narrower than a line of print
constexpr int kSmoothReach = 15;    // median on it
constexpr int kFoldReach = 61;      // a fold is darker over this length
constexpr int kPlainContrast = 90;  // grey levels between ink and paper of a page with some print
constexpr int kLeastContrast = 35;  // below there is no print
constexpr int kDeepestFold = 60;    // percent of the paper around it
constexpr int kGrainlessHeight = 1300;  // pixels
constexpr double kShadedShare = 0.005;  // of the page that is a watermark or shaded
constexpr int kShade = 12;          // grey levels by which it is darker than paper
constexpr double kLeastInk = 0.0003;  // share of the page that a few words cover
constexpr double kFaint = 0.25;     // from paper to ink: where rules begin
constexpr double kWhiteCut = 0.15;  // from paper (0) to ink (1)

using Histogram = std::array<long, 256>;

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

Histogram histogram_of(const Pix* gray, int step) {
  Histogram counts{};
  Pix* pix = as_leptonica(gray);
  const int width = pixGetWidth(pix), height = pixGetHeight(pix), wpl = pixGetWpl(pix);
  for (int y = 0; y < height; y += step) {
    l_uint32* row = pixGetData(pix) + static_cast<size_t>(y) * wpl;
    for (int x = 0; x < width; x += step) ++counts[GET_DATA_BYTE(row, x)];
  }
  return counts;
}

int percentile(const Histogram& counts, double share) {
  long total = 0, sum = 0;
  for (long n : counts) total += n;
  for (int v = 0; v < 256; ++v) {
    sum += counts[v];
    if (static_cast<double>(sum) >= share * static_cast<double>(total)) return v;
  }
  return 255;
}

struct Levels {
  double ink = 0, paper = 255;
  int threshold = 128;
};

// Otsu: the threshold with the greatest variance between the two sides, and the mean of either side.
Levels levels_of(const Histogram& counts) {
  double total = 0, weighted = 0;
  for (int v = 0; v < 256; ++v)
    total += static_cast<double>(counts[v]), weighted += static_cast<double>(v * counts[v]);
  Levels best;
  double best_variance = -1, n0 = 0, s0 = 0;
  for (int v = 0; v < 255; ++v) {
    n0 += static_cast<double>(counts[v]);
    s0 += static_cast<double>(v * counts[v]);
    const double n1 = total - n0;
    if (n0 <= 0 || n1 <= 0) continue;
    const double m0 = s0 / n0, m1 = (weighted - s0) / n1, variance = n0 * n1 * (m0 - m1) * (m0 - m1);
    if (variance > best_variance) best_variance = variance, best = {m0, m1, v + 1};
  }
  return best;
}

// A copy on which the grain of the paper is evened out and strokes still stand.
PixPtr without_grain(const Pix* gray) {
  PixPtr copy(pixClone(as_leptonica(gray)));
  while (copy && std::max(pixGetWidth(copy.get()), pixGetHeight(copy.get())) > kGrainlessHeight) {
    copy.reset(pixScaleAreaMap2(copy.get()));
  }
  return copy;
}

// The same for a page that may be nearly empty: Otsu would split the paper's own noise, so if its two sides
// are near each other, the darkest few are taken for ink: of a page with a name and a number alone these are few indeed.
Levels page_levels(const Pix* gray, int step) {
  const Histogram counts = histogram_of(gray, step);
  Levels levels = levels_of(counts);
  if (levels.paper - levels.ink >= kPlainContrast) return levels;
  const PixPtr even = without_grain(gray);
  const Histogram few = even ? histogram_of(even.get(), 1) : counts;
  levels.ink = percentile(few, kLeastInk);
  levels.paper = percentile(few, 0.6);
  levels.threshold = static_cast<int>((levels.ink + levels.paper) / 2);
  return levels;
}

PixPtr small_copy(const Pix* gray) {
  Pix* pix = as_leptonica(gray);
  const double scale =
      std::min(1.0, static_cast<double>(kSmallHeight) / std::max(pixGetWidth(pix), pixGetHeight(pix)));
  return PixPtr(pixScaleAreaMap(pix, static_cast<float>(scale), static_cast<float>(scale)));
}

// Keeps what is dark along a whole stretch of a row (or column) but not what is dark in strokes.
PixPtr along(Pix* small, int width, int height) {
  const PixPtr dilated(pixDilateGray(small, width, height));
  return PixPtr(pixErodeGray(dilated.get(), width / 2 | 1, height / 2 | 1));
}

// One image's pixels lowered to the other's, but not below a share of their own.
void lower_to(Pix* paper, Pix* fold) {
  for (int y = 0; y < pixGetHeight(paper); ++y) {
    l_uint32* to = pixGetData(paper) + static_cast<size_t>(y) * pixGetWpl(paper);
    l_uint32* by = pixGetData(fold) + static_cast<size_t>(y) * pixGetWpl(fold);
    for (int x = 0; x < pixGetWidth(paper); ++x) {
      const int own = GET_DATA_BYTE(to, x), other = GET_DATA_BYTE(by, x);
      if (other < own) SET_DATA_BYTE(to, x, std::max(other, own * kDeepestFold / 100));
    }
  }
}

// Strokes painted over; what is wider than print stays: a watermark, a shaded cell.
PixPtr without_strokes(Pix* small) { return PixPtr(pixDilateGray(small, kStrokeReach, kStrokeReach)); }

// Paper: strokes painted over, the rest smoothed; folds along rows and columns kept sharp.
PixPtr paper_of(Pix* small) {
  const PixPtr dilated = without_strokes(small);
  PixPtr paper(pixMedianFilter(dilated.get(), kSmoothReach, kSmoothReach));
  if (!paper) return nullptr;
  lower_to(paper.get(), along(small, kFoldReach, 1).get());
  lower_to(paper.get(), along(small, 1, kFoldReach).get());
  return paper;
}

// Where the sheet lies on something darker: what is dark, thicker than print and touches the image's edge.
PixPtr surroundings(Pix* small) {
  const int level = percentile(histogram_of(small, 1), 0.6);
  const PixPtr dark(pixThresholdToBinary(small, std::max(1, level * 55 / 100)));
  const PixPtr thick(pixOpenBrick(nullptr, dark.get(), 3, 3));
  const PixPtr inner(pixRemoveBorderConnComps(thick.get(), 8));
  const PixPtr edge(pixXor(nullptr, thick.get(), inner.get()));
  l_int32 none = 0;
  pixZero(edge.get(), &none);
  if (none) return nullptr;
  return PixPtr(pixDilateBrick(nullptr, edge.get(), 7, 7));
}

PixPtr divided(const Pix* gray, const Pix* paper) {
  Pix* pix = as_leptonica(gray);
  const int width = pixGetWidth(pix), height = pixGetHeight(pix);
  const PixPtr large(pixScaleToSize(as_leptonica(paper), width, height));
  PixPtr out(pixCreateNoInit(width, height, 8));
  if (!large || !out) return nullptr;
  std::array<unsigned, 256> inverse{};
  for (unsigned v = 0; v < 256; ++v) inverse[v] = (255U << 12) / std::max(v, 8U);
  for (int y = 0; y < height; ++y) {
    const l_uint32* in = pixGetData(pix) + static_cast<size_t>(y) * pixGetWpl(pix);
    const l_uint32* by = pixGetData(large.get()) + static_cast<size_t>(y) * pixGetWpl(large.get());
    l_uint32* to = pixGetData(out.get()) + static_cast<size_t>(y) * pixGetWpl(out.get());
    for (int w = 0; w < pixGetWpl(out.get()); ++w) {
      l_uint32 word = 0;
      for (int shift = 24; shift >= 0; shift -= 8) {
        const unsigned v = (in[w] >> shift & 255U) * inverse[by[w] >> shift & 255U] >> 12;
        word |= std::min(v, 255U) << shift;
      }
      to[w] = word;
    }
  }
  return out;
}

void whiten(Pix* gray, const Pix* small_mask) {
  const PixPtr mask(pixScaleToSize(as_leptonica(small_mask), pixGetWidth(gray), pixGetHeight(gray)));
  if (mask) pixSetMasked(gray, mask.get(), 255);
}

// Blocks of a bilevel page that touch its edge and are thicker than print.
PixPtr thick_edge_blocks(Pix* bilevel) {
  const int reach = std::max(5, std::max(pixGetWidth(bilevel), pixGetHeight(bilevel)) / 300);
  const PixPtr thick(pixOpenBrick(nullptr, bilevel, reach, reach));
  const PixPtr inner(pixRemoveBorderConnComps(thick.get(), 8));
  PixPtr edge(pixXor(nullptr, thick.get(), inner.get()));
  return PixPtr(pixDilateBrick(nullptr, edge.get(), reach, reach));
}

}  // namespace

bool needs_flattening(const Pix* gray) {
  const PixPtr small = small_copy(gray);
  const PixPtr paper = small ? paper_of(small.get()) : nullptr;
  if (!paper) return false;
  const Histogram all = histogram_of(gray, 3), sheet = histogram_of(paper.get(), 1);
  const Levels levels = levels_of(all);
  const int light = percentile(sheet, 0.95), dark = percentile(sheet, 0.05);
  if (light < 215 || light - dark > 30 || levels.ink > 110) return true;
  return light - percentile(histogram_of(without_strokes(small.get()).get(), 1), kShadedShare) > kShade;
}

PixPtr flatten(const Pix* gray) {
  const PixPtr small = small_copy(gray);
  const PixPtr paper = small ? paper_of(small.get()) : nullptr;
  if (!paper) return nullptr;
  const PixPtr outside = surroundings(small.get());
  PixPtr even = divided(gray, paper.get());
  if (!even) return nullptr;
  if (outside) whiten(even.get(), outside.get());
  const Levels levels = page_levels(even.get(), 2);
  if (levels.paper - levels.ink < kLeastContrast) return even;  // no print: stretched, the grain of the paper would be read
  const double white = levels.paper - kWhiteCut * (levels.paper - levels.ink);
  const double black = std::min(levels.ink, white - 40);
  return PixPtr(pixGammaTRC(nullptr, even.get(), 1.0F, static_cast<int>(black), static_cast<int>(white)));
}

PixPtr without_black_edges(const Pix* bilevel) {
  const PixPtr blocks = thick_edge_blocks(as_leptonica(bilevel));
  l_int32 none = 1;
  if (blocks) pixZero(blocks.get(), &none);
  if (none) return nullptr;
  return PixPtr(pixSubtract(nullptr, as_leptonica(bilevel), blocks.get()));
}

PixPtr binarise(const Pix* gray) {
  const Levels levels = page_levels(gray, 2);
  if (levels.paper - levels.ink < kLeastContrast) return nullptr;
  return PixPtr(pixThresholdToBinary(as_leptonica(gray), std::clamp(levels.threshold, 60, 215)));
}

PixPtr binarise_faint(const Pix* gray) {
  const Levels levels = page_levels(gray, 1);
  if (levels.paper - levels.ink < kLeastContrast) return nullptr;
  const double level = levels.paper - kFaint * (levels.paper - levels.ink);
  return PixPtr(pixThresholdToBinary(as_leptonica(gray), static_cast<int>(level)));
}

}  // namespace planscribe

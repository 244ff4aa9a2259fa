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
#include <numeric>

#include "pipeline/background.h"
#include "pipeline/clean.h"
#include "pipeline/colour.h"

namespace planscribe {
namespace {

constexpr int kGrayChroma = 24;    // difference of channels up to which a pixel counts as grey: JPEG blurs colours
constexpr int kColourChroma = 64;  // from here on it is all colour
constexpr int kBrightPaper = 240;
constexpr int kFaintInk = 200;     // of 255: what is darker on a clean page is ink
constexpr int kDarkInk = 105;      // brightest channel of print on bright paper; coloured ink is brighter
constexpr double kEdge = 0.15;       // of a small letter: how far the blurred edge of coloured ink reaches
constexpr long kFewPixels = 50;    // of colour, not worth another image
constexpr double kBrightest = 0.05;  // share of a page that is as bright as its paper gets
constexpr double kPaper = 0.5;     // of that: paper in a shadow
constexpr double kInk = 0.6;       // of the brightest paper: darker than this is the middle of strokes
constexpr double kHardlyBlack = 0.05;  // black ink to coloured ink, at most, where print is coloured
constexpr size_t kBands = 40;      // of a page, from top to bottom
constexpr int kAllOver = 7;        // of them hold coloured ink: more than a seal with a signature reaches over
constexpr int kTint = 12;          // paper whose channels differ by less is left as it is

using Gains = std::array<unsigned, 3>;  // of red, green and blue, in 1/256

bool is_neutral(const Gains& gains) { return gains == Gains{256, 256, 256}; }

int median_of(const std::array<long, 256>& counts, long total) {
  long sum = 0;
  for (int v = 0; v < 256; ++v) {
    sum += counts[v];
    if (2 * sum >= total) return v;
  }
  return 255;
}

// Calls visit(y, pixel) for one pixel in 64.
template <typename Visit>
void sample(Pix* pix, const Visit& visit) {
  constexpr int kStep = 8;
  for (int y = 0; y < pixGetHeight(pix); y += kStep) {
    const l_uint32* row = pixGetData(pix) + static_cast<size_t>(y) * pixGetWpl(pix);
    for (int x = 0; x < pixGetWidth(pix); x += kStep) visit(y, row[x]);
  }
}

struct Rgb {
  unsigned red, green, blue;
  explicit Rgb(l_uint32 pixel) : red(pixel >> L_RED_SHIFT & 255U), green(pixel >> L_GREEN_SHIFT & 255U), blue(pixel >> L_BLUE_SHIFT & 255U) {}
  unsigned brightest() const { return std::max({red, green, blue}); }
};

// The brightness from which on a pixel may be paper: a dark desk around the sheet is none, however much there is of it.
unsigned least_paper(Pix* pix) {
  std::array<long, 256> counts{};
  sample(pix, [&](int, l_uint32 pixel) { ++counts[Rgb(pixel).brightest()]; });
  const long all = std::accumulate(counts.begin(), counts.end(), 0L);
  long brighter = 0;
  int v = 255;
  while (v > 0 && static_cast<double>(brighter += counts[static_cast<size_t>(v)]) < kBrightest * static_cast<double>(all)) --v;
  return static_cast<unsigned>(kPaper * v);
}

// What makes the paper, the most of a page, neutral.
Gains paper_gains(Pix* pix) {
  std::array<std::array<long, 256>, 3> counts{};
  long total = 0;
  sample(pix, [&, least = least_paper(pix)](int, l_uint32 pixel) {
    const Rgb rgb(pixel);
    if (rgb.brightest() < least) return;
    ++counts[0][rgb.red], ++counts[1][rgb.green], ++counts[2][rgb.blue], ++total;
  });
  std::array<int, 3> paper{};
  for (int c = 0; c < 3; ++c) paper[c] = std::max(1, median_of(counts[c], total));
  const auto [least, most] = std::minmax_element(paper.begin(), paper.end());
  Gains gains{256, 256, 256};
  if (*most - *least < kTint) return gains;
  for (int c = 0; c < 3; ++c) gains[c] = static_cast<unsigned>(*most * 256 / paper[c]);
  return gains;
}

struct Shade {
  int luminance = 0, brightest = 0;
  int colour = 0;  // 0 grey .. kAllColour
};

constexpr int kAllColour = kColourChroma - kGrayChroma;

Shade shade_of(l_uint32 pixel, const Gains& gains) {
  const int red = static_cast<int>(std::min(255U, (pixel >> L_RED_SHIFT & 255U) * gains[0] >> 8));
  const int green = static_cast<int>(std::min(255U, (pixel >> L_GREEN_SHIFT & 255U) * gains[1] >> 8));
  const int blue = static_cast<int>(std::min(255U, (pixel >> L_BLUE_SHIFT & 255U) * gains[2] >> 8));
  const int brightest = std::max({red, green, blue});
  const int chroma = brightest - std::min({red, green, blue});
  return {(3 * red + 5 * green + 2 * blue + 5) / 10, brightest, std::clamp(chroma - kGrayChroma, 0, kAllColour)};
}

unsigned gray_of(l_uint32 pixel, const Gains& gains) {
  const Shade shade = shade_of(pixel, gains);
  return static_cast<unsigned>(shade.luminance + (shade.brightest - shade.luminance) * shade.colour / kAllColour);
}

// A carbon copy, a stencil, a typewriter with a blue ribbon: hardly any ink is black, and it is all over the page, as that of
// a seal is not.
bool is_coloured_print(Pix* pix, const Gains& gains) {
  std::array<bool, kBands> marked{};
  long black = 0, coloured = 0;
  const double darkest = kInk * least_paper(pix) / kPaper;
  sample(pix, [&](int y, l_uint32 pixel) {
    const Shade shade = shade_of(pixel, gains);
    if (shade.luminance > darkest) return;
    if (shade.colour > 0) ++coloured, marked[static_cast<size_t>(y) * kBands / pixGetHeight(pix)] = true;
    else ++black;
  });
  return static_cast<double>(black) < kHardlyBlack * static_cast<double>(coloured) &&
         std::count(marked.begin(), marked.end(), true) > kAllOver;
}

// The same for most of a page, which has no colour: what is grey in its own channels and needs no gains.
bool is_gray(l_uint32 pixel) {
  const int red = pixel >> L_RED_SHIFT & 255, green = pixel >> L_GREEN_SHIFT & 255, blue = pixel >> L_BLUE_SHIFT & 255;
  return std::abs(red - green) <= kGrayChroma && std::abs(green - blue) <= kGrayChroma && std::abs(red - blue) <= kGrayChroma;
}
unsigned luminance_of(l_uint32 pixel) {
  return (3 * (pixel >> L_RED_SHIFT & 255) + 5 * (pixel >> L_GREEN_SHIFT & 255) + 2 * (pixel >> L_BLUE_SHIFT & 255) + 5) / 10;
}

}  // namespace

PixPtr to_gray(const Pix* scan) {
  Pix* pix = const_cast<Pix*>(scan);
  if (pixGetDepth(pix) != 32) return PixPtr(pixConvertTo8(pix, 0));
  PixPtr gray(pixCreate(pixGetWidth(pix), pixGetHeight(pix), 8));
  if (!gray) return nullptr;
  const Gains gains = paper_gains(pix);
  const bool neutral = is_neutral(gains);
  if (is_coloured_print(pix, gains)) return PixPtr(pixConvertRGBToGray(pix, 0.3F, 0.5F, 0.2F));
  for (int y = 0; y < pixGetHeight(pix); ++y) {
    const l_uint32* from = pixGetData(pix) + static_cast<size_t>(y) * pixGetWpl(pix);
    l_uint32* to = pixGetData(gray.get()) + static_cast<size_t>(y) * pixGetWpl(gray.get());
    for (int x = 0, width = pixGetWidth(pix); x < width; ++x)
      SET_DATA_BYTE(to, x, neutral && is_gray(from[x]) ? luminance_of(from[x]) : gray_of(from[x], gains));
  }
  return gray;
}

namespace {

// The colours of a scan at places of the clean page, as if the paper of an area were bright.
class Colours {
 public:
  Colours(const Pix* scan, const Transform& to_scan, const Box& area)
      : scan_(const_cast<Pix*>(scan)), to_scan_(to_scan), gains_(paper_gains(scan_)) {
    const unsigned level = static_cast<unsigned>(std::max(1, paper_level(area)));
    for (unsigned& gain : gains_) gain = std::max(gain, gain * kBrightPaper / level);
  }

  Shade at(int x, int y) const {
    const Point place = to_scan_({x + 0.5, y + 0.5});
    const int sx = std::clamp(static_cast<int>(place.x), 0, static_cast<int>(pixGetWidth(scan_)) - 1);
    const int sy = std::clamp(static_cast<int>(place.y), 0, static_cast<int>(pixGetHeight(scan_)) - 1);
    return shade_of(pixGetData(scan_)[static_cast<size_t>(sy) * pixGetWpl(scan_) + sx], gains_);
  }

 private:
  int paper_level(const Box& area) const {
    std::array<long, 256> counts{};
    long total = 0;
    for (int y = area.top; y < area.bottom; y += 4)
      for (int x = area.left; x < area.right; x += 4, ++total) ++counts[at(x, y).brightest];
    return median_of(counts, total);
  }

  Pix* scan_;
  const Transform& to_scan_;
  Gains gains_;
};

// Lifts what is coloured in an area towards paper; how many pixels that are.
long fade_colour(const Colours& colours, const Box& area, Pix* gray, Pix* mask) {
  long count = 0;
  for (int y = area.top; y < area.bottom; ++y) {
    l_uint32* row = pixGetData(gray) + static_cast<size_t>(y) * pixGetWpl(gray);
    l_uint32* marks = pixGetData(mask) + static_cast<size_t>(y) * pixGetWpl(mask);
    for (int x = area.left; x < area.right; ++x) {
      const Shade shade = colours.at(x, y);
      if (shade.colour == 0 || shade.brightest < kDarkInk) continue;
      const int value = GET_DATA_BYTE(row, x);
      SET_DATA_BYTE(row, x, value + (255 - value) * shade.colour / kAllColour);
      if (2 * shade.colour < kAllColour) continue;
      SET_DATA_BIT(marks, x);
      ++count;
    }
  }
  return count;
}

// Makes paper of what is marked in an area and not as dark as print.
void clear_marked(const Colours& colours, const Box& area, Pix* mask, Pix* gray) {
  for (int y = area.top; y < area.bottom; ++y) {
    const l_uint32* marks = pixGetData(mask) + static_cast<size_t>(y) * pixGetWpl(mask);
    l_uint32* row = pixGetData(gray) + static_cast<size_t>(y) * pixGetWpl(gray);
    for (int x = area.left; x < area.right; ++x)
      if (GET_DATA_BIT(marks, x) && colours.at(x, y).brightest >= kDarkInk) SET_DATA_BYTE(row, x, 255);
  }
}

}  // namespace

PixPtr coloured_ink_of(const Pix* scan, int step) {
  Pix* pix = const_cast<Pix*>(scan);
  if (pixGetDepth(pix) != 32) return nullptr;
  const Gains gains = paper_gains(pix);
  const bool neutral = is_neutral(gains);
  PixPtr ink(pixCreate(pixGetWidth(pix) / step, pixGetHeight(pix) / step, 1));
  long count = 0;
  for (int y = 0; ink && y < pixGetHeight(ink.get()); ++y) {
    const l_uint32* from = pixGetData(pix) + static_cast<size_t>(y) * step * pixGetWpl(pix);
    l_uint32* to = pixGetData(ink.get()) + static_cast<size_t>(y) * pixGetWpl(ink.get());
    for (int x = 0; x < pixGetWidth(ink.get()); ++x) {
      if (neutral && is_gray(from[x * step])) continue;
      const Shade shade = shade_of(from[x * step], gains);
      if (4 * shade.colour < kAllColour || shade.brightest < kDarkInk) continue;
      SET_DATA_BIT(to, x);
      ++count;
    }
  }
  return count < kFewPixels || is_coloured_print(pix, gains) ? nullptr : std::move(ink);
}

ForeignInk find_coloured_ink(const CleanPage& page, const Pix* scan, const Box& area) {
  ForeignInk ink;
  if (pixGetDepth(const_cast<Pix*>(scan)) != 32) return ink;
  if (is_coloured_print(const_cast<Pix*>(scan), paper_gains(const_cast<Pix*>(scan)))) return ink;
  const Colours colours(scan, page.to_scan, area);
  PixPtr faded(pixCopy(nullptr, page.gray.get())), mask(pixCreate(page.width(), page.height(), 1));
  if (fade_colour(colours, area, faded.get(), mask.get()) < kFewPixels) return ink;
  const int edge = 2 * static_cast<int>(kEdge * page.letter) + 1;
  ink.mask.reset(pixDilateBrick(nullptr, mask.get(), edge, edge));
  PixPtr cleared(pixCopy(nullptr, faded.get()));
  clear_marked(colours, area, ink.mask.get(), cleared.get());
  ink.without.push_back(std::move(faded));
  ink.without.push_back(std::move(cleared));
  return ink;
}

double ForeignInk::share(const CleanPage& page, const Box& box) const {
  if (!mask) return 0;
  const std::unique_ptr<::Box, void (*)(::Box*)> clip(boxCreate(box.left, box.top, box.width(), box.height()),
                                                      [](::Box* b) { boxDestroy(&b); });
  const PixPtr gray(pixClipRectangle(page.gray.get(), clip.get(), nullptr));
  const PixPtr print(gray ? pixThresholdToBinary(gray.get(), kFaintInk) : nullptr);
  const PixPtr marks(pixClipRectangle(mask.get(), clip.get(), nullptr));
  if (!print || !marks) return 0;
  l_int32 all = 0, coloured = 0;
  pixCountPixels(print.get(), &all, nullptr);
  pixAnd(marks.get(), marks.get(), print.get());
  pixCountPixels(marks.get(), &coloured, nullptr);
  return all > 0 ? static_cast<double>(coloured) / all : 0;
}

}  // namespace planscribe

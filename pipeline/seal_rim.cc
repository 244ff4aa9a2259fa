// seal_rim.cc
//
// Idea: on a black-and-white scan a seal is as dark as print, but its rim is a circle of a known size (decree 30/2020: 32 to
// 42 mm across, against letters of 13 points). Circles are voted for by the pixels of a small copy (Hough), the best is
// fitted on the page itself and must be a line: ink nearly all around, far less beside it. Of the rim goes what no stroke
// crosses; strokes that go on on both sides are print. With it go figures as tall as a star or a signature, and the letters along the rim:
// what stands in the circle at heights where nothing stands beside it. Cost: some
// tens of milliseconds, for a foot that reads badly.
#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "pipeline/clean.h"

namespace planscribe {
namespace {

constexpr double kSmallest = 6, kLargest = 12;  // radius in small letters
constexpr double kSmallCopy = 5;      // pixels of a small letter in the copy on which circles are voted for
constexpr double kLikely = 0.5;       // share of a circle that votes for it
constexpr double kRim = 0.7;          // share of the rim that is ink
constexpr double kBeside = 0.35;      // by which the share is less beside it
constexpr double kInnermost = 0.3, kThinBeside = 0.2;  // other circles of the rim: parts of its radius; how they stand out
constexpr double kAside = 0.35;       // how far beside, in small letters
constexpr double kThick = 0.85;         // share of the rim that is no thicker than what is taken off
constexpr int kSoftEdge = 5;           // pixels of a dot with the grey around it
constexpr int kAngles = 720, kSectors = 48;
constexpr double kLowLetter = 0.6, kMarks = 0.6, kFewLetters = 2;  // in small letters: parts of a line
constexpr double kTallFigure = 2.6;   // in small letters: a star, a signature

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

class Ink {
 public:
  explicit Ink(const Pix* bilevel) : pix_(as_leptonica(bilevel)), width_(pixGetWidth(pix_)), height_(pixGetHeight(pix_)) {}
  bool at(int x, int y) const {
    return x >= 0 && y >= 0 && x < width_ && y < height_ && GET_DATA_BIT(pixGetData(pix_) + static_cast<size_t>(y) * pixGetWpl(pix_), x) != 0;
  }
  bool at(const Point& p) const { return at(static_cast<int>(std::floor(p.x)), static_cast<int>(std::floor(p.y))); }
  int width() const { return width_; }
  int height() const { return height_; }

 private:
  Pix* pix_;
  int width_, height_;
};

struct Circle {
  double x = 0, y = 0, radius = 0;
  Point at(double angle, double distance) const { return {x + distance * std::cos(angle), y + distance * std::sin(angle)}; }
};

// A coarse copy of an area: a pixel is ink when any it stands for is.
struct Copy {
  int side = 1, width = 0, height = 0;  // pixels of the page that a pixel stands for along one side
  Box area;
  std::vector<std::pair<int, int>> ink;
};

Copy copy_of(const Ink& ink, const Box& area, double letter) {
  Copy copy{std::max(1, static_cast<int>(letter / kSmallCopy)), 0, 0, area, {}};
  copy.width = area.width() / copy.side, copy.height = area.height() / copy.side;
  for (int y = 0; y < copy.height; ++y)
    for (int x = 0; x < copy.width; ++x) {
      bool any = false;
      for (int i = 0; i < copy.side * copy.side && !any; ++i)
        any = ink.at(area.left + x * copy.side + i % copy.side, area.top + y * copy.side + i / copy.side);
      if (any) copy.ink.emplace_back(x, y);
    }
  return copy;
}

std::vector<std::pair<int, int>> places_on_circle(int radius) {
  std::vector<std::pair<int, int>> places;
  for (int i = 0; i < kAngles; ++i) {
    const double angle = 2 * std::numbers::pi * i / kAngles;
    places.emplace_back(std::lround(radius * std::cos(angle)), std::lround(radius * std::sin(angle)));
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

// The circle for which the greatest share of its pixels votes; radius 0 when none is likely.
Circle likely_circle(const Copy& copy, double letter) {
  Circle best;
  double most = kLikely;
  std::vector<unsigned short> votes;
  for (int radius = static_cast<int>(kSmallest * letter / copy.side); radius <= kLargest * letter / copy.side; ++radius) {
    const auto places = places_on_circle(radius);
    votes.assign(static_cast<size_t>(copy.width) * static_cast<size_t>(copy.height), 0);
    for (const auto& [x, y] : copy.ink)
      for (const auto& [dx, dy] : places)
        if (x + dx >= 0 && y + dy >= 0 && x + dx < copy.width && y + dy < copy.height)
          ++votes[static_cast<size_t>(y + dy) * static_cast<size_t>(copy.width) + static_cast<size_t>(x + dx)];
    const auto top = std::max_element(votes.begin(), votes.end());
    if (top == votes.end() || *top <= most * static_cast<double>(places.size())) continue;
    most = *top / static_cast<double>(places.size());
    const auto place = static_cast<int>(top - votes.begin());
    best = {copy.area.left + (place % copy.width + 0.5) * copy.side, copy.area.top + (place / copy.width + 0.5) * copy.side,
            static_cast<double>(radius * copy.side)};
  }
  return best;
}

// Share of the angles at which there is ink at a distance from the middle, or a pixel nearer or farther.
double share_of_ink(const Ink& ink, const Circle& circle, double distance) {
  int count = 0;
  for (int i = 0; i < kAngles; ++i) {
    const double angle = 2 * std::numbers::pi * i / kAngles;
    count += ink.at(circle.at(angle, distance)) || ink.at(circle.at(angle, distance - 1)) || ink.at(circle.at(angle, distance + 1));
  }
  return static_cast<double>(count) / kAngles;
}

// The same circle to a pixel.
Circle fitted(const Ink& ink, const Circle& about, int reach) {
  Circle best = about;
  double most = 0;
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx)
      for (int dr = -reach; dr <= reach; ++dr) {
        const Circle circle{about.x + dx, about.y + dy, about.radius + dr};
        const double share = share_of_ink(ink, circle, circle.radius);
        if (share > most) most = share, best = circle;
      }
  return best;
}

bool is_rim(const Ink& ink, const Circle& circle, double letter) {
  const double share = share_of_ink(ink, circle, circle.radius), aside = kAside * letter;
  const double beside = (share_of_ink(ink, circle, circle.radius - aside) + share_of_ink(ink, circle, circle.radius + aside)) / 2;
  return share >= kRim && share - beside >= kBeside;
}

struct Rim {
  Circle circle;
  double half = 0;  // of the width of its line
  std::array<double, kSectors> radius{};  // a scanned circle is none quite

  size_t sector(double angle) const {
    const double turn = angle / (2 * std::numbers::pi);
    return static_cast<size_t>((turn - std::floor(turn)) * kSectors) % kSectors;
  }
};

double quantile(std::vector<double> values, double share, double otherwise) {
  if (values.empty()) return otherwise;
  const auto at = values.begin() + static_cast<long>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

Rim rim_of(const Ink& ink, const Circle& circle, double letter) {
  const double reach = std::max(3.0, 0.4 * letter);
  std::array<std::vector<double>, kSectors> middles;
  std::vector<double> widths;
  Rim rim{circle, 0, {}};
  for (int i = 0; i < kAngles; ++i) {
    const double angle = 2 * std::numbers::pi * i / kAngles;
    double from = circle.radius, to = circle.radius;  // the ink that goes through the circle here
    if (!ink.at(circle.at(angle, circle.radius))) continue;
    while (from > circle.radius - reach && ink.at(circle.at(angle, from - 1))) --from;
    while (to < circle.radius + reach && ink.at(circle.at(angle, to + 1))) ++to;
    if (to - from >= reach) continue;  // a stroke that crosses
    widths.push_back(to - from + 1);
    middles[rim.sector(angle)].push_back((from + to) / 2);
  }
  rim.half = quantile(widths, kThick, 2) / 2;
  for (size_t i = 0; i < kSectors; ++i) rim.radius[i] = quantile(middles[i], 0.5, circle.radius);
  return rim;
}

// Whether a stroke goes on near an angle at a distance from the middle.
bool goes_on(const Ink& ink, const Rim& rim, double angle, double distance) {
  const double step = 1 / rim.circle.radius;
  for (int i = -1; i <= 1; ++i)
    if (ink.at(rim.circle.at(angle + i * step, distance))) return true;
  return false;
}

// The pixels of the rim that no stroke crosses.
PixPtr rim_ink(const Ink& ink, const Rim& rim) {
  PixPtr mask(pixCreate(ink.width(), ink.height(), 1));
  if (!mask) return nullptr;
  const double half = rim.half + 1, outer = rim.circle.radius + 3 * half + 3;
  for (int y = std::max(0, static_cast<int>(rim.circle.y - outer)); y < std::min<double>(ink.height(), rim.circle.y + outer); ++y)
    for (int x = std::max(0, static_cast<int>(rim.circle.x - outer)); x < std::min<double>(ink.width(), rim.circle.x + outer); ++x) {
      if (!ink.at(x, y)) continue;
      const double dx = x + 0.5 - rim.circle.x, dy = y + 0.5 - rim.circle.y, angle = std::atan2(dy, dx);
      const double radius = rim.radius[rim.sector(angle)];
      if (std::abs(std::hypot(dx, dy) - radius) > half) continue;
      const bool crossed = goes_on(ink, rim, angle, radius - half - 1.5) && goes_on(ink, rim, angle, radius + half + 1.5);
      if (!crossed) pixSetPixel(mask.get(), static_cast<l_uint32>(x), static_cast<l_uint32>(y), 1);
    }
  return mask;
}

// The page without some of its ink and the soft edge around it.
PixPtr cleared(const CleanPage& page, Pix* ink) {
  PixPtr gray(pixCopy(nullptr, page.gray.get()));
  const PixPtr around(pixDilateBrick(nullptr, ink, kSoftEdge, kSoftEdge)), rest(pixSubtract(nullptr, page.bilevel.get(), ink));
  const PixPtr mask(around && rest ? pixSubtract(nullptr, around.get(), rest.get()) : nullptr);
  if (!gray || !mask || pixSetMasked(gray.get(), mask.get(), 255) != 0) return nullptr;
  return gray;
}

Box seal_area(const CleanPage& page, const Box& area) {
  const int reach = static_cast<int>(kLargest * page.letter);
  return {std::max(0, area.left - reach), std::max(0, area.top - reach), std::min(page.width(), area.right + reach),
          std::min(page.height(), area.bottom + reach)};
}

// What is taller than letters.
PixPtr tall_figures(const Pix* rest, double letter) {
  const int tall = static_cast<int>(kTallFigure * letter);
  return PixPtr(pixSelectBySize(as_leptonica(rest), tall, tall, 8, L_SELECT_HEIGHT, L_SELECT_IF_GT, nullptr));
}

// A rim, however broken, has a piece taller than letters; running text has none.
bool has_tall_figure(const CleanPage& page, const Box& area) {
  const std::unique_ptr<::Box, void (*)(::Box*)> clip(boxCreate(area.left, area.top, area.width(), area.height()), [](::Box* b) { boxDestroy(&b); });
  const PixPtr part(pixClipRectangle(page.bilevel.get(), clip.get(), nullptr));
  const PixPtr tall = part ? tall_figures(part.get(), page.letter) : nullptr;
  l_int32 none = 1;
  return tall && pixZero(tall.get(), &none) == 0 && none == 0;
}

// Heights at which print stands beside the circle, within an area: lines that may go on in it.
std::vector<bool> rows_beside(const Pix* print, const Circle& circle, const Box& area, double letter) {
  const auto height = static_cast<size_t>(pixGetHeight(as_leptonica(print)));
  std::vector<double> width(height, 0.0);
  const std::unique_ptr<Boxa, void (*)(Boxa*)> boxes(pixConnCompBB(as_leptonica(print), 8), [](Boxa* b) { boxaDestroy(&b); });
  for (int i = 0; boxes && i < boxaGetCount(boxes.get()); ++i) {
    l_int32 x = 0, y = 0, w = 0, h = 0;
    boxaGetBoxGeometry(boxes.get(), i, &x, &y, &w, &h);
    const double dx = std::max({x - circle.x, circle.x - x - w, 0.0}), dy = std::max({y - circle.y, circle.y - y - h, 0.0});
    const bool beside = std::hypot(dx, dy) > circle.radius, inside = x >= area.left && x + w <= area.right;
    if (!beside || !inside || h < kLowLetter * letter) continue;
    for (int row = y; row < y + h; ++row) width[static_cast<size_t>(row)] += w;
  }
  std::vector<bool> rows(height, false);
  const auto marks = static_cast<size_t>(kMarks * letter);
  for (size_t y = 0; y < height; ++y)
    if (width[y] >= kFewLetters * letter)
      for (size_t row = y - std::min(y, marks); row < std::min(height, y + marks + 1); ++row) rows[row] = true;
  return rows;
}

// What stands in the circle and goes on in no line beside it: the letters along the rim.
PixPtr lone_ink(const Ink& ink, const Circle& circle, const std::vector<bool>& rows) {
  PixPtr mask(pixCreate(ink.width(), ink.height(), 1));
  for (int y = std::max(0, static_cast<int>(circle.y - circle.radius)); mask && y < std::min<double>(ink.height(), circle.y + circle.radius); ++y)
    for (int x = std::max(0, static_cast<int>(circle.x - circle.radius)); x < std::min<double>(ink.width(), circle.x + circle.radius); ++x)
      if (!rows[static_cast<size_t>(y)] && ink.at(x, y) && std::hypot(x + 0.5 - circle.x, y + 0.5 - circle.y) < circle.radius)
        pixSetPixel(mask.get(), static_cast<l_uint32>(x), static_cast<l_uint32>(y), 1);
  return mask;
}

// Radii of thinner circles around the same middle.
std::vector<double> other_radii(const Ink& ink, const Circle& circle, double letter) {
  const int aside = std::max(3, static_cast<int>(kAside * letter)), from = static_cast<int>(kInnermost * circle.radius), to = static_cast<int>(circle.radius + letter);
  std::vector<double> share, radii;
  for (int radius = from; radius <= to; ++radius) share.push_back(share_of_ink(ink, circle, radius));
  for (int i = aside; i + aside < static_cast<int>(share.size()); ++i) {
    const auto at = share.begin() + i;
    if (*at - (at[-aside] + at[aside]) / 2 < kThinBeside) continue;
    if (std::max_element(at - aside, at + aside + 1) == at) radii.push_back(from + i);
  }
  return radii;
}

// The ink of a rim and of the thinner circles in it.
PixPtr with_other_rims(const CleanPage& page, Pix* rim, const Circle& circle) {
  PixPtr all(pixCopy(nullptr, rim));
  const PixPtr rest(pixSubtract(nullptr, page.bilevel.get(), rim));
  if (!all || !rest) return nullptr;
  const Ink ink(rest.get());
  for (const double radius : other_radii(ink, circle, page.letter)) {
    const PixPtr more = rim_ink(ink, rim_of(ink, {circle.x, circle.y, radius}, page.letter));
    if (more) pixOr(all.get(), all.get(), more.get());
  }
  return all;
}

// Rims with all that is no print: figures taller than letters and the letters along the rim.
PixPtr seal_ink(const CleanPage& page, Pix* rims, const Circle& circle, const Box& area) {
  const PixPtr rest(pixSubtract(nullptr, page.bilevel.get(), rims));
  const PixPtr tall = rest ? tall_figures(rest.get(), page.letter) : nullptr;
  const PixPtr print(tall ? pixSubtract(nullptr, rest.get(), tall.get()) : nullptr);
  PixPtr seal = print ? lone_ink(Ink(print.get()), circle, rows_beside(print.get(), circle, area, page.letter)) : nullptr;
  if (!seal) return nullptr;
  pixOr(seal.get(), seal.get(), tall.get());
  pixOr(seal.get(), seal.get(), rims);
  return seal;
}

}  // namespace

ForeignInk find_seal_rim(const CleanPage& page, const Box& area) {
  ForeignInk foreign;
  if (!has_tall_figure(page, seal_area(page, area))) return foreign;
  const Ink ink(page.bilevel.get());
  const Copy copy = copy_of(ink, seal_area(page, area), page.letter);
  const Circle likely = likely_circle(copy, page.letter);
  if (likely.radius == 0) return foreign;
  const Circle circle = fitted(ink, likely, copy.side + 1);
  if (!is_rim(ink, circle, page.letter)) return foreign;
  const PixPtr rim = rim_ink(ink, rim_of(ink, circle, page.letter));
  const PixPtr rims = rim ? with_other_rims(page, rim.get(), circle) : nullptr;
  for (Pix* some : {rim.get(), rims.get()}) {
    PixPtr seal = some != nullptr ? seal_ink(page, some, circle, area) : nullptr;
    PixPtr without = seal ? cleared(page, seal.get()) : nullptr;
    if (!without) continue;
    foreign.without.push_back(std::move(without));
    foreign.mask = std::move(seal);
  }
  return foreign;
}

}  // namespace planscribe

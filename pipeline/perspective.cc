// perspective.cc
//
// Idea: lines that are parallel on paper meet in one point on a photo. Rows of print are smeared together on a small copy,
// and each gives its slope and where it crosses the middle of the page. Slopes of parallel lines are all the same; seen
// at an angle, slope = level + fan * height: a line is fitted, rows that stand apart weigh nothing. Where left and right
// ends of rows stand in line, the margins, tells in the same way how uprights lie. Two vanishing points and the middle of
// the page make the projective map. Cost: a few passes over a copy of a sixteenth of the pixels.
#include "pipeline/perspective.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace planscribe {
namespace {

constexpr double kSmallLetter = 4.5;  // pixels of a small letter on the copy, or more
constexpr int kWordGap = 9;           // pixels of the copy, closed
constexpr int kTie = 7;               // what joins rows is narrower
constexpr double kShortest = 12;      // letters in a row that tells
constexpr double kThickest = 3.5;     // letters of its height above what its slope makes
constexpr size_t kFewestRows = 8;
constexpr double kLeastFan = 0.02;    // difference of slopes between the first row and the last (1 is 45 degrees)
constexpr double kLeastGain = 0.4;    // share of the spread of slopes that is left, at most
constexpr size_t kFewestLevel = 4;    // rows that tell the skew
constexpr double kLevel = 0.006;      // their scatter, at most
constexpr double kSteep = 0.07;       // from here on corners would be cut off
constexpr double kSteepest = 0.25;
constexpr int kRounds = 5;
constexpr double kSlopeStep = 0.005;  // of margins
constexpr double kInLine = 1;         // letters
constexpr size_t kFewestEnds = 5;
constexpr double kMargin = 0.35;      // share of the rows that end there
constexpr double kLargest = 1.6;      // times the page

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

// A row or a margin, from the middle of the page: along = at + slope * across.
struct Strand {
  double slope = 0, at = 0, weight = 0;
};

struct Row {
  Strand strand;
  Point left, right;  // its ends
};

// How the slopes of strands go: slope = level + change * at.
struct Fan {
  double level = 0, change = 0;
  double spread = 0;  // median distance of slopes from it
  double operator()(double at) const { return level + change * at; }
};

// Rows of print as bars: small enough for a gap between words to be closed in a few pixels.
PixPtr bars_of(const Pix* bilevel, double letter, int& reduction) {
  PixPtr small(pixClone(as_leptonica(bilevel)));
  for (reduction = 1; small && letter / (2 * reduction) >= kSmallLetter; reduction *= 2) small.reset(pixReduceRankBinary2(small.get(), 1, nullptr));
  const PixPtr closed(small ? pixCloseSafeBrick(nullptr, small.get(), kWordGap, 1) : nullptr);
  return PixPtr(closed ? pixOpenBrick(nullptr, closed.get(), kTie, 1) : nullptr);
}

// The line of best fit through the pixels of a bar. origin: its upper left corner.
std::optional<Row> row_of(Pix* bar, Point origin, double letter) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (int y = 0; y < pixGetHeight(bar); ++y) {
    const l_uint32* bits = pixGetData(bar) + static_cast<size_t>(y) * pixGetWpl(bar);
    for (int x = 0; x < pixGetWidth(bar); ++x)
      if (GET_DATA_BIT(bits, x)) n += 1, sx += x, sy += y, sxx += x * x, sxy += x * y;
  }
  const double across = sxx - sx * sx / n;
  if (n == 0 || across <= 0) return std::nullopt;
  const double slope = (sxy - sx * sy / n) / across;
  const double width = pixGetWidth(bar);
  if (std::abs(slope) > kSteepest || pixGetHeight(bar) > kThickest * letter + std::abs(slope) * width) return std::nullopt;
  const double at = origin.y + sy / n - slope * (origin.x + sx / n);
  const double right = origin.x + width;
  return Row{{slope, at, width}, {origin.x, at + slope * origin.x}, {right, at + slope * right}};
}

std::vector<Row> rows_of(Pix* bars, double letter) {
  Pixa* parts = nullptr;
  Boxa* boxes = pixConnComp(bars, &parts, 8);
  std::vector<Row> rows;
  for (int i = 0; boxes && i < boxaGetCount(boxes); ++i) {
    l_int32 x = 0, y = 0, w = 0, h = 0;
    boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
    if (w < kShortest * letter) continue;
    const PixPtr bar(pixaGetPix(parts, i, L_CLONE));
    if (const auto row = row_of(bar.get(), {x - pixGetWidth(bars) / 2.0, y - pixGetHeight(bars) / 2.0}, letter)) rows.push_back(*row);
  }
  boxaDestroy(&boxes);
  pixaDestroy(&parts);
  return rows;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double distance_from(const Fan& fan, const std::vector<Strand>& strands) {
  std::vector<double> away;
  for (const Strand& s : strands) away.push_back(std::abs(s.slope - fan(s.at)));
  return median_of(std::move(away));
}

Fan parallel(const std::vector<Strand>& strands) {
  std::vector<double> slopes;
  for (const Strand& s : strands) slopes.push_back(s.slope);
  Fan fan{median_of(std::move(slopes)), 0, 0};
  fan.spread = distance_from(fan, strands);
  return fan;
}

// Weighted least squares in rounds; strands that stand apart from the others (Tukey's biweight) weigh nothing.
Fan fan_of(const std::vector<Strand>& strands) {
  Fan fan = parallel(strands);
  for (int round = 0; round < kRounds; ++round) {
    const double reach = 6 * std::max(fan.spread, 0.001);
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (const Strand& s : strands) {
      const double off = (s.slope - fan(s.at)) / reach;
      if (std::abs(off) >= 1) continue;
      const double w = s.weight * (1 - off * off) * (1 - off * off);
      n += w, sx += w * s.at, sy += w * s.slope, sxx += w * s.at * s.at, sxy += w * s.at * s.slope;
    }
    const double across = sxx - sx * sx / n;
    if (n == 0 || across <= 0) break;
    fan.change = (sxy - sx * sy / n) / across;
    fan.level = (sy - fan.change * sx) / n;
    fan.spread = distance_from(fan, strands);
  }
  return fan;
}

// The slope with which most ends stand in one line, if they do.
std::optional<Strand> margin_of(const std::vector<Point>& ends, double letter) {
  Strand best;
  for (double slope = -kSteepest; slope <= kSteepest; slope += kSlopeStep) {
    std::vector<double> at;
    for (const Point& end : ends) at.push_back(end.x - slope * end.y);
    std::sort(at.begin(), at.end());
    for (size_t from = 0, to = 0; from < at.size(); ++from) {
      while (to < at.size() && at[to] - at[from] < kInLine * letter) ++to;
      const double width = at[to - 1] - at[from], count = static_cast<double>(to - from) - width / letter;
      if (count > best.weight) best = {slope, (at[from] + at[to - 1]) / 2, count};
    }
  }
  if (best.weight < static_cast<double>(kFewestEnds) || best.weight < kMargin * static_cast<double>(ends.size())) return std::nullopt;
  return best;
}

// How uprights lie: as the margins do; where there is none, square to the rows.
Fan uprights_of(const std::vector<Row>& rows, const Fan& across, double letter) {
  std::vector<Point> lefts, rights;
  for (const Row& row : rows) lefts.push_back(row.left), rights.push_back(row.right);
  const auto left = margin_of(lefts, letter), right = margin_of(rights, letter);
  if (!left && !right) return {-across.level, 0, 0};
  if (!left || !right) return {left ? left->slope : right->slope, 0, 0};
  const double change = (right->slope - left->slope) / (right->at - left->at);
  return {left->slope - change * left->at, change, 0};
}

// The page as large as it is when its corners are where they belong.
std::optional<Flat> framed(const Transform& plane, int width, int height) {
  const Transform centre = Transform::shift(width / 2.0, height / 2.0);
  const Transform ahead = (centre * plane).inverse();
  double left = 0, top = 0, right = 0, bottom = 0;
  for (const Point corner : {Point{0, 0}, Point{1.0 * width, 0}, Point{0, 1.0 * height}, Point{1.0 * width, 1.0 * height}}) {
    const Point p = ahead(corner);
    left = std::min(left, p.x), right = std::max(right, p.x), top = std::min(top, p.y), bottom = std::max(bottom, p.y);
  }
  if (!(right - left < kLargest * width && bottom - top < kLargest * height)) return std::nullopt;
  return Flat{centre * plane * Transform::shift(left, top), static_cast<int>(right - left), static_cast<int>(bottom - top)};
}

// Whether rows fan out, and by more than their own scatter.
bool fans_out(const std::vector<Strand>& strands, const Fan& fan) {
  const auto [first, last] = std::minmax_element(strands.begin(), strands.end(), [](const Strand& a, const Strand& b) { return a.at < b.at; });
  return strands.size() >= kFewestRows && std::abs(fan.change) * (last->at - first->at) > kLeastFan &&
         fan.spread < kLeastGain * parallel(strands).spread;
}

}  // namespace

Slant find_slant(const Pix* bilevel, double letter) {
  int reduction = 1;
  const PixPtr bars = bars_of(bilevel, letter, reduction);
  if (!bars) return {};
  const std::vector<Row> rows = rows_of(bars.get(), letter / reduction);
  if (rows.size() < kFewestLevel) return {};
  std::vector<Strand> strands;
  for (const Row& row : rows) strands.push_back(row.strand);
  const Fan fan = fan_of(strands);
  const int width = pixGetWidth(as_leptonica(bilevel)), height = pixGetHeight(as_leptonica(bilevel));
  if (!fans_out(strands, fan)) {
    const Fan level = parallel(strands);
    if (level.spread > kLevel) return {};
    const double skew = std::atan(level.level);
    if (std::abs(skew) < kSteep) return {skew, std::nullopt};
    return {skew, framed(Transform::rotation(skew, {0, 0}), width, height)};
  }
  const Fan up = uprights_of(rows, fan, letter / reduction);
  const Transform plane({1, up.level, 0, fan.level, 1, 0, -fan.change / reduction, -up.change / reduction, 1});
  return {std::atan(fan.level), framed(plane, width, height)};
}

}  // namespace planscribe

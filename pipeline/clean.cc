// clean.cc: the order of the steps: grey, black edges, even paper, turn, skew, size. Turning by quarters
// loses nothing and is done before anything that resamples; skew and size are resampled once each and only
// when it pays. Cost: about 0.15 s for a page of 4 million pixels that needs everything, plus the trial
// reading.
#include "pipeline/clean.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "pipeline/background.h"
#include "pipeline/orientation.h"

namespace planscribe {
namespace {

constexpr double kLeastSkew = 0.15;  // degrees; below, a line rises by less than a tenth of its height
constexpr double kTallLetter = 23;   // small letters above this height are brought down to kGoodLetter
constexpr double kGoodLetter = 18;
constexpr double kReadsBadly = 0.5;  // confidence of trials: then the page may lie the other way
constexpr double kClearlyBetter = 0.1;

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

PixPtr prepared_gray(const Scan& scan) {
  Pix* pix = as_leptonica(scan.pix.get());
  if (pixGetDepth(pix) == 1) {
    const PixPtr inside = without_black_edges(pix);
    return PixPtr(pixConvert1To8(nullptr, inside ? inside.get() : pix, 255, 0));
  }
  PixPtr gray = to_gray(pix);
  if (gray && needs_flattening(gray.get())) gray = flatten(gray.get());
  return gray;
}

void turn(CleanPage& page, int degrees) {
  if (degrees == 0) return;
  const int width = page.width(), height = page.height();
  page.gray.reset(pixRotateOrth(page.gray.get(), degrees / 90));
  page.bilevel.reset(pixRotateOrth(page.bilevel.get(), degrees / 90));
  page.to_scan = page.to_scan * Transform::unturn(degrees, width, height);
  page.rotation = (page.rotation + degrees) % 360;
}

void straighten(CleanPage& page) {
  const double skew = find_skew(page.bilevel.get());
  if (std::abs(skew) < kLeastSkew) return;
  const double radians = skew * std::numbers::pi / 180;
  PixPtr level(pixRotateAMGray(page.gray.get(), static_cast<float>(radians), 255));
  if (!level) return;
  const Point centre{page.width() / 2.0, page.height() / 2.0};
  page.gray = std::move(level);
  page.to_scan = page.to_scan * Transform::rotation(-radians, centre);
}

void bring_to_size(CleanPage& page) {
  if (page.letter <= kTallLetter) return;
  const double scale = kGoodLetter / page.letter;
  PixPtr scaled(pixScaleAreaMap(page.gray.get(), static_cast<float>(scale), static_cast<float>(scale)));
  if (!scaled) return;
  const double sx = static_cast<double>(page.width()) / pixGetWidth(scaled.get());
  const double sy = static_cast<double>(page.height()) / pixGetHeight(scaled.get());
  page.gray = std::move(scaled);
  page.letter = kGoodLetter;
  page.to_scan = page.to_scan * Transform::scale(sx, sy);
}

}  // namespace

int CleanPage::width() const { return gray ? pixGetWidth(as_leptonica(gray.get())) : 0; }
int CleanPage::height() const { return gray ? pixGetHeight(as_leptonica(gray.get())) : 0; }

namespace {

// The page turned by quarters, level and of a good size, upside down or not.
struct Attempt {
  CleanPage page;
  HalfTurn half;
};

Attempt attempt(const CleanPage& start, int quarter, const TrialReading& trial) {
  Attempt result;
  CleanPage& page = result.page;
  page.gray.reset(pixClone(start.gray.get()));
  page.bilevel.reset(pixClone(start.bilevel.get()));
  page.letter = start.letter;
  turn(page, quarter);
  straighten(page);
  bring_to_size(page);
  page.bilevel = binarise(page.gray.get());
  result.half = find_half_turn(page.gray, page.bilevel, trial);
  return result;
}

}  // namespace

CleanPage clean(const Scan& scan, const TrialReading& trial) {
  CleanPage start;
  start.gray = prepared_gray(scan);
  if (start.gray) start.bilevel = binarise(start.gray.get());
  if (start.bilevel) start.letter = letter_height(start.bilevel.get());
  if (start.letter == 0) {
    start.blank = true;
    return start;
  }
  const int quarter = lies_sideways(start.bilevel.get()) ? 90 : 0;
  Attempt best = attempt(start, quarter, trial);
  if (best.half.score < kReadsBadly) {
    Attempt other = attempt(start, 90 - quarter, trial);
    if (other.half.score > best.half.score + kClearlyBetter) best = std::move(other);
  }
  if (best.half.upside_down) turn(best.page, 180);
  return std::move(best.page);
}

}  // namespace planscribe

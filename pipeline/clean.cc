// clean.cc: the order of the steps: grey, black edges, even paper, turn, skew, size. Turning by quarters
// loses nothing and is done before anything that resamples; skew and size are resampled once each and only
// when it pays. Cost: about 0.15 s for a page of 4 million pixels that needs everything.
#include "pipeline/clean.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "pipeline/background.h"
#include "pipeline/orientation.h"

namespace planscribe {
namespace {

constexpr double kLeastSkew = 0.4;  // degrees; below, Tesseract follows the line, and resampling costs sharpness
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

// Whether the page was changed.
bool straighten(CleanPage& page) {
  const double skew = find_skew(page.bilevel.get());
  if (std::abs(skew) < kLeastSkew) return false;
  const double radians = skew * std::numbers::pi / 180;
  PixPtr level(pixRotateAMGray(page.gray.get(), static_cast<float>(radians), 255));
  if (!level) return false;
  const Point centre{page.width() / 2.0, page.height() / 2.0};
  page.gray = std::move(level);
  page.to_scan = page.to_scan * Transform::rotation(-radians, centre);
  return true;
}

// Whether the page was changed.
bool bring_to_size(CleanPage& page) {
  if (page.letter <= kTallLetter) return false;
  const double scale = kGoodLetter / page.letter;
  PixPtr scaled(pixScaleAreaMap(page.gray.get(), static_cast<float>(scale), static_cast<float>(scale)));
  if (!scaled) return false;
  const double sx = static_cast<double>(page.width()) / pixGetWidth(scaled.get());
  const double sy = static_cast<double>(page.height()) / pixGetHeight(scaled.get());
  page.gray = std::move(scaled);
  page.letter = kGoodLetter;
  page.to_scan = page.to_scan * Transform::scale(sx, sy);
  return true;
}

// Even paper, as the page lies; blank when there is no print.
CleanPage prepared(const Scan& scan) {
  CleanPage page;
  page.gray = prepared_gray(scan);
  if (page.gray) page.bilevel = binarise(page.gray.get());
  if (page.bilevel) page.letter = letter_height(page.bilevel.get());
  page.blank = page.letter == 0;
  return page;
}

// The page turned by a quarter or not, level and of a good size.
CleanPage levelled(const CleanPage& start, int quarter) {
  CleanPage page;
  page.gray.reset(pixClone(start.gray.get()));
  page.bilevel.reset(pixClone(start.bilevel.get()));
  page.letter = start.letter;
  turn(page, quarter);
  const bool moved = straighten(page), scaled = bring_to_size(page);
  if (moved || scaled) page.bilevel = binarise(page.gray.get());
  return page;
}

int quarter_of(const CleanPage& start) { return lies_sideways(start.bilevel.get()) ? 90 : 0; }

}  // namespace

int CleanPage::width() const { return gray ? pixGetWidth(as_leptonica(gray.get())) : 0; }
int CleanPage::height() const { return gray ? pixGetHeight(as_leptonica(gray.get())) : 0; }

CleanPage clean(const Scan& scan) {
  CleanPage start = prepared(scan);
  if (start.blank) return start;
  return levelled(start, quarter_of(start));
}

CleanPage clean_by_trial(const Scan& scan, const TrialReading& trial) {
  CleanPage start = prepared(scan);
  if (start.blank) return start;
  const int quarter = quarter_of(start);
  CleanPage best = levelled(start, quarter);
  HalfTurn half = find_half_turn(best.gray, best.bilevel, trial);
  if (half.score < kReadsBadly) {
    CleanPage other = levelled(start, 90 - quarter);
    const HalfTurn other_half = find_half_turn(other.gray, other.bilevel, trial);
    if (other_half.score > half.score + kClearlyBetter) best = std::move(other), half = other_half;
  }
  if (half.upside_down) turn(best, 180);
  return best;
}

}  // namespace planscribe

// clean.cc: the order of the steps: grey, negatives, black edges, streaks, even paper, turn, skew or perspective, size. Turning by quarters
// loses nothing and is done before anything that resamples; skew and size are resampled together, and only
// when it pays. Cost: about 0.15 s for a page of 4 million pixels that needs everything.
#include "pipeline/clean.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "pipeline/background.h"
#include "pipeline/letters.h"
#include "pipeline/negative.h"
#include "pipeline/orientation.h"
#include "pipeline/perspective.h"
#include "pipeline/resample.h"
#include "pipeline/streaks.h"

namespace planscribe {
namespace {

constexpr double kLeastSkew = 0.4 * std::numbers::pi / 180;  // below, Tesseract follows the line, and resampling costs sharpness
constexpr double kTallLetter = 23;   // small letters above this height are brought down to kGoodLetter
constexpr double kGoodLetter = 18;
constexpr float kLens = 0.6F;         // pixels, the spread of a point
constexpr double kSparse = 0.01;     // share of ink on a page of a few lines
constexpr int kEdge = 5;             // pixels of paper around a stroke that stay, and the stroke between
constexpr double kReadsBadly = 0.5;  // confidence of trials: then the page may lie the other way
constexpr double kClearlyBetter = 0.1;

Pix* as_leptonica(const Pix* pix) { return const_cast<Pix*>(pix); }

// Black and white alone: the steps at the edges of small letters are rounded as a scanner's lens does, which is what the
// network was trained with.
PixPtr softened(PixPtr gray) {
  const std::unique_ptr<L_KERNEL, void (*)(L_KERNEL*)> lens(makeGaussianKernel(1, 1, kLens, 1.0F), [](L_KERNEL* k) { kernelDestroy(&k); });
  PixPtr soft(lens ? pixConvolve(gray.get(), lens.get(), 8, 1) : nullptr);
  return soft ? std::move(soft) : std::move(gray);
}

PixPtr prepared_gray(const Scan& scan) {
  Pix* pix = as_leptonica(scan.pix.get());
  if (pixGetDepth(pix) == 1) {
    const PixPtr positive = positive_of(pix);
    if (positive) pix = positive.get();
    const PixPtr inside = without_black_edges(pix);
    PixPtr gray(pixConvert1To8(nullptr, inside ? inside.get() : pix, 255, 0));
    if (gray) erase_streaks(gray.get());
    return gray;
  }
  PixPtr gray = to_gray(pix);
  if (PixPtr positive = gray ? positive_of(gray.get()) : nullptr) gray = std::move(positive);
  if (gray) erase_streaks(gray.get());
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

// The page without its perspective, or level; mostly there is nothing to do.
Flat find_straight(const CleanPage& page) {
  const Slant slant = find_slant(page.bilevel.get(), page.letter);
  if (slant.flat) return *slant.flat;
  const double sharpest = find_skew(page.bilevel.get()) * std::numbers::pi / 180;
  const double skew = sharpest == 0 ? -slant.skew : sharpest;
  const bool level = std::abs(skew) < kLeastSkew;
  return {Transform::rotation(level ? 0 : -skew, {page.width() / 2.0, page.height() / 2.0}), page.width(), page.height(), !level};
}

// The page level and of a good size, resampled once; untouched when it is both.
void straighten(CleanPage& page) {
  const Flat flat = find_straight(page);
  const double scale = page.letter > kTallLetter ? page.letter / kGoodLetter : 1;
  if (!flat.changed && scale == 1) return;
  const int width = static_cast<int>(std::lround(flat.width / scale)), height = static_cast<int>(std::lround(flat.height / scale));
  const double across = static_cast<double>(flat.width) / width, down = static_cast<double>(flat.height) / height;
  const Transform back = flat.back * Transform::scale(across, down);
  PixPtr straight = resample(page.gray.get(), back, scale, width, height);
  if (!straight) return;
  page.gray = std::move(straight);
  page.bilevel = binarise(page.gray.get());
  page.letter /= scale;
  page.to_scan = page.to_scan * back;
}

// On a nearly empty page the grain of the paper outweighs the print: Tesseract's own threshold would fall into the
// grain and nothing would be read. Its paper is made white but for the edges of the print.
void clear_sparse(CleanPage& page) {
  l_int32 ink = 0;
  pixCountPixels(page.bilevel.get(), &ink, nullptr);
  if (ink > kSparse * page.width() * page.height()) return;
  const PixPtr paper(pixDilateBrick(nullptr, page.bilevel.get(), kEdge, kEdge));
  if (!paper) return;
  pixInvert(paper.get(), paper.get());
  pixSetMasked(page.gray.get(), paper.get(), 255);
}

// How large letters are, on a page that has been freed from specks where there are many.
void measure_letters(CleanPage& page) {
  const Letters letters = find_letters(page.bilevel.get());
  if (is_speckled(page.gray.get(), page.bilevel.get(), letters)) {
    PixPtr clear = without_specks(page.gray.get(), page.bilevel.get(), letters);
    PixPtr bilevel = clear ? binarise(clear.get()) : nullptr;
    if (bilevel) page.gray = std::move(clear), page.bilevel = std::move(bilevel);
  }
  page.letter = letters.height;
}

// Even paper, as the page lies; blank when there is no print.
CleanPage prepared(const Scan& scan) {
  CleanPage page;
  page.gray = prepared_gray(scan);
  if (page.gray) page.bilevel = binarise(page.gray.get());
  if (page.bilevel) measure_letters(page);
  page.blank = page.letter == 0;
  if (page.blank) return page;
  if (pixGetDepth(as_leptonica(scan.pix.get())) == 1 && page.letter <= kTallLetter) page.gray = softened(std::move(page.gray));
  clear_sparse(page);
  return page;
}

// The page turned by a quarter or not, level and of a good size.
CleanPage levelled(const CleanPage& start, int quarter) {
  CleanPage page;
  page.gray.reset(pixClone(start.gray.get()));
  page.bilevel.reset(pixClone(start.bilevel.get()));
  page.letter = start.letter;
  turn(page, quarter);
  straighten(page);
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

std::optional<CleanPage> turned_by_trial(const Scan& scan, const CleanPage& page, const TrialReading& trial) {
  HalfTurn half = find_half_turn(page.gray, page.bilevel, trial);
  if (half.score >= kReadsBadly && !half.upside_down) return std::nullopt;
  const CleanPage start = prepared(scan);  // anew: reading may have changed the page
  CleanPage best = levelled(start, page.rotation);
  if (half.score < kReadsBadly) {
    CleanPage other = levelled(start, 90 - page.rotation);
    const HalfTurn other_half = find_half_turn(other.gray, other.bilevel, trial);
    if (other_half.score > half.score + kClearlyBetter) best = std::move(other), half = other_half;
  }
  if (half.upside_down) turn(best, 180);
  if (best.rotation == page.rotation) return std::nullopt;
  return best;
}

}  // namespace planscribe

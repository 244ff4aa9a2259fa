// resample.cc
//
// A pixel of the result covers a square of source pixels. For angles of a few degrees that square is taken as upright, so
// its mean is a sum over a few rows and columns with the share of each that is covered. Shares depend on where in a source
// pixel the square begins; they are tabled for sixteenths of a pixel. Cost: (scale + 1)^2 products a pixel of the result.
#include "pipeline/resample.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace planscribe {
namespace {

constexpr int kPartBits = 4, kParts = 1 << kPartBits;  // of a source pixel
constexpr int kPlaceBits = 16;    // places are fixed-point numbers
constexpr int kRun = 64;          // pixels of a row between which places are interpolated
constexpr unsigned kWhole = 256;  // the shares of one square along one side add up to it

// For each part of a pixel where a square may begin: how much of the pixels from there on it covers.
class Shares {
 public:
  explicit Shares(double side) : taps_(static_cast<int>(std::ceil(side)) + 1), shares_(static_cast<size_t>(kParts * taps_)) {
    for (int part = 0; part < kParts; ++part) {
      const double from = static_cast<double>(part) / kParts, to = from + side;
      unsigned left = kWhole;
      unsigned* row = &shares_[static_cast<size_t>(part * taps_)];
      for (int i = 0; i < taps_; ++i) {
        const double covered = std::max(0.0, std::min(to, i + 1.0) - std::max(from, static_cast<double>(i)));
        row[i] = std::min(left, static_cast<unsigned>(std::lround(covered / side * kWhole)));
        left -= row[i];
      }
      row[taps_ / 2] += left;
    }
  }
  int taps() const { return taps_; }
  const unsigned* at(int part) const { return &shares_[static_cast<size_t>(part * taps_)]; }

 private:
  int taps_;
  std::vector<unsigned> shares_;
};

struct Place {
  long x = 0, y = 0;  // of kPlaceBits binary places
};

// The upper left corner of the square around a point, half a part farther: cut to parts it is rounded.
Place place_of(const Point& middle, double scale) {
  constexpr double kUnit = 1L << kPlaceBits, kHalfPart = 0.5 / kParts;
  return {std::lround((middle.x - scale / 2 + kHalfPart) * kUnit), std::lround((middle.y - scale / 2 + kHalfPart) * kUnit)};
}

int part_of(long place) { return static_cast<int>(place >> (kPlaceBits - kPartBits) & (kParts - 1)); }

// A grey image with a white border, a byte a pixel, so that no square reaches out of it.
class Source {
 public:
  Source(const Pix* gray, int border) : border_(border) {
    Pix* pix = const_cast<Pix*>(gray);
    width_ = pixGetWidth(pix), height_ = pixGetHeight(pix), stride_ = width_ + 2 * border;
    bytes_.assign(static_cast<size_t>(stride_) * static_cast<size_t>(height_ + 2 * border), 255);
    for (int y = 0; y < height_; ++y) {
      const l_uint32* row = pixGetData(pix) + static_cast<size_t>(y) * pixGetWpl(pix);
      unsigned char* to = &bytes_[static_cast<size_t>(y + border) * stride_ + border];
      for (int x = 0; x < width_; ++x) to[x] = GET_DATA_BYTE(row, x);
    }
  }
  // The mean of a square whose upper left corner lies at a place.
  unsigned mean(const Place& at, const Shares& shares) const {
    const long x = at.x >> kPlaceBits, y = at.y >> kPlaceBits;
    const unsigned* across = shares.at(part_of(at.x));
    const unsigned* down = shares.at(part_of(at.y));
    const int taps = shares.taps();
    if (x < -border_ || y < -border_ || x + taps > width_ + border_ || y + taps > height_ + border_) return 255;
    const unsigned char* row = &bytes_[static_cast<size_t>(y + border_) * stride_ + static_cast<size_t>(x + border_)];
    unsigned sum = 0;
    for (int j = 0; j < taps; ++j, row += stride_) {
      unsigned line = 0;
      for (int i = 0; i < taps; ++i) line += across[i] * row[i];
      sum += down[j] * line;
    }
    return (sum + kWhole * kWhole / 2) / (kWhole * kWhole);
  }

 private:
  int border_, width_ = 0, height_ = 0;
  long stride_ = 0;
  std::vector<unsigned char> bytes_;
};

}  // namespace

PixPtr resample(const Pix* gray, const Transform& to_source, double scale, int width, int height) {
  PixPtr out(pixCreate(width, height, 8));
  if (!out) return nullptr;
  const Shares shares(scale);
  const Source source(gray, shares.taps());
  for (int y = 0; y < height; ++y) {
    l_uint32* row = pixGetData(out.get()) + static_cast<size_t>(y) * pixGetWpl(out.get());
    for (int from = 0; from < width; from += kRun) {
      const int to = std::min(width, from + kRun);
      const Place first = place_of(to_source({from + 0.5, y + 0.5}), scale), last = place_of(to_source({to + 0.5, y + 0.5}), scale);
      const Place step{(last.x - first.x) / (to - from), (last.y - first.y) / (to - from)};
      Place at = first;
      for (int x = from; x < to; ++x, at.x += step.x, at.y += step.y)
        SET_DATA_BYTE(row, x, source.mean(at, shares));
    }
  }
  return out;
}

}  // namespace planscribe

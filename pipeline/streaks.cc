// streaks.cc
//
// A streak is darker than what stands a few pixels to either side of it in more than half of the rows of every band of the
// page, the margins too. It may begin within the sheet, when a dot dies or dust comes, but runs along half of it; one across the
// sheet (a page that was fed on its side) must run all the way, since underlines and rules may reach the edge of a narrow
// scan. Rows are sampled: 2 ms for a page of 4 million pixels.
#include "pipeline/streaks.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <bit>
#include <vector>

namespace planscribe {
namespace {

constexpr int kReach = 4;     // pixels to either side; a streak is thinner
constexpr int kDarker = 24;   // grey levels
constexpr int kBands = 12;    // across a streak
constexpr unsigned kAllBands = (1U << kBands) - 1;
constexpr int kSamples = 24;  // of a band
constexpr int kMostStreaks = 200;  // more are a pattern of the paper

// The pixels of a page, its columns or its rows taken for columns.
class Columns {
 public:
  Columns(Pix* gray, bool rows) : data_(pixGetData(gray)), wpl_(pixGetWpl(gray)), rows_(rows), width_(pixGetWidth(gray)), height_(pixGetHeight(gray)) {}
  int count() const { return rows_ ? height_ : width_; }
  int length() const { return rows_ ? width_ : height_; }
  int at(int column, int place) const {
    const int x = rows_ ? place : column, y = rows_ ? column : place;
    return GET_DATA_BYTE(data_ + static_cast<size_t>(y) * wpl_, x);
  }
  void set(int column, int place, int value) {
    const int x = rows_ ? place : column, y = rows_ ? column : place;
    SET_DATA_BYTE(data_ + static_cast<size_t>(y) * wpl_, x, value);
  }

 private:
  l_uint32* data_;
  size_t wpl_;
  bool rows_;
  int width_, height_;
};

// Where a column is darker than both sides: one bit a band.
std::vector<unsigned> find_dark_bands(const Columns& columns) {
  std::vector<unsigned> dark(static_cast<size_t>(columns.count()));
  std::vector<int> rows(dark.size());
  for (int i = 0; i < kBands * kSamples; ++i) {
    const int place = static_cast<int>(static_cast<long>(columns.length()) * (2 * i + 1) / (2 * kBands * kSamples));
    for (int c = kReach; c + kReach < columns.count(); ++c) {
      const int least = columns.at(c, place) + kDarker;
      rows[static_cast<size_t>(c)] += columns.at(c - kReach, place) >= least && columns.at(c + kReach, place) >= least;
    }
    if ((i + 1) % kSamples != 0) continue;
    for (size_t c = 0; c < dark.size(); ++c) dark[c] |= (2 * rows[c] > kSamples ? 1U : 0U) << i / kSamples;
    std::fill(rows.begin(), rows.end(), 0);
  }
  return dark;
}

// The bands of a streak, and the one in which it begins; none when it does not reach an edge or is short.
unsigned streak_of(unsigned dark, int least) {
  const int from_start = std::countr_one(dark), from_end = std::countl_one(dark << (32 - kBands));
  if (std::max(from_start, from_end) < least) return 0;
  const unsigned streak = from_start >= from_end ? kAllBands >> (kBands - from_start) : kAllBands & ~0U << (kBands - from_end);
  return (streak | streak << 1 | streak >> 1) & kAllBands;
}

// The columns from first to last become what lies between the two beside them, where that is lighter.
void paint_over(Columns& columns, int first, int last, unsigned bands) {
  const int before = std::max(0, first - 2), after = std::min(columns.count() - 1, last + 2);
  for (int place = 0; place < columns.length(); ++place) {
    if ((bands >> static_cast<long>(place) * kBands / columns.length() & 1) == 0) continue;
    const int from = columns.at(before, place), to = columns.at(after, place);
    for (int c = before + 1; c < after; ++c)
      columns.set(c, place, std::max(columns.at(c, place), from + (to - from) * (c - before) / (after - before)));
  }
}

// least: bands that a streak is long.
int erase(Columns columns, int least) {
  if (columns.length() < kBands * kSamples) return 0;
  std::vector<unsigned> streaks = find_dark_bands(columns);
  for (unsigned& bands : streaks) bands = streak_of(bands, least);
  if (columns.count() - std::count(streaks.begin(), streaks.end(), 0U) > kMostStreaks) return 0;
  int count = 0;
  for (size_t c = 0; c < streaks.size(); ++c) {
    if (streaks[c] == 0) continue;
    size_t last = c;
    unsigned bands = streaks[c];
    while (last + 1 < streaks.size() && streaks[last + 1] != 0) bands |= streaks[++last];
    paint_over(columns, static_cast<int>(c), static_cast<int>(last), bands);
    ++count, c = last;
  }
  return count;
}

}  // namespace

int erase_streaks(Pix* gray) { return erase({gray, false}, kBands / 2) + erase({gray, true}, kBands); }

}  // namespace planscribe

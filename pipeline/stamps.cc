// stamps.cc
//
// Idea: the ink of a stamp is coloured and framed. On a small copy of the coloured ink alone parts near each other are joined;
// a frame begins near the box around it on all sides, a seal (a circle) and pen strokes do so in the middle of a side at most.
// Frames of other ink are looked for among long straight strokes. Cost: a pass over one pixel in sixteen; two openings of the
// upper half of the page.
#include "pipeline/stamps.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "pipeline/background.h"
#include "pipeline/colour.h"
#include "pipeline/placing.h"

namespace planscribe {
namespace {

constexpr int kStep = 4;           // pixels of the scan that are one of the copy
constexpr int kGap = 11;           // pixels of the copy: worn frames have breaks
constexpr double kWidest = 60, kNarrowest = 7;  // small letters
constexpr double kTallest = 30, kLowest = 3;
constexpr double kTilt = 0.07;     // slope of the sides, at most
constexpr int kLine = 2;           // pixels of the copy
constexpr double kSide = 0.7;      // share of a side that is there; of a circle 0.6 are near the side
constexpr double kBrokenSide = 0.25;  // the same of one of them, which print covers
constexpr size_t kMost = 5;        // on a page
constexpr double kAcross = 4, kDown = 2.5;  // small letters: straight strokes longer than those of print
constexpr double kHead = 0.5;      // of the page; framed signatures stand lower

bool between(double value, double least, double most) { return value >= least && value <= most; }

// The share of the rows in which ink begins near the left side.
double side_share(Pix* part, int near) {
  int rows = 0;
  for (int y = 0; y < pixGetHeight(part); ++y) {
    const l_uint32* row = pixGetData(part) + static_cast<size_t>(y) * pixGetWpl(part);
    int x = 0;
    while (x < near && !GET_DATA_BIT(row, x)) ++x;
    rows += x < near;
  }
  return static_cast<double>(rows) / pixGetHeight(part);
}

// part: ink that hangs together, cut out. Print across the frame and wear leave gaps in it.
bool is_frame(Pix* part) {
  std::array<double, 4> shares{};
  PixPtr turned(pixClone(part));
  for (double& share : shares) {
    const int near = static_cast<int>(kTilt * pixGetHeight(turned.get())) + kLine;
    share = near < pixGetWidth(turned.get()) / 2 ? side_share(turned.get(), near) : 0;
    turned.reset(pixRotateOrth(turned.get(), 1));
  }
  std::sort(shares.begin(), shares.end());
  return shares[0] > kBrokenSide && shares[1] > kSide;
}

// On the copy. letter: of a small letter there.
std::vector<Box> frames_in(Pix* ink, double letter) {
  const PixPtr closed(pixCloseSafeBrick(nullptr, ink, kGap, kGap));
  Pixa* parts = nullptr;
  Boxa* boxes = closed ? pixConnComp(closed.get(), &parts, 8) : nullptr;
  std::vector<Box> frames;
  for (int i = 0; boxes && i < boxaGetCount(boxes); ++i) {
    l_int32 x = 0, y = 0, w = 0, h = 0;
    boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
    if (!between(w, kNarrowest * letter, kWidest * letter) || !between(h, kLowest * letter, kTallest * letter)) continue;
    if (frames.size() < kMost && is_frame(PixPtr(pixaGetPix(parts, i, L_CLONE)).get())) frames.push_back({x, y, x + w, y + h});
  }
  boxaDestroy(&boxes);
  pixaDestroy(&parts);
  return frames;
}

// As large as those of stamps, in the upper half of a page. What is in them may be other things.
std::vector<Box> find_frames(const CleanPage& page) {
  const std::unique_ptr<::Box, void (*)(::Box*)> upper(boxCreate(0, 0, page.width(), static_cast<int>(kHead * page.height())),
                                                       [](::Box* b) { boxDestroy(&b); });
  const PixPtr head(pixClipRectangle(page.bilevel.get(), upper.get(), nullptr));
  const PixPtr half(head ? pixReduceRankBinary2(head.get(), 2, nullptr) : nullptr);
  if (!half) return {};
  const double letter = page.letter / 2;
  const PixPtr across(pixOpenBrick(nullptr, half.get(), static_cast<int>(kAcross * letter), 1));
  const PixPtr down(pixOpenBrick(nullptr, half.get(), 1, static_cast<int>(kDown * letter)));
  if (!across || !down) return {};
  pixOr(across.get(), across.get(), down.get());
  const PixPtr strokes(pixReduceRankBinary2(across.get(), 1, nullptr));
  std::vector<Box> frames = strokes ? frames_in(strokes.get(), letter / 2) : std::vector<Box>{};
  for (Box& box : frames) box = {box.left * kStep, box.top * kStep, box.right * kStep, box.bottom * kStep};
  return frames;
}

}  // namespace

Stamps lift_stamps(CleanPage& page, const Pix* scan) {
  Stamps stamps;
  const PixPtr ink = coloured_ink_of(scan, kStep);
  if (!ink) return stamps;
  const Transform from_scan = page.to_scan.inverse();
  const Box one = map_box(page.to_scan, {0, 0, 1000, 1000}, 1 << 20, 1 << 20);
  const double letter = page.letter * one.height() / 1000 / kStep;
  for (const Box& frame : frames_in(ink.get(), letter)) {
    const Box on_scan{(frame.left - 1) * kStep, (frame.top - 1) * kStep, (frame.right + 1) * kStep, (frame.bottom + 1) * kStep};
    const Box box = map_box(from_scan, on_scan, page.width(), page.height());
    if (box.top > kHead * page.height()) continue;
    ForeignInk stamp = find_coloured_ink(page, scan, box);
    if (stamp.without.empty()) continue;
    if (!stamps.gray) stamps.gray.reset(pixClone(page.gray.get()));
    page.gray = std::move(stamp.without.back());
    stamps.boxes.push_back(box);
  }
  if (stamps.gray) page.bilevel = binarise(page.gray.get());
  return stamps;
}

void add_framed_stamps(const CleanPage& page, const std::vector<Line>& lines, std::vector<Area>& areas) {
  if (std::none_of(areas.begin(), areas.end(), [](const Area& area) { return area.kind == RegionKind::head_right; })) return;
  for (const Box& frame : find_frames(page)) {
    std::vector<Area> all = areas;
    all.insert(all.begin(), {RegionKind::stamp, frame, {}});
    if (is_framed_stamp(place(lines, all).front())) areas = std::move(all);
  }
}

}  // namespace planscribe

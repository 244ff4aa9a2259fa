#include "pipeline/stamps.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>

#include "catch.h"
#include "drawn.h"

namespace planscribe {
namespace {

constexpr l_uint32 kRed = 0xd2283200;

PixPtr colour_page() { return PixPtr(pixConvertTo32(drawn::prose_page().get())); }

// Ink, over which print stays black.
void dot(const PixPtr& page, double x, double y) {
  for (int dy = 0; dy < 4; ++dy)
    for (int dx = 0; dx < 4; ++dx) {
      const int px = static_cast<int>(x) + dx, py = static_cast<int>(y) + dy;
      l_uint32 under = 0;
      if (pixGetPixel(page.get(), px, py, &under) == 0 && under >> 24 > 128) pixSetPixel(page.get(), px, py, kRed);
    }
}

// From corner to corner, which may be askew.
void line(const PixPtr& page, Point from, Point to) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  for (double t = 0; t <= length; ++t) dot(page, from.x + (to.x - from.x) * t / length, from.y + (to.y - from.y) * t / length);
}

void frame(const PixPtr& page, int x, int y, int width, int height, int fall) {
  const double lean = static_cast<double>(fall) * height / width;
  const Point a{1.0 * x, 1.0 * y}, b{1.0 * x + width, 1.0 * y + fall}, c{b.x - lean, b.y + height}, d{a.x - lean, a.y + height};
  line(page, a, b), line(page, b, c), line(page, c, d), line(page, d, a);
}

void circle(const PixPtr& page, int x, int y, int radius) {
  for (double angle = 0; angle < 2 * M_PI; angle += 0.5 / radius) dot(page, x + radius * std::cos(angle), y + radius * std::sin(angle));
}

int ink_in(const PixPtr& gray, const Box& box) {
  int count = 0;
  for (int y = box.top; y < box.bottom; ++y)
    for (int x = box.left; x < box.right; ++x) {
      l_uint32 value = 0;
      pixGetPixel(gray.get(), x, y, &value);
      count += value < 230;
    }
  return count;
}

TEST_CASE("a framed stamp across print is lifted, also askew, and the print stays") {
  const PixPtr plain = colour_page();
  const CleanPage print = clean(drawn::scan_of(PixPtr(pixCopy(nullptr, plain.get()))));
  const int fall = GENERATE(0, 18);
  const PixPtr page = colour_page();
  frame(page, 160, 225, 320, 120, fall);
  const Scan scan = drawn::scan_of(PixPtr(pixClone(page.get())));
  CleanPage sheet = clean(scan);
  const Stamps stamps = lift_stamps(sheet, scan.pix.get());
  REQUIRE(stamps.boxes.size() == 1);
  CHECK(std::abs(stamps.boxes[0].width() - 330) < 20);
  CHECK(std::abs(stamps.boxes[0].height() - 120 - fall) < 20);
  const Box around{140, 190, 500, 380};
  CHECK(std::abs(ink_in(sheet.gray, around) - ink_in(print.gray, around)) < 0.03 * ink_in(print.gray, around));
  CHECK(ink_in(stamps.gray, around) > 1.05 * ink_in(sheet.gray, around));
}

TEST_CASE("a seal, pen strokes and a frame at the foot of the page are no stamps to be lifted") {
  const PixPtr page = colour_page();
  circle(page, 300, 320, 90);
  line(page, {600, 260}, {700, 330}), line(page, {640, 250}, {680, 360});
  frame(page, 200, 700, 320, 120, 0);
  const Scan scan = drawn::scan_of(PixPtr(pixClone(page.get())));
  CleanPage sheet = clean(scan);
  CHECK(lift_stamps(sheet, scan.pix.get()).boxes.empty());
}

TEST_CASE("a page without colour has no stamps and stays as it is") {
  const Scan scan = drawn::scan_of(colour_page());
  CleanPage sheet = clean(scan);
  const Pix* before = sheet.gray.get();
  CHECK(lift_stamps(sheet, scan.pix.get()).gray == nullptr);
  CHECK(sheet.gray.get() == before);
}

Line line_in(const std::string& text, const Box& box) {
  Word word;
  word.raw = word.text = text;
  word.box = box;
  return {{word}, box};
}

TEST_CASE("what is read in a black frame of the head is a stamp if its words say so") {
  const PixPtr page = drawn::prose_page();
  for (const auto& [left, top, right, bottom] : {Box{160, 225, 480, 228}, Box{160, 345, 483, 348}, Box{160, 225, 163, 348}, Box{480, 225, 483, 348}})
    pixRasterop(page.get(), left, top, right - left, bottom - top, PIX_CLR, nullptr, 0, 0);
  const CleanPage sheet = clean(drawn::scan_of(PixPtr(pixClone(page.get()))));
  const std::vector<Area> head = {{RegionKind::head_left, {0, 0, 600, 400}, {}}, {RegionKind::head_right, {600, 0, 1200, 400}, {}}};
  auto areas = head;
  add_framed_stamps(sheet, {line_in("ĐẾN", {200, 250, 260, 270})}, areas);
  REQUIRE(areas.size() == 3);
  CHECK(areas.front().kind == RegionKind::stamp);
  CHECK(std::abs(areas.front().zone.left - 160) < 20);
  CHECK(std::abs(areas.front().zone.bottom - 348) < 20);
  areas = head;
  add_framed_stamps(sheet, {line_in("THÔNG", {200, 250, 260, 270})}, areas);
  CHECK(areas.size() == 2);
  const CleanPage plain = clean(drawn::scan_of(drawn::prose_page()));
  add_framed_stamps(plain, {line_in("ĐẾN", {200, 250, 260, 270})}, areas);
  CHECK(areas.size() == 2);
}

TEST_CASE("the number of the document that stands in a stamp stays in the head") {
  std::vector<Region> regions(2);
  regions[0] = {RegionKind::stamp, {}, {line_in("ĐẾN", {10, 100, 60, 120}), line_in("118/KH-UBND", {70, 130, 200, 150}), line_in("14/6/2020", {70, 160, 200, 180})}};
  regions[1] = {RegionKind::head_left, {}, {line_in("UBND", {10, 50, 60, 70})}};
  name_regions(regions, 18);
  const auto head = std::find_if(regions.begin(), regions.end(), [](const Region& r) { return r.kind == RegionKind::head_left; });
  REQUIRE(head != regions.end());
  REQUIRE(head->lines.size() == 2);
  CHECK(head->lines[1].words[0].raw == "118/KH-UBND");
}

}  // namespace
}  // namespace planscribe

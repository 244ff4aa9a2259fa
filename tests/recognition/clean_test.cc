#include "pipeline/clean.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "catch.h"
#include "drawn.h"
#include "pipeline/background.h"
#include "pipeline/letters.h"
#include "pipeline/negative.h"
#include "pipeline/streaks.h"
#include "pipeline/orientation.h"
#include "pipeline/perspective.h"

namespace planscribe {
namespace {

// How far an area of a clean page is from a scan of the same place, in grey levels.
double mean_change(const PixPtr& page, const PixPtr& scan, const Box& area) {
  const PixPtr same(pixScaleToSize(scan.get(), pixGetWidth(page.get()), pixGetHeight(page.get())));
  double sum = 0;
  for (int y = area.top; y < area.bottom; ++y)
    for (int x = area.left; x < area.right; ++x) {
      l_uint32 a = 0, b = 0;
      pixGetPixel(page.get(), x, y, &a), pixGetPixel(same.get(), x, y, &b);
      sum += std::abs(static_cast<double>(a) - static_cast<double>(b));
    }
  return sum / (static_cast<double>(area.width()) * area.height());
}

TEST_CASE("print that stands on end is seen") {
  const PixPtr page = drawn::prose_page();
  CHECK_FALSE(lies_sideways(binarise(page.get()).get()));
  const PixPtr side(pixRotateOrth(page.get(), 1));
  CHECK(lies_sideways(binarise(side.get()).get()));
}

TEST_CASE("skew is found to a tenth of a degree") {
  const PixPtr page = drawn::prose_page();
  for (double degrees : {-3.2, -1.0, 1.5, 3.0}) {
    const PixPtr askew(pixRotateAMGray(page.get(), static_cast<float>(degrees * M_PI / 180), 255));
    CHECK(std::abs(find_skew(binarise(askew.get()).get()) + degrees) < 0.1);
  }
}

TEST_CASE("a blank page is blank, white or noisy") {
  CHECK(clean(drawn::scan_of(drawn::paper(800, 1000))).blank);
  PixPtr noisy(pixAddGaussianNoise(drawn::paper(800, 1000).get(), 6));
  CHECK(clean(drawn::scan_of(std::move(noisy))).blank);
}

TEST_CASE("a clean page keeps its pixels") {
  const Scan scan = drawn::scan_of(drawn::prose_page());
  const CleanPage page = clean(scan);
  l_int32 same = 0;
  pixEqual(page.gray.get(), scan.pix.get(), &same);
  CHECK(same == 1);
  CHECK(page.rotation == 0);
}

TEST_CASE("a place on a turned and skewed page is carried back to the scan") {
  const PixPtr page = drawn::prose_page();
  const PixPtr askew(pixRotateAMGray(page.get(), static_cast<float>(2 * M_PI / 180), 255));
  for (int quarter : {0, 1, 2, 3}) {
    const Scan scan = drawn::scan_of(PixPtr(pixRotateOrth(askew.get(), quarter)));
    const CleanPage clean_page = clean(scan);
    REQUIRE(clean_page.gray);
    const Point p = clean_page.to_scan({clean_page.width() / 2.0, clean_page.height() / 2.0});
    CHECK(std::abs(p.x - pixGetWidth(scan.pix.get()) / 2.0) < 2);
    CHECK(std::abs(p.y - pixGetHeight(scan.pix.get()) / 2.0) < 2);
    const Point back = clean_page.to_scan.inverse()(p);
    CHECK(std::abs(back.x - clean_page.width() / 2.0) < 0.01);
  }
}

TEST_CASE("uneven dark paper is made white and print stays") {
  PixPtr page = drawn::prose_page();
  for (int y = 0; y < 1000; ++y) {
    for (int x = 0; x < 1200; ++x) {
      l_uint32 v = 0;
      pixGetPixel(page.get(), x, y, &v);
      pixSetPixel(page.get(), x, y, (40 + v * 3 / 5) * (700 + x / 4) / 1000);
    }
  }
  REQUIRE(needs_flattening(page.get()));
  const PixPtr flat = flatten(page.get());
  l_uint32 left = 0, right = 0;
  pixGetPixel(flat.get(), 40, 900, &left);
  pixGetPixel(flat.get(), 1160, 900, &right);
  CHECK(left > 240);
  CHECK(right > 240);
  CHECK(find_letters(binarise(flat.get()).get()).height > 8);
}

TEST_CASE("a page with a few words is not blank, on grainy paper either") {
  const PixPtr page = drawn::paper(827, 1170);
  drawn::text(page, 400, 60, {"5"});
  drawn::text(page, 450, 200, {"- the archive;", "- all schools.", "", "An Example of a Name"});
  const PixPtr sheet(pixScale(page.get(), 3, 3));  // strokes as thick as at 300 dpi
  std::mt19937 random(5);
  std::normal_distribution<double> grain(0, 10);
  for (int y = 0; y < 3510; ++y) {
    for (int x = 0; x < 2481; ++x) {
      l_uint32 value = 0;
      pixGetPixel(sheet.get(), x, y, &value);
      const double faded = 90 + (205 - 90) * (value / 255.0) + grain(random);
      pixSetPixel(sheet.get(), x, y, static_cast<l_uint32>(std::clamp(faded, 0.0, 255.0)));
    }
  }
  CHECK_FALSE(clean(drawn::scan_of(PixPtr(pixClone(sheet.get())))).blank);
}

TEST_CASE("a page of nothing but grain is blank") {
  const PixPtr page = drawn::paper(1600, 1200);
  std::mt19937 random(1);
  std::normal_distribution<double> grain(244, 6);
  for (int y = 0; y < 1200; ++y)
    for (int x = 0; x < 1600; ++x)
      pixSetPixel(page.get(), x, y, static_cast<l_uint32>(std::clamp(grain(random), 0.0, 255.0)));
  CHECK(clean(drawn::scan_of(PixPtr(pixClone(page.get())))).blank);
  drawn::text(page, 150, 200, drawn::prose());
  CHECK_FALSE(clean(drawn::scan_of(PixPtr(pixClone(page.get())))).blank);
}

TEST_CASE("coloured ink over print is told from the print and taken off it") {
  const PixPtr print = drawn::prose_page();
  const PixPtr page(pixConvertTo32(print.get()));
  const auto ink = [&](int left, int top, int width, int height, l_uint32 colour) {
    for (int y = top; y < top + height; ++y)
      for (int x = left; x < left + width; ++x) {
        l_uint32 under = 0;
        pixGetPixel(print.get(), x, y, &under);
        if (under > 128) pixSetPixel(page.get(), x, y, colour);
      }
  };
  ink(150, 240, 400, 60, 0xe0304000);  // a red seal over words: they stay black
  ink(700, 700, 200, 8, 0x20409000);   // a stroke of a blue pen on paper
  const Scan scan = drawn::scan_of(PixPtr(pixClone(page.get())));
  const CleanPage clean_page = clean(scan);
  const Transform from_scan = clean_page.to_scan.inverse();
  const auto placed = [&](const Box& box) { return map_box(from_scan, box, clean_page.width(), clean_page.height()); };

  const ForeignInk found = find_coloured_ink(clean_page, scan.pix.get(), placed({100, 150, 1100, 900}));
  REQUIRE(found.without.size() == 2);
  CHECK(found.share(clean_page, placed({695, 695, 905, 713})) > 0.9);
  CHECK(found.share(clean_page, placed({150, 320, 1000, 350})) < 0.1);  // a line without colour
  const PixPtr plain(pixScaleToSize(print.get(), clean_page.width(), clean_page.height()));
  for (const PixPtr& without : found.without) {
    const PixPtr change(pixAbsDifference(without.get(), plain.get()));
    l_float32 mean = 255;
    pixGetAverageMasked(change.get(), nullptr, 0, 0, 1, L_MEAN_ABSVAL, &mean);
    CHECK(mean < 4);  // of 255: the page as it was before the ink
  }
  const ForeignInk none = find_coloured_ink(clean_page, scan.pix.get(), placed({100, 450, 1100, 600}));
  CHECK(none.without.empty());
}

TEST_CASE("a grey seal over print is told from the print and taken off it") {
  const PixPtr print = drawn::prose_page();
  const PixPtr page(pixCopy(nullptr, print.get()));
  const PixPtr seal(pixCreate(400, 60, 8));
  pixSetAllArbitrary(seal.get(), 110);
  const auto stamp = [&](int left, int top) {  // darkens what is paler than the seal
    for (int y = 0; y < 60; ++y)
      for (int x = 0; x < 400; ++x) {
        l_uint32 under = 0;
        pixGetPixel(page.get(), left + x, top + y, &under);
        pixSetPixel(page.get(), left + x, top + y, std::min(under, 110U));
      }
  };
  stamp(150, 240);   // over words
  stamp(600, 700);   // on paper
  const Scan scan = drawn::scan_of(PixPtr(pixClone(page.get())));
  const CleanPage clean_page = clean(scan);
  const Transform from_scan = clean_page.to_scan.inverse();
  const auto placed = [&](const Box& box) { return map_box(from_scan, box, clean_page.width(), clean_page.height()); };
  const ForeignInk found = find_pale_ink(clean_page, scan.pix.get(), placed({100, 150, 1100, 900}));
  REQUIRE(found.without.size() == 2);
  CHECK(found.share(clean_page, placed({605, 705, 995, 755})) > 0.9);
  CHECK(found.share(clean_page, placed({150, 320, 1000, 350})) < 0.1);
  const Box over = placed({150, 240, 550, 300});
  for (const PixPtr& without : found.without) CHECK(mean_change(without, print, over) < 12);  // of 255
  CHECK(find_pale_ink(clean_page, scan.pix.get(), placed({100, 450, 1100, 600})).without.empty());
  const Scan bilevel = drawn::scan_of(PixPtr(pixConvertTo1(page.get(), 128)));
  CHECK(find_pale_ink(clean_page, bilevel.pix.get(), placed({100, 150, 1100, 900})).without.empty());
}

TEST_CASE("a name alone on a page lies as it looks and is no blank page") {
  const PixPtr page = drawn::paper(1654, 2339);
  drawn::text(page, 900, 420, {"Nguyen Van Luong"});
  for (int i = 0; i < 4; ++i) pixRasterop(page.get(), 700 + 160 * i, 200, 120, 120, PIX_CLR, nullptr, 0, 0);  // figures
  const CleanPage clean_page = clean(drawn::scan_of(PixPtr(pixClone(page.get()))));
  CHECK_FALSE(clean_page.blank);
  CHECK(clean_page.rotation == 0);
  CHECK(clean_page.width() > 800);  // figures are not taken for letters, that the page be shrunk to them
}

TEST_CASE("a page strewn with specks loses them, a page with marks and dots keeps its pixels") {
  const PixPtr print = drawn::prose_page();
  const PixPtr page(pixCopy(nullptr, print.get()));
  std::mt19937 random(7);
  for (int i = 0; i < 6000; ++i)
    pixSetPixel(page.get(), static_cast<int>(random() % 1200), static_cast<int>(random() % 1000), i % 2 == 0 ? 0 : 255);
  const PixPtr bilevel = binarise(page.get());
  const Letters letters = find_letters(bilevel.get());
  REQUIRE(is_speckled(page.get(), bilevel.get(), letters));
  const PixPtr clear = without_specks(page.get(), bilevel.get(), letters);
  const Box paper{0, 700, 1200, 1000}, lines{150, 200, 1100, 560};
  CHECK(mean_change(page, print, paper) > 0.5);
  CHECK(mean_change(clear, print, paper) < 0.05);
  CHECK(mean_change(clear, print, lines) < mean_change(page, print, lines));
  const PixPtr before = binarise(print.get());
  CHECK_FALSE(is_speckled(print.get(), before.get(), find_letters(before.get())));
}

TEST_CASE("the height of small letters is found where letters with ascenders are more") {
  const PixPtr page = drawn::paper(1200, 1600);
  for (int i = 0; i < 300; ++i) {
    const int x = 100 + 40 * (i % 25), y = 100 + 60 * (i / 25);
    const bool tall = i % 5 < 3;
    pixRasterop(page.get(), x, tall ? y : y + 8, 12, tall ? 26 : 18, PIX_CLR, nullptr, 0, 0);
  }
  CHECK(std::abs(find_letters(binarise(page.get()).get()).height - 18) <= 1);
}

TEST_CASE("black print keeps its luminance, red and blue ink fade on white and on yellow paper") {
  const PixPtr page(pixCreate(400, 100, 32));
  for (const bool yellow : {false, true}) {
    pixSetAllArbitrary(page.get(), yellow ? 0xf5e4c400 : 0xffffff00);
    l_uint32 black = 0x20202000, red = 0xe0304000, blue = 0x3050d000;
    for (int i = 0; i < 20; ++i) {
      for (int y = 20; y < 80; ++y) {
        pixSetPixel(page.get(), 20 + i, y, black);
        pixSetPixel(page.get(), 120 + i, y, red);
        pixSetPixel(page.get(), 220 + i, y, blue);
      }
    }
    const PixPtr gray = to_gray(page.get());
    l_uint32 print = 0, seal = 0, pen = 0;
    pixGetPixel(gray.get(), 30, 50, &print);
    pixGetPixel(gray.get(), 130, 50, &seal);
    pixGetPixel(gray.get(), 230, 50, &pen);
    CHECK(print < 0x40);
    CHECK(seal > 0xc0);
    CHECK(pen > 0xc0);
  }
}

TEST_CASE("a seal as dark as print is told by its rim and taken off, print across it stays") {
  const PixPtr text = drawn::prose_page();
  PixPtr plain(pixThresholdToBinary(text.get(), 128)), sealed(pixCopy(nullptr, plain.get()));
  const CleanPage bare = clean(drawn::scan_of(PixPtr(pixClone(plain.get()))));
  REQUIRE(!bare.blank);
  const double radius = 8 * bare.letter;
  constexpr int kX = 500, kY = 380;  // its rim crosses lines of print above and below
  const auto on_rim = [&](int x, int y) { return std::abs(std::hypot(x - kX, y - kY) - radius) < 1.5; };
  for (int y = 0; y < 1000; ++y)
    for (int x = 0; x < 1200; ++x)
      if (on_rim(x, y)) pixSetPixel(sealed.get(), static_cast<l_uint32>(x), static_cast<l_uint32>(y), 1);
  const Box area{140, 180, 1100, 600};
  CHECK(find_seal_rim(bare, area).mask == nullptr);
  const CleanPage page = clean(drawn::scan_of(std::move(sealed)));
  const ForeignInk seal = find_seal_rim(page, area);
  REQUIRE(seal.without.size() == 2);
  int rim = 0, rim_left = 0, print = 0, print_left = 0;
  for (int y = 0; y < 1000; ++y)
    for (int x = 0; x < 1200; ++x) {
      l_uint32 before = 0, after = 0;
      pixGetPixel(plain.get(), static_cast<l_uint32>(x), static_cast<l_uint32>(y), &before);
      pixGetPixel(seal.without.front().get(), static_cast<l_uint32>(x), static_cast<l_uint32>(y), &after);
      if (before != 0) ++print, print_left += after < 160;
      if (before == 0 && on_rim(x, y)) ++rim, rim_left += after < 128;
    }
  CHECK(rim > 1000);
  CHECK(rim_left < rim / 10);
  CHECK(print_left > print * 97 / 100);
}

TEST_CASE("edges of small black-and-white letters are rounded, those of grey ones stay") {
  const auto middle_tones = [](const PixPtr& gray) {
    const PixPtr ink(pixThresholdToBinary(gray.get(), 224)), dark(pixThresholdToBinary(gray.get(), 32));
    const PixPtr middle(pixSubtract(nullptr, ink.get(), dark.get()));
    l_int32 count = 0;
    pixCountPixels(middle.get(), &count, nullptr);
    return count;
  };
  PixPtr gray = drawn::prose_page();
  PixPtr hard(pixThresholdToBinary(gray.get(), 128));
  const CleanPage small = clean(drawn::scan_of(std::move(hard)));
  REQUIRE(!small.blank);
  CHECK(middle_tones(small.gray) > 1000);
  PixPtr same = PixPtr(pixClone(gray.get()));
  CHECK(middle_tones(clean(drawn::scan_of(std::move(gray))).gray) == middle_tones(same));
}

TEST_CASE("black edges of a copy go") {
  const PixPtr page = binarise(drawn::prose_page().get());
  l_int32 before = 0, after = 0;
  pixCountPixels(page.get(), &before, nullptr);
  pixRasterop(page.get(), 0, 0, 25, 1000, PIX_SET, nullptr, 0, 0);
  const PixPtr inside = without_black_edges(page.get());
  REQUIRE(inside);
  pixCountPixels(inside.get(), &after, nullptr);
  CHECK(after == before);
}

// Seen at an angle: the sheet's upper left and lower right corners are drawn in by a share of its height.
PixPtr at_an_angle(const PixPtr& page, double share) {
  const int width = pixGetWidth(page.get()), height = pixGetHeight(page.get());
  const double by = share * height;
  const auto corners = [](std::initializer_list<Point> points) {
    std::unique_ptr<Pta, void (*)(Pta*)> pta(ptaCreate(4), [](Pta* p) { ptaDestroy(&p); });
    for (const Point& p : points) ptaAddPt(pta.get(), static_cast<float>(p.x), static_cast<float>(p.y));
    return pta;
  };
  const double w = width, h = height;
  const auto from = corners({{0, 0}, {w, 0}, {w, h}, {0, h}}), to = corners({{0, by}, {w, 0}, {w, h}, {0, h - by}});
  return PixPtr(pixProjectivePta(page.get(), to.get(), from.get(), L_BRING_IN_WHITE));
}

TEST_CASE("lines that fan out on a photo are made parallel, and places are carried back") {
  const PixPtr page = drawn::prose_page();
  const double letter = find_letters(binarise(page.get()).get()).height;
  CHECK_FALSE(find_slant(binarise(page.get()).get(), letter).flat);
  const Scan photo = drawn::scan_of(at_an_angle(page, 0.08));
  const CleanPage clean_page = clean(photo);
  REQUIRE(clean_page.gray);
  const Slant slant = find_slant(clean_page.bilevel.get(), clean_page.letter);
  CHECK_FALSE(slant.flat);
  CHECK(std::abs(slant.skew) < 0.01);
  for (const Point p : {Point{100, 100}, Point{900, 500}}) {
    const Point there = clean_page.to_scan(p), again = clean_page.to_scan.inverse()(there);
    CHECK(std::hypot(again.x - p.x, again.y - p.y) < 0.01);
  }
  // A row of print that is level on the clean page is not so on the photo.
  const Point left = clean_page.to_scan({200, 250}), right = clean_page.to_scan({1000, 250});
  CHECK(std::abs(left.y - right.y) > 10);
}

TEST_CASE("a page far askew is levelled and keeps its corners") {
  const PixPtr page = drawn::prose_page();
  const PixPtr askew(pixRotate(page.get(), static_cast<float>(10 * M_PI / 180), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
  const CleanPage clean_page = clean(drawn::scan_of(PixPtr(pixCopy(nullptr, askew.get()))));
  CHECK(std::abs(find_skew(clean_page.bilevel.get())) < 0.3);
  for (const Point corner : {Point{1, 1}, Point{pixGetWidth(askew.get()) - 1.0, 1}}) {
    const Point there = clean_page.to_scan.inverse()(corner);
    CHECK((there.x >= 0 && there.y >= 0 && there.x <= clean_page.width() && there.y <= clean_page.height()));
  }
}

// A dark block from x, y.
void draw_block(const PixPtr& page, int x, int y, int width, int height) {
  const PixPtr block(pixCreate(width, height, 8));
  pixRasterop(page.get(), x, y, width, height, PIX_SRC, block.get(), 0, 0);
}

// How many pixels differ.
int difference(const PixPtr& one, const PixPtr& other) {
  const PixPtr difference(pixAbsDifference(one.get(), other.get()));
  const PixPtr differs(pixThresholdToBinary(difference.get(), 1));
  l_int32 same = 0;
  pixCountPixels(differs.get(), &same, nullptr);
  return pixGetWidth(one.get()) * pixGetHeight(one.get()) - same;
}

TEST_CASE("streaks that reach the edge of a scan are painted over, rules and frames stay") {
  const PixPtr page = drawn::prose_page();
  const int height = pixGetHeight(page.get()), width = pixGetWidth(page.get());
  const auto with = [&](int x, int y, int w, int h) {
    PixPtr copy(pixCopy(nullptr, page.get()));
    draw_block(copy, x, y, w, h);
    return copy;
  };
  const PixPtr whole = with(420, 0, 2, height), begun = with(420, 300, 1, height - 300), across = with(0, 450, width, 2);
  CHECK(erase_streaks(whole.get()) == 1);
  CHECK(difference(whole, page) < height);  // in the letters that it crosses
  CHECK(erase_streaks(begun.get()) == 1);
  CHECK(difference(begun, page) < height / 2);
  CHECK(erase_streaks(across.get()) == 1);
  for (const PixPtr& kept : {with(420, 100, 2, height - 200), with(420, 700, 2, 300), with(150, 450, width - 150, 2), with(400, 0, 30, height)})
    CHECK(erase_streaks(kept.get()) == 0);
  CHECK(erase_streaks(drawn::paper(3, 2).get()) == 0);
}

TEST_CASE("a negative is read as its positive, a sheet on a black desk is none") {
  const PixPtr page = drawn::prose_page();
  const PixPtr negative(pixInvert(nullptr, page.get()));
  l_int32 same = 0;
  pixEqual(positive_of(negative.get()).get(), page.get(), &same);
  CHECK(same == 1);
  CHECK(positive_of(page.get()) == nullptr);
  const PixPtr desk(pixAddBorder(page.get(), 400, 10));
  CHECK(positive_of(desk.get()) == nullptr);
  const PixPtr bilevel = binarise(page.get());
  CHECK(positive_of(bilevel.get()) == nullptr);
  CHECK(positive_of(PixPtr(pixInvert(nullptr, bilevel.get())).get()) != nullptr);
}

// A grey page as one of colour: its print in one ink, its paper in another tint.
PixPtr printed_in(const PixPtr& page, l_uint32 ink, l_uint32 paper) {
  const PixPtr bits = binarise(page.get());
  PixPtr out(pixCreate(pixGetWidth(page.get()), pixGetHeight(page.get()), 32));
  pixSetAllArbitrary(out.get(), paper);
  pixPaintThroughMask(out.get(), bits.get(), 0, 0, ink);
  return out;
}

int darkest(const PixPtr& gray) {
  l_uint32 least = 255;
  pixGetExtremeValue(gray.get(), 1, L_SELECT_MIN, nullptr, nullptr, nullptr, reinterpret_cast<l_int32*>(&least));
  return static_cast<int>(least);
}

TEST_CASE("where all print is violet it stays dark, where black print is it fades") {
  constexpr l_uint32 kViolet = 0x8c3cc800, kWhite = 0xf0f0f000, kBlack = 0x20202000;
  const PixPtr page = drawn::prose_page();
  const PixPtr violet = printed_in(page, kViolet, kWhite);
  CHECK(darkest(to_gray(violet.get())) < 130);
  PixPtr mixed = printed_in(page, kBlack, kWhite);
  const int top = pixGetHeight(mixed.get()) * 3 / 4;
  pixRasterop(mixed.get(), 0, top, pixGetWidth(mixed.get()), 200, PIX_SRC, violet.get(), 0, 200);
  const PixPtr gray = to_gray(mixed.get());
  const PixPtr below(pixClipRectangle(gray.get(), std::unique_ptr<::Box, void (*)(::Box*)>(boxCreate(0, top, 1200, 200), [](::Box* b) { boxDestroy(&b); }).get(), nullptr));
  CHECK(darkest(below) > 150);
}

TEST_CASE("the tint of a desk is none of the paper") {
  constexpr l_uint32 kDesk = 0x4a322100, kWhite = 0xf0f0f000, kBlack = 0x20202000;
  const PixPtr sheet = printed_in(drawn::prose_page(), kBlack, kWhite);
  PixPtr photo(pixCreate(2400, 1600, 32));
  pixSetAllArbitrary(photo.get(), kDesk);
  pixRasterop(photo.get(), 600, 300, 1200, 1000, PIX_SRC, sheet.get(), 0, 0);
  l_uint32 paper = 0;
  pixGetPixel(to_gray(photo.get()).get(), 650, 350, &paper);
  CHECK(paper == 0xf0);
  CHECK(darkest(to_gray(photo.get())) <= 0x20);
}

TEST_CASE("a pale watermark across print becomes paper, print stays") {
  PixPtr page = drawn::prose_page();
  CHECK_FALSE(needs_flattening(page.get()));
  const auto shade = [&](int x, int y) {
    l_uint32 under = 0;
    pixGetPixel(page.get(), x, y, &under);
    pixSetPixel(page.get(), x, y, std::min(under, 205U));
  };
  for (int y = 150; y < 650; ++y)
    for (int x = 0; x < 60; ++x) shade(300 + y / 2 + x, y);
  REQUIRE(needs_flattening(page.get()));
  const CleanPage clean_page = clean(drawn::scan_of(PixPtr(pixClone(page.get()))));
  CHECK(mean_change(clean_page.gray, drawn::prose_page(), {150, 200, 1050, 600}) < 6);  // of 255
}

}  // namespace
}  // namespace planscribe

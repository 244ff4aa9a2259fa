// Needs Tesseract's data for Vietnamese, which reads plain Latin letters as well.
#include <leptonica/allheaders.h>

#include <cmath>
#include <filesystem>

#include "catch.h"
#include "drawn.h"
#include "pipeline/png_bypass.h"
#include "pipeline/recognise.h"
#include "pipeline/serial_openmp.h"
#include "pipeline/tesseract.h"

namespace planscribe {
namespace {

std::string text_of(const Page& page) {
  std::string text;
  for (const Region& region : page.regions) {
    for (const Line& line : region.lines) {
      for (const Word& word : line.words) text += word.text + " ";
    }
  }
  return text;
}

TEST_CASE("the bypass of PNG changes no letter") {
  const auto recogniser = make_recogniser({});
  const Scan scan = drawn::scan_of(drawn::prose_page());
  const long before = png_bypass_count();
  const std::string with = text_of(recogniser->read(scan));
  CHECK(png_bypass_count() > before);
  set_png_bypass(false);
  const std::string without = text_of(recogniser->read(scan));
  set_png_bypass(true);
  CHECK(with == without);
  CHECK(with.size() > 300);
}

TEST_CASE("Tesseract works in the calling thread alone") {
  const long before = serial_regions();
  make_recogniser({})->read(drawn::scan_of(drawn::prose_page()));
  const std::filesystem::directory_iterator threads("/proc/self/task");
  CHECK(std::distance(begin(threads), end(threads)) == 1);
  CHECK(serial_regions() > before);  // this build of Tesseract would have started some
}

TEST_CASE("all orientations, straight and askew, are turned right and boxes lie on the print") {
  const auto recogniser = make_recogniser({});
  const PixPtr page = drawn::prose_page();
  for (double degrees : {0.0, 1.5}) {
    const PixPtr askew(pixRotateAMGray(page.get(), static_cast<float>(degrees * M_PI / 180), 255));
    for (int quarter : {0, 1, 2, 3}) {
      const Scan scan = drawn::scan_of(PixPtr(pixRotateOrth(askew.get(), quarter)));
      const Page read = recogniser->read(scan);
      CHECK(read.rotation == (4 - quarter) % 4 * 90);
      REQUIRE_FALSE(read.regions.empty());
      CHECK(text_of(read).find("people") != std::string::npos);
      const Box box = read.regions.front().lines.front().words.front().box;
      l_uint32 darkest = 255;
      for (int y = box.top; y < box.bottom; ++y) {
        for (int x = box.left; x < box.right; ++x) {
          l_uint32 v = 255;
          pixGetPixel(scan.pix.get(), x, y, &v);
          darkest = std::min(darkest, v);
        }
      }
      CHECK(darkest < 100);
    }
  }
}

TEST_CASE("glyphs spell their words") {
  Tesseract engine("vie");
  engine.set_alternatives(true);
  engine.set_page(drawn::prose_page());
  int with_glyphs = 0, words = 0;
  for (const Line& line : engine.read_lines({0, 0, 1200, 1000}, ReadMode::block)) {
    for (const Word& word : line.words) {
      ++words;
      std::string spelt;
      for (const Glyph& glyph : word.glyphs) spelt += glyph.text;
      if (!word.glyphs.empty()) CHECK(spelt == word.raw);
      with_glyphs += word.glyphs.empty() ? 0 : 1;
    }
  }
  CHECK(with_glyphs > words * 9 / 10);
}

TEST_CASE("a blank page is no failure") {
  const Page page = make_recogniser({})->read(drawn::scan_of(drawn::paper(800, 1000)));
  CHECK(page.status == PageStatus::blank);
  CHECK(page.width == 800);
}

TEST_CASE("missing language data names the package") {
  CHECK_THROWS_WITH(make_recogniser({.language = "xyz"}), Catch::Contains("tesseract-ocr-xyz"));
}

}  // namespace
}  // namespace planscribe

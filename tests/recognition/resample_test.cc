#include "pipeline/resample.h"

#include <cmath>

#include "catch.h"
#include "drawn.h"

namespace planscribe {
namespace {

int value(const PixPtr& pix, int x, int y) {
  l_uint32 v = 0;
  pixGetPixel(pix.get(), x, y, &v);
  return static_cast<int>(v);
}

TEST_CASE("an image resampled to its own size is the same") {
  const PixPtr page = drawn::prose_page();
  const PixPtr same = resample(page.get(), Transform(), 1, pixGetWidth(page.get()), pixGetHeight(page.get()));
  REQUIRE(same);
  int most = 0;
  for (int y = 0; y < pixGetHeight(page.get()); ++y)
    for (int x = 0; x < pixGetWidth(page.get()); ++x) most = std::max(most, std::abs(value(page, x, y) - value(same, x, y)));
  CHECK(most == 0);
}

TEST_CASE("a pixel of a smaller image is the mean of what it covers") {
  const PixPtr page = drawn::paper(120, 90);
  pixRasterop(page.get(), 40, 30, 2, 3, PIX_CLR, nullptr, 0, 0);
  const PixPtr small = resample(page.get(), Transform::scale(3, 3), 3, 40, 30);
  REQUIRE(small);
  CHECK(std::abs(value(small, 13, 10) - 255 / 3) <= 1);
  CHECK(value(small, 12, 10) == 255);
  CHECK(value(small, 14, 10) == 255);
}

TEST_CASE("ink comes to the place it is mapped to, turned and shrunk, and outside is white") {
  const PixPtr page = drawn::paper(300, 200);
  pixRasterop(page.get(), 210, 40, 12, 12, PIX_CLR, nullptr, 0, 0);
  for (const double scale : {1.0, 1.37, 2.0, 3.2})
    for (const double degrees : {-5.0, 0.7, 4.0}) {
      const int width = static_cast<int>(300 / scale), height = static_cast<int>(200 / scale);
      const Transform back = Transform::rotation(degrees * M_PI / 180, {150, 100}) * Transform::scale(scale, scale);
      const PixPtr out = resample(page.get(), back, scale, width, height);
      REQUIRE(out);
      const Point place = back.inverse()({216, 46});
      CHECK(value(out, static_cast<int>(place.x), static_cast<int>(place.y)) < 32);
      CHECK(value(out, 0, 0) > 250);
      CHECK(value(out, width - 1, height - 1) > 250);
    }
}

}  // namespace
}  // namespace planscribe

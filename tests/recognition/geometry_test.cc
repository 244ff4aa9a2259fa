#include "pipeline/geometry.h"

#include <cmath>

#include "catch.h"

namespace planscribe {
namespace {

bool near(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y) < 1e-6; }

TEST_CASE("turning a page by quarters and back finds the same box") {
  const int width = 300, height = 200;
  const Box box{10, 20, 50, 35};
  for (int degrees : {0, 90, 180, 270}) {
    const Transform back = Transform::unturn(degrees, width, height);
    const bool side = degrees % 180 != 0;
    const Box there = map_box(back.inverse(), box, side ? height : width, side ? width : height);
    CHECK(map_box(back, there, width, height) == box);
  }
}

TEST_CASE("a quarter clockwise takes the lower left corner to the upper left") {
  const Transform back = Transform::unturn(90, 300, 200);
  CHECK(near(back({0, 0}), {0, 200}));
  CHECK(near(back({200, 300}), {300, 0}));
}

TEST_CASE("all eight orientations with skew and scale come back to a pixel") {
  for (int degrees : {0, 90, 180, 270}) {
    for (double skew : {-3.0, 2.5}) {
      const Transform map = Transform::unturn(degrees, 1654, 2339) *
                            Transform::rotation(skew * M_PI / 180, {827, 1169}) * Transform::scale(1.5, 1.5);
      const Point p{421, 733};
      CHECK(near(map(map.inverse()(p)), p));
      CHECK(near(map.inverse()(map(p)), p));
    }
  }
}

TEST_CASE("boxes are cut to the page and empty ones stay empty") {
  CHECK(map_box(Transform::shift(-20, 0), {10, 10, 40, 20}, 100, 100) == Box{0, 10, 20, 20});
  CHECK(map_box(Transform(), {}, 100, 100).empty());
  CHECK(join({}, {1, 2, 3, 4}) == Box{1, 2, 3, 4});
}

}  // namespace
}  // namespace planscribe

// geometry.h: where a pixel of the cleaned page lies on the scan. Pure values; no ownership, any thread.
//
// A Transform is a projective map of the plane (a turn, a skew, a scale, a perspective are all of this kind);
// coordinates are pixels, origin top left, pixel (0, 0) covers [0, 1) x [0, 1).
#pragma once

#include <array>

#include "pipeline/page.h"

namespace planscribe {

struct Point {
  double x = 0, y = 0;
};

class Transform {
 public:
  Transform() = default;  // identity
  explicit Transform(const std::array<double, 9>& rows) : m_(rows) {}

  static Transform scale(double sx, double sy);
  static Transform shift(double dx, double dy);
  // From an image turned clockwise by 0, 90, 180 or 270 degrees back to the image (width x height before the
  // turn).
  static Transform unturn(int degrees, int width, int height);
  static Transform rotation(double radians, Point centre);  // clockwise on the screen

  Point operator()(Point p) const;
  Transform operator*(const Transform& first) const;  // apply first, then this
  Transform inverse() const;

 private:
  std::array<double, 9> m_{1, 0, 0, 0, 1, 0, 0, 0, 1};
};

// The smallest upright box around the mapped box, cut to the page.
Box map_box(const Transform& map, const Box& box, int page_width, int page_height);

Box join(const Box& a, const Box& b);  // an empty box adds nothing

}  // namespace planscribe

// geometry.cc: projective maps as 3 x 3 matrices, row by row. Composing is a matrix product, so however many
// steps a page takes through clean-up, mapping a box back costs two products.
#include "pipeline/geometry.h"

#include <algorithm>
#include <cmath>

namespace planscribe {

Transform Transform::scale(double sx, double sy) { return Transform({sx, 0, 0, 0, sy, 0, 0, 0, 1}); }

Transform Transform::shift(double dx, double dy) { return Transform({1, 0, dx, 0, 1, dy, 0, 0, 1}); }

Transform Transform::unturn(int degrees, int width, int height) {
  switch (degrees) {
    case 90:  // the turned image's x runs up the original's y
      return Transform({0, 1, 0, -1, 0, static_cast<double>(height), 0, 0, 1});
    case 180:
      return Transform({-1, 0, static_cast<double>(width), 0, -1, static_cast<double>(height), 0, 0, 1});
    case 270:
      return Transform({0, -1, static_cast<double>(width), 1, 0, 0, 0, 0, 1});
    default:
      return Transform();
  }
}

Transform Transform::rotation(double radians, Point centre) {
  const double c = std::cos(radians), s = std::sin(radians);
  const Transform turn({c, -s, 0, s, c, 0, 0, 0, 1});
  return shift(centre.x, centre.y) * turn * shift(-centre.x, -centre.y);
}

Point Transform::operator()(Point p) const {
  const double w = m_[6] * p.x + m_[7] * p.y + m_[8];
  return {(m_[0] * p.x + m_[1] * p.y + m_[2]) / w, (m_[3] * p.x + m_[4] * p.y + m_[5]) / w};
}

Transform Transform::operator*(const Transform& first) const {
  std::array<double, 9> r{};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      for (int k = 0; k < 3; ++k) r[i * 3 + j] += m_[i * 3 + k] * first.m_[k * 3 + j];
    }
  }
  return Transform(r);
}

Transform Transform::inverse() const {
  const auto& m = m_;
  std::array<double, 9> r{m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
                          m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
                          m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
  const double det = m[0] * r[0] + m[1] * r[3] + m[2] * r[6];
  for (double& v : r) v /= det;
  return Transform(r);
}

Box map_box(const Transform& map, const Box& box, int page_width, int page_height) {
  if (box.empty()) return {};
  const double l = box.left, r = box.right, t = box.top, b = box.bottom;
  const Point c[4] = {map({l, t}), map({r, t}), map({r, b}), map({l, b})};
  double x0 = c[0].x, x1 = x0, y0 = c[0].y, y1 = y0;
  for (const Point& p : c) {
    x0 = std::min(x0, p.x), x1 = std::max(x1, p.x);
    y0 = std::min(y0, p.y), y1 = std::max(y1, p.y);
  }
  const auto cut = [](double v, int top) {
    return static_cast<int>(std::clamp(std::lround(v), 0L, long{top}));
  };
  return {cut(x0, page_width), cut(y0, page_height), cut(x1, page_width), cut(y1, page_height)};
}

Box join(const Box& a, const Box& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
          std::max(a.bottom, b.bottom)};
}

}  // namespace planscribe

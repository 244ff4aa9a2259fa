// perspective.h: the lines of print of a page photographed at an angle, which fan out. Pixels; no state.
#pragma once

#include <optional>

#include "pipeline/geometry.h"
#include "pipeline/image.h"

namespace planscribe {

// A page made straight: how large it is, and where its pixels lie on the page it is made from.
struct Flat {
  Transform back;
  int width = 0, height = 0;
  bool changed = true;
};

// How the rows of print lie. letter: height of a small letter.
struct Slant {
  double skew = 0;           // radians by which they fall from left to right, within +-0.25; 0 when it is not sure
  std::optional<Flat> flat;  // the page made straight, where they fan out or are steep
};
Slant find_slant(const Pix* bilevel, double letter);

}  // namespace planscribe

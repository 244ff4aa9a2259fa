// orientation.h: which way up a page lies, and by how much it is askew. Pixels; no state.
#pragma once

#include "pipeline/clean.h"
#include "pipeline/image.h"

namespace planscribe {

// The lines of print stand upright on the page, so that it must be turned by a quarter.
bool lies_sideways(const Pix* bilevel);

// Whether a level page is upside down, and how well it read on trial, 0..1.
struct HalfTurn {
  bool upside_down = false;
  double score = 0;
};
HalfTurn find_half_turn(const PixPtr& gray, const PixPtr& bilevel, const TrialReading& trial);

// The clockwise turn in degrees, within +-7, that makes the lines of a page level; 0 when it is not sure.
double find_skew(const Pix* bilevel);

}  // namespace planscribe

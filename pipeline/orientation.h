// orientation.h: which way up a page lies, and by how much it is askew. Pixels; no state.
#pragma once

#include "pipeline/clean.h"
#include "pipeline/image.h"

namespace planscribe {

// The lines of print stand upright on the page, so that it must be turned by a quarter.
bool lies_sideways(const Pix* bilevel);

// A level page is upside down. bilevel and gray show the same page.
bool is_upside_down(const PixPtr& gray, const PixPtr& bilevel, const TrialReading& trial);

// The clockwise turn in degrees, within +-7, that makes the lines of a page level; 0 when it is not sure.
double find_skew(const Pix* bilevel);

}  // namespace planscribe

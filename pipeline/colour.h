// colour.h: which ink of a scan is coloured. Pixels; no state.
#pragma once

#include "pipeline/image.h"

namespace planscribe {

// Coloured ink brighter than print (seals, stamps, pen), 1 bit a pixel, one pixel for step x step of the scan; null when
// there is none, and where all print is coloured.
PixPtr coloured_ink_of(const Pix* scan, int step);

}  // namespace planscribe

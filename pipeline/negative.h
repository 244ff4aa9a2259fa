// negative.h: light print on dark paper: microfilm, fax and scanner settings gone wrong. Pixels; no state.
#pragma once

#include "pipeline/image.h"

namespace planscribe {

// The page (1 or 8 bits a pixel) as dark print on light paper; null when it is that already.
PixPtr positive_of(const Pix* page);

}  // namespace planscribe

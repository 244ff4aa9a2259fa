// resample.h: a grey image levelled, straightened and shrunk in one step, so that it is blurred only once.
#pragma once

#include "pipeline/geometry.h"
#include "pipeline/image.h"

namespace planscribe {

// A grey (8 bit) image of width x height pixels, each the mean of the upright square of source pixels around the place it
// is mapped to. scale: side of that square in source pixels, 1 .. 16. Outside of the source is white. Null when there is no
// memory.
PixPtr resample(const Pix* gray, const Transform& to_source, double scale, int width, int height);

}  // namespace planscribe

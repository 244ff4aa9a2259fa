// background.h: grey pages brought to even, white paper. Pixels; results are new images owned by the caller;
// no state.
#pragma once

#include "pipeline/image.h"

namespace planscribe {

// The scan as grey: luminance, but of coloured ink the brightest channel, so that red seals and blue pen fade
// and print stays.
PixPtr to_gray(const Pix* scan);

// Whether the paper of a grey page is dark, uneven or seen through, so that flatten() pays.
bool needs_flattening(const Pix* gray);

// Divides the page by its paper and stretches ink and paper apart; dark surroundings of the sheet become
// white.
PixPtr flatten(const Pix* gray);

// Black edges of a copy (1 bit a pixel): what touches the edge and is thicker than print is taken off.
PixPtr without_black_edges(const Pix* bilevel);

// 1 bit a pixel, one threshold for the page. Null when ink and paper cannot be told apart.
PixPtr binarise(const Pix* gray);

// The same with a threshold near the paper, for rules, which are fainter than letters.
PixPtr binarise_faint(const Pix* gray);

}  // namespace planscribe

// letters.h: what the ink of a bilevel page is made of: letters and specks. Pixels; no state.
#pragma once

#include "pipeline/image.h"

namespace planscribe {

struct Letters {
  double height = 0;  // the most frequent of a letter without ascender; 0 when there are too few to tell
  int count = 0;      // of letters and marks
  long specks = 0;    // pixels in boxes smaller than any mark
};

Letters find_letters(const Pix* bilevel);

// Whether a page is strewn with specks as dark as print: not the grain of old paper, nor the fragments of a faint copy.
bool is_speckled(const Pix* gray, const Pix* bilevel, const Letters& letters);

// The grey page without its black and white specks; those that touch print stay.
PixPtr without_specks(const Pix* gray, const Pix* bilevel, const Letters& letters);

}  // namespace planscribe

// streaks.h: thin lines along a scan that reach its edge: dust on the glass of a document feeder, dead dots of a
// thermal fax. Tesseract takes them for the borders of columns. Pixels; no state.
#pragma once

#include "pipeline/image.h"

namespace planscribe {

// Paints streaks over with what stands beside them (gray: 8 bits, dark on light, as it was scanned, not turned). Rules of
// tables and frames end before the edges of the sheet and stay. The number of streaks.
int erase_streaks(Pix* gray);

}  // namespace planscribe

// pdf_covered_text.h: text that nobody sees because the scan is drawn over it ("text under the page image").
#pragma once

#include <qpdf/QPDFPageObjectHelper.hh>

namespace planscribe {

// How many text objects (BT .. ET) of the page's own content come before an opaque image that covers the whole page.
// Counts none where it cannot be sure: clips, graphics states and masks may leave something to be seen.
int covered_text_objects(QPDFPageObjectHelper& page);

}  // namespace planscribe

// pdf_invisible_text.h: takes an old invisible text layer out of a PDF page: text of rendering mode 3, and text under an
// image that covers the page.
//
// What is drawn is not touched: only text objects (BT .. ET) in which no text is visible lose their strings; what they
// set for later objects (font, mode, spacing) stays. Forms that the page draws are searched too; a form with invisible
// text is replaced by a copy for this page, since other pages may share it.
#pragma once

#include <qpdf/QPDFPageObjectHelper.hh>

namespace planscribe {

// True when something was taken out.
bool remove_invisible_text(QPDFPageObjectHelper& page);

}  // namespace planscribe

// pdf_text_layer.h: the words of a page as an invisible text layer of a PDF page (text rendering mode 3).
//
// The words are drawn with a font that has no glyphs: codes are UTF-16 units, which the font's ToUnicode map gives back,
// so that any letter with its marks can be searched and copied. Each line has one size and a base line fitted to its
// words; each word is stretched to its own width, so that what is selected follows the print.
#pragma once

#include <qpdf/QPDF.hh>
#include <string>

#include "pipeline/page.h"

namespace planscribe {

// Where the pixels of a page image lie in the user space of a PDF page (1/72 inch, origin below).
struct PixelMap {
  double a = 1, b = 0, c = 0, d = -1, e = 0, f = 0;  // (x, y) -> (a x + c y + e, b x + d y + f)
};

// For a page that shows the crop box left, bottom, right, top turned clockwise by rotate degrees, as an image of
// width x height pixels.
struct CropBox {
  double left = 0, bottom = 0, right = 0, top = 0;
};
PixelMap pixel_map(const CropBox& box, int rotate, int width, int height);

// Content stream; font is the name (with /) under which the page's resources have the font. "" when no word has a place.
std::string text_layer_content(const Page& page, const PixelMap& map, const std::string& font);

// The font as an indirect object of pdf; one serves all pages.
QPDFObjectHandle make_glyphless_font(QPDF& pdf);

}  // namespace planscribe

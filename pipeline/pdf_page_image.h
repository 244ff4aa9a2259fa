// pdf_page_image.h: the image that a PDF page consists of, as an image file of its own, without drawing the page: drawing
// puts a black-and-white image at a fraction of a pixel and greys its edges. Private to pdf_structure.cc.
#pragma once

#include <string>

#include <qpdf/QPDFObjectHandle.hh>

namespace planscribe {

struct PageImage {
  std::string file;    // a JPEG as it is stored; plain pixels (black and white, grey, RGB) and fax group 4 as a TIFF; else empty
  double missing = 0;  // share of the rows that the PDF has no data for; 0 where only decoding would tell (JPEG, fax, ...)
};

// image: an image stream. Throws std::exception when its dictionary makes no sense.
PageImage page_image_of(QPDFObjectHandle image);

}  // namespace planscribe

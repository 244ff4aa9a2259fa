// pdf_page_image.h: the image that a PDF page consists of, as an image file of its own, without drawing the page: drawing
// puts a black-and-white image at a fraction of a pixel and greys its edges. Private to pdf_structure.cc.
#pragma once

#include <string>

#include <qpdf/QPDFObjectHandle.hh>

namespace planscribe {

// A JPEG as it is stored, black and white (plain or fax group 4) in a TIFF; empty for all others. image: an image stream.
std::string image_file_of(QPDFObjectHandle image);

}  // namespace planscribe

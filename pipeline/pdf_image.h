// pdf_image.h: a page image as a page of a new PDF.
#pragma once

#include <qpdf/QPDF.hh>
#include <string>
#include <string_view>

#include "pipeline/image.h"

namespace planscribe {

// An image as PDF keeps it: the object and its size in pixels.
struct PdfImage {
  QPDFObjectHandle object;
  int width = 0, height = 0;
};

// JPEG and plain PNG files (grey, RGB, palette; no transparency, not interlaced) are taken as they are, byte for byte;
// every other image is decoded to 8 bits a colour on white and compressed again without loss. image: the same file; page:
// 0-based, for TIFF. Throws Error(input_file).
PdfImage make_pdf_image(QPDF& pdf, std::string_view file, const ImageFile& image, int page);

// Adds a page of this size in points that shows the image. Returns the page.
QPDFObjectHandle add_image_page(QPDF& pdf, const PdfImage& image, double width, double height);

}  // namespace planscribe

// image.h: page images. The only user of Leptonica's types outside image.cc and clean.cc is tesseract.cc.
#pragma once

#include <memory>
#include <string>

struct Pix;  // Leptonica

namespace planscribe {

struct PixDeleter {
  void operator()(Pix* pix) const;
};
using PixPtr = std::unique_ptr<Pix, PixDeleter>;  // owns one reference

// One page as scanned.
struct Scan {
  PixPtr pix;   // 1, 8 or 32 bits a pixel
  int dpi = 0;  // 0 = unknown
};

}  // namespace planscribe

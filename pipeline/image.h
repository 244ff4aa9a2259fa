// image.h: page images: decoding of image files, and raw pixels made into Leptonica's images.
// The only users of Leptonica's types are the files of recognition (recognition.cmake) and, opaquely, whoever hands a
// Scan on.
//
//   ImageFile file(bytes);
//   for (int page = 0; page < file.page_count(); ++page) ... file.read(page)      // throws Error(input_file)
//   Scan scan{make_pix_gray(data, w, h, stride), 200};
//
// Sizes are in pixels. Every PixPtr owns one reference. Functions keep no state apart from Leptonica's
// message level, which the first call sets to silent; they may be called from several threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/page.h"

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

struct ImageSize {
  int width = 0, height = 0;
  long pixels() const { return static_cast<long>(width) * height; }
};

// A3 at 600 dpi has 70 million pixels; images beyond this are refused before they are decoded.
inline constexpr long kMaxPixels = 120'000'000;

// Copies of raw pixels; stride in bytes. Null when the size is absurd or memory is short.
PixPtr make_pix_gray(const unsigned char* data, int width, int height, int stride);
PixPtr make_pix_argb32(const unsigned char* bgra, int width, int height, int stride);  // alpha is ignored

ImageSize size_of(const Scan& scan);

struct TiffPage;  // tiff.h

// The pages (0-based) of a TIFF, the one of a PNG, JPEG, JPEG 2000, WebP, BMP or PNM. The bytes are not copied and must live
// as long as this does. Not thread-safe.
class ImageFile {
 public:
  explicit ImageFile(std::string_view bytes);
  ~ImageFile();
  int page_count() const;            // 0 when the format is not known
  ImageSize size(int page = 0) const;  // from the header alone; throws Error(input_file) when there is none
  // Decodes a page. Pixels that are not square (faxes) are made so. Throws Error(input_file).
  Scan read(int page = 0) const;

 private:
  PixPtr decode(int page) const;

  std::string_view bytes_;
  int format_;
  std::vector<TiffPage> tiff_pages_;  // TIFF only
};

Scan read_image_file(const std::string& path, int page = 0);  // throws Error(input_file)

// A cutting of the picture, turned clockwise by 0, 90, 180 or 270 degrees and scaled down to at most widest pixels across.
// Throws Error(input_file) when the box lies outside or memory is short.
Scan cut_out(const Scan& scan, const Box& box, int turn, int widest);

// The picture as a PNG file: without alpha, not interlaced. Throws Error(input_file) when memory is short.
std::string png_of(const Scan& scan);

// Silences Leptonica. Called by everything here; others that use Leptonica first may call it too.
void silence_leptonica();

}  // namespace planscribe

// image.cc: decoding by Leptonica, of rarer TIFFs by libtiff (tiff.h). The header is read first, so that an image that claims billions of pixels
// costs nothing. Whatever comes out is brought to 1, 8 or 32 bits without colour map and without alpha.
#include "pipeline/image.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <mutex>

#include "pipeline/error.h"
#include "pipeline/tiff.h"

namespace planscribe {
namespace {

constexpr size_t kMostTiffPages = 100'000;
constexpr double kSquare = 0.05;       // resolutions that differ by less are the same
constexpr double kLongestPixel = 4.5;  // of faxes (204 x 49 dpi); beyond, the header is wrong

const l_uint8* data_of(std::string_view bytes) { return reinterpret_cast<const l_uint8*>(bytes.data()); }

int format_of(std::string_view bytes) {
  l_int32 format = IFF_UNKNOWN;
  if (bytes.size() < 16 || findFileFormatBuffer(data_of(bytes), &format) != 0) return IFF_UNKNOWN;
  return format;
}

bool is_tiff(int format) { return format >= IFF_TIFF && format <= IFF_TIFF_ZIP; }

[[noreturn]] void fail(const std::string& what) { throw Error(ExitCode::input_file, "image: " + what); }

// 1, 8 or 32 bits, no colour map, no alpha.
PixPtr plain(PixPtr pix) {
  if (pixGetColormap(pix.get()) != nullptr) {
    pix.reset(pixRemoveColormap(pix.get(), REMOVE_CMAP_BASED_ON_SRC));
  }
  if (pix && pixGetDepth(pix.get()) == 32 && pixGetSpp(pix.get()) == 4) {
    pix.reset(pixAlphaBlendUniform(pix.get(), 0xffffff00));
  }
  if (!pix) return nullptr;
  const int depth = pixGetDepth(pix.get());
  if (depth == 1 || depth == 8 || depth == 32) return pix;
  return PixPtr(pixConvertTo8(pix.get(), 0));
}

// Faxes have fewer rows than columns to the inch: pixels are made square, at the finer resolution.
PixPtr square(PixPtr pix, int across, int down) {
  const double ratio = across > 0 && down > 0 ? static_cast<double>(across) / down : 1;
  if (std::abs(ratio - 1) < kSquare || ratio > kLongestPixel || ratio < 1 / kLongestPixel) return pix;
  if (pixGetDepth(pix.get()) == 1) pix.reset(pixConvert1To8(nullptr, pix.get(), 255, 0));
  if (!pix) return nullptr;
  return PixPtr(pixScale(pix.get(), static_cast<float>(std::max(1.0, 1 / ratio)),
                         static_cast<float>(std::max(1.0, ratio))));
}

// A resolution that no scanner has is taken for unknown.
int plausible_dpi(int dpi) { return dpi >= 50 && dpi <= 2400 ? dpi : 0; }

// Some writers leave the end marker out; whether all rows are there is seen when it is put back.
PixPtr jpeg_without_end(std::string_view bytes) {
  const std::string whole = std::string(bytes) + "\xFF\xD9";
  return PixPtr(pixReadMem(data_of(whole), whole.size()));
}

PixPtr blank_pix(int width, int height, int depth) {
  silence_leptonica();
  if (width <= 0 || height <= 0 || static_cast<long>(width) * height > kMaxPixels) return nullptr;
  return PixPtr(pixCreateNoInit(width, height, depth));
}

}  // namespace

void PixDeleter::operator()(Pix* pix) const { pixDestroy(&pix); }

void silence_leptonica() {
  static std::once_flag once;
  std::call_once(once, [] { setMsgSeverity(L_SEVERITY_NONE); });
}

PixPtr make_pix_gray(const unsigned char* data, int width, int height, int stride) {
  PixPtr pix = blank_pix(width, height, 8);
  if (!pix) return nullptr;
  const int wpl = pixGetWpl(pix.get());
  for (int y = 0; y < height; ++y) {
    l_uint32* row = pixGetData(pix.get()) + static_cast<size_t>(y) * wpl;
    row[wpl - 1] = 0;
    std::memcpy(row, data + static_cast<size_t>(y) * stride, width);
  }
  pixEndianByteSwap(pix.get());
  return pix;
}

PixPtr make_pix_argb32(const unsigned char* bgra, int width, int height, int stride) {
  PixPtr pix = blank_pix(width, height, 32);
  if (!pix) return nullptr;
  for (int y = 0; y < height; ++y) {
    const unsigned char* in = bgra + static_cast<size_t>(y) * stride;
    l_uint32* row = pixGetData(pix.get()) + static_cast<size_t>(y) * pixGetWpl(pix.get());
    for (int x = 0; x < width; ++x, in += 4) composeRGBPixel(in[2], in[1], in[0], row + x);
  }
  return pix;
}

ImageSize size_of(const Scan& scan) { return {pixGetWidth(scan.pix.get()), pixGetHeight(scan.pix.get())}; }

ImageFile::ImageFile(std::string_view bytes) : bytes_(bytes), format_(format_of(bytes)) {
  silence_leptonica();
  if (is_tiff(format_)) tiff_pages_ = tiff_pages(bytes, kMostTiffPages);
}

ImageFile::~ImageFile() = default;

int ImageFile::page_count() const { return is_tiff(format_) ? static_cast<int>(tiff_pages_.size()) : format_ == IFF_UNKNOWN ? 0 : 1; }

ImageSize ImageFile::size(int page) const {
  ImageSize size;
  if (page < 0 || page >= page_count()) fail("not readable or of an unknown kind; use TIFF, PNG, JPEG, JP2 or WebP");
  if (is_tiff(format_)) {
    size = tiff_pages_[static_cast<size_t>(page)].size;
    if (size.pixels() <= 0) fail("the TIFF is cut off or damaged here; pages after this one cannot be found; scan or copy it again");
    return size;
  }
  l_int32 bits = 0, samples = 0, map = 0, kind = 0;
  if (pixReadHeaderMem(data_of(bytes_), bytes_.size(), &kind, &size.width, &size.height, &bits, &samples, &map) != 0 || size.pixels() <= 0)
    fail("not readable; use TIFF, PNG, JPEG, JP2 or WebP");
  return size;
}

// Leptonica may have been built without a format that it recognises: then reading gives nothing.
PixPtr ImageFile::decode(int page) const {
  if (!is_tiff(format_)) {
    PixPtr pix(pixReadMem(data_of(bytes_), bytes_.size()));
    return pix || format_ != IFF_JFIF_JPEG ? std::move(pix) : jpeg_without_end(bytes_);
  }
  const TiffPage& place = tiff_pages_[static_cast<size_t>(page)];
  size_t offset = place.offset;
  PixPtr pix(pixReadMemFromMultipageTiff(data_of(bytes_), bytes_.size(), &offset));
  return pix ? std::move(pix) : decode_tiff(bytes_, place);
}

Scan ImageFile::read(int page) const {
  const ImageSize size = this->size(page);
  if (size.pixels() > kMaxPixels)
    fail(std::to_string(size.width) + " x " + std::to_string(size.height) + " pixels are too large; scan at 300 dpi, or scale it down");
  PixPtr pix = decode(page);
  const int across = pix ? plausible_dpi(pixGetXRes(pix.get())) : 0;
  const int down = pix ? plausible_dpi(pixGetYRes(pix.get())) : 0;
  if (pix) pix = plain(std::move(pix));
  if (pix) pix = square(std::move(pix), across, down);
  if (!pix) fail("damaged; scan the page again");
  return {std::move(pix), std::max(across, down)};
}

Scan read_image_file(const std::string& path, int page) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ExitCode::input_file, path + ": cannot be opened; check the path");
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return ImageFile(bytes).read(page);
}

Scan cut_out(const Scan& scan, const Box& box, int turn, int widest) {
  silence_leptonica();
  const std::unique_ptr<::Box, void (*)(::Box*)> clip(boxCreate(box.left, box.top, box.width(), box.height()),
                                                      [](::Box* b) { boxDestroy(&b); });
  PixPtr pix(clip ? pixClipRectangle(scan.pix.get(), clip.get(), nullptr) : nullptr);
  if (pix && turn != 0) pix.reset(pixRotateOrth(pix.get(), turn / 90));
  if (pix && pixGetWidth(pix.get()) > widest) {
    const float factor = static_cast<float>(widest) / pixGetWidth(pix.get());
    if (pixGetDepth(pix.get()) == 1) pix.reset(pixConvert1To8(nullptr, pix.get(), 255, 0));
    if (pix) pix.reset(pixScale(pix.get(), factor, factor));
  }
  if (!pix) throw Error(ExitCode::input_file, "the picture cannot be cut out");
  return {std::move(pix), scan.dpi};
}

std::string png_of(const Scan& scan) {
  silence_leptonica();
  l_uint8* data = nullptr;
  size_t size = 0;
  if (pixWriteMemPng(&data, &size, scan.pix.get(), 0) != 0 || !data)
    throw Error(ExitCode::input_file, "the image cannot be written as PNG");
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  return bytes;
}

}  // namespace planscribe

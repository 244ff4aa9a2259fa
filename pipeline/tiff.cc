#include "pipeline/tiff.h"

#include <leptonica/allheaders.h>
#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <mutex>

namespace planscribe {
namespace {

constexpr float kCentimetresPerInch = 2.54F;

// A file in memory as libtiff reads it.
struct Source {
  std::string_view bytes;
  toff_t at = 0;
};

tmsize_t read_source(thandle_t handle, void* data, tmsize_t size) {
  Source& source = *static_cast<Source*>(handle);
  if (size <= 0 || source.at >= source.bytes.size()) return 0;
  const size_t count = std::min(static_cast<size_t>(size), static_cast<size_t>(source.bytes.size() - source.at));
  std::memcpy(data, source.bytes.data() + source.at, count);
  source.at += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t refuse_to_write(thandle_t, void*, tmsize_t) { return 0; }

toff_t seek_source(thandle_t handle, toff_t offset, int whence) {
  Source& source = *static_cast<Source*>(handle);
  source.at = offset + (whence == SEEK_CUR ? source.at : whence == SEEK_END ? source.bytes.size() : 0);
  return source.at;
}

int close_source(thandle_t) { return 0; }

toff_t size_of_source(thandle_t handle) { return static_cast<Source*>(handle)->bytes.size(); }

using TiffPtr = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

// source lives as long as the result.
TiffPtr open_tiff(Source& source) {
  static std::once_flag once;
  std::call_once(once, [] {
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
  });
  return {TIFFClientOpen("", "r", &source, read_source, refuse_to_write, seek_source, close_source, size_of_source, nullptr, nullptr),
          TIFFClose};
}

// A tag of one number, or what stands for it when it is missing.
template <typename T>
T tag(TIFF* tiff, std::uint32_t name, T missing) {
  T value = missing;
  return TIFFGetFieldDefaulted(tiff, name, &value) == 1 ? value : missing;
}

bool is_copy_or_mask(TIFF* tiff) {
  return (tag<std::uint32_t>(tiff, TIFFTAG_SUBFILETYPE, 0) & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0;
}

TiffPage page_of(TIFF* tiff) {
  constexpr std::uint32_t kMost = 1U << 30;  // fits an int; no page is as large
  const auto width = tag<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH, 0), height = tag<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH, 0);
  return {TIFFCurrentDirOffset(tiff), {static_cast<int>(std::min(width, kMost)), static_cast<int>(std::min(height, kMost))}};
}

// libtiff's R, G, B, A from the lowest byte up, colours multiplied by alpha -> Leptonica's pixels on white paper.
void lay_on_white(l_uint32* pixels, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const std::uint32_t pixel = pixels[i], paper = 255 - TIFFGetA(pixel);
    composeRGBPixel(static_cast<int>(std::min(255U, TIFFGetR(pixel) + paper)), static_cast<int>(std::min(255U, TIFFGetG(pixel) + paper)),
                    static_cast<int>(std::min(255U, TIFFGetB(pixel) + paper)), pixels + i);
  }
}

// As deep as it was stored: black and white, grey, colours.
PixPtr as_stored(PixPtr pix, TIFF* tiff) {
  const auto photometric = tag<std::uint16_t>(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  if (photometric != PHOTOMETRIC_MINISBLACK && photometric != PHOTOMETRIC_MINISWHITE) return pix;
  PixPtr grey(pixConvertRGBToGrayFast(pix.get()));
  if (!grey || tag<std::uint16_t>(tiff, TIFFTAG_BITSPERSAMPLE, 1) != 1) return grey;
  return PixPtr(pixThresholdToBinary(grey.get(), 128));
}

// Rows and columns as stored -> upright (TIFF 6.0, section 8, Orientation).
PixPtr upright(PixPtr pix, unsigned orientation) {
  struct Way {
    int quarters;  // clockwise
    bool mirrored; // left and right, afterwards
  };
  constexpr Way kWays[] = {{0, false}, {0, false}, {0, true}, {2, false}, {2, true}, {1, true}, {1, false}, {3, true}, {3, false}};
  const Way way = orientation < std::size(kWays) ? kWays[orientation] : kWays[0];
  if (way.quarters != 0) pix.reset(pixRotateOrth(pix.get(), way.quarters));
  if (pix && way.mirrored) pix.reset(pixFlipLR(nullptr, pix.get()));
  return pix;
}

void take_resolution(Pix* pix, TIFF* tiff, bool sideways) {
  const auto unit = tag<std::uint16_t>(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  const float scale = unit == RESUNIT_CENTIMETER ? kCentimetresPerInch : 1.0F;
  const auto dpi = [&](std::uint32_t name) {
    const float value = tag<float>(tiff, name, 0.0F) * scale;
    return unit != RESUNIT_NONE && value > 0 && value < 1e6F ? static_cast<int>(std::lround(value)) : 0;
  };
  const int across = dpi(TIFFTAG_XRESOLUTION), down = dpi(TIFFTAG_YRESOLUTION);
  pixSetResolution(pix, sideways ? down : across, sideways ? across : down);
}

}  // namespace

std::vector<TiffPage> tiff_pages(std::string_view bytes, size_t at_most) {
  Source source{bytes};
  const TiffPtr tiff = open_tiff(source);
  std::vector<TiffPage> pages;
  if (!tiff) return pages;
  do {
    if (pages.empty() || !is_copy_or_mask(tiff.get())) pages.push_back(page_of(tiff.get()));
    if (TIFFLastDirectory(tiff.get())) return pages;
    if (pages.size() >= at_most) return pages;
  } while (TIFFReadDirectory(tiff.get()));
  pages.emplace_back();  // the next one is damaged, or was there already
  return pages;
}

PixPtr decode_tiff(std::string_view bytes, const TiffPage& page) {
  Source source{bytes};
  const TiffPtr tiff = open_tiff(source);
  if (!tiff || !TIFFSetSubDirectory(tiff.get(), page.offset)) return nullptr;
  const auto orientation = tag<std::uint16_t>(tiff.get(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  TIFFSetField(tiff.get(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);  // libtiff would turn half of the ways, and mirror the others
  PixPtr pix(pixCreate(page.size.width, page.size.height, 32));
  if (!pix || !TIFFReadRGBAImageOriented(tiff.get(), static_cast<std::uint32_t>(page.size.width), static_cast<std::uint32_t>(page.size.height),
                                         pixGetData(pix.get()), ORIENTATION_TOPLEFT, 1))
    return nullptr;
  lay_on_white(pixGetData(pix.get()), static_cast<size_t>(page.size.pixels()));
  pix = as_stored(std::move(pix), tiff.get());
  if (pix) pix = upright(std::move(pix), orientation);
  if (pix) take_resolution(pix.get(), tiff.get(), orientation >= ORIENTATION_LEFTTOP);
  return pix;
}

}  // namespace planscribe

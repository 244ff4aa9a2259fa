// pdf_page_image.cc: TIFF (6.0, sections 2 to 6 and 11) holds the same rows of samples as PDF (ISO 32000-1, 7.4.6 and 8.9.5).
#include "pipeline/pdf_page_image.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <qpdf/Buffer.hh>

#include "pipeline/pdf_first_bytes.h"

namespace planscribe {
namespace {

constexpr unsigned kPlain = 1, kGroup4 = 4;                              // compression in a TIFF
constexpr unsigned kWhiteIsZero = 0, kBlackIsZero = 1, kRgb = 2;         // photometric interpretation
constexpr long long kMostPixels = 120'000'000;

// Rows of samples, each row filled up to a byte.
struct Raster {
  long long width = 0, height = 0;
  int bits = 0, samples = 0;  // of a sample; of a pixel, 0 where the colour space is of a rare kind
  long long row_bytes() const { return (width * samples * bits + 7) / 8; }
  size_t bytes() const { return static_cast<size_t>(row_bytes() * height); }
};

struct TiffContent {
  unsigned compression = kPlain, photometric = 0;
  std::string bytes;
};

std::string data_of(const std::shared_ptr<Buffer>& buffer) { return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()}; }

// The only element of an array, what is no array itself.
QPDFObjectHandle single(QPDFObjectHandle object) {
  return object.isArray() && object.getArrayNItems() == 1 ? object.getArrayItem(0) : object;
}

bool is_name(QPDFObjectHandle object, const char* name) { return object.isName() && object.getName() == name; }

// Whether black and white are exchanged; nothing for decodings of other kinds.
std::optional<bool> is_inverted(QPDFObjectHandle dictionary) {
  QPDFObjectHandle decode = dictionary.getKey("/Decode");
  if (decode.isNull()) return false;
  if (!decode.isArray() || decode.getArrayNItems() != 2 || !decode.getArrayItem(0).isNumber() || !decode.getArrayItem(1).isNumber()) return std::nullopt;
  const double from = decode.getArrayItem(0).getNumericValue(), to = decode.getArrayItem(1).getNumericValue();
  if (!((from == 0 && to == 1) || (from == 1 && to == 0))) return std::nullopt;
  return from == 1;
}

// Samples a pixel of a colour space (ISO 32000-1, 8.6); 0 for the others.
int samples_of(QPDFObjectHandle space) {
  QPDFObjectHandle family = space.isArray() && space.getArrayNItems() > 0 ? space.getArrayItem(0) : space;
  for (const char* name : {"/DeviceGray", "/CalGray", "/Indexed", "/Separation"})
    if (is_name(family, name)) return 1;
  for (const char* name : {"/DeviceRGB", "/CalRGB", "/Lab"})
    if (is_name(family, name)) return 3;
  if (is_name(family, "/DeviceCMYK")) return 4;
  if (!is_name(family, "/ICCBased") || space.getArrayNItems() < 2 || !space.getArrayItem(1).isStream()) return 0;
  QPDFObjectHandle count = space.getArrayItem(1).getDict().getKey("/N");
  return count.isInteger() && count.getIntValue() >= 1 && count.getIntValue() <= 4 ? static_cast<int>(count.getIntValue()) : 0;
}

// Nothing when the image is of no size that a page has.
std::optional<Raster> raster_of(QPDFObjectHandle dictionary) {
  const bool mask = dictionary.getKey("/ImageMask").isBool() && dictionary.getKey("/ImageMask").getBoolValue();
  QPDFObjectHandle bits = dictionary.getKey("/BitsPerComponent");
  Raster raster{dictionary.getKey("/Width").getIntValue(), dictionary.getKey("/Height").getIntValue()};
  if (raster.width <= 0 || raster.height <= 0 || raster.width > kMostPixels / raster.height) return std::nullopt;
  raster.bits = mask ? 1 : bits.isInteger() && bits.getIntValue() >= 1 && bits.getIntValue() <= 16 ? static_cast<int>(bits.getIntValue()) : 0;
  raster.samples = mask ? 1 : samples_of(dictionary.getKey("/ColorSpace"));
  return raster;
}

std::optional<TiffContent> fax(QPDFObjectHandle image, const Raster& raster, bool inverted) {
  QPDFObjectHandle parameters = single(image.getDict().getKey("/DecodeParms"));
  if (!parameters.isDictionary()) return std::nullopt;
  QPDFObjectHandle k = parameters.getKey("/K"), columns = parameters.getKey("/Columns"), black = parameters.getKey("/BlackIs1");
  const bool group4 = k.isNumber() && k.getNumericValue() < 0;
  const bool aligned = parameters.getKey("/EncodedByteAlign").isBool() && parameters.getKey("/EncodedByteAlign").getBoolValue();
  const long long width = columns.isInteger() ? columns.getIntValue() : 1728;  // PDF's default
  if (!group4 || aligned || width != raster.width) return std::nullopt;
  return TiffContent{kGroup4, inverted == (black.isBool() && black.getBoolValue()) ? kWhiteIsZero : kBlackIsZero, data_of(image.getRawStreamData())};
}

// Whether nothing but codings without loss, which qpdf undoes, lies between the file and the pixels.
bool is_plain(QPDFObjectHandle filter) {
  if (filter.isNull()) return true;
  if (filter.isArray()) {
    for (int i = 0; i < filter.getArrayNItems(); ++i)
      if (!filter.getArrayItem(i).isName() || !is_plain(filter.getArrayItem(i))) return false;
    return true;
  }
  for (const char* name : {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode"})
    if (is_name(filter, name)) return true;
  return false;
}

constexpr size_t kLineEnd = 2;  // bytes that some writers put after the last row

// The rows as far as they can be had, and what follows them: at most a byte more than a line end.
std::string rows_of(QPDFObjectHandle image, const Raster& raster) {
  return first_bytes(raster.bytes() + kLineEnd + 1,
                     [&](Pipeline& taken) { image.pipeStreamData(&taken, 0, qpdf_dl_generalized, true, false); });
}

// Bytes of a TIFF directory; numbers of 16 and 32 bits, least significant byte first.
class Directory {
 public:
  void add(std::uint16_t name, std::uint32_t value) { put(name, 2), put(kLong, 2), put(1, 4), put(value, 4), ++count_; }
  void add_shorts(std::uint16_t name, std::uint32_t count, std::uint32_t offset) { put(name, 2), put(kShort, 2), put(count, 4), put(offset, 4), ++count_; }
  std::string file(const std::string& values, const std::string& pixels) && {
    const std::string entries = std::move(bytes_);
    put(kLeastFirst, 4), put(kHeader, 4), put(count_, 2);
    bytes_ += entries;
    put(0, 4);
    return bytes_ + values + pixels;
  }
  static constexpr std::uint32_t size(std::uint32_t entries) { return kHeader + 2 + entries * kEntry + 4; }  // with the head of the file

 private:
  static constexpr std::uint32_t kHeader = 8, kEntry = 12, kLeastFirst = 0x002A4949, kShort = 3, kLong = 4;
  void put(std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) bytes_ += static_cast<char>(value >> 8 * i & 255U);
  }
  std::string bytes_;
  std::uint32_t count_ = 0;
};

std::string tiff_of(const TiffContent& content, const Raster& raster) {
  const auto width = static_cast<std::uint32_t>(raster.width), height = static_cast<std::uint32_t>(raster.height);
  const std::uint32_t values = Directory::size(9);
  const std::string depths = raster.samples == 3 ? std::string("\x08\0\x08\0\x08\0", 6) : std::string();
  Directory directory;
  directory.add(256, width), directory.add(257, height);
  if (depths.empty())
    directory.add(258, static_cast<std::uint32_t>(raster.bits));
  else
    directory.add_shorts(258, 3, values);
  directory.add(259, content.compression), directory.add(262, content.photometric);
  directory.add(273, values + static_cast<std::uint32_t>(depths.size()));
  directory.add(277, static_cast<std::uint32_t>(raster.samples)), directory.add(278, height);
  directory.add(279, static_cast<std::uint32_t>(content.bytes.size()));
  return std::move(directory).file(depths, content.bytes);
}

// Pixels that mean what they say: no mask, no colour profile or palette, at most black and white exchanged.
std::optional<unsigned> photometric_of(QPDFObjectHandle dictionary, int bits) {
  for (const char* key : {"/SMask", "/Mask", "/ImageMask"})
    if (dictionary.hasKey(key)) return std::nullopt;
  const auto inverted = is_inverted(dictionary);
  QPDFObjectHandle space = dictionary.getKey("/ColorSpace");
  if (!inverted || (bits != 1 && bits != 8)) return std::nullopt;
  if (is_name(space, "/DeviceGray")) return *inverted ? kWhiteIsZero : kBlackIsZero;
  return is_name(space, "/DeviceRGB") && bits == 8 && !*inverted ? std::optional(kRgb) : std::nullopt;
}

}  // namespace

PageImage page_image_of(QPDFObjectHandle image) {
  QPDFObjectHandle dictionary = image.getDict();
  const QPDFObjectHandle filter = single(dictionary.getKey("/Filter"));
  if (is_name(filter, "/DCTDecode"))
    return {photometric_of(dictionary, 8) && !dictionary.hasKey("/Decode") ? data_of(image.getRawStreamData()) : std::string()};
  const auto raster = raster_of(dictionary);
  if (!raster || raster->bits == 0) return {};
  const auto photometric = photometric_of(dictionary, raster->bits);
  if (is_name(filter, "/CCITTFaxDecode") && photometric && raster->bits == 1) {
    const auto content = fax(image, *raster, *photometric == kWhiteIsZero);
    return {content ? tiff_of(*content, *raster) : std::string()};
  }
  if (!is_plain(filter) || raster->samples == 0) return {};
  std::string rows = rows_of(image, *raster);
  const size_t whole = raster->bytes();
  if (rows.size() < whole) return {"", 1 - static_cast<double>(rows.size()) / static_cast<double>(whole)};
  if (!photometric || rows.size() > whole + kLineEnd) return {};
  rows.resize(whole);
  return {tiff_of({kPlain, *photometric, std::move(rows)}, *raster)};
}

}  // namespace planscribe

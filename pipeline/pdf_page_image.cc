// pdf_page_image.cc: TIFF (6.0, sections 2, 3 and 11) holds the same rows of bits as PDF (ISO 32000-1, 7.4.6 and 8.9.5).
#include "pipeline/pdf_page_image.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>

namespace planscribe {
namespace {

constexpr unsigned kPlain = 1, kGroup4 = 4;  // compression in a TIFF
constexpr long long kMostPixels = 120'000'000;

struct Bilevel {
  unsigned compression = kPlain;
  bool white_is_zero = false;
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

std::optional<Bilevel> fax(QPDFObjectHandle image, QPDFObjectHandle parameters, bool inverted) {
  if (!parameters.isDictionary()) return std::nullopt;
  QPDFObjectHandle k = parameters.getKey("/K"), columns = parameters.getKey("/Columns"), black = parameters.getKey("/BlackIs1");
  const bool group4 = k.isNumber() && k.getNumericValue() < 0;
  const bool aligned = parameters.getKey("/EncodedByteAlign").isBool() && parameters.getKey("/EncodedByteAlign").getBoolValue();
  const long long width = columns.isInteger() ? columns.getIntValue() : 1728;  // PDF's default
  if (!group4 || aligned || width != image.getDict().getKey("/Width").getIntValue()) return std::nullopt;
  return Bilevel{kGroup4, inverted == (black.isBool() && black.getBoolValue()), data_of(image.getRawStreamData())};
}

// Takes so many bytes and no more, whatever a hostile stream unpacks to.
class Rows : public Pipeline {
 public:
  explicit Rows(size_t most) : Pipeline("rows", nullptr), most_(most) {}
  void write(const unsigned char* data, size_t length) override {
    if (length > most_ - bytes_.size()) throw std::runtime_error("more rows than the image has");
    bytes_.append(reinterpret_cast<const char*>(data), length);
  }
  void finish() override {}
  std::string bytes() && { return std::move(bytes_); }

 private:
  size_t most_;
  std::string bytes_;
};

// Rows of bits, each filled up to a byte.
std::optional<Bilevel> plain(QPDFObjectHandle image, long long width, long long height, bool inverted) {
  const auto size = static_cast<size_t>((width + 7) / 8 * height);
  Rows rows(size + 2);  // some writers end with a new line
  if (!image.pipeStreamData(&rows, 0, qpdf_dl_generalized, true, false)) return std::nullopt;
  Bilevel plain{kPlain, inverted, std::move(rows).bytes()};
  if (plain.bytes.size() < size) return std::nullopt;
  plain.bytes.resize(size);
  return plain;
}

std::string tiff_of(const Bilevel& image, std::uint32_t width, std::uint32_t height) {
  struct Entry {
    std::uint16_t tag;
    std::uint32_t value;
  };
  constexpr std::uint32_t kHeader = 8, kEntry = 12, kCount = 9;
  const std::uint32_t first_byte = kHeader + 2 + kCount * kEntry + 4;
  const Entry entries[kCount] = {{256, width}, {257, height}, {258, 1}, {259, image.compression}, {262, image.white_is_zero ? 0U : 1U},
                                 {273, first_byte}, {277, 1}, {278, height}, {279, static_cast<std::uint32_t>(image.bytes.size())}};
  std::string file("II*\0", 4);
  const auto put = [&file](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) file += static_cast<char>(value >> 8 * i & 255U);
  };
  put(kHeader, 4), put(kCount, 2);
  for (const Entry& entry : entries) put(entry.tag, 2), put(4, 2), put(1, 4), put(entry.value, 4);  // one LONG each
  put(0, 4);
  return file + image.bytes;
}

std::string bilevel_file(QPDFObjectHandle image, QPDFObjectHandle filter) {
  QPDFObjectHandle dictionary = image.getDict(), bits = dictionary.getKey("/BitsPerComponent");
  const long long width = dictionary.getKey("/Width").getIntValue(), height = dictionary.getKey("/Height").getIntValue();
  const auto inverted = is_inverted(dictionary);
  if (!bits.isInteger() || bits.getIntValue() != 1 || !inverted || width <= 0 || height <= 0 || width > kMostPixels / height) return {};
  std::optional<Bilevel> found;
  if (is_name(filter, "/CCITTFaxDecode"))
    found = fax(image, single(dictionary.getKey("/DecodeParms")), *inverted);
  else if (filter.isNull() || is_name(filter, "/FlateDecode") || is_name(filter, "/LZWDecode"))
    found = plain(image, width, height, *inverted);
  return found ? tiff_of(*found, static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)) : std::string();
}

}  // namespace

std::string image_file_of(QPDFObjectHandle image) {
  QPDFObjectHandle dictionary = image.getDict(), space = dictionary.getKey("/ColorSpace");
  for (const char* key : {"/SMask", "/Mask"})
    if (dictionary.hasKey(key)) return {};
  const QPDFObjectHandle filter = single(dictionary.getKey("/Filter"));
  const bool gray = is_name(space, "/DeviceGray");
  if (is_name(filter, "/DCTDecode"))
    return (gray || is_name(space, "/DeviceRGB")) && !dictionary.hasKey("/Decode") ? data_of(image.getRawStreamData()) : std::string();
  return gray ? bilevel_file(image, filter) : std::string();
}

}  // namespace planscribe

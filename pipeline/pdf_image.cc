#include "pipeline/pdf_image.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include <qpdf/QPDFPageDocumentHelper.hh>

#include "pipeline/error.h"

namespace planscribe {
namespace {

unsigned byte_at(std::string_view bytes, size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0; }
unsigned u16(std::string_view bytes, size_t at) { return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1); }
unsigned u32(std::string_view bytes, size_t at) { return u16(bytes, at) << 16 | u16(bytes, at + 2); }

QPDFObjectHandle image_dictionary(unsigned width, unsigned height, unsigned bits, const char* space) {
  return QPDFObjectHandle::parse(fmt::format("<< /Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent {} /ColorSpace {} >>",
                                             width, height, bits, space));
}

PdfImage image_of(QPDF& pdf, const std::string& data, QPDFObjectHandle dictionary) {
  PdfImage image{pdf.newStream(), dictionary.getKey("/Width").getIntValueAsInt(), dictionary.getKey("/Height").getIntValueAsInt()};
  QPDFObjectHandle filter = dictionary.getKey("/Filter"), parameters = dictionary.getKey("/DecodeParms");
  image.object.replaceDict(dictionary);
  image.object.replaceStreamData(data, filter, parameters);
  return image;
}

// The frame header says size and colours; Adobe's CMYK is stored inverted.
std::optional<PdfImage> jpeg_image(QPDF& pdf, std::string_view file) {
  if (!file.starts_with("\xFF\xD8\xFF")) return std::nullopt;
  bool adobe = false;
  for (size_t at = 2; at + 9 < file.size() && byte_at(file, at) == 0xFF;) {
    const unsigned marker = byte_at(file, at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker == 0xEE && file.substr(at + 4, 5) == "Adobe") adobe = true;
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (!frame) {
      at += 2 + u16(file, at + 2);
      continue;
    }
    const unsigned colours = byte_at(file, at + 9);
    if (marker > 0xC2 || byte_at(file, at + 4) != 8 || (colours != 1 && colours != 3 && colours != 4)) return std::nullopt;
    const char* space = colours == 1 ? "/DeviceGray" : colours == 3 ? "/DeviceRGB" : "/DeviceCMYK";
    QPDFObjectHandle dictionary = image_dictionary(u16(file, at + 7), u16(file, at + 5), 8, space);
    if (colours == 4 && adobe) dictionary.replaceKey("/Decode", QPDFObjectHandle::parse("[1 0 1 0 1 0 1 0]"));
    dictionary.replaceKey("/Filter", QPDFObjectHandle::newName("/DCTDecode"));
    return image_of(pdf, std::string(file), dictionary);
  }
  return std::nullopt;
}

struct PngParts {
  unsigned width = 0, height = 0, bits = 0, colour_type = 0;
  bool plain = false;   // nothing that PDF cannot show as it is
  std::string palette;  // R G B, ...
  std::string data;     // zlib stream of filtered rows, as PDF's FlateDecode with predictor 15 takes it
};

PngParts read_png(std::string_view file) {
  PngParts png;
  for (size_t at = 8; at + 12 <= file.size();) {
    const size_t size = u32(file, at);
    const std::string_view type = file.substr(at + 4, 4);
    if (size > file.size() - at - 12) return {};  // cut off
    const std::string_view content = file.substr(at + 8, size);
    if (type == "IHDR") {
      png.width = u32(content, 0), png.height = u32(content, 4);
      png.bits = byte_at(content, 8), png.colour_type = byte_at(content, 9);
      png.plain = size == 13 && byte_at(content, 12) == 0 && png.bits <= 8 &&
                  (png.colour_type == 0 || png.colour_type == 2 || png.colour_type == 3);
    }
    if (type == "tRNS") png.plain = false;
    if (type == "PLTE") png.palette = content;
    if (type == "IDAT") png.data += content;
    if (type == "IEND") return png;
    at += 12 + size;
  }
  return {};
}

std::optional<PdfImage> png_image(QPDF& pdf, std::string_view file) {
  if (!file.starts_with("\x89PNG\r\n\x1A\n")) return std::nullopt;
  const PngParts png = read_png(file);
  if (!png.plain || png.data.empty() || (png.colour_type == 3 && png.palette.empty())) return std::nullopt;
  const int colours = png.colour_type == 2 ? 3 : 1;
  QPDFObjectHandle dictionary = image_dictionary(png.width, png.height, png.bits, colours == 3 ? "/DeviceRGB" : "/DeviceGray");
  if (png.colour_type == 3) {
    QPDFObjectHandle space = QPDFObjectHandle::parse(fmt::format("[/Indexed /DeviceRGB {}]", png.palette.size() / 3 - 1));
    space.appendItem(QPDFObjectHandle::newString(png.palette));
    dictionary.replaceKey("/ColorSpace", space);
  }
  dictionary.replaceKey("/Filter", QPDFObjectHandle::newName("/FlateDecode"));
  dictionary.replaceKey("/DecodeParms", QPDFObjectHandle::parse(fmt::format("<< /Predictor 15 /Colors {} /BitsPerComponent {} /Columns {} >>",
                                                                           colours, png.bits, png.width)));
  return image_of(pdf, png.data, dictionary);
}

}  // namespace

PdfImage make_pdf_image(QPDF& pdf, std::string_view file, const ImageFile& image, int page) {
  if (auto made = jpeg_image(pdf, file)) return *made;
  if (auto made = png_image(pdf, file)) return *made;
  if (auto made = png_image(pdf, png_of(image.read(page)))) return *made;
  throw Error(ExitCode::input_file, "the image cannot be put into a PDF");
}

QPDFObjectHandle add_image_page(QPDF& pdf, const PdfImage& image, double width, double height) {
  QPDFObjectHandle page = pdf.makeIndirectObject(QPDFObjectHandle::parse(
      fmt::format("<< /Type /Page /MediaBox [0 0 {:.3f} {:.3f}] /Resources << /XObject << >> >> >>", width, height)));
  page.getKey("/Resources").getKey("/XObject").replaceKey("/Scan", image.object);
  page.replaceKey("/Contents", pdf.newStream(fmt::format("q {:.3f} 0 0 {:.3f} 0 0 cm /Scan Do Q\n", width, height)));
  QPDFPageDocumentHelper(pdf).addPage(page, false);
  return page;
}

}  // namespace planscribe

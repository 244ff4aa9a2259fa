#include <leptonica/allheaders.h>

#include <string>

#include "catch.h"
#include "pipeline/error.h"
#include "pipeline/image.h"
#include "pipeline/input_file.h"
#include "program.h"

using namespace planscribe;

namespace {

constexpr int kWidth = 203, kHeight = 90;  // no whole number of bytes

// Black and white in strokes and dots.
PixPtr drawing() {
  PixPtr pix(pixCreate(kWidth, kHeight, 1));
  for (int i = 0; i < 12; ++i) pixRasterop(pix.get(), 7 + 16 * i, 9 + 5 * i, 3 + i, 14, PIX_SET, nullptr, 0, 0);
  for (int i = 0; i < 40; ++i) pixSetPixel(pix.get(), (i * 37) % kWidth, (i * 53) % kHeight, 1);
  return pix;
}

// Rows of bits, 0 = black unless told otherwise.
std::string rows_of(const PixPtr& pix, bool one_is_black) {
  std::string bytes;
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; x += 8) {
      unsigned byte = 0;
      for (int i = 0; i < 8; ++i) {
        l_uint32 black = 0;
        pixGetPixel(pix.get(), x + i, y, &black);
        byte = 2 * byte + (x + i < kWidth && (black != 0) == one_is_black ? 1 : 0);
      }
      bytes += static_cast<char>(byte);
    }
  return bytes;
}

// The one strip of a group 4 TIFF.
std::string group4_of(const PixPtr& pix) {
  l_uint8* data = nullptr;
  size_t size = 0;
  REQUIRE(pixWriteMemTiff(&data, &size, pix.get(), IFF_TIFF_G4) == 0);
  const std::string file(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  REQUIRE(file.compare(0, 4, std::string("II*\0", 4)) == 0);
  const auto number = [&](size_t at, int bytes) {
    size_t value = 0;
    for (int i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(file[at + static_cast<size_t>(i)]);
    return value;
  };
  const size_t directory = number(4, 4);
  size_t from = 0, length = 0;
  for (size_t i = 0; i < number(directory, 2); ++i) {
    const size_t entry = directory + 2 + 12 * i, value = number(entry + 8, number(entry + 2, 2) == 3 ? 2 : 4);
    if (number(entry, 2) == 273) from = value;
    if (number(entry, 2) == 279) length = value;
  }
  return file.substr(from, length);
}

// A page that is an image of 200 dpi, at a place that is no whole number of points.
std::string pdf_of(const std::string& keys, const std::string& stream) {
  const std::string box = std::to_string(kWidth * 0.36) + " 0 0 " + std::to_string(kHeight * 0.36), content = "q " + box + " 0 0 cm /Im Do Q";
  return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
         "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + std::to_string(kWidth * 0.36) + " " + std::to_string(kHeight * 0.36) +
         "] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>\nendobj\n4 0 obj\n<< /Length " + std::to_string(content.size()) +
         " >>\nstream\n" + content + "\nendstream\nendobj\n5 0 obj\n<< /Type /XObject /Subtype /Image /Width " + std::to_string(kWidth) +
         " /Height " + std::to_string(kHeight) + " " + keys + " /Length " + std::to_string(stream.size()) +
         " >>\nstream\n" + stream + "\nendstream\nendobj\n6 0 obj\n<< /N 3 /Length 0 >>\nstream\n\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n";
}

const std::string kBilevel = "/BitsPerComponent 1 /ColorSpace /DeviceGray ", kGrey = "/BitsPerComponent 8 /ColorSpace /DeviceGray ",
                  kColours = "/BitsPerComponent 8 /ColorSpace /DeviceRGB ";

std::string fax_keys(const std::string& more, int columns = kWidth) {
  return "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns " + std::to_string(columns) + " /Rows " + std::to_string(kHeight) + " " + more + " >>";
}

Scan scan_of(const TestFolder& folder, const std::string& pdf) { return InputFile(folder.write("page.pdf", pdf)).scan(1); }

}  // namespace

TEST_CASE("a black-and-white page is its image, pixel by pixel, however it is stored") {
  const TestFolder folder;
  const PixPtr original = drawing();
  PixPtr negative(pixInvert(nullptr, original.get()));
  const auto same = [&](const std::string& keys, const std::string& stream) {
    INFO(keys);
    const Scan scan = scan_of(folder, pdf_of(kBilevel + keys, stream));
    l_int32 equal = 0;
    CHECK(scan.dpi == 200);
    REQUIRE(pixGetDepth(scan.pix.get()) == 1);
    CHECK((pixEqual(scan.pix.get(), original.get(), &equal) == 0 && equal != 0));
  };
  same("", rows_of(original, false));
  same("/Decode [1 0]", rows_of(original, true));
  same(fax_keys(""), group4_of(original));
  same(fax_keys("/BlackIs1 true") + " /Decode [1 0]", group4_of(original));
  same(fax_keys("/BlackIs1 true"), group4_of(negative));
}

TEST_CASE("an image that is no plain black and white, or lacks a few rows, is drawn instead") {
  const TestFolder folder;
  const std::string rows = rows_of(drawing(), false);
  for (const auto& [keys, stream] : {std::pair{std::string("/Decode [0 0.5]"), rows},
                                     {std::string(""), rows.substr(0, rows.size() - rows.size() / 25)},
                                     {std::string(""), rows + rows},
                                     {fax_keys("", kWidth - 8), group4_of(drawing())}}) {
    INFO(keys);
    const Scan scan = scan_of(folder, pdf_of(kBilevel + keys, stream));
    CHECK(pixGetDepth(scan.pix.get()) == 32);
    CHECK(pixGetHeight(scan.pix.get()) == kHeight);
  }
}

TEST_CASE("a page in plain grey or colours is its image, pixel by pixel") {
  const TestFolder folder;
  std::string grey, colours;
  for (int i = 0; i < kWidth * kHeight; ++i) {
    grey += static_cast<char>(i * 7 % 251);
    for (int colour : {i % 256, i * 3 % 256, i * 11 % 256}) colours += static_cast<char>(colour);
  }
  const Scan grey_page = scan_of(folder, pdf_of(kGrey, grey)), colour_page = scan_of(folder, pdf_of(kColours, colours));
  REQUIRE((pixGetDepth(grey_page.pix.get()) == 8 && pixGetDepth(colour_page.pix.get()) == 32));
  int wrong = 0;
  for (int i = 0; i < kWidth * kHeight; ++i) {
    l_uint32 value = 0, pixel = 0;
    pixGetPixel(grey_page.pix.get(), i % kWidth, i / kWidth, &value);
    pixGetPixel(colour_page.pix.get(), i % kWidth, i / kWidth, &pixel);
    wrong += value != static_cast<l_uint32>(i * 7 % 251) || pixel >> 8 != static_cast<l_uint32>((i % 256) << 16 | (i * 3 % 256) << 8 | i * 11 % 256);
  }
  CHECK(wrong == 0);
}

TEST_CASE("an image of which a good part is not in the file is an error, not a page of white paper") {
  const TestFolder folder;
  const std::string rows = rows_of(drawing(), false);
  const auto refused = [&](const std::string& keys, const std::string& stream) {
    INFO(keys);
    CHECK_THROWS_AS(scan_of(folder, pdf_of(keys, stream)), Error);
  };
  refused(kBilevel, rows.substr(0, rows.size() / 2));
  refused(kBilevel + "/Filter /FlateDecode", "no such stream");
  refused(kColours, std::string(kWidth * kHeight, 'x'));  // a third
  refused("/BitsPerComponent 8 /ColorSpace [/ICCBased 6 0 R] ", std::string(kWidth, 'x'));
}

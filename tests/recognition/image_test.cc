#include "pipeline/image.h"

#include <leptonica/allheaders.h>

#include <cmath>

#include "catch.h"
#include "drawn.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

std::string written(Pix* pix, int format) {
  l_uint8* data = nullptr;
  size_t size = 0;
  // Not by pixWriteMem, which the bypass of PNG replaces.
  const bool failed = format == IFF_PNG ? pixWriteMemPng(&data, &size, pix, 0) != 0
                                        : pixWriteMem(&data, &size, pix, format) != 0;
  if (failed) return "";
  std::string bytes(reinterpret_cast<char*>(data), size);
  lept_free(data);
  return bytes;
}

TEST_CASE("raw pixels become an image") {
  const unsigned char gray[] = {0, 10, 20, 99, 30, 40, 50, 99};
  const PixPtr g = make_pix_gray(gray, 3, 2, 4);
  l_uint32 value = 0;
  pixGetPixel(g.get(), 1, 1, &value);
  CHECK(value == 40);
  const unsigned char bgra[] = {1, 2, 3, 255};
  const PixPtr c = make_pix_argb32(bgra, 1, 1, 4);
  l_int32 r = 0, green = 0, b = 0;
  pixGetRGBPixel(c.get(), 0, 0, &r, &green, &b);
  CHECK((r == 3 && green == 2 && b == 1));
  CHECK(make_pix_gray(gray, 0, 2, 4) == nullptr);
}

TEST_CASE("formats are read with size and resolution") {
  const PixPtr page = drawn::paper(40, 30);
  pixSetResolution(page.get(), 300, 300);
  for (int format : {IFF_TIFF_LZW, IFF_JFIF_JPEG, IFF_BMP}) {
    const std::string bytes = written(page.get(), format);
    REQUIRE_FALSE(bytes.empty());
    CHECK(image_size(bytes).width == 40);
    CHECK(image_page_count(bytes) == 1);
    const Scan scan = read_image_page(bytes);
    CHECK(pixGetHeight(scan.pix.get()) == 30);
    CHECK(scan.dpi == 300);
  }
}

TEST_CASE("compressed formats of archives are read") {
  const PixPtr page = drawn::prose_page();
  for (int format : {IFF_PNG, IFF_JP2, IFF_WEBP}) {
    const std::string bytes = written(page.get(), format);
    REQUIRE_FALSE(bytes.empty());
    const Scan scan = read_image_page(bytes);
    CHECK(pixGetWidth(scan.pix.get()) == 1200);
    CHECK((pixGetDepth(scan.pix.get()) == 8 || pixGetDepth(scan.pix.get()) == 32));
  }
}

TEST_CASE("one bit, sixteen bits and transparency come to plain pixels") {
  const PixPtr page = drawn::prose_page();
  const PixPtr bilevel(pixThresholdToBinary(page.get(), 128));
  CHECK(pixGetDepth(read_image_page(written(bilevel.get(), IFF_TIFF_G4)).pix.get()) == 1);
  const PixPtr deep(pixConvert8To16(page.get(), 8));
  CHECK(pixGetDepth(read_image_page(written(deep.get(), IFF_PNG)).pix.get()) == 8);
  const PixPtr clear(pixCreate(60, 40, 32));  // black, but wholly transparent: the paper shows
  pixSetSpp(clear.get(), 4);
  l_uint32 value = 0;
  pixGetPixel(read_image_page(written(clear.get(), IFF_PNG)).pix.get(), 5, 5, &value);
  CHECK(value >> 8 == 0xffffff);
}

TEST_CASE("pages of a TIFF are told apart") {
  const std::unique_ptr<Pixa, void (*)(Pixa*)> pages(pixaCreate(2), [](Pixa* p) { pixaDestroy(&p); });
  pixaAddPix(pages.get(), drawn::paper(40, 30).get(), L_COPY);
  pixaAddPix(pages.get(), drawn::paper(50, 60).get(), L_COPY);
  l_uint8* data = nullptr;
  size_t size = 0;
  REQUIRE(pixaWriteMemMultipageTiff(&data, &size, pages.get()) == 0);
  const std::string bytes(reinterpret_cast<char*>(data), size);
  lept_free(data);
  CHECK(image_page_count(bytes) == 2);
  CHECK(pixGetWidth(read_image_page(bytes, 0).pix.get()) == 40);
  CHECK(pixGetWidth(read_image_page(bytes, 1).pix.get()) == 50);
  CHECK_THROWS_AS(read_image_page(bytes, 2), Error);
}

TEST_CASE("a fax of few rows gets square pixels") {
  const PixPtr page(pixThresholdToBinary(drawn::paper(204, 98).get(), 128));
  pixSetResolution(page.get(), 204, 98);
  const Scan scan = read_image_page(written(page.get(), IFF_TIFF_G4));
  CHECK(scan.dpi == 204);
  CHECK(pixGetWidth(scan.pix.get()) == 204);
  CHECK(std::abs(pixGetHeight(scan.pix.get()) - 204) <= 1);
}

TEST_CASE("an absurd size is seen in the header and refused") {
  const std::string bytes = "P5\n60000 60000\n255\n" + std::string(100, '\0');
  CHECK(image_size(bytes).pixels() > kMaxPixels);
  CHECK_THROWS_AS(read_image_page(bytes), Error);
}

TEST_CASE("what is no image is an error") {
  CHECK_THROWS_AS(image_size("this is not an image, only text"), Error);
  CHECK_THROWS_AS(read_image_page(""), Error);
  CHECK(image_page_count("this is not an image, only text") == 0);
}

}  // namespace
}  // namespace planscribe

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
    const ImageFile file(bytes);
    CHECK(file.size().width == 40);
    CHECK(file.page_count() == 1);
    const Scan scan = file.read();
    CHECK(pixGetHeight(scan.pix.get()) == 30);
    CHECK(scan.dpi == 300);
  }
}

TEST_CASE("a JPEG without its end marker is whole, one that is cut off is an error") {
  const PixPtr page = drawn::prose_page();
  const std::string bytes = written(page.get(), IFF_JFIF_JPEG), without = bytes.substr(0, bytes.size() - 2);
  l_int32 equal = 0;
  CHECK((pixEqual(ImageFile(bytes).read().pix.get(), ImageFile(without).read().pix.get(), &equal) == 0 && equal != 0));
  CHECK_THROWS_AS(ImageFile(std::string_view(bytes).substr(0, bytes.size() * 2 / 3)).read(), Error);
}

TEST_CASE("compressed formats of archives are read") {
  const PixPtr page = drawn::prose_page();
  for (int format : {IFF_PNG, IFF_JP2, IFF_WEBP}) {
    const std::string bytes = written(page.get(), format);
    REQUIRE_FALSE(bytes.empty());
    const Scan scan = ImageFile(bytes).read();
    CHECK(pixGetWidth(scan.pix.get()) == 1200);
    CHECK((pixGetDepth(scan.pix.get()) == 8 || pixGetDepth(scan.pix.get()) == 32));
  }
}

TEST_CASE("one bit, sixteen bits and transparency come to plain pixels") {
  const PixPtr page = drawn::prose_page();
  const PixPtr bilevel(pixThresholdToBinary(page.get(), 128));
  CHECK(pixGetDepth(ImageFile(written(bilevel.get(), IFF_TIFF_G4)).read().pix.get()) == 1);
  const PixPtr deep(pixConvert8To16(page.get(), 8));
  CHECK(pixGetDepth(ImageFile(written(deep.get(), IFF_PNG)).read().pix.get()) == 8);
  const PixPtr clear(pixCreate(60, 40, 32));  // black, but wholly transparent: the paper shows
  pixSetSpp(clear.get(), 4);
  l_uint32 value = 0;
  pixGetPixel(ImageFile(written(clear.get(), IFF_PNG)).read().pix.get(), 5, 5, &value);
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
  const ImageFile file(bytes);
  CHECK(file.page_count() == 2);
  CHECK(pixGetWidth(file.read(0).pix.get()) == 40);
  CHECK(pixGetWidth(file.read(1).pix.get()) == 50);
  CHECK_THROWS_AS(file.read(2), Error);
}

TEST_CASE("a fax of few rows gets square pixels") {
  const PixPtr page(pixThresholdToBinary(drawn::paper(204, 98).get(), 128));
  pixSetResolution(page.get(), 204, 98);
  const Scan scan = ImageFile(written(page.get(), IFF_TIFF_G4)).read();
  CHECK(scan.dpi == 204);
  CHECK(pixGetWidth(scan.pix.get()) == 204);
  CHECK(std::abs(pixGetHeight(scan.pix.get()) - 204) <= 1);
}

TEST_CASE("an absurd size is seen in the header and refused") {
  const std::string bytes = "P5\n60000 60000\n255\n" + std::string(100, '\0');
  CHECK(ImageFile(bytes).size().pixels() > kMaxPixels);
  CHECK_THROWS_AS(ImageFile(bytes).read(), Error);
}

TEST_CASE("what is no image is an error") {
  CHECK_THROWS_AS(ImageFile("this is not an image, only text").size(), Error);
  CHECK_THROWS_AS(ImageFile("").read(), Error);
  CHECK(ImageFile("this is not an image, only text").page_count() == 0);
}

}  // namespace
}  // namespace planscribe

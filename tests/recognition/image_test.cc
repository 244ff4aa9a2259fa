#include "pipeline/image.h"

#include <leptonica/allheaders.h>

#include "catch.h"
#include "drawn.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

std::string written(Pix* pix, int format) {
  l_uint8* data = nullptr;
  size_t size = 0;
  if (pixWriteMem(&data, &size, pix, format) != 0) return "";
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
  const unsigned char bits[] = {0x80};
  pixGetPixel(make_pix_bilevel(bits, 2, 1, 1, false).get(), 0, 0, &value);
  CHECK(value == 0);
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

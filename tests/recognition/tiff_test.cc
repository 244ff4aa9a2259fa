#include "pipeline/tiff.h"

#include <leptonica/allheaders.h>
#include <tiffio.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <functional>

#include "catch.h"
#include "drawn.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr std::uint32_t kTile = 64;

// A TIFF file in memory, written by what draw does to it.
std::string written(const std::function<void(TIFF*)>& draw) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  TIFF* tiff = TIFFFdOpen(dup(fileno(file.get())), "test", "w");
  draw(tiff);
  TIFFClose(tiff);
  std::fseek(file.get(), 0, SEEK_END);
  std::string bytes(static_cast<size_t>(std::ftell(file.get())), '\0');
  std::rewind(file.get());
  REQUIRE(std::fread(bytes.data(), 1, bytes.size(), file.get()) == bytes.size());
  return bytes;
}

// Grey pixels of a page, and how they are kept.
struct Kept {
  std::uint16_t bits = 8, photometric = PHOTOMETRIC_MINISBLACK, samples = 1, compression = COMPRESSION_LZW;
};

unsigned level(Pix* pix, std::uint32_t x, std::uint32_t y) {
  l_uint32 value = 255;
  pixGetPixel(pix, static_cast<l_int32>(x), static_cast<l_int32>(y), &value);
  return value;
}

void set_head(TIFF* tiff, std::uint32_t width, std::uint32_t height, const Kept& kept) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, kept.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, kept.samples);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, kept.photometric);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, kept.compression);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 300.0F);
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 300.0F);
}

void write_tiles(TIFF* tiff, Pix* pix, const Kept& kept) {
  const auto width = static_cast<std::uint32_t>(pixGetWidth(pix)), height = static_cast<std::uint32_t>(pixGetHeight(pix));
  set_head(tiff, width, height, kept);
  TIFFSetField(tiff, TIFFTAG_TILEWIDTH, kTile);
  TIFFSetField(tiff, TIFFTAG_TILELENGTH, kTile);
  for (std::uint32_t top = 0; top < height; top += kTile)
    for (std::uint32_t left = 0; left < width; left += kTile) {
      std::string tile(static_cast<size_t>(TIFFTileSize(tiff)), '\0');
      for (std::uint32_t y = 0; y < kTile; ++y)
        for (std::uint32_t x = 0; x < kTile; ++x) {
          const unsigned value = left + x < width && top + y < height ? level(pix, left + x, top + y) : 255;
          const size_t at = y * kTile + x;
          if (kept.bits == 1)
            tile[at / 8] = static_cast<char>(tile[at / 8] | (value < 128) << (7 - at % 8));  // one is black
          else
            for (size_t sample = 0; sample < kept.samples; ++sample) tile[at * kept.samples + sample] = static_cast<char>(value);
        }
      TIFFWriteTile(tiff, tile.data(), left, top, 0, 0);
    }
  TIFFWriteDirectory(tiff);
}

void write_tiny_page(TIFF* tiff, std::uint32_t width, std::uint32_t kind) {
  set_head(tiff, width, 1, {.compression = COMPRESSION_NONE});
  TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, kind);
  std::string row(width, '\x7f');
  TIFFWriteScanline(tiff, row.data(), 0, 0);
  TIFFWriteDirectory(tiff);
}

bool same(const PixPtr& a, const PixPtr& b) {
  l_int32 equal = 0;
  return pixEqual(a.get(), b.get(), &equal) == 0 && equal != 0;
}

// No two turns or mirrorings of it are the same.
PixPtr lopsided() {
  PixPtr pix = drawn::paper(150, 100);
  for (int y = 10; y < 40; ++y)
    for (int x = 20; x < 130 - 2 * y; ++x) pixSetPixel(pix.get(), x, y, 0);
  return pix;
}

TEST_CASE("pages in tiles are read as deep as they were kept") {
  const PixPtr page = lopsided();
  const PixPtr bilevel(pixThresholdToBinary(page.get(), 128)), colours(pixConvert8To32(page.get()));
  const auto read = [&](const Kept& kept) {
    const Scan scan = ImageFile(written([&](TIFF* tiff) { write_tiles(tiff, page.get(), kept); })).read();
    CHECK(scan.dpi == 300);
    return PixPtr(pixClone(scan.pix.get()));
  };
  CHECK(same(read({}), page));
  CHECK(same(read({.bits = 1, .photometric = PHOTOMETRIC_MINISWHITE, .compression = COMPRESSION_CCITTFAX4}), bilevel));
  CHECK(same(read({.photometric = PHOTOMETRIC_RGB, .samples = 3, .compression = COMPRESSION_ADOBE_DEFLATE}), colours));
}

TEST_CASE("a page in tiles is upright, however its rows and columns run") {
  const PixPtr page = lopsided();
  const PixPtr mirrored(pixFlipLR(nullptr, page.get())), overhead(pixRotate180(nullptr, page.get())), below(pixFlipTB(nullptr, page.get()));
  const PixPtr right(pixRotate90(page.get(), 1)), left(pixRotate90(page.get(), -1));
  const PixPtr transposed(pixFlipLR(nullptr, right.get())), across(pixFlipLR(nullptr, left.get()));
  // What TIFF 6.0 calls them: where the first row and the first column of the file lie on the page.
  const std::pair<int, const PixPtr*> kStored[] = {{ORIENTATION_TOPLEFT, &page}, {ORIENTATION_TOPRIGHT, &mirrored}, {ORIENTATION_BOTRIGHT, &overhead},
                                                   {ORIENTATION_BOTLEFT, &below}, {ORIENTATION_LEFTTOP, &transposed}, {ORIENTATION_RIGHTTOP, &left},
                                                   {ORIENTATION_RIGHTBOT, &across}, {ORIENTATION_LEFTBOT, &right}};
  for (const auto& [orientation, stored] : kStored) {
    INFO(orientation);
    const std::string bytes = written([&, orientation = orientation, stored = stored](TIFF* tiff) {
      TIFFSetField(tiff, TIFFTAG_ORIENTATION, orientation);
      write_tiles(tiff, stored->get(), {});
    });
    CHECK(same(ImageFile(bytes).read().pix, page));
  }
}

TEST_CASE("smaller copies and masks of a page are no pages") {
  const std::string bytes = written([](TIFF* tiff) {
    write_tiny_page(tiff, 16, 0);
    write_tiny_page(tiff, 8, FILETYPE_REDUCEDIMAGE);
    write_tiny_page(tiff, 16, FILETYPE_MASK);
    write_tiny_page(tiff, 20, FILETYPE_PAGE);
  });
  const ImageFile file(bytes);
  REQUIRE(file.page_count() == 2);
  CHECK(file.size(1).width == 20);
}

TEST_CASE("where a TIFF breaks off, the pages before are read and an error stands for the rest") {
  const std::string whole = written([](TIFF* tiff) {
    for (std::uint32_t width : {16U, 17U, 18U}) write_tiny_page(tiff, width, FILETYPE_PAGE);
  });
  const std::vector<TiffPage> pages = tiff_pages(whole, 100);
  REQUIRE(pages.size() == 3);
  const std::string cut = whole.substr(0, pages[2].offset + 8);
  const ImageFile file(cut);
  REQUIRE(file.page_count() == 3);
  CHECK(pixGetWidth(file.read(1).pix.get()) == 17);
  CHECK_THROWS_AS(file.read(2), Error);
  CHECK(tiff_pages(whole, 2).size() == 2);
}

TEST_CASE("a TIFF of many pages takes time by their number, not by its square") {
  constexpr std::uint32_t kPages = 1500;  // 45 s of processor time when each page was looked for from the first
  const std::string bytes = written([](TIFF* tiff) {
    for (std::uint32_t page = 0; page < kPages; ++page) write_tiny_page(tiff, 8 + page % 50, FILETYPE_PAGE);
  });
  const std::clock_t begin = std::clock();
  const ImageFile file(bytes);
  REQUIRE(file.page_count() == static_cast<int>(kPages));
  for (int page = 0; page < file.page_count(); ++page)
    if (pixGetWidth(file.read(page).pix.get()) != 8 + page % 50) FAIL("page " << page);
  CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < 10);
}

}  // namespace
}  // namespace planscribe

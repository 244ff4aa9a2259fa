// The page on which a person looks at values beside their places on the scan.
#include "pipeline/review_page.h"

#include "catch.h"
#include "pipeline/hash.h"
#include "pipeline/image.h"
#include "program.h"

using namespace planscribe;

namespace {

// A white page of 600 x 800 with a black bar where the item stands.
std::string draw_page() {
  std::vector<unsigned char> pixels(600 * 800, 255);
  for (int y = 100; y < 120; ++y)
    for (int x = 200; x < 400; ++x) pixels[y * 600 + x] = 0;
  return png_of({make_pix_gray(pixels.data(), 600, 800, 600), 100});
}

ReviewItem item_on(const std::string& path) {
  return {path, "document.number", "34/KH-UBND", 0.5, "34/KH-UBND", "34/KH-UBNĐ", 1, 1, {{200, 100, 400, 120}}, sha256_of_file(path), 0};
}

size_t count(const std::string& text, const std::string& part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("the review page shows the place on the scan, marked") {
  const TestFolder folder;
  const ReviewItem item = item_on(folder.write("a.png", draw_page()));
  const std::string page = make_review_page("out/corpus.db", {item, item});
  CHECK(count(page, "data:image/png;base64,iVBOR") == 2);
  CHECK(page.find("\"marks\":[[") != std::string::npos);
  CHECK(page.find("34/KH-UBND") != std::string::npos);
  ReviewItem turned = item;
  turned.rotation = 90;  // the cutting of 300 x 46 is shown standing: the mark is as narrow as the bar is high
  const std::string on_side = make_review_page("out/corpus.db", {turned});
  CHECK(on_side.find("\"image\"") != std::string::npos);
  CHECK(on_side != make_review_page("out/corpus.db", {item}));
}

TEST_CASE("the review page goes without pictures where the document is another or gone") {
  const TestFolder folder;
  ReviewItem item = item_on(folder.write("a.png", draw_page()));
  item.sha256 = "another";
  CHECK(count(make_review_page("corpus.db", {item}), "data:image/png") == 0);
  item.path = folder / "gone.png";
  CHECK(count(make_review_page("corpus.db", {item}), "data:image/png") == 0);
  item.boxes = {{5000, 5000, 5100, 5100}};
  item = item_on(folder / "a.png");
  item.boxes = {{5000, 5000, 5100, 5100}};
  CHECK(count(make_review_page("corpus.db", {item}), "data:image/png") == 0);
}

TEST_CASE("no text of a document breaks out of the review page") {
  const TestFolder folder;
  ReviewItem item = item_on(folder.write("a.png", draw_page()));
  item.raw = "</script><script>alert(1)</script>ITEMS";
  const std::string page = make_review_page("corpus.db", {item});
  CHECK(count(page, "</script>") == 2);
  CHECK(count(page, "alert(1)") == 1);
}

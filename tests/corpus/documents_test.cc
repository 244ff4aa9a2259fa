// Documents read back as values.
#include "corpus/documents.h"

#include "catch.h"
#include "rules/record_json.h"
#include "tests/corpus/fixtures.h"

using namespace planscribe;

namespace {

Page damaged_page() {
  Page page = make_page(2, "Ké hoach thi đua\nnăm 2024");
  page.origin = PageOrigin::ocr;
  page.rotation = 180;
  Word& word = page.regions[0].lines[0].words[0];
  word.text = "Kế";
  word.margin = 3.25f;
  word.reason = ChangeReason::mark;
  page.regions[0].kind = RegionKind::title;
  page.regions[0].box = {200, 100, 690, 170};
  Region cell;
  cell.kind = RegionKind::table;
  cell.row = 3;
  cell.column = 0;
  page.regions.push_back(cell);
  return page;
}

}  // namespace

TEST_CASE("pages come back word for word", "[documents]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  store.put_document(make_document("a.pdf"), {make_page(1, "một"), damaged_page()}, Record(), to_json_line(Record()));
  const std::vector<Page> pages = read_pages(store, "a.pdf");
  REQUIRE(pages.size() == 2);
  const Page &page = pages[1], before = damaged_page();
  CHECK(page.number == 2);
  CHECK(page.rotation == 180);
  CHECK(page.dpi == before.dpi);
  REQUIRE(page.regions.size() == 2);
  CHECK(page.regions[0].kind == RegionKind::title);
  CHECK(page.regions[0].box == before.regions[0].box);
  CHECK(page.regions[0].row == -1);
  CHECK(page.regions[1].row == 3);
  REQUIRE(page.regions[0].lines.size() == 2);
  CHECK(page.regions[0].lines[0].box == Box{200, 100, 590, 130});
  for (size_t l = 0; l < 2; ++l) {
    const auto &words = page.regions[0].lines[l].words, &expected = before.regions[0].lines[l].words;
    REQUIRE(words.size() == expected.size());
    for (size_t w = 0; w < words.size(); ++w) {
      CHECK(words[w].raw == expected[w].raw);
      CHECK(words[w].text == expected[w].text);
      CHECK(words[w].box == expected[w].box);
      CHECK(words[w].reason == expected[w].reason);
      CHECK(words[w].margin == expected[w].margin);
      CHECK(std::abs(words[w].confidence - expected[w].confidence) < 0.006);
    }
  }
}

TEST_CASE("documents are listed by the filters of the search, records come back", "[documents]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  for (const int year : {2023, 2024}) {
    const Record record = make_record("Ủy ban nhân dân xã Suối Đá", year);
    store.put_document(make_document(std::to_string(year) + ".pdf"), {}, record, to_json_line(record));
  }
  StoredDocument failed = make_document("failed.pdf");
  failed.status = "failed";
  store.put_failed_document(failed);
  CHECK(list_documents(store) == std::vector<std::string>{"2023.pdf", "2024.pdf"});
  SearchFilter filter;
  filter.year = 2024;
  CHECK(list_documents(store, filter) == std::vector<std::string>{"2024.pdf"});
  CHECK(read_record(store, "2024.pdf").document.plan_year->value == 2024);
  CHECK_THROWS_AS(read_record(store, "failed.pdf"), Error);
  CHECK_THROWS_AS(read_pages(store, "other.pdf"), Error);
}

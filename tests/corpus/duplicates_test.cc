// The same file under two names, the same plan scanned twice; plans of one wording that are different plans.
#include "corpus/duplicates.h"

#include <random>

#include "catch.h"
#include "corpus/search.h"
#include "tests/corpus/fixtures.h"

using namespace planscribe;

namespace {

std::string text_of(unsigned seed, int words = 300) {
  std::mt19937 random(seed);
  std::string text;
  for (int i = 0; i < words; ++i) text += "tu" + std::to_string(random() % 5000) + (i % 12 == 11 ? "\n" : " ");
  return text;
}

// One word in `every` misread, as two scans differ.
std::string misread(const std::string& text, unsigned every, unsigned seed) {
  std::mt19937 random(seed);
  std::string out = text;
  for (size_t i = 0; i + 1 < out.size(); ++i)
    if (out[i] == ' ' && random() % every == 0) out[i + 1] = 'x';
  return out;
}

Record record_of(const std::string& number, const std::string& date, int year, const std::string& body) {
  Record record = make_record(body, year);
  if (!number.empty()) record.document.number = Field<std::string>{number, {}};
  if (!date.empty()) record.document.issue_date = Field<std::string>{date, {}};
  return record;
}

void put(Store& store, const std::string& path, const std::string& text, const Record& record, const std::string& sha = "") {
  StoredDocument document = make_document(path);
  if (!sha.empty()) document.sha256 = sha;
  store.put_document(document, {make_page(1, text)}, record, "{}");
}

}  // namespace

TEST_CASE("two scans of one plan are linked, the same bytes are one", "[duplicates]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  const std::string text = text_of(1);
  const Record record = record_of("12/KH-UBND", "2024-03-07", 2024, "Ủy ban nhân dân xã Suối Đá");
  put(store, "a.pdf", text, record, "one");
  put(store, "copy.pdf", text, record, "one");
  put(store, "other.pdf", text_of(2), record, "three");
  put(store, "rescan.pdf", misread(text, 20, 5), record_of("", "2024-03-07", 2024, "Ủy ban nhân dân xã Suối Đá"), "two");
  const auto pairs = list_duplicates(store);
  REQUIRE(pairs.size() == 3);
  CHECK(pairs[0].path == "a.pdf");
  CHECK(pairs[0].other == "copy.pdf");
  CHECK(pairs[0].same_bytes);
  CHECK(pairs[1].other == "rescan.pdf");
  CHECK_FALSE(pairs[1].same_bytes);
  CHECK(pairs[1].similarity > 0.6);
  CHECK(pairs[1].similarity < 1);
  CHECK(list_duplicates(store, "rescan.pdf").size() == 2);
  CHECK(list_duplicates(store, "other.pdf").empty());
  const auto hits = search(store, text.substr(0, text.find(' ')), {.path = "a.pdf"}, 5);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].duplicates == std::vector<std::string>{"copy.pdf", "rescan.pdf"});

  // What changes is linked anew; nothing of the old text stays.
  put(store, "rescan.pdf", text_of(3), record, "two");
  CHECK(list_duplicates(store).size() == 1);
  CHECK(count(store, "near_duplicates") == 2);  // a.pdf and copy.pdf
}

TEST_CASE("plans of one wording for two years or two communes are not one plan", "[duplicates]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  const std::string text = text_of(1);
  put(store, "2023.pdf", text, record_of("12/KH-UBND", "2023-03-07", 2023, "Ủy ban nhân dân xã Suối Đá"));
  put(store, "2024.pdf", misread(text, 60, 2), record_of("15/KH-UBND", "2024-03-05", 2024, "Ủy ban nhân dân xã Suối Đá"));
  put(store, "elsewhere.pdf", misread(text, 60, 3), record_of("12/KH-UBND", "2023-03-09", 2023, "Ủy ban nhân dân xã Hoà An"));
  CHECK(list_duplicates(store).empty());
  // One field misread, all the others and the text agree.
  put(store, "rescan.pdf", misread(text, 60, 4), record_of("72/KH-UBND", "2023-03-07", 2023, "Ủy ban nhân dân xã Suối Đá"));
  REQUIRE(list_duplicates(store).size() == 1);
  CHECK(list_duplicates(store)[0].path == "2023.pdf");
}

TEST_CASE("texts of a few words are not compared", "[duplicates]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  for (const char* path : {"a.pdf", "b.pdf"}) put(store, path, "KẾ HOẠCH thi đua", Record());
  CHECK(list_duplicates(store).empty());
}

TEST_CASE("many plans made from one form stay quick to store", "[duplicates]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  const std::string text = text_of(1, 100);
  for (int i = 0; i < 300; ++i)
    put(store, std::to_string(i), misread(text, 50, static_cast<unsigned>(i)), record_of(std::to_string(i) + "/KH", "", 2000 + i % 20, std::to_string(i)));
  CHECK(list_duplicates(store).empty());
  CHECK(count(store, "signatures") == 300);
}

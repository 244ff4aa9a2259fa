// Words that OCR misread are found, below the words themselves; and what search costs stays bounded.
#include <algorithm>
#include <chrono>
#include <random>

#include "catch.h"
#include "corpus/search.h"
#include "corpus/vocabulary.h"
#include "tests/corpus/fixtures.h"

using namespace planscribe;

namespace {

std::vector<std::string> paths(const Store& store, const std::string& query, int limit = 100, const SearchFilter& filter = {}) {
  std::vector<std::string> result;
  for (const Hit& hit : search(store, query, filter, limit)) result.push_back(hit.path);
  return result;
}
using Paths = std::vector<std::string>;

// Edit distance by definition.
size_t naive_distance(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  const size_t rest = naive_distance(a.substr(1), b.substr(1)) + (a[0] != b[0]);
  return std::min({rest, naive_distance(a.substr(1), b) + 1, naive_distance(a, b.substr(1)) + 1});
}

}  // namespace

TEST_CASE("misread words are found below the words themselves", "[search][fuzzy]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  const auto put = [&](const std::string& path, const std::string& text) {
    store.put_document(make_document(path), {make_page(1, text)}, Record(), "{}");
  };
  put("misread", "Kế hoạcb thi đua phường Nhcrn Hưng");
  put("right", "Kế hoạch thi đua phường Nhơn Hưng");
  put("other", "Kế toán thi đấu phường Nhân Hưng hoan nghênh");
  CHECK(paths(store, "kế hoạch") == Paths{"right", "misread"});
  CHECK(paths(store, "ke hoach") == Paths{"right", "misread"});
  CHECK(paths(store, "\"kế hoạch\"") == Paths{"right", "misread"});
  CHECK(paths(store, "\"kê hoạch\"").empty());  // the word with marks is still that word
  CHECK(paths(store, "kế hoạch", 1) == Paths{"right"});
  CHECK(paths(store, "hoạch NOT hưng").empty());
  CHECK(paths(store, "hoan") == Paths{"other"});  // hoạch, hoạcb are more than an edit away
  const auto hits = search(store, "hoạch", {}, 10);
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].kind == HitKind::very_marks);
  CHECK(hits[1].kind == HitKind::misread);
  CHECK(hits[1].snippet.find("[hoạcb]") != std::string::npos);
  // Another syllable is another word, not a misreading.
  CHECK(paths(store, "nhan") == Paths{"other"});
  CHECK(paths(store, "đấu") == Paths{"other"});
  // A word of the query that is none itself is taken for mistyped.
  CHECK(paths(store, "toánn") == Paths{"other"});
  put("misread", "trang trắng");
  CHECK(paths(store, "hoạch") == Paths{"right"});
}

TEST_CASE("misreadings: nearest first, none for numbers and short words", "[fuzzy]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  store.put_document(make_document("a"), {make_page(1, "hoacb hoacb hcach hocb 2025 kjk phatdong phatdcng phetdcng")}, Record(), "{}");
  store.put_document(make_document("b"), {make_page(1, "hcach")}, Record(), "{}");
  const Database& database = store.database();
  CHECK(find_misreadings(database, "hoach", 8) == Paths{"hcach", "hoacb"});
  CHECK(find_misreadings(database, "hoach", 1) == Paths{"hcach"});
  CHECK(find_misreadings(database, "2024", 8).empty());
  CHECK(find_misreadings(database, "kj", 8).empty());
  CHECK(find_misreadings(database, "phatdong", 8) == Paths{"phatdcng", "phetdcng"});
  CHECK(find_misreadings(database, "", 8).empty());
  CHECK(find_misreadings(database, std::string(5000, 'a'), 8).empty());
}

TEST_CASE("syllables are told from other words", "[fuzzy]") {
  for (const char* word : {"ke", "hoach", "nghieng", "duoc", "thuy", "gi", "quyet", "uy", "ban", "nguoi", "giua", "khuya", "oanh", "xoong"})
    CHECK(spelt_like_syllable(word));
  for (const char* word : {"hoacb", "hcach", "kehoach", "zzz", "tr", "nghh", "x", "thl", "dqng"}) CHECK_FALSE(spelt_like_syllable(word));
}

TEST_CASE("bounded edit distance agrees with the definition", "[fuzzy]") {
  std::mt19937 random(3);
  const auto word = [&] {
    std::string text;
    for (size_t i = random() % 7; i > 0; --i) text += static_cast<char>('a' + random() % 3);
    return text;
  };
  for (int i = 0; i < 2000; ++i) {
    const std::string a = word(), b = word();
    const size_t exact = naive_distance(a, b);
    for (const size_t most : {0u, 1u, 2u, 9u}) CHECK(edit_distance(a, b, most) == std::min(exact, most + 1));
  }
}

TEST_CASE("the vocabulary forgets the words of replaced pages", "[fuzzy]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  for (int i = 0; i < 3; ++i) store.put_document(make_document("a"), {make_page(1, "hoacb hoacb"), make_page(2, "hoacb")}, Record(), "{}");
  CHECK(count(store, "vocabulary WHERE word = 'hoacb' AND pages = 2") == 1);
  store.put_failed_document(make_document("a"));
  CHECK(find_misreadings(store.database(), "hoach", 8).empty());
}

TEST_CASE("bounds change how a search works, not what a filter finds", "[search]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  store.database().execute("PRAGMA synchronous = OFF");
  for (int i = 0; i < 60; ++i) {
    std::vector<Page> pages;
    for (int p = 1; p <= 3; ++p) pages.push_back(make_page(p, i % 7 == p ? "kế hoạch thi đua hiếm" : "kế hoạch thi đua"));
    store.put_document(make_document(std::to_string(i)), pages, make_record("xã", 2000 + i % 5), "{}");
  }
  SearchFilter filter;
  filter.year = 2003;
  for (const char* query : {"ke hoach", "hiếm", "thi NOT hiem", "hoach*", "không"}) {
    INFO(query);
    const auto by_scan = paths(store, query, 500, filter);
    const auto hits = search(store, query, filter, 500, {.candidates = 1000, .scan = 0});
    Paths by_document;
    for (const Hit& hit : hits) by_document.push_back(hit.path);
    CHECK(by_scan == by_document);
    CHECK(by_scan.empty() == (std::string(query) == "không"));
  }
  const auto newest = search(store, "kế hoạch", {}, 500, {.candidates = 50, .scan = 10});
  CHECK(newest.size() == 50);
  for (const Hit& hit : newest) CHECK(hit.path >= "43");
  CHECK(search(store, "kế hoạch", {}, 0).empty());
}

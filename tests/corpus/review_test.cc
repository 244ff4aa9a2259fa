// What a person should look at first.
#include "corpus/review.h"

#include "catch.h"
#include "corpus/corrections.h"
#include "corpus/documents.h"
#include "tests/corpus/fixtures.h"
#include "rules/record_json.h"

using namespace planscribe;

namespace {

// A document whose targets have these confidences, all to be reviewed.
void put(Store& store, const std::string& path, const std::vector<double>& confidences) {
  Record record = make_record("UBND xã Hòa Bình", 2024);
  for (double confidence : confidences) {
    Target target = make_target("Tỷ lệ hộ nghèo", 100 * confidence, "%");
    target.evidence.confidence = confidence;
    target.evidence.boxes = {{10, 20, 300, 50}};
    record.quality.needs_review.push_back("targets[" + std::to_string(record.targets.size()) + "]");
    record.targets.push_back(target);
  }
  store.put_document(make_document(path), {make_page(1, "Tỷ lệ hộ nghèo")}, record, to_json_line(record));
}

}  // namespace

TEST_CASE("review lists the least certain values of the corpus first") {
  const TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  put(store, "a.pdf", {0.5, 0.7});
  put(store, "b.pdf", {0.6});
  put(store, "c.pdf", {});
  const auto items = list_review(store, {}, 10);
  REQUIRE(items.size() == 3);
  CHECK(items[0].path == "a.pdf");
  CHECK(items[0].field == "targets[0]");
  CHECK(items[0].value.at("value") == 50);
  CHECK_FALSE(items[0].value.contains("evidence"));
  CHECK(items[0].boxes == std::vector<Box>{{10, 20, 300, 50}});
  CHECK(items[0].sha256 == "sha-a.pdf");
  CHECK(items[1].path == "b.pdf");
  CHECK(items[2].field == "targets[1]");
  CHECK(list_review(store, {}, 1).size() == 1);
  SearchFilter only;
  only.path = "b.pdf";
  CHECK(list_review(store, only, 10).size() == 1);
}

TEST_CASE("what a person has confirmed or mended is not listed again") {
  const TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  put(store, "a.pdf", {0.5, 0.6, 0.7});
  const auto item = list_review(store, {}, 1).at(0);
  REQUIRE(correct(store, {.path = item.path, .field = item.field, .value = item.value, .who = "lan", .made = {}, .before = {}}));
  CHECK(list_corrections(store).at(0).state == "agrees");
  CHECK(read_record(store, "a.pdf").targets.at(0).evidence.rule != "correction");
  CHECK(list_review(store, {}, 10).at(0).field == "targets[1]");
  REQUIRE(correct(store, {.path = "a.pdf", .field = "targets[1].value", .value = 61, .who = "lan", .made = {}, .before = {}}));
  REQUIRE(correct(store, {.path = "a.pdf", .field = "targets[2]", .value = nullptr, .who = "lan", .made = {}, .before = {}}));
  CHECK(list_review(store, {}, 10).empty());
}

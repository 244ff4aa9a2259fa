#include <atomic>
#include <thread>

#include "catch.h"
#include "tests/corpus/fixtures.h"

using namespace planscribe;

namespace {

Record full_record() {
  Record record = make_record("Ủy ban nhân dân xã Suối Đá", 2024);
  record.document.number = Field<std::string>{"12/KH-UBND", {}};
  record.document.recipients.push_back({"Các thôn", {}});
  record.references.push_back({"Chỉ thị", "34-CT/TW", "2014-04-07", "Bộ Chính trị", {}});
  Round round;
  round.label = "Đợt 1";
  round.from = "2024-01";
  round.to = "2024-06";
  round.occasions.push_back({"Quốc khánh", 79, "1945-09-02", "2024-09-02", {}});
  record.rounds.push_back(round);
  Target target = make_target("Tỷ lệ hộ nghèo", 0.08, "%");
  target.comparator = "<";
  record.targets.push_back(target);
  return record;
}

}  // namespace

TEST_CASE("page results come back byte for byte", "[store]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  CHECK_FALSE(store.find_page("a"));
  const std::string bytes("{\"a\":\0 \xff}", 9);
  store.put_page("a", bytes);
  store.put_page("a", bytes);
  CHECK(store.find_page("a") == bytes);
  CHECK(count(store, "page_cache") == 1);
  store.put_page("a", "new");
  store.put_page("empty", "");
  CHECK(store.find_page("a") == "new");
  CHECK(store.find_page("empty") == "");
  Store again(folder.file("corpus.db"), true);
  CHECK(again.find_page("a") == "new");
}

TEST_CASE("a document comes back, as values and as typed rows", "[store]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  store.put_document(make_document("b.pdf"), {make_page(1, "Kế hoạch\nthi đua"), make_page(2, "Nơi nhận")},
                     full_record(), "{\"b\":1}");
  store.put_document(make_document("a.pdf"), {make_page(1, "Kế hoạch")}, full_record(), "{\"a\":1}");
  const auto found = store.find_document("b.pdf");
  REQUIRE(found);
  CHECK(found->sha256 == "sha-b.pdf");
  CHECK(found->input_key == "input-b.pdf");
  CHECK(found->record_key == "record-b.pdf");
  CHECK(found->status == "done");
  CHECK_FALSE(store.find_document("c.pdf"));
  CHECK(store.records() ==
        std::vector<std::pair<std::string, std::string>>{{"a.pdf", "{\"a\":1}"}, {"b.pdf", "{\"b\":1}"}});
  CHECK(count(store, "words WHERE text = 'đua' AND line = 2 AND position = 2 AND box_left = 300") == 1);
  CHECK(count(store, "rounds WHERE starts = '2024-01' AND ends = '2024-06'") == 2);
  CHECK(count(store, "occasions WHERE round = 1 AND anniversary = 79") == 2);
  CHECK(count(store, "citations WHERE number = '34-CT/TW' AND date = '2014-04-07'") == 2);
  CHECK(count(store, "targets WHERE value < 0.1 AND value_max IS NULL AND comparator = '<'") == 2);
  CHECK(count(store, "recipients WHERE name = 'Các thôn'") == 2);
  CHECK(count(store, "pages WHERE text = 'Kế hoạch\nthi đua\n'") == 1);
}

TEST_CASE("replacing a document leaves nothing of the old one, and is idempotent", "[store]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  store.put_document(make_document("a.pdf"), {make_page(1, "cũ"), make_page(2, "cũ")}, full_record(), "{}");
  store.put_document(make_document("other.pdf"), {make_page(1, "khác")}, full_record(), "{}");
  const Record empty;
  for (int i = 0; i < 2; ++i) {
    store.put_document(make_document("a.pdf"), {make_page(1, "mới hơn")}, empty, "{}");
    CHECK(count(store, "documents") == 2);
    CHECK(count(store, "pages") == 2);
    CHECK(count(store, "words") == 3);
    CHECK(count(store, "targets") == 1);
    CHECK(count(store, "rounds") == 1);
    CHECK(count(store, "occasions") == 1);
    CHECK(count(store, "page_search") == 2);
    CHECK(count(store, "indicator_search") == 1);
    CHECK(count(store, "page_search WHERE page_search MATCH 'cu'") == 0);
  }
}

TEST_CASE("a failed document drops its pages and keeps corrections", "[store]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  store.put_document(make_document("a.pdf"), {make_page(1, "cũ")}, full_record(), "{}");
  store.database().execute(
      "INSERT INTO corrections (path, sha256, field, anchor, before, value, who, made) "
      "VALUES ('a.pdf', 'x', 'document.number', '[]', 'null', '\"1\"', 'me', '2026-01-01')");
  StoredDocument failed = make_document("a.pdf");
  failed.status = "encrypted";
  failed.error = "a.pdf: needs a password";
  store.put_failed_document(failed);
  CHECK(store.find_document("a.pdf")->error == failed.error);
  CHECK(store.records().empty());
  CHECK(count(store, "pages") == 0);
  CHECK(count(store, "targets") == 0);
  CHECK(count(store, "page_search") == 0);
  CHECK(count(store, "corrections") == 1);
}

TEST_CASE("runs keep their history", "[store]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  const auto killed = store.begin_run("planscribe run a");
  const auto ended = store.begin_run("planscribe run b");
  store.end_run(ended, "{\"pages\":3}");
  CHECK(killed != ended);
  CHECK(count(store, "runs WHERE ended IS NULL") == 1);
  CHECK(count(store, "runs WHERE ended >= started AND counts = '{\"pages\":3}'") == 1);
}

TEST_CASE("readers see whole documents while one process writes", "[store]") {
  TemporaryFolder folder;
  const std::string file = folder.file("corpus.db");
  Store writer(file);
  writer.put_document(make_document("a.pdf"), {make_page(1, "một"), make_page(2, "hai")}, full_record(),
                      "{}");
  std::atomic<bool> stop = false;
  std::atomic<int> looks = 0, torn = 0;
  std::thread reader([&] {
    Store store(file, true);
    while (!stop) {
      if (count(store, "pages") % 2 != 0) ++torn;
      if (store.records().empty()) ++torn;
      ++looks;
    }
  });
  while (looks == 0) std::this_thread::yield();
  for (int i = 0; i < 30; ++i)
    writer.put_document(make_document(std::to_string(i % 3) + ".pdf"),
                        {make_page(1, "ba"), make_page(2, "bốn")}, full_record(), "{}");
  stop = true;
  reader.join();
  CHECK(torn == 0);
  // A reader with an open statement keeps its view and does not stop the writer.
  Store slow(file, true);
  Statement open(slow.database(), "SELECT id FROM pages");
  REQUIRE(open.step());
  writer.put_page("k", "v");
  CHECK(writer.find_page("k") == "v");
}

// A corpus of schema 1 is brought up to date without loss.
#include "catch.h"
#include "corpus/corrections.h"
#include "corpus/documents.h"
#include "corpus/schema.h"
#include "corpus/search.h"
#include "rules/record_json.h"
#include "tests/corpus/fixtures.h"

using namespace planscribe;

namespace {

std::string read_data(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(SOURCE_DIR "/tests/corpus/data/" + name).rdbuf();
  return text.str();
}

// Names and SQL of what the schema makes, white space and comments aside.
std::vector<std::string> shape(const Database& database) {
  std::vector<std::string> items;
  Statement rows(database, "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name");
  while (rows.step()) {
    std::string item = rows.text(0);
    Statement columns(database, "SELECT group_concat(name || ' ' || type || ' ' || pk) FROM "
                                "(SELECT * FROM pragma_table_info(?) ORDER BY name)");
    columns.bind(item);
    columns.step();
    items.push_back(item + ": " + columns.text(0));
  }
  return items;
}

}  // namespace

TEST_CASE("a corpus of schema 1 migrates", "[schema]") {
  TemporaryFolder folder;
  const std::string file = folder.file("old.db");
  Database(file, Database::Mode::write).execute(read_data("corpus1.sql"));
  CHECK(opening_error(file, true, ExitCode::invalid_data).find("schema 1") != std::string::npos);
  Store store(file);
  Store fresh(folder.file("new.db"));
  CHECK(shape(store.database()) == shape(fresh.database()));

  const std::vector<Page> pages = read_pages(store, "old/a.pdf");
  REQUIRE(pages.size() == 2);
  REQUIRE(pages[0].regions.size() == 2);
  CHECK(pages[0].regions[0].lines.size() + pages[0].regions[1].lines.size() == 4);  // the empty one, too
  const Word& word = pages[0].regions[0].lines[0].words[0];
  CHECK(word.raw == "Ke");
  CHECK(word.text == "Kế");
  CHECK(word.box == Box{100, 100, 150, 130});
  CHECK(word.confidence == 0.88f);
  CHECK(word.reason == ChangeReason::mark);
  CHECK(pages[0].regions[1].lines.back().words[0].text == "\"năm\"");
  CHECK(pages[1].regions[0].lines[0].words[1].text == "nhận");
  CHECK(count(store, "words WHERE line = 4 AND position = 2 AND region = 2 AND text = '2024' AND box_left = 210") == 1);

  CHECK(store.find_page("k") == std::string("{\0\xff}", 4));
  CHECK(read_record(store, "old/a.pdf").document.number->value == "12/KH-UBND");
  CHECK(search(store, "ke hoach", {}, 5).size() == 1);
  CHECK(find_targets(store, {.indicator = "hộ nghèo"}).size() == 1);
  CHECK(store.find_document("old/b.pdf")->status == "failed");
  const auto corrections = list_corrections(store);
  REQUIRE(corrections.size() == 1);
  CHECK(corrections[0].value == "Suối Đá");

  // What was migrated is as good as new: it can be corrected and replaced.
  correct(store, {.path = "old/a.pdf", .field = "targets[0].value", .value = 0.9, .who = "test", .made = {}, .before = {}});
  CHECK(find_targets(store, {.indicator = "ho ngheo"})[0].value == 0.9);
  CHECK(read_record(store, "old/a.pdf").document.place->value == "Suối Đá");
  store.put_document(make_document("old/a.pdf"), {make_page(1, "mới")}, Record(), to_json_line(Record()));
  CHECK(search(store, "ke hoach", {}, 5).empty());
  Statement check(store.database(), "PRAGMA integrity_check");
  check.step();
  CHECK(check.text(0) == "ok");
}

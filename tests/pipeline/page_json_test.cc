#include "pipeline/page_json.h"

#include "catch.h"

using namespace planscribe;

TEST_CASE("a page comes back from JSON as it went in") {
  Page page;
  page.number = 3;
  page.width = 1654, page.height = 2339, page.dpi = 200, page.rotation = 180;
  Word word;
  word.raw = "giãm", word.text = "giảm";
  word.box = {10, 20, 60, 44};
  word.confidence = 0.75f, word.margin = 2.5f;
  word.reason = ChangeReason::mark;
  word.glyphs = {{"g", {}}, {"ã", {{"ả", 1.5f}, {"ẫ", 3.25f}}}};
  page.regions.push_back({RegionKind::table, {1, 2, 300, 400}, {{{word}, {10, 20, 60, 44}}}, 2, 1});
  const nlohmann::json json = to_json(page);
  CHECK(to_json(page_from_json(json)) == json);
  const Page back = page_from_json(nlohmann::json::parse(json.dump()));
  CHECK(back.regions[0].kind == RegionKind::table);
  CHECK(back.regions[0].row == 2);
  CHECK(back.regions[0].lines[0].words[0].glyphs[1].alternatives[1].text == "ẫ");
  CHECK(back.regions[0].lines[0].words[0].reason == ChangeReason::mark);
}

TEST_CASE("a page of another shape is refused") {
  CHECK_THROWS(page_from_json(nlohmann::json::object()));
  nlohmann::json json = to_json(Page{});
  json["status"] = "nonsense";
  CHECK_THROWS(page_from_json(json));
}

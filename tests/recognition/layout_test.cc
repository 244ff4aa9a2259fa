#include "pipeline/layout.h"

#include <leptonica/allheaders.h>

#include <algorithm>

#include "catch.h"
#include "drawn.h"
#include "pipeline/background.h"
#include "pipeline/letters.h"
#include "pipeline/placing.h"
#include "pipeline/tables.h"

namespace planscribe {
namespace {

std::vector<Area> layout_of(const PixPtr& page) {
  CleanPage sheet;
  sheet.gray.reset(pixClone(page.get()));
  sheet.bilevel = binarise(page.get());
  sheet.letter = find_letters(sheet.bilevel.get()).height;
  return find_layout(sheet).areas;
}

bool has(const std::vector<Area>& areas, RegionKind kind) {
  return std::any_of(areas.begin(), areas.end(), [&](const Area& a) { return a.kind == kind; });
}

TEST_CASE("running text is one area") {
  const auto areas = layout_of(drawn::prose_page());
  REQUIRE(areas.size() == 1);
  CHECK(areas.front().kind == RegionKind::body);
}

TEST_CASE("a head of two columns is parted") {
  const PixPtr page = drawn::paper(1200, 1400);
  drawn::text(page, 180, 100, {"PEOPLE OF", "THE WARD OF", "THE TOWN", "No 28 KH"});
  drawn::text(page, 640, 100, {"THE LAND AND ITS PEOPLE", "Free and happy", "", "Town, the sixth of May"});
  drawn::text(page, 150, 450, drawn::prose());
  const auto areas = layout_of(page);
  REQUIRE(areas.size() == 3);
  CHECK(areas[0].kind == RegionKind::head_left);
  CHECK(areas[1].kind == RegionKind::head_right);
  CHECK(areas[2].kind == RegionKind::body);
  CHECK(areas[0].print.right <= areas[1].print.left);
  CHECK(areas[2].print.top > 400);
}

TEST_CASE("the foot of a last page with a few lines of text begins below them") {
  const PixPtr page = drawn::paper(1200, 1400);
  auto lines = drawn::prose();
  lines.resize(3);
  drawn::text(page, 150, 100, lines);
  drawn::text(page, 150, 240, {"To be sent to:", "- the office of the town;", "- all schools;", "- the archive."});
  drawn::text(page, 700, 240, {"FOR THE WARD", "HEAD", "", "", "An Example"});
  CleanPage sheet;
  sheet.gray.reset(pixClone(page.get()));
  sheet.bilevel = binarise(page.get());
  sheet.letter = find_letters(sheet.bilevel.get()).height;
  const Layout layout = find_layout(sheet);
  // By its look it may be a head; what it is without one has the foot.
  const auto& areas = layout.without_head.empty() ? layout.areas : layout.without_head;
  const auto foot = std::find_if(areas.begin(), areas.end(), [](const Area& a) { return a.kind == RegionKind::signature; });
  REQUIRE(foot != areas.end());
  CHECK(foot->zone.top > 100);
  CHECK(foot->zone.top < 240);
  CHECK(has(areas, RegionKind::body));
}

Region region_of(std::initializer_list<const char*> lines) {
  Region region;
  for (const std::string text : lines) {
    Line line;
    for (size_t from = 0; from < text.size();) {
      const size_t to = std::min(text.find(' ', from), text.size());
      line.words.emplace_back();
      line.words.back().raw = text.substr(from, to - from);
      from = to + 1;
    }
    region.lines.push_back(std::move(line));
  }
  return region;
}

TEST_CASE("a head is known by motto, number or date, though some letters are misread") {
  const Region nothing = region_of({"TRUNG TÂM Y TÊ"});
  CHECK(is_head(nothing, region_of({"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAm"})));
  CHECK(is_head(nothing, region_of({"Đôc lập - Tự do - Hạnh phúc"})));
  CHECK(is_head(nothing, region_of({"Yên Bái, ngảy 3 thảng 01 năm 2019"})));
  CHECK(is_head(region_of({"HUYỆN A", "Số: /KH-TTYT"}), nothing));
  CHECK(is_head(region_of({"ỦY BAN NHÂN DÂN", "XÃ B"}), nothing));
}

TEST_CASE("words of running text beside a strip of gaps make no head") {
  CHECK_FALSE(is_head(region_of({"và 9 xã của huyện; ủy ban nhân dân", "số hộ tham gia bảo hiểm và"}),
                      region_of({"các cấp chào mừng", "30 năm Ngày thành lập huyện ta", "từ ngày 02/3 của năm trước đó"})));
  CHECK_FALSE(is_head(region_of({"Ủy ban nhân dân các xã và"}), region_of({"Cộng hòa là tên của khối"})));
}

TEST_CASE("a page number stands for itself") {
  const PixPtr page = drawn::paper(1200, 1400);
  drawn::text(page, 600, 60, {"4"});
  drawn::text(page, 150, 250, drawn::prose());
  CHECK(has(layout_of(page), RegionKind::page_number));
}

TEST_CASE("the black edges of a photocopy around a table take nothing of the text beside it") {
  const PixPtr page = drawn::paper(1200, 1400);
  drawn::text(page, 150, 100, drawn::prose());
  pixRasterop(page.get(), 0, 0, 24, 1400, PIX_CLR, nullptr, 0, 0);
  pixRasterop(page.get(), 0, 1376, 1200, 24, PIX_CLR, nullptr, 0, 0);
  for (int x : {300, 500, 700}) pixRasterop(page.get(), x, 110, 3, 60, PIX_CLR, nullptr, 0, 0);  // strokes as long as rules
  for (int row = 0; row <= 3; ++row) pixRasterop(page.get(), 150, 650 + 90 * row, 803, 3, PIX_CLR, nullptr, 0, 0);
  for (int column = 0; column <= 2; ++column) pixRasterop(page.get(), 150 + 400 * column, 650, 3, 273, PIX_CLR, nullptr, 0, 0);
  const Tables tables = find_tables(page.get(), 12);
  REQUIRE(tables.found.size() == 1);
  CHECK(tables.found[0].cells.size() == 6);
  const std::unique_ptr<::Box, void (*)(::Box*)> above(boxCreate(30, 0, 1170, 600), [](::Box* b) { boxDestroy(&b); });
  l_int32 pixels = -1;
  pixCountPixelsInRect(tables.rules.get(), above.get(), &pixels, nullptr);
  CHECK(pixels == 0);
}

TEST_CASE("cells of a ruled table have rows and columns") {
  const PixPtr page = drawn::paper(1200, 1400);
  drawn::text(page, 150, 100, drawn::prose());
  for (int row = 0; row <= 3; ++row)
    pixRasterop(page.get(), 150, 650 + 90 * row, 803, 3, PIX_CLR, nullptr, 0, 0);
  for (int column = 0; column <= 2; ++column) {
    pixRasterop(page.get(), 150 + 400 * column, 650, 3, 273, PIX_CLR, nullptr, 0, 0);
  }
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 2; ++column)
      drawn::text(page, 180 + 400 * column, 705 + 90 * row, {"cell"});
  }
  const auto areas = layout_of(page);
  int cells = 0;
  for (const Area& area : areas) {
    if (area.kind != RegionKind::table) continue;
    CHECK(area.row == cells / 2);
    CHECK(area.column == cells % 2);
    ++cells;
  }
  CHECK(cells == 6);
}

Line line_of(std::initializer_list<Box> boxes) {
  Line line;
  for (const Box& box : boxes) {
    Word word;
    word.box = box;
    line.box = {line.words.empty() ? box.left : line.box.left, box.top, box.right, box.bottom};
    line.words.push_back(word);
  }
  return line;
}

TEST_CASE("a line read across two columns comes apart, one in the body stays whole") {
  const std::vector<Area> areas{{RegionKind::head_left, {0, 0, 500, 200}, {}},
                                {RegionKind::head_right, {500, 0, 1000, 200}, {}},
                                {RegionKind::body, {0, 200, 1000, 800}, {}}};
  const auto regions = place({line_of({{50, 50, 200, 70}, {600, 50, 700, 70}}),
                              line_of({{50, 300, 450, 320}, {460, 300, 900, 320}})},
                             areas);
  REQUIRE(regions.size() == 3);
  CHECK(regions[0].lines.size() == 1);
  CHECK(regions[1].box == Box{600, 50, 700, 70});
  REQUIRE(regions[2].lines.size() == 1);
  CHECK(regions[2].lines[0].words.size() == 2);
}

TEST_CASE("rows of a column are put in order and pieces of a row together") {
  const std::vector<Area> areas{{RegionKind::table, {0, 0, 500, 200}, {}, 0, 0}, {RegionKind::body, {0, 200, 500, 400}, {}}};
  const auto regions = place({line_of({{20, 100, 90, 120}}), line_of({{200, 40, 300, 60}}), line_of({{20, 42, 90, 62}})}, areas);
  REQUIRE(regions[0].lines.size() == 2);
  CHECK(regions[0].lines[0].words[0].box.left == 20);
  CHECK(regions[0].lines[0].words.size() == 2);
  CHECK(regions[0].lines[1].box.top == 100);
  CHECK(regions[0].box == areas[0].zone);
}

TEST_CASE("what turns out to be no foot goes to the body") {
  std::vector<Area> areas{{RegionKind::head_left, {0, 0, 500, 200}, {}},      {RegionKind::head_right, {500, 0, 1000, 200}, {}},
                          {RegionKind::body, {0, 200, 1000, 800}, {}},        {RegionKind::recipients, {0, 800, 500, 1000}, {}},
                          {RegionKind::signature, {500, 800, 1000, 1000}, {}}};
  lower_foot(areas, 900);
  CHECK(areas[2].zone.bottom == 900);
  CHECK(areas[3].zone.top == 900);
  lower_foot(areas, 5000);
  REQUIRE(areas.size() == 3);
  CHECK(areas[2].zone == Box{0, 200, 1000, 1000});
}

}  // namespace
}  // namespace planscribe

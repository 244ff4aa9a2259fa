#include "pipeline/layout.h"

#include <leptonica/allheaders.h>

#include <algorithm>

#include "catch.h"
#include "drawn.h"
#include "pipeline/background.h"
#include "pipeline/tables.h"

namespace planscribe {
namespace {

std::vector<Area> layout_of(const PixPtr& page) {
  const PixPtr bilevel = binarise(page.get());
  return find_layout(bilevel.get(), letter_height(bilevel.get()));
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
  CHECK(areas[0].box.right <= areas[1].box.left);
  CHECK(areas[2].box.top > 400);
}

TEST_CASE("a page number stands for itself") {
  const PixPtr page = drawn::paper(1200, 1400);
  drawn::text(page, 600, 60, {"4"});
  drawn::text(page, 150, 250, drawn::prose());
  CHECK(has(layout_of(page), RegionKind::page_number));
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

}  // namespace
}  // namespace planscribe

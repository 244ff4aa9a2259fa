#include "rules/value.h"

#include "catch.h"

using namespace planscribe;

TEST_CASE("numbers as Vietnamese papers print them") {
  struct Row {
    const char* text;
    double value;
  };
  const Row rows[] = {{"1.571,822", 1571.822}, {"428.000.000", 428000000}, {"2.32", 2.32},   {"99,64", 99.64},
                      {"03", 3},               {"1.234", 1234},            {"12,5", 12.5},   {"1,234,567", 1234567},
                      {"O,08", 0.08},          {"l5", 15},                 {"1 OO", 100},    {"0.125", 0.125},
                      {"100", 100},            {"8,19", 8.19},             {"12,500", 12.5}};
  for (const Row& row : rows) {
    INFO(row.text);
    REQUIRE(parse_number(row.text).has_value());
    CHECK(*parse_number(row.text) == row.value);
  }
  for (const char* text : {"", "abc", "1..2", ",5", "5,", "1,2,3,4x"}) {
    INFO(text);
    CHECK_FALSE(parse_number(text).has_value());
  }
}

TEST_CASE("numbers in words") {
  CHECK(parse_number_words("một trăm") == 100);
  CHECK(parse_number_words("hai mươi lăm") == 25);
  CHECK(parse_number_words("mười hai") == 12);
  CHECK(parse_number_words("ba trăm linh năm") == 305);
  CHECK(parse_number_words("hai nghìn") == 2000);
  CHECK_FALSE(parse_number_words("các đơn vị").has_value());
}

TEST_CASE("dates as exact as the paper") {
  struct Row {
    const char* text;
    const char* iso;
  };
  const Row rows[] = {{"ngày 07 tháng 03 năm 2024", "2024-03-07"}, {"07/03/2024", "2024-03-07"},
                      {"ngày 7/4/2014", "2014-04-07"},             {"30-6-2023", "2023-06-30"},
                      {"14.10.2021", "2021-10-14"},                {"tháng 6 năm 2024", "2024-06"},
                      {"tháng 06/2024", "2024-06"},                {"quý II/2023", "2023-04"},
                      {"năm 2025", "2025"},                        {"cuối năm 2025", "2025-12-31"},
                      {"hết quý IV/2022", "2022-12"}};
  for (const Row& row : rows) {
    INFO(row.text);
    REQUIRE(parse_date(row.text).has_value());
    CHECK(parse_date(row.text)->iso == row.iso);
  }
  CHECK(parse_date("quý II/2023", 0, true)->iso == "2023-06");
  CHECK(parse_date("tháng 12", 2023)->iso == "2023-12");
  CHECK(parse_date("cuối năm", 2023)->iso == "2023-12-31");
  CHECK_FALSE(parse_date("tháng 12").has_value());
  CHECK_FALSE(parse_date("không có ngày").has_value());
}

TEST_CASE("a date that does not exist is reported, not mended") {
  for (const char* text : {"31/02/2024", "ngày 30 tháng 02 năm 2023", "29/02/2023", "15/13/2024", "00/01/2024"}) {
    INFO(text);
    REQUIRE(parse_date(text).has_value());
    CHECK(parse_date(text)->impossible);
    CHECK(parse_date(text)->iso.empty());
  }
  CHECK_FALSE(parse_date("29/02/2024")->impossible);
}

TEST_CASE("ordinals") {
  CHECK(parse_ordinal("12") == 12);
  CHECK(parse_ordinal("IV") == 4);
  CHECK(parse_ordinal("xix") == 19);
  CHECK_FALSE(parse_ordinal("I2").has_value());
  CHECK_FALSE(parse_ordinal("một").has_value());
}

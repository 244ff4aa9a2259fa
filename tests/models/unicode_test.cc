#include "models/unicode.h"

#include "catch.h"

using namespace planscribe;

TEST_CASE("invalid UTF-8 is found and replaced") {
  CHECK(find_invalid_utf8("Kế hoạch") == std::string::npos);
  CHECK(find_invalid_utf8("ab\xff") == 2);
  CHECK(find_invalid_utf8("K\xe1\xba") == 1);
  CHECK(replace_invalid_utf8("a\xff z") == "a\xEF\xBF\xBD z");
}

TEST_CASE("NFC mends mark order and look-alikes of D with stroke") {
  CHECK(to_nfc("e\u0302\u0301") == "ế");
  CHECK(to_nfc("e\u0301\u0302") == "ế");
  CHECK(to_nfc("o\u0323\u031B") == "ợ");
  CHECK(to_nfc("u\u0301\u031Bng") == "ứng");
  CHECK(to_nfc("\u00D0ông \u00F0i \u0189") == "Đông đi Đ");
  CHECK(to_nfc("đã đúng") == "đã đúng");
  CHECK(to_nfc("") == "");
}

TEST_CASE("folding drops marks and case and keeps a byte map") {
  CHECK(fold("Đường Nguyễn Huệ") == "duong nguyen hue");
  CHECK(fold("“a–b”") == "\"a-b\"");
  std::vector<int> map;
  std::string text = "Đồ ăn", folded = fold(text, &map);
  REQUIRE(folded == "do an");
  REQUIRE(map == std::vector<int>{0, 2, 5, 6, 8, 9});
  CHECK(fold("", &map) == "");
  CHECK(map == std::vector<int>{0});
}

TEST_CASE("tone placement is one style") {
  CHECK(unify_tone_placement("hoà HOÀ Toả khoẻ uỷ Thuý") == "hòa HÒA Tỏa khỏe ủy Thúy");
  CHECK(unify_tone_placement("quý quỹ hoàn toán khoảng huỳnh loài") == "quý quỹ hoàn toán khoảng huỳnh loài");
  CHECK(unify_tone_placement("hòan tòan") == "hoàn toàn");
  CHECK(to_lower("HOÀ BÌNH") == "hòa bình");
  CHECK(to_upper("đặc biệt") == "ĐẶC BIỆT");
}

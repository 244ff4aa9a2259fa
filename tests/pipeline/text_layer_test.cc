#include "pipeline/text_layer.h"

#include <sstream>

#include "catch.h"

using namespace planscribe;

namespace {

const Restorer& restorer() {
  static const Restorer restorer(SOURCE_DIR "/models");
  return restorer;
}

std::vector<LayerWord> words_of(const std::string& text) {
  std::vector<LayerWord> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) words.push_back({word, {}, true});
  return words;
}

const char* kGood =
    "Ủy ban nhân dân huyện ban hành Kế hoạch tổ chức phong trào thi đua chào mừng các ngày lễ lớn trong năm, với mục tiêu giảm tỷ "
    "lệ hộ nghèo xuống dưới 2,5% và nâng thu nhập bình quân đầu người lên 55 triệu đồng.";

}  // namespace

TEST_CASE("a good layer is trusted, a damaged one is not") {
  CHECK(judge_text_layer(words_of(kGood), restorer()).trusted);
  CHECK_FALSE(judge_text_layer({}, restorer()).trusted);
  CHECK_FALSE(judge_text_layer(words_of("Ký bởi: Văn phòng Thời gian ký: 05.03.2023 10:22"), restorer()).trusted);
  CHECK_FALSE(judge_text_layer(words_of("CQNG HoA xA HQI CHU NGHIA vIET NAM DQc lflp - Tu do - H4nh phric Uy ban nhdn ddn huyQn ban "
                                        "hdnh Kti hoach tO chric phong trdo thi dua chdo mung c6c ngdy lC l6n trong ndm"),
                               restorer())
                  .trusted);
  CHECK_FALSE(judge_text_layer(words_of("Uy ban nhan dan huyen ban hanh Ke hoach to chuc phong trao thi dua chao mung cac ngay le lon "
                                        "trong nam voi muc tieu giam ty le ho ngheo va nang thu nhap binh quan"),
                               restorer())
                  .trusted);
}

TEST_CASE("a table of digits with good headings is trusted") {
  std::string text = kGood;
  for (int i = 0; i < 300; ++i) text += " " + std::to_string(1000 + 37 * i) + ",5";
  CHECK(judge_text_layer(words_of(text), restorer()).trusted);
}

TEST_CASE("the two columns of the head are parted") {
  Page page;
  page.width = 1000, page.height = 1400;
  const auto row = [](std::vector<LayerWord>& words, const std::string& text, int left, int top) {
    std::istringstream in(text);
    for (std::string w; in >> w; left += 60) words.push_back({w, {left, top, left + 50, top + 20}, true});
  };
  std::vector<LayerWord> words;
  row(words, "UBND HUYỆN", 50, 50);
  row(words, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 500, 50);
  row(words, "Số: 12/KH-UBND", 50, 100);
  row(words, "Hà Giang, ngày 05 tháng 01 năm", 500, 100);
  row(words, "KẾ HOẠCH", 450, 200);
  const Page laid = lay_out(page, words);
  REQUIRE(laid.regions.size() == 3);
  CHECK(laid.regions[0].kind == RegionKind::head_left);
  CHECK(laid.regions[0].lines.size() == 2);
  CHECK(laid.regions[1].kind == RegionKind::head_right);
  CHECK(laid.regions[2].kind == RegionKind::body);
}

TEST_CASE("the name of the state in running text opens no head") {
  Page page;
  page.width = 1000, page.height = 1400;
  std::vector<LayerWord> words;
  int top = 50;
  for (const char* line : {"Chào mừng 79 năm Quốc khánh nước Cộng hòa Xã hội", "chủ nghĩa Việt Nam (02/9).", "2. Phát động:", "Từ ngày 01 tháng 7 năm 2024 đến hết tháng 12."}) {
    std::istringstream in(line);
    int left = 50;
    for (std::string w; in >> w; left += 60) words.push_back({w, {left, top, left + 50, top + 20}, true});
    top += 50;
  }
  const Page laid = lay_out(page, words);
  REQUIRE(laid.regions.size() == 1);
  CHECK(laid.regions[0].kind == RegionKind::body);
  REQUIRE(laid.regions[0].lines.size() == 4);
  CHECK(laid.regions[0].lines[2].words[0].text == "2.");
}

TEST_CASE("a layer that lies on its side is read in its own direction") {
  // The page as it lies: 1000 x 600; text runs downwards, its first line on the right.
  Page page;
  page.width = 1000, page.height = 600;
  std::vector<LayerWord> words;
  int right = 950;
  for (const char* line : {"Tăng cường công tác", "giảm nghèo bền vững"}) {
    std::istringstream in(line);
    int top = 40;
    for (std::string w; in >> w; top += 60) words.push_back({w, {right - 20, top, right, top + 50}, true, 90});
    right -= 100;
  }
  const Page out = lay_out(page, words);
  CHECK(out.rotation == 270);
  REQUIRE(out.regions.size() == 1);
  REQUIRE(out.regions[0].lines.size() == 2);
  CHECK(out.regions[0].lines[0].words.size() == 4);
  CHECK(out.regions[0].lines[0].words[0].text == "Tăng");
  const Box first = out.regions[0].lines[0].words[0].box;
  CHECK(first.left == 930);
  CHECK(first.top == 40);
  CHECK(first.right == 950);
  CHECK(first.bottom == 90);
}

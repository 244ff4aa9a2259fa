// What exports are made of: words in their places, escaped text, cells, names of files.
#include "catch.h"
#include "corpus/export/csv.h"
#include "corpus/export/printed_words.h"
#include "corpus/export/xml.h"
#include "pipeline/export_names.h"
#include "pipeline/geometry.h"
#include "pipeline/pdf_text_layer.h"

using namespace planscribe;

namespace {

Word make_word(const std::string& text, const Box& box, float confidence = 1) {
  Word word;
  word.raw = word.text = text;
  word.box = box;
  word.confidence = confidence;
  return word;
}

std::string line_of(const std::string& text, CellGuard guard = CellGuard::on) { return csv_line({text}, guard); }

}  // namespace

TEST_CASE("joined words are one word in the place of all, split ones share their box by length") {
  Line line;
  line.words = {make_word("thưởng", {10, 0, 50, 20}, 0.8f), make_word("", {55, 2, 90, 22}, 0.5f),
                make_word("một hai", {100, 0, 170, 20})};
  const auto words = printed_words(line, 0);
  REQUIRE(words.size() == 3);
  CHECK(words[0].text == "thưởng");
  CHECK(words[0].box == Box{10, 0, 90, 22});
  CHECK(words[0].confidence == 0.5f);
  CHECK(words[1].box == Box{100, 0, 130, 20});
  CHECK(words[2].box == Box{140, 0, 170, 20});
  line.words = {make_word("một hai", {0, 100, 20, 170})};
  CHECK(printed_words(line, 90)[0].box == Box{0, 140, 20, 170});   // reads upwards
  CHECK(printed_words(line, 270)[0].box == Box{0, 100, 20, 130});  // reads downwards
  line.words = {make_word("một hai", {100, 0, 170, 20})};
  CHECK(printed_words(line, 180)[0].box == Box{140, 0, 170, 20});
}

TEST_CASE("XML holds any text") {
  CHECK(escape_xml("a<b>&\"c\"") == "a&lt;b&gt;&amp;&quot;c&quot;");
  CHECK(escape_xml("tiếng Việt") == "tiếng Việt");
  CHECK(escape_xml(std::string("\x01\0\x0B", 3)) == "\uFFFD\uFFFD\uFFFD");
  CHECK(escape_xml("\xFF\xFE") == "\uFFFD\uFFFD");
  CHECK(escape_xml("\uFFFF\uFFFE.") == "\uFFFD\uFFFD.");
  CHECK(escape_xml("a\nb") == "a&#10;b");
}

TEST_CASE("CSV cells keep their text, and none of them runs") {
  CHECK(line_of("a, \"b\"\nc") == "\"a, \"\"b\"\"\nc\"\r\n");
  CHECK(line_of("plain") == "plain\r\n");
  CHECK(line_of("=") == "=\r\n");
  CHECK(line_of(" blank ") == "\" blank \"\r\n");
  for (const char* text : {"=1+1", "+84", "-1", "@SUM(A1)", "'quoted", "\t=1", "\uFF1D1"}) {
    INFO(text);
    CHECK(line_of(text).find(std::string("'") + text) != std::string::npos);
    CHECK(line_of(text, CellGuard::off).find(std::string("'") + text) == std::string::npos);
  }
  CHECK(csv_line({-5.5, DateText{"2024-03"}, Cell(), 790e9}, CellGuard::on) == "-5.5,2024-03,,790000000000\r\n");
  CHECK(csv_line({0.1 + 0.2, 1e300}, CellGuard::on) == "0.30000000000000004,1e+300\r\n");
}

TEST_CASE("names of exported files are safe, unique and stand in the folders of their documents") {
  using Names = std::vector<std::string>;
  CHECK(export_names({"scans/a/x.pdf", "scans/b/x.pdf"}) == Names{"a/x", "b/x"});
  CHECK(export_names({"scans/x.pdf", "scans/x.png", "scans/X.txt"}) == Names{"x", "x~2", "X~3"});
  CHECK(export_names({"/data/x.y.pdf"}) == Names{"x.y"});
  CHECK(export_names({"../x.pdf", "y.pdf"}) == Names{"x", "y"});
  CHECK(export_names({"/etc/a:b*c?.pdf", "z/\x01.pdf"}) == Names{"etc/a_b_c_", "z/_"});
  CHECK(export_names({"d./x.pdf", "e/..pdf"}) == Names{"d_/x", "e/_"});
  CHECK(export_names({}).empty());
  const std::string long_name = export_names({std::string(150, 'a') + std::string(100, '\xC4') + ".pdf"})[0];
  CHECK(long_name.size() <= 200);
  std::string letters;
  for (int i = 0; i < 120; ++i) letters += "ế";
  const std::string cut = export_names({letters + ".pdf"})[0];
  CHECK((cut.size() <= 200 && cut.size() % 3 == 0));  // between letters
}

TEST_CASE("pixels lie where the page shows them, however it is turned") {
  const CropBox box{10, 20, 110, 220};  // 100 x 200 points
  const auto at = [](const PixelMap& m, double x, double y) { return Point{m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f}; };
  struct Case {
    int rotate, width, height;
    Point first, last;  // of the first and the last pixel, in user space
  };
  for (const Case& c : {Case{0, 200, 400, {10, 220}, {110, 20}}, Case{90, 400, 200, {10, 20}, {110, 220}},
                        Case{180, 200, 400, {110, 20}, {10, 220}}, Case{270, 400, 200, {110, 220}, {10, 20}},
                        Case{-90, 400, 200, {110, 220}, {10, 20}}}) {
    INFO(c.rotate);
    const PixelMap map = pixel_map(box, c.rotate, c.width, c.height);
    const Point first = at(map, 0, 0), last = at(map, c.width, c.height);
    CHECK(first.x == Approx(c.first.x));
    CHECK(first.y == Approx(c.first.y));
    CHECK(last.x == Approx(c.last.x));
    CHECK(last.y == Approx(c.last.y));
  }
}

// Which words are read again, and which reading stands. The language model and the engine are played by the test.
#include "pipeline/second_reading.h"

#include <set>
#include <sstream>

#include "catch.h"

using namespace planscribe;

namespace {

const std::set<std::string> kFitting = {"tổ", "chức", "thực", "hiện", "thắng", "lợi", "nhiệm", "vụ", "I.", "MỤC", "TIÊU", "IV.", "năm"};

// Two nats for a word that fits, fifteen for any other.
double cost_of(const std::string& text) {
  std::istringstream words(text);
  double sum = 0;
  for (std::string word; words >> word;) sum += kFitting.count(word) ? 2 : 15;
  return sum;
}

Word word_of(const std::string& text, float confidence, std::vector<Glyph> glyphs = {}) {
  Word word;
  word.raw = word.text = text;
  word.confidence = confidence;
  word.box = {100, 100, 160, 120};
  word.glyphs = std::move(glyphs);
  return word;
}

// "thực hiện ? lợi nhiệm vụ" with a doubtful word, read again as given; what the line says then, and how often was asked.
struct Again {
  std::string text;
  int asked = 0;
};

Again read(const Word& doubtful, const std::vector<Word>& reading) {
  std::vector<Line> lines(2);
  lines[0].words = {word_of("thực", 0.97F), word_of("hiện", 0.97F), doubtful};
  lines[1].words = {word_of("lợi", 0.97F), word_of("nhiệm", 0.97F)};
  Again out;
  read_doubtful_again(lines, 20, cost_of, [&](const Box&, Scale) { return ++out.asked, reading; });
  for (const Line& line : lines)
    for (const Word& word : line.words) out.text += (out.text.empty() ? "" : " ") + word.raw;
  return out;
}

std::vector<Glyph> glyphs_of_thang() {
  return {{"t", {}}, {"h", {}}, {"ă", {{"ắ", 1.5F}}}, {"n", {}}, {"g", {}}};
}

}  // namespace

TEST_CASE("an unsure word that does not fit gives way to a reading that does") {
  const Again again = read(word_of("thăng", 0.8F, glyphs_of_thang()), {word_of("thắng", 0.96F)});
  CHECK(again.text == "thực hiện thắng lợi nhiệm");
  CHECK(again.asked == 1);
}

TEST_CASE("the language model alone does not change a word") {
  const Again again = read(word_of("thăng", 0.8F, glyphs_of_thang()), {word_of("thăng", 0.95F)});
  CHECK(again.text == "thực hiện thăng lợi nhiệm");
  CHECK(again.asked == 1);
  CHECK(read(word_of("thăng", 0.8F, glyphs_of_thang()), {word_of("thăng", 0.7F)}).asked == 2);
}

TEST_CASE("words that are sure, fit, or have no likelier rival are not read again") {
  CHECK(read(word_of("thăng", 0.97F, glyphs_of_thang()), {word_of("thắng", 0.97F)}).asked == 0);
  CHECK(read(word_of("thắng", 0.5F), {word_of("thăng", 0.97F)}).asked == 0);
  CHECK(read(word_of("UBKL", 0.8F, {{"U", {{"Ư", 15.0F}}}, {"B", {}}, {"K", {}}, {"L", {}}}), {word_of("tổ", 0.97F)}).asked == 0);
  CHECK(read(word_of("30/6", 0.3F), {word_of("tổ", 0.97F)}).asked == 0);
}

TEST_CASE("a second reading gives no digits, leaves no letters out and does not tell the case") {
  const auto unsure = [](const std::string& text) { return word_of(text, 0.5F, {{text, {{"tổ", 0.5F}}}}); };
  CHECK(read(unsure("l0a"), {word_of("100", 0.97F)}).text == "thực hiện l0a lợi nhiệm");
  CHECK(read(unsure("02%/năm"), {word_of("năm", 0.97F)}).text == "thực hiện 02%/năm lợi nhiệm");
  CHECK(read(unsure("TD-KTX,"), {word_of("tổ", 0.97F)}).text == "thực hiện TD-KTX, lợi nhiệm");
  CHECK(read(unsure("Tổ"), {word_of("tổ", 0.97F)}).text == "thực hiện Tổ lợi nhiệm");
  CHECK(read(unsure("1V."), {word_of("IV.", 0.9F)}).text == "thực hiện IV. lợi nhiệm");
}

TEST_CASE("a word may become two, and stays when nothing is read again") {
  const Word doubtful = word_of("I.MỤC", 0.8F, {{"I.MỤC", {{"I. MỤC", 0.1F}}}});
  CHECK(read(doubtful, {word_of("I.", 0.9F), word_of("MỤC", 0.9F)}).text == "thực hiện I. MỤC lợi nhiệm");
  CHECK(read(doubtful, {}).text == "thực hiện I.MỤC lợi nhiệm");
}

TEST_CASE("a word is cut out with paper around it, but not into its neighbours") {
  std::vector<Line> lines(1);
  lines[0].words = {word_of("thực", 0.97F), word_of("thăng", 0.8F, glyphs_of_thang()), word_of("lợi", 0.97F)};
  lines[0].words[0].box = {40, 100, 96, 120}, lines[0].words[2].box = {162, 100, 200, 120};
  Box asked;
  read_doubtful_again(lines, 20, cost_of, [&](const Box& box, Scale) { return asked = box, std::vector<Word>{}; });
  CHECK(asked.left == 98);
  CHECK(asked.top == 93);
  CHECK(asked.right == 161);
  CHECK(asked.bottom == 127);
}

// "? năm 2024" with a Roman numeral, read as given when it is stretched.
std::string numeral_after(const std::string& first, const std::string& stretched) {
  std::vector<Line> lines(1);
  lines[0].words = {word_of(first, 0.8F), word_of("năm", 0.97F)};
  read_doubtful_again(lines, 20, cost_of, [&](const Box&, Scale scale) {
    return scale.across > scale.down ? std::vector<Word>{word_of(stretched, 0.8F), word_of("năm", 0.97F)} : std::vector<Word>{};
  });
  return lines[0].words[0].raw;
}

TEST_CASE("a Roman numeral is read stretched and what is none does not take its place") {
  CHECK(numeral_after("H.", "II.") == "II.");
  CHECK(numeral_after("II.", "III.") == "III.");
  CHECK(numeral_after("1V.", "IV.") == "IV.");
  CHECK(numeral_after("VIH", "VIII") == "VIII");
  CHECK(numeral_after("II.", "TII.") == "II.");
  CHECK(numeral_after("II.", "11.") == "II.");
  CHECK(numeral_after("II.", "III") == "II.");
  CHECK(numeral_after("XII.", "II.") == "XII.");
  CHECK(numeral_after("X.", "XI.") == "X.");
  CHECK(numeral_after("11.", "II.") == "11.");
  CHECK(numeral_after("TH", "III") == "TH");
}

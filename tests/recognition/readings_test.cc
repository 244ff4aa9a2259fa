#include "pipeline/readings.h"

#include <string>

#include "catch.h"

using namespace planscribe;

namespace {

struct Read {
  std::string text;
  float confidence;
};

// A line of words of 100 pixels each.
Line line_at(int left, int top, const std::vector<Read>& words) {
  Line line;
  for (size_t i = 0; i < words.size(); ++i) {
    Word word;
    word.raw = word.text = words[i].text;
    word.confidence = words[i].confidence;
    word.box = {left + static_cast<int>(i) * 100, top, left + static_cast<int>(i) * 100 + 90, top + 30};
    line.words.push_back(word);
  }
  line.box = {left, top, left + static_cast<int>(words.size()) * 100 - 10, top + 30};
  return line;
}

std::string text_of(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    for (const Word& word : line.words) text += word.raw + " ";
    text += "| ";
  }
  return text;
}

}  // namespace

TEST_CASE("of two readings each line is the surer one") {
  const std::vector<Line> one{line_at(0, 0, {{"CHỦ", 0.9F}, {"TỊCH", 0.9F}}), line_at(0, 60, {{"Vu", 0.4F}, {"Khonh", 0.3F}})};
  const std::vector<Line> other{line_at(0, 2, {{"CHU", 0.6F}, {"TICH", 0.7F}}), line_at(0, 61, {{"Vũ", 0.9F}, {"Khanh", 0.9F}})};
  CHECK(text_of(better_of(one, other)) == "CHỦ TỊCH | Vũ Khanh | ");
  CHECK(text_of(better_of(other, one)) == "CHỦ TỊCH | Vũ Khanh | ");
  CHECK(text_of(better_of({}, one)) == text_of(one));
}

TEST_CASE("a line that a seal has swallowed a part of is taken from the reading without the seal") {
  const std::vector<Line> clear{line_at(0, 60, {{"Nguyên", 0.2F}, {"Hồng", 0.9F}, {"Sơn", 0.9F}})};
  const std::vector<Line> sealed{line_at(0, 0, {{"KCH", 0.3F}}), line_at(100, 60, {{"Hồng", 0.95F}, {"Sơn", 0.95F}})};
  CHECK(text_of(more_of(clear, sealed, 20)) == "Nguyên Hồng Sơn | ");
  const std::vector<Line> surer{line_at(0, 0, {{"BÍ", 0.9F}, {"THƯ", 0.9F}}), line_at(0, 60, {{"Nguyễn", 0.9F}, {"Hồng", 0.9F}, {"Sơn", 0.9F}})};
  CHECK(text_of(more_of(clear, surer, 20)) == "BÍ THƯ | Nguyễn Hồng Sơn | ");
}

TEST_CASE("strokes that were read badly go, words and sure strokes stay") {
  std::vector<Line> lines{line_at(0, 0, {{"_", 0.5F}, {"PHÓ", 0.5F}, {"-", 0.9F}}), line_at(0, 60, {{"\u2014", 0.3F}})};
  drop_strokes(lines);
  CHECK(text_of(lines) == "PHÓ - | ");
}

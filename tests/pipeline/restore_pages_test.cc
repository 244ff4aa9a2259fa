#include "pipeline/restore_pages.h"

#include <sstream>

#include "catch.h"
#include "models/restorer.h"

using namespace planscribe;

namespace {

Page page_of(const std::vector<std::string>& lines, PageOrigin origin) {
  Page page;
  page.origin = origin;
  Region region;
  for (const std::string& text : lines) {
    Line line;
    std::istringstream words(text);
    for (std::string w; words >> w;) {
      Word word;
      word.raw = word.text = w;
      line.words.push_back(word);
    }
    region.lines.push_back(line);
  }
  page.regions.push_back(region);
  return page;
}

std::string text_of(const Line& line) {
  std::string text;
  for (const Word& word : line.words)
    if (!word.text.empty()) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

}  // namespace

TEST_CASE("words of a page carry what the restorer makes of their line") {
  const Restorer restorer(SOURCE_DIR "/models");
  const std::vector<std::string> lines = {"Uy ban nhan dan huyen xay dung ke hoach to chuc thuc hien phong trao thi dua nam 2023",
                                          "Ty le ho ngheo duoi 1,5%; thu ngan sach 12.500.000 dong", ""};
  std::vector<Page> pages{page_of(lines, PageOrigin::plain_text)};
  restore_pages(pages, restorer);
  std::vector<LineInput> inputs;
  for (const std::string& line : lines) inputs.push_back({line, {}});
  const std::vector<RestoredLine> expected = restorer.restore(inputs);
  for (size_t i = 0; i < lines.size(); ++i) {
    const Line& line = pages[0].regions[0].lines[i];
    CHECK(text_of(line) == expected[i].text);
    std::string raw;
    for (const Word& word : line.words) raw += (raw.empty() ? "" : " ") + word.raw;
    CHECK(raw == lines[i]);  // what was read stays
  }
  CHECK(text_of(pages[0].regions[0].lines[0]) != lines[0]);
  for (const Word& word : pages[0].regions[0].lines[0].words) CHECK((word.text == word.raw) == (word.reason == ChangeReason::none));
}

TEST_CASE("a trusted text layer is left alone") {
  const Restorer restorer(SOURCE_DIR "/models");
  std::vector<Page> pages{page_of({"Ke hoach phat trien kinh te"}, PageOrigin::text_layer)};
  restore_pages(pages, restorer);
  CHECK(text_of(pages[0].regions[0].lines[0]) == "Ke hoach phat trien kinh te");
}

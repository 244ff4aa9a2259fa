#include "corpus/export/printed_words.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <sstream>

namespace planscribe {
namespace {

Box join(const Box& a, const Box& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

size_t letters(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// The stretch [from, to) of the box, as shares of its length in reading direction: a page that must be turned clockwise
// by 90 degrees reads upwards, by 180 leftwards, by 270 downwards.
Box part_of(const Box& box, double from, double to, int rotation) {
  if (box.empty()) return box;
  const bool upright = rotation % 180 == 0;
  const int start = upright ? box.left : box.top, length = upright ? box.width() : box.height();
  const bool backwards = rotation == 180 || rotation == 90;
  const int a = start + static_cast<int>(std::lround((backwards ? 1 - to : from) * length));
  const int b = start + static_cast<int>(std::lround((backwards ? 1 - from : to) * length));
  return upright ? Box{a, box.top, b, box.bottom} : Box{box.left, a, box.right, b};
}

void add_parts(const std::string& text, const Box& box, float confidence, int rotation, std::vector<PrintedWord>& words) {
  std::istringstream in(text);
  const std::vector<std::string> parts{std::istream_iterator<std::string>(in), {}};
  double all = parts.empty() ? 0 : static_cast<double>(parts.size() - 1);
  for (const std::string& part : parts) all += static_cast<double>(letters(part));
  double at = 0;
  for (const std::string& part : parts) {
    const double end = at + static_cast<double>(letters(part));
    words.push_back({part, part_of(box, at / all, end / all, rotation), confidence});
    at = end + 1;
  }
}

}  // namespace

std::vector<PrintedWord> printed_words(const Line& line, int rotation) {
  std::vector<PrintedWord> words;
  for (size_t i = 0; i < line.words.size();) {
    const std::string& text = line.words[i].text;
    Box box = line.words[i].box;
    float confidence = line.words[i].confidence;
    for (++i; i < line.words.size() && line.words[i].text.empty(); ++i) {
      box = join(box, line.words[i].box);
      confidence = std::min(confidence, line.words[i].confidence);
    }
    add_parts(text, box, confidence, rotation, words);
  }
  return words;
}

std::vector<PrintedLine> printed_lines(const Region& region, int rotation) {
  std::vector<PrintedLine> lines;
  int number = 0;
  for (const Line& line : region.lines) {
    ++number;
    std::vector<PrintedWord> words = printed_words(line, rotation);
    if (!words.empty()) lines.push_back({number, std::move(words)});
  }
  return lines;
}

Box box_around(const std::vector<PrintedWord>& words) {
  Box all;
  for (const PrintedWord& word : words) all = join(all, word.box);
  return all;
}

Box box_around(const std::vector<PrintedLine>& lines) {
  Box all;
  for (const PrintedLine& line : lines) all = join(all, box_around(line.words));
  return all;
}

bool has_places(const std::vector<Page>& pages) {
  for (const Page& page : pages)
    for (const Region& region : page.regions)
      for (const Line& line : region.lines)
        for (const Word& word : line.words)
          if (!word.box.empty()) return true;
  return false;
}

}  // namespace planscribe

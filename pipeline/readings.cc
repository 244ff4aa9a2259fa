#include "pipeline/readings.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "models/unicode.h"
#include "pipeline/tesseract.h"

namespace planscribe {
namespace {

bool same_row(const Line& a, const Line& b) {
  const int overlap = std::min(a.box.bottom, b.box.bottom) - std::max(a.box.top, b.box.top);
  return 2 * overlap > std::max(a.box.height(), b.box.height());
}

bool says_something(const Word& word) {
  const std::string text = fold(word.raw);
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80 && std::isalnum(c) != 0; });
}

}  // namespace

double worth(const std::vector<Line>& lines) {
  double sum = 0;
  for (const Line& line : lines) sum += letter_count({line}) * (mean_confidence({line}) - kWorthless);
  return sum;
}

std::vector<Line> better_of(std::vector<Line> one, std::vector<Line> other) {
  if (worth(other) > worth(one)) std::swap(one, other);
  for (Line& line : one)
    for (const Line& again : other)
      if (same_row(line, again) && worth({again}) > worth({line})) line = again;
  return one;
}

std::vector<Line> more_of(std::vector<Line> clear, const std::vector<Line>& sealed, double letter) {
  std::vector<Line> lone;
  for (const Line& again : sealed) {
    const auto line = std::find_if(clear.begin(), clear.end(), [&](const Line& l) { return same_row(l, again); });
    if (line == clear.end()) {
      if (mean_confidence({again}) >= kReadsWell) lone.push_back(again);
      continue;
    }
    const bool swallowed = line->box.width() > again.box.width() + letter && mean_confidence({*line}) >= kWorthless;
    if (!swallowed && worth({again}) > worth({*line})) *line = again;
  }
  clear.insert(clear.end(), lone.begin(), lone.end());
  std::stable_sort(clear.begin(), clear.end(), [](const Line& a, const Line& b) { return a.box.top < b.box.top; });
  return clear;
}

bool is_sure(const std::vector<Line>& lines) {
  return !lines.empty() && std::all_of(lines.begin(), lines.end(), [](const Line& line) {
    return std::all_of(line.words.begin(), line.words.end(), [](const Word& word) { return word.confidence >= kReadsWell; });
  });
}

void drop_strokes(std::vector<Line>& lines) {
  for (Line& line : lines)
    std::erase_if(line.words, [](const Word& word) { return word.confidence < kReadsWell && !says_something(word); });
  std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
}

}  // namespace planscribe

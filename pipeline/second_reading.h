// second_reading.h: words that the recogniser was not sure of and that do not fit their neighbours are read once more, each
// for itself, larger and smaller. What is kept is one of the readings: by confidence and by the language model, never by
// the language model alone, and never one with digits. Roman numerals, whose strokes run together, are read stretched. Pixels of the clean page; no state.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pipeline/page.h"

namespace planscribe {

// How unlikely a text is, in nats (restorer.h).
using TextCost = std::function<double(const std::string& text)>;

// The words in a box of the page, read larger (> 1) or smaller.
struct Scale {
  double across = 1, down = 1;
};
using ReadAgain = std::function<std::vector<Word>(const Box& box, Scale scale)>;

// lines: of one column or cell, in reading order; letter: height of a small letter. A word may become two.
void read_doubtful_again(std::vector<Line>& lines, double letter, const TextCost& cost, const ReadAgain& again);

}  // namespace planscribe

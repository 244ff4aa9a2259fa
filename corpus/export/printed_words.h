// printed_words.h: the words of a line as they stand on the paper after restoration: each with text and a place.
#pragma once

#include <string>
#include <vector>

#include "pipeline/page.h"

namespace planscribe {

struct PrintedWord {
  std::string text;      // never empty, no white space
  Box box;               // pixels of the page image; empty for plain text
  float confidence = 1;  // 0..1, of the reading
};

// Words that restoration joined become one word in the place of all; a word that it split becomes several that share
// its box by their length, along the direction in which the page reads. rotation: Page::rotation.
std::vector<PrintedWord> printed_words(const Line& line, int rotation);

struct PrintedLine {
  int number = 0;                  // 1-based within the region, empty lines counted
  std::vector<PrintedWord> words;  // never empty
};

// The lines of a region that have words.
std::vector<PrintedLine> printed_lines(const Region& region, int rotation);

// The box around all words that have one.
Box box_around(const std::vector<PrintedWord>& words);
Box box_around(const std::vector<PrintedLine>& lines);

// True when some word of the document has a place on its page: plain text has none.
bool has_places(const std::vector<Page>& pages);

}  // namespace planscribe

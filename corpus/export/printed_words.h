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

// The box around all words that have one.
Box box_around(const std::vector<PrintedWord>& words);

// True when some word of the document has a place on its page: plain text has none.
bool has_places(const std::vector<Page>& pages);

}  // namespace planscribe

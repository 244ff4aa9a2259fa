// candidates.h: the words a piece of text may have been: a best-first search of the lexicon over learned confusions.
#pragma once

#include <string>
#include <vector>

#include "models/confusion.h"
#include "models/lexicon.h"

namespace planscribe {

struct Candidate {
  std::u32string text;  // with case
  WordId id = kUnknown;
  float cost = 0;   // of the reading given the word, nats
  float prior = 0;  // of the word alone
};

struct SearchLimits {
  float window = 12;      // nats behind the best, reading and word together
  size_t most = 32;       // candidates
  int steps = 3000;       // queue pops for one piece and case
  float strange = 3;      // when even the best reading costs more, letters may stand for any other at a price
};

// Cheapest first (reading and word together). At most 24 letters of reading are looked at; longer pieces have no
// candidates. extra: other readings of single places (Tesseract's choices), matched beside the learned ones.
struct ExtraSource {
  size_t begin, end;  // code points of the reading
  Confusions::Source source;
};
std::vector<Candidate> find_candidates(std::u32string_view reading, const Lexicon& lexicon,
                                       const Confusions& confusions, const SearchLimits& limits,
                                       const std::vector<ExtraSource>& extra = {});

// The case of a word: all lower, first letter upper, all upper.
enum class CaseMode { lower, title, upper };
std::u32string in_case(std::u32string_view word, CaseMode mode);

}  // namespace planscribe

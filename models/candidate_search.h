// candidate_search.h: one search for the words a reading may stand for.
//
// Place by place through the reading, the nodes of the lexicon's trie that can have been printed so far are kept, the
// cheapest few of each place (a beam). What a node is judged by never exceeds the truth: its cost so far, the least the
// rest of the reading can cost, and the cheapest word below it. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "models/confusion.h"
#include "models/lexicon.h"

namespace planscribe {

struct Candidate {
  int entry = 0;  // of the lexicon
  CaseMode mode = CaseMode::lower;
  float cost = 0;   // of the reading given the word, nats
  float prior = 0;  // of the word alone
};

struct SearchLimits {
  float window = 10;     // nats behind the best, reading and word together
  size_t most = 32;      // candidates
  size_t nodes = 160;    // kept at one place of the reading
  float strange = 3;     // when every reading costs more, or more than rare with its word, letters may stand for any
  float rare = 14;       // other at a price
};

// Another reading of a place than the learned ones (Tesseract's choices): one or two letters.
struct ExtraSource {
  size_t begin = 0, end = 0;  // code points of the reading
  std::u32string printed;
  float cost = 0;  // nats
};

enum class Reach : char32_t {
  usual,
  near,  // only words that cost little as readings (kNearReading), which takes much less time
  wide   // letters may be misread in ways never learned, even where learned ones lead to a word
};
inline constexpr float kNearReading = 4;  // nats

// Cheapest first (reading and word together). Readings longer than 24 letters have no candidates.
std::vector<Candidate> search_candidates(const Lexicon& lexicon, const Confusions& confusions, const SearchLimits& limits,
                                         std::u32string_view reading, const std::vector<ExtraSource>& extra, Reach reach);

}  // namespace planscribe

// doubt.h: a decoded passage seen again: which words the n-gram model was not sure of, what else they may have been, and
// what stands around them. The rescorer and its training look through this file. Not shared by threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/decoder.h"
#include "models/ngram.h"

namespace planscribe {

// The columns of a paragraph and what was decided for each.
struct Passage {
  std::vector<const Column*> columns;  // borrowed
  std::vector<int> chosen;             // one a column
  std::vector<float> margin;           // as in Decoded
  std::vector<uint64_t> rivals;        // as in Decoded; none: all options are

  // Appends a line; hands its decisions back, at telling where in the passage the next line begins.
  void add(const std::vector<const Column*>& line, const Decoded& decoded);
  void take(size_t& at, Decoded& decoded) const;
};

// How a word is written. A capital at the head of a sentence says nothing about names.
enum class Shape : uint8_t { lower, title, head, upper, initial, sign };

// A word as its neighbours see it. Hashes are of lower-case text, so they hold for every language model.
struct ContextWord {
  uint32_t word = 0, bare = 0;
  Shape shape = Shape::sign;
};

uint32_t text_hash(std::string_view text);

// Hashes of all words of a model, computed once.
class WordHashes {
 public:
  explicit WordHashes(const NgramModel& model);
  ContextWord of(WordId id, std::u32string_view text) const;  // shape is left as it is

 private:
  std::vector<ContextWord> known_;
};

// One reading of a doubtful word, in nats.
struct Choice {
  int option;
  ContextWord word;
  float cost;     // of the reading and of the n-gram model around it, from the best one's
  float reading;  // of the reading alone: what the paper says
};

class Reader {
 public:
  // Borrows all of them. doubt: how many nats behind the best a reading may be.
  Reader(const NgramModel& model, const WordHashes& hashes, const Passage& passage, float doubt);

  // The words of the whole passage, and where the word of a column stands; joined ones and those of none or two words have -1.
  const std::vector<ContextWord>& words() const { return words_; }
  int place(size_t column) const { return place_[column]; }

  // The readings of a column with the same bare letters as the chosen one; fewer than two when there is no doubt.
  // The chosen one is among them.
  const std::vector<Choice>& choices(size_t column);
  // Takes another reading of a column; later calls see it.
  void choose(size_t column, const Choice& choice);

 private:
  void flatten();
  void enter(const Option& option);
  struct Rival {
    int option;
    ContextWord word;
    uint32_t before_home = kNone, after_home = kNone;  // where its pairs with the neighbours are looked up
    NgramModel::Found before, after;
  };
  void ask(size_t column);
  void look_up(size_t place, const Option& option, Rival& rival) const;
  float cost_of(size_t place, const Option& option, const NgramModel::Found& before, const NgramModel::Found& after, float limit) const;

  const NgramModel& model_;
  const WordHashes& hashes_;
  const Passage& passage_;
  float doubt_;
  std::vector<ContextWord> words_;
  std::vector<WordId> ids_;                 // kBegin, then those of words_
  std::vector<NgramModel::Found> pairs_;    // ids_[i], ids_[i + 1]
  std::vector<int> place_;
  std::vector<Rival> rivals_;
  std::vector<Choice> choices_;
  bool sentence_head_ = true;
};

// What a document decided elsewhere: how often each word, alone, before and after the bare letters of its neighbours, and
// as a name. Counts up to 255 in a table by hash, without a check: two words may share a place.
class DocumentCounts {
 public:
  explicit DocumentCounts(size_t words);  // of the whole document
  void add(std::span<const ContextWord> words);

  enum class Kind : uint32_t { any, name, before, after };
  struct Times {
    int same = 0, other = 0;  // the reading, and others of the same bare letters; the place itself left out
  };
  // What the document says about a reading of words[at]; for before and after it is asked beside the neighbour.
  Times times(Kind kind, std::span<const ContextWord> words, size_t at, const ContextWord& reading) const;

 private:
  uint8_t& slot(Kind kind, uint32_t word, uint32_t neighbour) const;

  mutable std::vector<uint8_t> count_;
  int shift_;
};

}  // namespace planscribe

// doubt.h: a decoded passage seen again: which words the n-gram model was not sure of, what else they may have been, and
// what stands around them. The rescorer and its training look through this file. Not shared by threads.
#pragma once

#include <cstdint>
#include <unordered_map>
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

// One reading of a doubtful word. cost: nats of the reading and of the n-gram model around it, from the best one's.
struct Choice {
  int option;
  ContextWord word;
  float cost;
};

class Reader {
 public:
  // Borrows all of them. kDoubt is how many nats behind the best a reading may be.
  Reader(const NgramModel& model, const WordHashes& hashes, const Passage& passage);
  static constexpr float kDoubt = 8;

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
  NgramModel::State state_before(size_t place) const;
  float cost_of(size_t place, const NgramModel::State& before, const Option& option, float limit) const;

  const NgramModel& model_;
  const WordHashes& hashes_;
  const Passage& passage_;
  std::vector<ContextWord> words_;
  std::vector<WordId> ids_;
  std::vector<int> place_;
  std::vector<Choice> choices_;
  bool sentence_head_ = true;
};

// How often the capitalised words of a document were decided in which way.
class NameCounts {
 public:
  void add(const std::vector<ContextWord>& words);
  int times(const ContextWord& word) const;       // decided so
  int times_bare(const ContextWord& word) const;  // decided in any way

 private:
  std::unordered_map<uint32_t, int> word_, bare_;
};

}  // namespace planscribe

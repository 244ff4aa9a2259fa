// ngram.h: the n-gram language model: a memory-mapped, read-only file. Const after loading, shared by threads.
//
// Words are numbers (WordId); costs are negative natural logarithms. A State remembers as much of the words before as
// the model can use; two equal states have the same future, so a search may keep only the cheaper of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/model_file.h"

namespace planscribe {

using WordId = uint16_t;
inline constexpr WordId kUnknown = 0, kBegin = 1, kEnd = 2;  // the first words of every model
inline constexpr uint32_t kNone = 0xFFFFFFFFu;

// First section of the file; the others follow in the order of the constructor.
struct NgramHeader {
  uint32_t order;       // 3
  uint32_t counts[3];   // entries of each order
  uint32_t words_size;  // bytes of the word list
};
inline constexpr char kNgramSignature[9] = "PSNGRAM\n";
inline constexpr uint32_t kNgramVersion = 2;
inline constexpr float kCostStep = 1 / 12.0f;     // of one quantised cost
inline constexpr float kBackoffStep = 1 / 24.0f;  // of one quantised back-off weight
inline constexpr uint32_t kBlock = 32;            // entries that share a base of child offsets

// What a search touches of an entry stands together. The words of each entry's children are sorted.
struct NgramPair {
  uint16_t word;
  uint16_t child;    // first child, from the base of the block
  uint8_t cost;      // steps of kCostStep
  uint8_t backoff;   // steps of kBackoffStep
};
struct NgramTriple {
  uint8_t low, high;  // of the word
  uint8_t cost;
  WordId word() const { return static_cast<WordId>(low | high << 8); }
};
static_assert(sizeof(NgramPair) == 6 && sizeof(NgramTriple) == 3);

class NgramModel {
 public:
  // Throws Error(invalid_data) naming the file when it is missing, cut or not a model.
  explicit NgramModel(const std::string& path);

  struct State {
    WordId word = kBegin;
    uint32_t pair = kNone;  // entry of the last two words
    bool operator==(const State&) const = default;
  };
  struct Found {
    uint32_t entry = kNone;  // of order 2
    float cost = 0;          // of the pair alone, back-off included
  };

  // What may follow a pair of words; nothing for kNone.
  struct Context {
    uint32_t begin = 0, end = 0;  // entries of order 3, sorted by word
    float backoff = 0;            // nats on top of the pair that follows when there is no such entry
  };

  State begin_state() const { return {}; }
  // The cost of word after state; next becomes the state after it.
  float extend(const State& state, WordId word, State& next) const {
    return extend(state, word, find_pair(state.word, word), next);
  }
  // The same when the pair was looked up before: many states of a search end in the same word.
  float extend(const State& state, WordId word, const Found& pair, State& next) const;
  Found find_pair(WordId first, WordId second) const {
    Row row = row_of(first);
    return may_hold(row, second) ? look_up(first, second) : absent(row, second);
  }
  // The parts of find_pair, for searches that ask many words after the same one. may_hold is false for nearly all pairs that
  // the model does not know; then the answer is absent().
  struct Row {
    uint64_t filter_begin = 0, filter_size = 0;  // bits
    float backoff = 0;                           // nats
  };
  Row row_of(WordId first) const {
    uint64_t begin = unigram_child_[first], size = unigram_child_[first + 1] - begin;
    return {kFilterBits * begin, kFilterBits * size, unigram_backoff_[first]};
  }
  bool may_hold(const Row& row, WordId second) const {
    uint64_t bit = filter_bit(row, second);
    return filter_[bit / 64] >> (bit % 64) & 1;
  }
  Found absent(const Row& row, WordId second) const { return {kNone, row.backoff + unigram_cost_[second]}; }
  // find_pair for many at once, so that their waits for memory overlap.
  struct Query {
    WordId first, second;
    uint32_t begin = 0, end = 0;  // of the pairs searched
    Found found;
  };
  void find_pairs(std::span<Query> queries) const;
  // The parts of extend, for searches that ask many words of one context. cost_after is negative when the context does not
  // know the word.
  Context context(uint32_t pair) const;
  float cost_after(const Context& context, WordId word) const;
  WordId word_after(const Context& context, uint32_t i) const { return triples_[context.begin + i].word(); }
  // Fetch what context() and cost_after() will need.
  void prefetch(uint32_t pair) const { if (pair != kNone) __builtin_prefetch(&pairs_[pair]); }
  void prefetch(const Context& context) const { __builtin_prefetch(&triples_[context.begin]); }

  WordId id(std::string_view word) const;
  std::string_view word(WordId id) const { return words_[id]; }
  size_t size() const { return words_.size(); }
  // Of the word by its frequency: what it is worth before its neighbours are seen.
  float word_cost(WordId id) const { return word_cost_[id]; }
  uint64_t checksum() const { return file_.checksum(); }

 private:
  uint32_t child(uint32_t pair) const { return base_[pair / kBlock] + pairs_[pair].child; }

  void check_offsets() const;
  void index_words(const char* text, size_t size);
  void index_pairs();
  void fill_filter();
  const uint16_t* jump(WordId first, WordId second) const;
  void set_range(Query& query) const;
  static uint64_t filter_bit(const Row& row, WordId second) { return row.filter_begin + (second * 0x9E3779B1u * row.filter_size >> 32); }
  Found look_up(const Query& query) const;
  Found look_up(WordId first, WordId second) const;
  template <typename Entry>
  static uint32_t find(const Entry* entries, uint32_t begin, uint32_t end, WordId word);

  static constexpr uint64_t kFilterBits = 8;

  ModelFile file_;
  NgramHeader header_;
  const float* unigram_cost_ = nullptr;  // by how many different words it follows: what pairs back off to
  const float *word_cost_ = nullptr, *unigram_backoff_ = nullptr;
  const uint32_t* unigram_child_ = nullptr;
  const uint32_t* base_ = nullptr;      // of child offsets, one for kBlock pairs
  const NgramPair* pairs_ = nullptr;    // and one more, the end
  const NgramTriple* triples_ = nullptr;
  std::vector<int32_t> jump_of_;        // of each first word: where its part of jumps_ begins, -1 when it has none
  std::vector<uint16_t> jumps_;         // first child in each range of second words
  std::vector<uint64_t> filter_;        // each first word has kFilterBits for each of its pairs
  std::vector<std::string_view> words_;
  std::unordered_map<std::string_view, WordId> ids_;
};

}  // namespace planscribe

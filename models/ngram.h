// ngram.h: the n-gram language model: a memory-mapped, read-only file. Const after loading, shared by threads.
//
// Words are numbers (WordId); costs are negative natural logarithms. A State remembers as much of the words before as
// the model can use; two equal states have the same future, so a search may keep only the cheaper of them.
#pragma once

#include <cstdint>
#include <future>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/model_file.h"
#include "models/pair_table.h"

namespace planscribe {

inline constexpr WordId kUnknown = 0, kBegin = 1, kEnd = 2;  // the first words of every model

// First section of the file; the others follow in the order of the constructor.
struct NgramHeader {
  uint32_t order;       // 3
  uint32_t counts[3];   // entries of each order
  uint32_t words_size;  // bytes of the word list
};
inline constexpr char kNgramSignature[9] = "PSNGRAM\n";
inline constexpr uint32_t kNgramVersion = 3;
inline constexpr float kCostStep = 1 / 12.0f;     // of one quantised cost
inline constexpr float kBackoffStep = 1 / 24.0f;  // of one quantised back-off weight
inline constexpr uint32_t kBlock = 32;            // entries that share a base of child offsets

// The words of each entry's children are sorted.
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
  explicit NgramModel(const std::string& path) : NgramModel(path, Unfinished()) { finish(); }
  // The same, but other threads still fill the tables and check the file: until finish() only id(), word(), size() and
  // word_cost() may be asked. finish() throws as above.
  struct Unfinished {};
  NgramModel(const std::string& path, Unfinished);
  void finish();

  struct State {
    WordId word = kBegin;
    uint32_t pair = kNone;  // the last two words
    bool operator==(const State&) const = default;
  };
  struct Found {
    uint32_t entry = kNone;  // the pair; kNone when the model does not know it
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
  float extend(const State& state, WordId word, const Found& pair, State& next) const {
    next = {word, pair.entry};
    return cost_of(context(state.pair), word, pair);
  }
  // The cost of a word after a context, given the pair it makes with the word before.
  float cost_of(const Context& context, WordId word, const Found& pair) const {
    float after = cost_after(context, word);
    return after >= 0 ? after : pair.cost + context.backoff;
  }
  Found find_pair(WordId first, WordId second) const {
    Row row = row_of(first);
    Kin kin = kin_of(second);
    return may_hold(row, kin) & word_bit(second) ? look_up(row, second, home(row, kin)) : absent(row, second);
  }
  // The parts of find_pair, for searches that ask many words after the same one. may_hold lacks nearly all words
  // of a kin that the model does not know after the first, as word_bit; for them the answer is absent().
  struct Row {
    PairTable::Row pairs;
    float backoff;  // nats
  };
  Row row_of(WordId first) const { return {pairs_.row_of(first), unigram_backoff_[first]}; }
  Kin kin_of(WordId word) const { return kin_[word]; }
  uint64_t may_hold(const Row& row, Kin kin) const { return pairs_.may_hold(row.pairs, kin); }
  Found absent(const Row& row, WordId second) const { return {kNone, row.backoff + unigram_cost_[second]}; }
  float cost_alone(WordId second) const { return unigram_cost_[second]; }  // of absent, without the back-off
  // Where a pair is looked up: fetched ahead, so that many waits for memory overlap.
  uint32_t home(const Row& row, Kin kin) const { return pairs_.home(row.pairs, kin); }
  Found look_up(const Row& row, WordId second, uint32_t home) const {
    uint32_t entry = pairs_.probe(row.pairs, second, home);
    return entry == kNone ? absent(row, second) : Found{entry, static_cast<float>(pairs_[entry].cost) * kCostStep};
  }
  // Calls take(word, pair) for each word of a kin that the model knows after the first.
  template <typename Take>
  void for_each_pair(const Row& row, Kin kin, uint32_t home, Take take) const {
    pairs_.for_each(row.pairs, kin, home, [&](uint32_t at) {
      take(pairs_[at].second, Found{at, static_cast<float>(pairs_[at].cost) * kCostStep});
    });
  }
  // find_pair for the pairs of neighbours in a row of words: one less than words.
  std::vector<Found> find_pairs(std::span<const WordId> words) const;
  // The parts of extend, for searches that ask many words of one context. cost_after is negative when the context does not
  // know the word.
  Context context(uint32_t pair) const {
    if (pair == kNone) return {};
    const PairTable::Pair& p = pairs_[pair];
    uint32_t first = p.first_child;
    return {first, first + p.children, static_cast<float>(p.backoff) * kBackoffStep};
  }
  float cost_after(const Context& context, WordId word) const {
    return may_follow(context, kin_of(word)) & word_bit(word) ? search_after(context, word) : -1;
  }
  // Which words of a kin may follow a context, as word_bit; of one with few children that is not told.
  uint64_t may_follow(const Context& context, Kin kin) const {
    return is_small(context) ? ~uint64_t{0} : filter_[filter_block(context, kin)];
  }
  // cost_after without that question.
  float search_after(const Context& context, WordId word) const;
  static bool is_small(const Context& context) { return context.end - context.begin <= kFewChildren; }
  WordId word_after(const Context& context, uint32_t i) const { return triples_[context.begin + i].word(); }
  // Fetch what context() and cost_after() will need.
  void prefetch(uint32_t pair) const { if (pair != kNone) pairs_.prefetch(pair); }
  void prefetch(const Context& context, Kin kin) const {
    __builtin_prefetch(is_small(context) ? static_cast<const void*>(&triples_[context.begin]) : &filter_[filter_block(context, kin)]);
  }
  static constexpr uint32_t kFewChildren = 24;  // of a context; of more, a filter says that a word is not among them

  WordId id(std::string_view word) const;
  std::string_view word(WordId id) const { return words_[id]; }
  size_t size() const { return words_.size(); }
  // Of the word by its frequency: what it is worth before its neighbours are seen.
  float word_cost(WordId id) const { return word_cost_[id]; }
  uint64_t checksum() const { return file_.checksum(); }

 private:
  uint32_t child(uint32_t pair) const { return base_[pair / kBlock] + file_pairs_[pair].child; }

  void check_counts() const;
  void index_words(const char* text, size_t size);
  size_t slot_of(std::string_view word) const;
  void find_kin();
  bool fill_pairs();
  bool fill_filter();
  void add_followers(const Context& context);
  static uint64_t filter_block(const Context& context, Kin kin) {
    return context.begin / kFilterShare + (kin * uint64_t{0x9E3779B1u} % (uint64_t{1} << 32) * ((context.end - context.begin) / kFilterShare) >> 32);
  }

  static constexpr uint64_t kFilterShare = 8;  // children that share a block of the filter
  static constexpr uint32_t kMostChildren = 65535;  // of a pair

  ModelFile file_;
  NgramHeader header_;
  const float* unigram_cost_ = nullptr;  // by how many different words it follows: what pairs back off to
  const float *word_cost_ = nullptr, *unigram_backoff_ = nullptr;
  const uint32_t* unigram_child_ = nullptr;
  const uint32_t* base_ = nullptr;           // of child offsets, one for kBlock pairs
  const NgramPair* file_pairs_ = nullptr;    // and one more, the end; read once
  const NgramTriple* triples_ = nullptr;
  std::vector<Kin> kin_;          // of each word
  PairTable pairs_;
  BigArray<uint64_t> filter_;     // a block for every kFilterShare children of a context that has many
  std::vector<std::string_view> words_;
  std::vector<WordId> ids_;    // by hash of the word, kUnknown where none stands; open addressing, half full at most
  std::future<bool> pairs_sound_, triples_sound_;  // last, so that they are waited for first
};

}  // namespace planscribe

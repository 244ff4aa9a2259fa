// ngram.h: the n-gram language model: a memory-mapped, read-only file. Const after loading, shared by threads.
//
// Words are numbers (WordId); costs are negative natural logarithms. A State remembers as much of the words before as
// the model can use; two equal states have the same future, so a search may keep only the cheaper of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace planscribe {

using WordId = uint16_t;
inline constexpr WordId kUnknown = 0, kBegin = 1, kEnd = 2;  // the first words of every model
inline constexpr uint32_t kNone = 0xFFFFFFFFu;

// Start of the file; sections follow in the order of NgramModel::attach. Little-endian.
struct NgramHeader {
  char signature[8];   // "PSNGRAM\n"
  uint32_t version;    // kNgramVersion
  uint32_t order;      // 3
  uint64_t file_size;
  uint64_t checksum;   // over everything after the header
  uint32_t counts[3];  // entries of each order
  uint32_t words_size; // bytes of the word list, a multiple of 8
};
inline constexpr char kNgramSignature[9] = "PSNGRAM\n";
inline constexpr uint32_t kNgramVersion = 1;
inline constexpr float kCostStep = 1 / 12.0f;     // of one quantised cost
inline constexpr float kBackoffStep = 1 / 24.0f;  // of one quantised back-off weight
inline constexpr uint32_t kBlock = 32;            // entries that share a base of child offsets

uint64_t ngram_checksum(const char* data, size_t size);

class NgramModel {
 public:
  // Throws Error(invalid_data) naming the file when it is missing, cut or not a model.
  explicit NgramModel(const std::string& path);
  ~NgramModel();
  NgramModel(const NgramModel&) = delete;
  NgramModel& operator=(const NgramModel&) = delete;

  struct State {
    WordId word = kBegin;
    uint32_t pair = kNone;  // entry of the last two words
    bool operator==(const State&) const = default;
  };
  struct Found {
    uint32_t entry = kNone;  // of order 2
    float cost = 0;          // of the pair alone, back-off included
  };

  State begin_state() const { return {}; }
  // The cost of word after state; next becomes the state after it.
  float extend(const State& state, WordId word, State& next) const {
    return extend(state, word, find_pair(state.word, word), next);
  }
  // The same when the pair was looked up before: many states of a search end in the same word.
  float extend(const State& state, WordId word, const Found& pair, State& next) const;
  Found find_pair(WordId first, WordId second) const;

  WordId id(std::string_view word) const;
  std::string_view word(WordId id) const { return words_[id]; }
  size_t size() const { return words_.size(); }
  float unigram_cost(WordId id) const { return unigram_cost_[id]; }
  uint64_t checksum() const { return header_->checksum; }

 private:
  struct Pairs {
    const uint32_t* base = nullptr;  // one for each kBlock entries
    const uint16_t* word = nullptr;
    const uint16_t* delta = nullptr;  // one more than there are entries
    const uint8_t* cost = nullptr;
    const uint8_t* backoff = nullptr;
    uint32_t child(uint32_t entry) const { return base[entry / kBlock] + delta[entry]; }
  };

  void check(const std::string& path) const;
  void attach(const std::string& path);
  void index_words(const char* text, size_t size, const std::string& path);
  static uint32_t find(const uint16_t* words, uint32_t begin, uint32_t end, WordId word);

  const char* data_ = nullptr;
  size_t size_ = 0;
  const NgramHeader* header_ = nullptr;
  const float *unigram_cost_ = nullptr, *unigram_backoff_ = nullptr;
  const uint32_t* unigram_child_ = nullptr;
  Pairs pairs_;
  const uint16_t* last_word_ = nullptr;
  const uint8_t* last_cost_ = nullptr;
  std::vector<std::string_view> words_;
  std::unordered_map<std::string_view, WordId> ids_;
};

}  // namespace planscribe

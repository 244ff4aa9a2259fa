#include "models/ngram.h"

#include <cstring>

namespace planscribe {

NgramModel::NgramModel(const std::string& path) : file_(path, kNgramSignature, kNgramVersion) {
  header_ = *file_.take<NgramHeader>(1);
  const uint32_t* n = header_.counts;
  if (header_.order != 3 || n[0] < 3 || n[0] > 65535) refuse_model(path, "has an impossible number of words");
  const char* text = file_.take<char>(header_.words_size);
  unigram_cost_ = file_.take<float>(n[0]);
  word_cost_ = file_.take<float>(n[0]);
  unigram_backoff_ = file_.take<float>(n[0]);
  unigram_child_ = file_.take<uint32_t>(n[0] + 1);
  base_ = file_.take<uint32_t>(n[1] / kBlock + 1);
  pairs_ = file_.take<NgramPair>(n[1] + size_t{1});
  triples_ = file_.take<NgramTriple>(n[2]);
  check_offsets();
  index_words(text, header_.words_size);
  index_pairs();
}

// No search may leave its section, whatever the file says.
void NgramModel::check_offsets() const {
  const uint32_t* n = header_.counts;
  bool good = file_.at_end() && unigram_child_[0] == 0 && unigram_child_[n[0]] == n[1] && child(0) == 0 && child(n[1]) == n[2];
  for (uint32_t i = 0; i < n[0] && good; ++i) good = unigram_child_[i] <= unigram_child_[i + 1];
  for (uint32_t i = 0; i < n[1] && good; ++i) good = child(i) <= child(i + 1) && pairs_[i].word < n[0];
  if (!good) refuse_model(file_.path(), "is damaged: its sections do not fit");
}

void NgramModel::index_words(const char* text, size_t size) {
  words_.reserve(header_.counts[0]);
  ids_.reserve(header_.counts[0] * 2);
  for (size_t at = 0; at < size && words_.size() < header_.counts[0];) {
    const void* end = std::memchr(text + at, '\n', size - at);
    if (!end) break;
    words_.emplace_back(text + at, static_cast<const char*>(end) - text - at);
    ids_.emplace(words_.back(), static_cast<WordId>(words_.size() - 1));
    at += words_.back().size() + 1;
  }
  if (words_.size() != header_.counts[0]) refuse_model(file_.path(), "is damaged: its word list is short");
}

WordId NgramModel::id(std::string_view word) const {
  auto found = ids_.find(word);
  return found == ids_.end() ? kUnknown : found->second;
}

// Ranges of second words, narrow where words are frequent (their numbers are small).
constexpr uint32_t jump_range(WordId word) { return word < 2048 ? word >> 5 : 64 + ((word - 2048u) >> 9); }
constexpr uint32_t kManyChildren = 48;

// A search among thousands of children misses the cache at every step; a table says where to begin.
void NgramModel::index_pairs() {
  size_t words = header_.counts[0], ranges = jump_range(static_cast<WordId>(words - 1)) + 2;
  jump_of_.assign(words, -1);
  for (size_t first = 0; first < words; ++first) {
    uint32_t begin = unigram_child_[first], end = unigram_child_[first + 1];
    if (end - begin < kManyChildren) continue;
    jump_of_[first] = static_cast<int32_t>(jumps_.size());
    for (uint32_t range = 0, at = begin; range < ranges; ++range) {
      while (at < end && jump_range(pairs_[at].word) < range) ++at;
      jumps_.push_back(static_cast<uint16_t>(at - begin));
    }
  }
}

namespace {
WordId word_of(const NgramPair& entry) { return entry.word; }
WordId word_of(const NgramTriple& entry) { return entry.word(); }
}  // namespace

// Branch-light binary search; kNone when word is not there.
template <typename Entry>
uint32_t NgramModel::find(const Entry* entries, uint32_t begin, uint32_t end, WordId word) {
  uint32_t size = end - begin;
  if (size == 0) return kNone;
  const Entry* low = entries + begin;
  while (size > 1) {
    uint32_t half = size / 2;
    low += word_of(low[half - 1]) < word ? half : 0;
    size -= half;
  }
  return word_of(*low) == word ? static_cast<uint32_t>(low - entries) : kNone;
}

NgramModel::Found NgramModel::find_pair(WordId first, WordId second) const {
  uint32_t begin = unigram_child_[first], end = unigram_child_[first + 1];
  if (int32_t jump = jump_of_[first]; jump >= 0) {
    const uint16_t* range = &jumps_[static_cast<size_t>(jump) + jump_range(second)];
    end = begin + range[1], begin += range[0];
  }
  Found found;
  found.entry = find(pairs_, begin, end, second);
  found.cost = found.entry != kNone ? static_cast<float>(pairs_[found.entry].cost) * kCostStep
                                    : unigram_backoff_[first] + unigram_cost_[second];
  return found;
}

float NgramModel::extend(const State& state, WordId word, const Found& pair, State& next) const {
  float cost = pair.cost;
  if (state.pair != kNone) {
    uint32_t last = find(triples_, child(state.pair), child(state.pair + 1), word);
    cost = last != kNone ? static_cast<float>(triples_[last].cost) * kCostStep
                         : cost + static_cast<float>(pairs_[state.pair].backoff) * kBackoffStep;
  }
  next.word = word;
  next.pair = pair.entry;
  return cost;
}

}  // namespace planscribe

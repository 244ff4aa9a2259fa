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
  fill_filter();
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

// Most pairs that a search asks for do not exist; a bit says so without touching the pairs.
void NgramModel::fill_filter() {
  filter_.assign((kFilterBits * header_.counts[1] + 63) / 64 + 1, 0);
  for (size_t first = 0; first < header_.counts[0]; ++first) {
    Row row = row_of(static_cast<WordId>(first));
    for (uint32_t at = unigram_child_[first]; at < unigram_child_[first + 1]; ++at) {
      size_t bit = filter_bit(row, pairs_[at].word);
      filter_[bit / 64] |= uint64_t{1} << (bit % 64);
    }
  }
}

// Where the table says in which part of first's pairs second must be; nullptr for words with few pairs.
const uint16_t* NgramModel::jump(WordId first, WordId second) const {
  int32_t jump = jump_of_[first];
  return jump < 0 ? nullptr : &jumps_[static_cast<size_t>(jump) + jump_range(second)];
}

void NgramModel::set_range(Query& query) const {
  query.begin = unigram_child_[query.first], query.end = unigram_child_[query.first + 1];
  if (const uint16_t* range = jump(query.first, query.second)) query.end = query.begin + range[1], query.begin += range[0];
}

NgramModel::Found NgramModel::look_up(const Query& query) const {
  uint32_t entry = find(pairs_, query.begin, query.end, query.second);
  if (entry == kNone) return absent(row_of(query.first), query.second);
  return {entry, static_cast<float>(pairs_[entry].cost) * kCostStep};
}

NgramModel::Found NgramModel::look_up(WordId first, WordId second) const {
  Query query = {first, second, 0, 0, {}};
  set_range(query);
  return look_up(query);
}

void NgramModel::find_pairs(std::span<Query> queries) const {
  for (const Query& query : queries) __builtin_prefetch(jump(query.first, query.second));
  for (Query& query : queries) {
    set_range(query);
    __builtin_prefetch(&pairs_[query.begin + (query.end - query.begin) / 2]);
  }
  for (Query& query : queries) query.found = look_up(query);
}

NgramModel::Context NgramModel::context(uint32_t pair) const {
  if (pair == kNone) return {};
  return {child(pair), child(pair + 1), static_cast<float>(pairs_[pair].backoff) * kBackoffStep};
}

float NgramModel::cost_after(const Context& context, WordId word) const {
  uint32_t entry = find(triples_, context.begin, context.end, word);
  return entry != kNone ? static_cast<float>(triples_[entry].cost) * kCostStep : -1;
}

float NgramModel::extend(const State& state, WordId word, const Found& pair, State& next) const {
  Context known = context(state.pair);
  float after = cost_after(known, word);
  next.word = word;
  next.pair = pair.entry;
  return after >= 0 ? after : pair.cost + known.backoff;
}

}  // namespace planscribe

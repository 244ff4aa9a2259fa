#include "models/ngram.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "models/letters.h"

namespace planscribe {

NgramModel::NgramModel(const std::string& path, Unfinished) : file_(path, kNgramSignature, kNgramVersion) {
  header_ = *file_.take<NgramHeader>(1);
  const uint32_t* n = header_.counts;
  if (header_.order != 3 || n[0] < 3 || n[0] > 65535) refuse_model(path, "has an impossible number of words");
  const char* text = file_.take<char>(header_.words_size);
  unigram_cost_ = file_.take<float>(n[0]);
  word_cost_ = file_.take<float>(n[0]);
  unigram_backoff_ = file_.take<float>(n[0]);
  unigram_child_ = file_.take<uint32_t>(n[0] + 1);
  base_ = file_.take<uint32_t>(n[1] / kBlock + 1);
  file_pairs_ = file_.take<NgramPair>(n[1] + size_t{1});
  triples_ = file_.take<NgramTriple>(n[2]);
  check_counts();
  index_words(text, header_.words_size);
  find_kin();
  pairs_ = PairTable({unigram_child_, n[0] + size_t{1}}, kin_.data());
  filter_ = BigArray<uint64_t>(n[2] / kFilterShare + 1);
  pairs_sound_ = std::async(std::launch::async, [this] { return fill_pairs(); });
  triples_sound_ = std::async(std::launch::async, [this] { return fill_filter(); });
}

void NgramModel::finish() {
  file_.check_whole();
  const bool pairs_sound = pairs_sound_.get(), triples_sound = triples_sound_.get();
  if (!pairs_sound || !triples_sound) refuse_model(file_.path(), "is damaged: its sections do not fit");
}

// No search may leave its section, whatever the file says.
void NgramModel::check_counts() const {
  const uint32_t* n = header_.counts;
  bool good = file_.at_end() && unigram_child_[0] == 0 && unigram_child_[n[0]] == n[1] && child(0) == 0 && child(n[1]) == n[2];
  for (uint32_t i = 0; i < n[0]; ++i) good &= unigram_child_[i] <= unigram_child_[i + 1];
  if (!good || n[1] > PairTable::kMostPairs || n[2] > PairTable::kMostTriples) {
    refuse_model(file_.path(), "is damaged: its sections do not fit");
  }
}

void NgramModel::index_words(const char* text, size_t size) {
  words_.reserve(header_.counts[0]);
  ids_.assign(std::bit_ceil(size_t{2} * header_.counts[0]), kUnknown);
  for (size_t at = 0; at < size && words_.size() < header_.counts[0];) {
    const void* end = std::memchr(text + at, '\n', size - at);
    if (!end) break;
    std::string_view word(text + at, static_cast<const char*>(end) - text - at);
    WordId& id = ids_[slot_of(word)];
    if (id == kUnknown) id = static_cast<WordId>(words_.size());
    words_.push_back(word);
    at += word.size() + 1;
  }
  if (words_.size() != header_.counts[0]) refuse_model(file_.path(), "is damaged: its word list is short");
}

// Words of the same bare letters get the same number; two that share a hash by chance only cost time.
void NgramModel::find_kin() {
  struct Slot {
    uint64_t hash = 0;
    Kin kin = 0;
    bool used = false;
  };
  std::vector<Slot> slots(std::bit_ceil(2 * words_.size()));
  Kin kins = 0;
  kin_.reserve(words_.size());
  for (std::string_view word : words_) {
    uint64_t hash = 0;
    for (size_t at = 0; at < word.size();) hash = (hash ^ bare(lower(decode_next(word, at)))) * 0x9E3779B97F4A7C15ull, hash ^= hash >> 32;
    size_t at = hash & (slots.size() - 1);
    while (slots[at].used && slots[at].hash != hash) at = (at + 1) & (slots.size() - 1);
    if (!slots[at].used) slots[at] = {hash, kins++, true};
    kin_.push_back(slots[at].kin);
  }
}

// Where a word stands, or would.
size_t NgramModel::slot_of(std::string_view word) const {
  uint64_t hash = word.size();
  for (unsigned char c : word) hash = (hash ^ c) * 0x9E3779B97F4A7C15ull;
  size_t at = (hash ^ hash >> 32) & (ids_.size() - 1);
  while (ids_[at] != kUnknown && words_[ids_[at]] != word) at = (at + 1) & (ids_.size() - 1);
  return at;
}

WordId NgramModel::id(std::string_view word) const { return ids_[slot_of(word)]; }

// The pairs as searches want them. False when the file tells of words that it does not have.
bool NgramModel::fill_pairs() {
  uint32_t begin = 0;
  for (size_t first = 0; first < header_.counts[0]; ++first) {
    PairTable::Row row = pairs_.row_of(static_cast<WordId>(first));
    for (uint32_t at = row.begin; at < row.begin + row.size; ++at) {
      const NgramPair& pair = file_pairs_[at];
      uint32_t end = child(at + 1);
      if (pair.word >= header_.counts[0]) return false;
      pairs_.add(row, pair.word, begin, static_cast<uint16_t>(end - begin), pair.cost, pair.backoff);
      begin = end;
    }
  }
  return true;
}

// What may follow them: most words that a search asks for do not follow, and a bit says so without a search among thousands of
// children. False when the children of the pairs lead astray.
bool NgramModel::fill_filter() {
  for (uint32_t at = 0, begin = 0; at < header_.counts[1]; ++at) {
    uint32_t end = child(at + 1);
    if (end - begin > kMostChildren || end > header_.counts[2]) return false;
    if (end - begin > kFewChildren) add_followers({begin, end, 0});
    begin = end;
  }
  return true;
}

void NgramModel::add_followers(const Context& context) {
  for (uint32_t i = context.begin; i < context.end; ++i) {
    WordId word = triples_[i].word();
    if (word >= header_.counts[0]) continue;
    filter_[filter_block(context, kin_of(word))] |= word_bit(word);
  }
}

// Branch-light binary search.
float NgramModel::search_after(const Context& context, WordId word) const {
  uint32_t size = context.end - context.begin;
  if (size == 0) return -1;
  const NgramTriple* low = triples_ + context.begin;
  while (size > 1) {
    uint32_t half = size / 2;
    low += low[half - 1].word() < word ? half : 0;
    size -= half;
  }
  return low->word() == word ? static_cast<float>(low->cost) * kCostStep : -1;
}

std::vector<NgramModel::Found> NgramModel::find_pairs(std::span<const WordId> words) const {
  constexpr size_t kAhead = 8;
  size_t pairs = words.empty() ? 0 : words.size() - 1;
  std::vector<uint32_t> homes(pairs);
  std::vector<Found> out(pairs);
  for (size_t i = 0; i < pairs + kAhead; ++i) {
    if (i < pairs) {
      Row row = row_of(words[i]);
      Kin kin = kin_of(words[i + 1]);
      homes[i] = may_hold(row, kin) & word_bit(words[i + 1]) ? home(row, kin) : kNone;
      prefetch(homes[i]);
    }
    if (i < kAhead) continue;
    size_t k = i - kAhead;
    Row row = row_of(words[k]);
    out[k] = homes[k] == kNone ? absent(row, words[k + 1]) : look_up(row, words[k + 1], homes[k]);
  }
  return out;
}

}  // namespace planscribe

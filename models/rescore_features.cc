#include "models/rescore_features.h"

#include <algorithm>
#include <initializer_list>

namespace planscribe {
namespace {

constexpr int kNear = 4, kFar = 16;  // words to either side: one by one, and as a bag

class KeyMaker {
 public:
  KeyMaker(std::span<const ContextWord> words, size_t at, Keys& out) : words_(words), at_(static_cast<int>(at)), out_(out) {
    out_.size = 0;
  }

  uint32_t word(int offset) const { return inside(offset) ? words_[at_ + offset].word : static_cast<uint32_t>(offset < 0); }
  uint32_t bare(int offset) const { return inside(offset) ? words_[at_ + offset].bare : static_cast<uint32_t>(offset < 0); }
  uint32_t shape(int offset) const { return inside(offset) ? 1 + static_cast<uint32_t>(words_[at_ + offset].shape) : 0; }

  bool is_word(int offset) const { return inside(offset) && words_[at_ + offset].shape != Shape::sign; }

  void add(uint32_t kind, std::initializer_list<uint32_t> parts) {
    uint64_t hash = 0x9E3779B97F4A7C15ull * (kind + 1) ^ words_[at_].bare;
    for (uint32_t part : parts) {
      hash = (hash ^ part) * 0xBF58476D1CE4E5B9ull;
      hash ^= hash >> 29;
    }
    out_.key[out_.size++] = hash;
  }

 private:
  bool inside(int offset) const { return at_ + offset >= 0 && at_ + offset < static_cast<int>(words_.size()); }

  std::span<const ContextWord> words_;
  int at_;
  Keys& out_;
};

}  // namespace

void context_keys(std::span<const ContextWord> words, size_t at, Keys& out) {
  KeyMaker k(words, at, out);
  k.add(0, {k.shape(0)});
  for (int i = 1; i <= kNear; ++i) {
    k.add(static_cast<uint32_t>(2 * i), {k.word(-i)});
    k.add(static_cast<uint32_t>(2 * i + 1), {k.word(i)});
  }
  k.add(10, {k.word(-2), k.word(-1)});
  k.add(11, {k.word(1), k.word(2)});
  k.add(12, {k.word(-1), k.word(1)});
  k.add(13, {k.word(-3), k.word(-2), k.word(-1)});
  k.add(14, {k.word(1), k.word(2), k.word(3)});
  k.add(15, {k.word(-2), k.word(-1), k.word(1)});
  k.add(16, {k.word(-1), k.word(1), k.word(2)});
  k.add(17, {k.word(-2), k.word(-1), k.word(1), k.word(2)});
  k.add(18, {k.word(-2), k.word(1)});
  k.add(19, {k.word(-1), k.word(2)});
  k.add(20, {k.bare(-1), k.bare(1)});
  k.add(21, {k.bare(-2), k.bare(-1)});
  k.add(22, {k.bare(1), k.bare(2)});
  k.add(23, {k.bare(-2), k.bare(-1), k.bare(1), k.bare(2)});
  k.add(24, {k.shape(0), k.word(-1)});
  k.add(25, {k.shape(0), k.word(1)});
  k.add(26, {k.shape(-1), k.shape(0), k.shape(1)});
  k.add(28, {k.bare(-1)});
  k.add(29, {k.bare(1)});
  k.add(30, {k.word(-1), k.bare(1)});
  k.add(31, {k.bare(-1), k.word(1)});
  k.add(32, {k.word(-3), k.word(-1)});
  k.add(33, {k.word(1), k.word(3)});
  k.add(34, {k.word(-3), k.word(-2)});
  k.add(35, {k.word(2), k.word(3)});
  k.add(36, {k.word(-2), k.word(2)});
  k.add(37, {k.shape(-2), k.shape(-1), k.shape(0), k.shape(1), k.shape(2)});
  for (int i = 3; i <= kFar; ++i) {
    if (k.is_word(-i)) k.add(27, {k.word(-i)});
    if (k.is_word(i)) k.add(27, {k.word(i)});
  }
}

namespace {

uint64_t bucket(int times) { return times < 4 ? static_cast<uint64_t>(times) : times < 6 ? 4 : times < 10 ? 5 : times < 20 ? 6 : 7; }

}  // namespace

DocumentKeys document_keys(const DocumentCounts& counts, std::span<const ContextWord> words, size_t at, const ContextWord& reading) {
  using Kind = DocumentCounts::Kind;
  DocumentKeys out = {};
  for (Kind kind : {Kind::any, Kind::name, Kind::before, Kind::after}) {
    DocumentCounts::Times times = counts.times(kind, words, at, reading);
    if (times.same < 0) continue;
    uint64_t key = 128 + 64 * static_cast<uint64_t>(words[at].shape == Shape::head) + 8 * bucket(times.same) + bucket(times.other);
    out[static_cast<size_t>(kind)] = static_cast<uint8_t>(key);
  }
  return out;
}

}  // namespace planscribe

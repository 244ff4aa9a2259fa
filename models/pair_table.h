// pair_table.h: the pairs of an n-gram model as a hash table: one access to memory says whether a pair exists, and what
// stands in it also leads to the triples. Each first word has an area of its own; linear probing inside it. A filter of a
// bit a hash, small enough for the cache, answers most questions about pairs that do not exist, as four in five asked for do not.
// Filled once, then const and shared by threads.
#pragma once

#include <cstdint>
#include <span>

#include "models/big_array.h"

namespace planscribe {

using WordId = uint16_t;
inline constexpr uint32_t kNone = 0xFFFFFFFFu;

class PairTable {
 public:
  struct Pair {
    uint16_t key = 0;              // of the second word; 0 where nothing stands
    uint16_t children = 0;         // triples that begin with the pair
    uint16_t child[2] = {};        // number of the first of them, lower half first
    uint8_t cost = 0, backoff = 0;  // quantised
    uint32_t first_child() const { return child[0] | static_cast<uint32_t>(child[1]) << 16; }
  };
  static_assert(sizeof(Pair) == 10);
  // The pairs of one first word.
  struct Row {
    uint32_t begin, size;  // numbers of the pairs, as the file counts them
    WordId first;
  };

  PairTable() = default;
  // first_pair: of each word the number of its first pair, and the end; ascending. Borrowed.
  explicit PairTable(std::span<const uint32_t> first_pair)
      : first_pair_(first_pair.data()),
        pairs_(area_begin(first_pair.back(), first_pair.size() - 1)),
        filter_((kFilterBits * first_pair.back()) / 64 + 1) {}

  Row row_of(WordId first) const { return {first_pair_[first], first_pair_[first + 1] - first_pair_[first], first}; }
  // Words of a row must differ, be no more than its size, and below 65535.
  void add(const Row& row, WordId second, uint32_t child, uint16_t children, uint8_t cost, uint8_t backoff);

  // False for nearly all pairs that do not exist.
  bool may_hold(const Row& row, WordId second) const {
    uint64_t bit = filter_bit(row, second);
    return filter_[bit / 64] >> (bit % 64) & 1;
  }
  // Index of a pair, kNone when there is none: probe() from home().
  uint32_t home(const Row& row, WordId second) const {
    uint64_t begin = area_begin(row.begin, row.first), end = area_begin(row.begin + row.size, row.first + size_t{1});
    return static_cast<uint32_t>(begin + (hash(second) * (end - begin) >> 32));
  }
  uint32_t probe(const Row& row, WordId second, uint32_t at) const {
    while (pairs_[at].key != key_of(second)) {
      if (pairs_[at].key == 0) return kNone;
      at = after(row, at);
    }
    return at;
  }
  const Pair& operator[](uint32_t index) const { return pairs_[index]; }
  void prefetch(uint32_t index) const { __builtin_prefetch(&pairs_[index]); }

 private:
  static constexpr uint64_t kFilterBits = 8;

  static uint16_t key_of(WordId word) { return static_cast<uint16_t>(word + 1); }
  static uint64_t hash(WordId word) { return word * 0x9E3779B1u; }
  // A third more places than pairs, and always one that stays free.
  static uint64_t area_begin(uint64_t pairs_before, uint64_t words_before) { return pairs_before + pairs_before / 3 + words_before; }
  static uint64_t filter_bit(const Row& row, WordId second) {
    return kFilterBits * row.begin + (hash(second) * (kFilterBits * row.size) >> 32);
  }
  uint32_t after(const Row& row, uint32_t at) const {
    bool last = at + 1 == area_begin(row.begin + row.size, row.first + size_t{1});
    return last ? static_cast<uint32_t>(area_begin(row.begin, row.first)) : at + 1;
  }

  const uint32_t* first_pair_ = nullptr;
  BigArray<Pair> pairs_;
  BigArray<uint64_t> filter_;
};

inline void PairTable::add(const Row& row, WordId second, uint32_t child, uint16_t children, uint8_t cost, uint8_t backoff) {
  uint64_t bit = filter_bit(row, second);
  filter_[bit / 64] |= uint64_t{1} << (bit % 64);
  uint32_t at = home(row, second);
  while (pairs_[at].key != 0) at = after(row, at);
  pairs_[at] = {key_of(second), children, {static_cast<uint16_t>(child), static_cast<uint16_t>(child >> 16)}, cost, backoff};
}

}  // namespace planscribe

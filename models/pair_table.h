// pair_table.h: the pairs of an n-gram model as a hash table. Words of the same bare letters (hàng, hằng, hang) are kin: a
// search asks for all of a kin at once, so the pairs of one first word and one kin stand near each other, and one access to
// memory mostly finds them all; what stands there also leads to the triples. Each first word has an area of its own; linear
// probing inside it. A filter of a block for a few kins, small enough for the cache, answers most questions about what does not exist.
// Filled once, then const and shared by threads.
#pragma once

#include <cstdint>
#include <span>

#include "models/big_array.h"

namespace planscribe {

using WordId = uint16_t;
using Kin = uint16_t;  // number of the words that share their bare letters
// Of a word in masks of words; others share it.
inline uint64_t word_bit(WordId word) { return uint64_t{1} << (word & 63); }
inline constexpr uint32_t kNone = 0xFFFFFFFFu;

class PairTable {
 public:
  struct Pair {
    uint16_t kin = 0;        // key of the second word's kin; 0 where nothing stands
    WordId second = 0;
    uint32_t first_child : 31 = 0;  // number of the first triple that begins with the pair
    uint32_t last : 1 = 0;          // of its kin
    uint16_t children = 0;   // triples that begin with the pair
    uint8_t cost = 0, backoff = 0;  // quantised
  };
  static_assert(sizeof(Pair) == 12);
  static constexpr uint32_t kMostTriples = 0x7FFFFFFF;
  // The pairs of one first word.
  struct Row {
    uint32_t begin, size;  // numbers of the pairs, as the file counts them
    WordId first;
    uint32_t area, area_end;  // indices
  };

  PairTable() = default;
  static constexpr uint32_t kMostPairs = 0x7FFFFFFF;
  // first_pair: of each word the number of its first pair, and the end; ascending. kin: of each word, below 65535. Borrowed.
  PairTable(std::span<const uint32_t> first_pair, const Kin* kin)
      : first_pair_(first_pair.data()),
        kin_(kin),
        pairs_(area_begin(first_pair.back(), first_pair.size() - 1)),
        filter_(first_pair.back() / kFilterShare + first_pair.size()) {}

  Row row_of(WordId first) const {
    const uint32_t begin = first_pair_[first], end = first_pair_[first + size_t{1}];
    return {begin, end - begin, first, area_begin(begin, first), area_begin(end, first + uint32_t{1})};
  }
  // Words of a row must differ and be no more than its size.
  void add(const Row& row, WordId second, uint32_t child, uint16_t children, uint8_t cost, uint8_t backoff);

  // Which words of a kin may follow, as word_bit; some that do not are among them.
  uint64_t may_hold(const Row& row, Kin kin) const { return filter_[filter_block(row, kin)]; }
  // Where the search for a kin begins.
  uint32_t home(const Row& row, Kin kin) const {
    return row.area + static_cast<uint32_t>(hash(kin) * (row.area_end - row.area) >> 32);
  }
  // Calls take(index) for each pair of a row whose second word is of the kin, from its home on.
  template <typename Take>
  void for_each(const Row& row, Kin kin, uint32_t at, Take take) const {
    for (; pairs_[at].kin != 0; at = after(row, at)) {
      if (pairs_[at].kin != key_of(kin)) continue;
      take(at);
      if (pairs_[at].last) return;
    }
  }
  // Index of a pair, kNone when there is none; at: home of the second word's kin.
  uint32_t probe(const Row& row, WordId second, uint32_t at) const {
    for (uint16_t key = key_of(kin_[second]); pairs_[at].kin != 0; at = after(row, at)) {
      if (pairs_[at].kin != key) continue;
      if (pairs_[at].second == second) return at;
      if (pairs_[at].last) break;
    }
    return kNone;
  }
  const Pair& operator[](uint32_t index) const { return pairs_[index]; }
  void prefetch(uint32_t index) const { __builtin_prefetch(&pairs_[index]); }

 private:
  static constexpr uint64_t kFilterShare = 8;  // pairs that share a block of the filter

  static uint16_t key_of(Kin kin) { return static_cast<uint16_t>(kin + 1); }
  static uint64_t hash(Kin kin) { return kin * 0x9E3779B1u; }
  // A third more places than pairs, and always one that stays free.
  static uint32_t area_begin(uint32_t pairs_before, uint32_t words_before) { return pairs_before + pairs_before / 3 + words_before; }
  static uint64_t filter_block(const Row& row, Kin kin) {
    return row.begin / kFilterShare + row.first + (hash(kin) * (row.size / kFilterShare + 1) >> 32);
  }
  static uint32_t after(const Row& row, uint32_t at) { return at + 1 == row.area_end ? row.area : at + 1; }

  const uint32_t* first_pair_ = nullptr;
  const Kin* kin_ = nullptr;
  BigArray<Pair> pairs_;
  BigArray<uint64_t> filter_;
};

inline void PairTable::add(const Row& row, WordId second, uint32_t child, uint16_t children, uint8_t cost, uint8_t backoff) {
  const Kin kin = kin_[second];
  filter_[filter_block(row, kin)] |= word_bit(second);
  uint32_t at = home(row, kin);
  for (; pairs_[at].kin != 0; at = after(row, at)) {
    if (pairs_[at].kin == key_of(kin)) pairs_[at].last = 0;
  }
  pairs_[at] = {key_of(kin), second, child, 1, children, cost, backoff};
}

}  // namespace planscribe

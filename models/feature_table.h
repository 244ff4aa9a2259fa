// feature_table.h: the weights of tens of millions of features while the rescorer is fitted. Training only.
//
// The table falls into shards. Any thread may read while none writes; while weights move, a shard belongs to one thread.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>

#include "models/big_array.h"

namespace planscribe {

struct Weight {
  uint64_t feature = 0;
  float value = 0, squares = 0;  // squares: sum of squared gradients, below 0 once dropped
  bool dropped() const { return squares < 0; }
};

class FeatureTable {
 public:
  static constexpr size_t kShards = 16;

  // About as large as a corpus of so many readings needs, 4 GB at most.
  explicit FeatureTable(size_t readings)
      : table_bits_(std::clamp(static_cast<int>(std::bit_width(readings)) + 3, 16, 27)), counts_(size_t{16} << table_bits_),
        weights_(size_t{1} << table_bits_) {}

  // Of a feature's low bits, like its place, so that a shard's features meet only there.
  size_t shard_of(uint64_t feature) const { return place_of(feature) / shard_size(); }

  void prefetch(uint64_t feature) const { __builtin_prefetch(&weights_[place_of(feature)]); }
  const Weight* find(uint64_t feature) const { return const_cast<FeatureTable*>(this)->find_place(feature).first; }
  // The same, or a new one for a feature that was asked for min_count times; nullptr before, or when the shard is full.
  Weight* find_or_add(uint64_t feature, unsigned min_count) {
    auto [there, free] = find_place(feature);
    if (there || min_count == 0) return there;
    uint8_t& count = counts_[feature & (counts_.size() - 1)];
    size_t& used = used_[shard_of(feature)];
    if (count < 255) ++count;
    if (count < min_count || used * 10 > shard_size() * 9) return nullptr;
    free->feature = feature, ++used;
    return free;
  }

  // All places, free ones too.
  size_t size() const { return weights_.size(); }
  Weight& operator[](size_t i) { return weights_[i]; }
  size_t used() const {
    size_t all = 0;
    for (size_t n : used_) all += n;
    return all;
  }

 private:
  size_t place_of(uint64_t feature) const { return feature & (weights_.size() - 1); }
  size_t shard_size() const { return weights_.size() / kShards; }

  // The weight, or nullptr and the free place for it.
  std::pair<Weight*, Weight*> find_place(uint64_t feature) {
    size_t at = place_of(feature), begin = at / shard_size() * shard_size();
    for (;; at = begin + (at + 1) % shard_size()) {
      Weight& w = weights_[at];
      if (w.feature == feature) return {&w, nullptr};
      if (w.feature == 0) return {nullptr, &w};
    }
  }

  int table_bits_;
  BigArray<uint8_t> counts_;  // of features not in the table yet; two may share one
  BigArray<Weight> weights_;
  size_t used_[kShards] = {};
};

}  // namespace planscribe

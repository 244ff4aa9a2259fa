// rescore_features.h: what the rescorer looks at around a doubtful word. Training and restoring share this file.
//
// A feature is a key, made of the surroundings and the bare letters of the place, joined with one reading.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "models/doubt.h"

namespace planscribe {

inline constexpr size_t kMostKeys = 80;


struct Keys {
  std::array<uint64_t, kMostKeys> key;
  size_t size = 0;
  std::span<const uint64_t> all() const { return {key.data(), size}; }
};

// The surroundings of words[at] and its bare letters; its marks are left out.
void context_keys(std::span<const ContextWord> words, size_t at, Keys& out);

// What the document decided elsewhere about a reading of words[at]: alone, as a name, beside its neighbours. 0 says nothing.
using DocumentKeys = std::array<uint8_t, 4>;
DocumentKeys document_keys(const DocumentCounts& counts, std::span<const ContextWord> words, size_t at, const ContextWord& reading);

// Spreads the bits of a number over all of it.
inline uint64_t mix(uint64_t x) {
  x = (x ^ x >> 32) * 0xD6E8FEB86659FD93ull;
  return x ^ x >> 32;
}
// One feature: a key and the reading it speaks for. The upper half is the key's alone.
inline uint64_t feature_of(uint64_t key, uint32_t reading) {
  return (mix(key) & 0xFFFFFFFF00000000ull) | (mix(key + 0x9E3779B97F4A7C15ull * (reading | 1ull)) >> 16 & 0xFFFFFFFF);
}

inline uint64_t document_feature(size_t kind, uint8_t key, uint32_t reading) {
  // Frequent words stand in every document: what their number means is learned for each.
  return feature_of(mix(0x1000 + 256 * kind + key), kind == 0 ? reading : 0);
}

}  // namespace planscribe

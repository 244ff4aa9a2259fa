// edit_distance.h: Levenshtein distance and alignment of two sequences.
//
// Bit-parallel (G. Myers, J. ACM 46(3), 1999; in blocks of 64 as H. Hyyrö, 2003): n * m / 64 steps. The alignment
// divides by the middle column (D. Hirschberg, CACM 18(6), 1975), so memory stays linear. Values only, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace planscribe {

using Symbols = std::vector<std::uint32_t>;

// Insertions, deletions and substitutions that make b of a.
int edit_distance(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

// The pairs (index in a, index in b) that an optimal alignment leaves as they are, ascending.
std::vector<std::pair<int, int>> unchanged_symbols(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace planscribe

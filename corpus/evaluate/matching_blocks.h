// matching_blocks.h: two sequences as runs that are equal and runs that are not, by the longest common run first, then
// left and right of it (J. Ratcliff, D. Metzener, Dr. Dobb's Journal, July 1988; as Python's difflib without its
// heuristics, so that figures agree with the project's scoring scripts).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace planscribe {

struct MatchingRun {
  int a = 0, b = 0, size = 0;
};

// The longest run that both have; of several the first in a, then the first in b. size 0 when there is none.
MatchingRun longest_run(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

// A stretch [a_begin, a_end) of a that differs from [b_begin, b_end) of b; one of them may be empty.
struct Difference {
  int a_begin = 0, a_end = 0, b_begin = 0, b_end = 0;
};
std::vector<Difference> differences(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

}  // namespace planscribe

// pattern.h: an RE2 pattern as the rules mean it. Used inside rules/ only.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <mutex>
#include <string>

namespace planscribe {

// What RE2 may hold for one pattern: its program and the states it has met, which grow with every text. All patterns
// together decide how large a worker becomes.
inline constexpr int64_t kPatternMemory = 16 << 20;  // bytes

RE2::Options pattern_options();

// \p{L} \p{M} \p{N} \p{Lu} \p{Ll} as a few ranges: Latin and Vietnamese letters exactly, other scripts by whole blocks.
// The exact classes are hundreds of ranges each and made the programs ten times as large. Other classes stay.
std::string with_short_classes(const std::string& pattern);

// Compiled when it is first used: most are never needed. Thread-safe.
class Pattern {
 public:
  explicit Pattern(std::string pattern) : pattern_(std::move(pattern)) {}
  operator const RE2&() const;

 private:
  std::string pattern_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<RE2> re_;
};

}  // namespace planscribe

// syllables.h: the orthography: which letter strings are Vietnamese syllables. Const after loading, shared by threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace planscribe {

class Syllables {
 public:
  // Throws Error(invalid_data) naming the file.
  explicit Syllables(const std::string& path);
  // word: lower case, NFC.
  bool valid(std::u32string_view word) const;

 private:
  using Set = std::unordered_set<uint64_t>;  // packed letters
  bool is_rime(std::u32string_view rime, bool sharp) const;

  Set onsets_, open_, closed_, codas_;
};

// The other placement of the tone (hóa -> hoá, ủy -> uỷ), lower case; empty when the word has only one.
std::u32string other_tone_placement(std::u32string_view word);

}  // namespace planscribe

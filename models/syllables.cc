#include "models/syllables.h"

#include <fstream>
#include <sstream>
#include <unordered_map>
#include <vector>

#include "models/letters.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

// The letter without its tone; vowel marks stay (ế -> ê).
char32_t without_tone(char32_t c) {
  static const std::vector<char32_t> table = [] {
    std::vector<char32_t> t(kPastLetters);
    for (char32_t i = 0; i < kPastLetters; ++i) t[i] = i;
    constexpr std::u32string_view kForms = U"àáảãạaằắẳẵặăầấẩẫậâèéẻẽẹeềếểễệêìíỉĩịiòóỏõọoồốổỗộôờớởỡợơùúủũụuừứửữựưỳýỷỹỵy";
    for (size_t i = 0; i < kForms.size(); ++i) t[kForms[i]] = kForms[i / 6 * 6 + 5];
    return t;
  }();
  return c < kPastLetters ? table[c] : c;
}

bool acute_or_dot(char32_t c) {
  constexpr std::u32string_view kForms = U"áạắặấậéẹếệíịóọốộớợúụứựýỵ";
  return kForms.find(c) != kForms.npos;
}

// Seven bits a letter; letters that no syllable has are all the same.
uint64_t packed(std::u32string_view letters) {
  uint64_t key = 0;
  for (char32_t c : letters) key = key << 7 | static_cast<uint64_t>(letter_index(c) + 1);
  return key;
}

}  // namespace

Syllables::Syllables(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error(ExitCode::invalid_data, path + ": cannot be opened; reinstall the models");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind, word;
    words >> kind;
    auto* set = kind == "onset" ? &onsets_ : kind == "open" ? &open_ : kind == "closed" ? &closed_ : &codas_;
    if (kind != "onset" && kind != "open" && kind != "closed" && kind != "coda") continue;
    while (words >> word) set->insert(packed(decode(word)));
  }
  if (onsets_.empty() || open_.empty() || closed_.empty() || codas_.empty()) {
    throw Error(ExitCode::invalid_data, path + ": lacks onset, open, closed or coda; reinstall the models");
  }
  onsets_.insert(packed(U""));
}

bool Syllables::valid(std::u32string_view word) const {
  constexpr size_t kLongest = 7;
  if (word.empty() || word.size() > kLongest) return false;
  char32_t letters[kLongest];
  int tones = 0;
  bool sharp = false;
  for (size_t i = 0; i < word.size(); ++i) {
    letters[i] = without_tone(word[i]);
    if (letters[i] != word[i]) ++tones, sharp = acute_or_dot(word[i]);
  }
  if (tones > 1) return false;
  std::u32string_view flat(letters, word.size());
  for (size_t onset = 0; onset <= std::min<size_t>(3, flat.size()); ++onset) {
    if (onsets_.contains(packed(flat.substr(0, onset))) && is_rime(flat.substr(onset), sharp)) return true;
  }
  return false;
}

// sharp: with an acute or dot, the tones that a stopped syllable can have.
bool Syllables::is_rime(std::u32string_view rime, bool sharp) const {
  if (open_.contains(packed(rime))) return true;
  for (size_t coda = 1; coda <= 2 && coda < rime.size(); ++coda) {
    std::u32string_view end = rime.substr(rime.size() - coda);
    bool stop = end.back() == 't' || end.back() == 'p' || end == U"c" || end == U"ch";
    if (codas_.contains(packed(end)) && closed_.contains(packed(rime.substr(0, rime.size() - coda))) && (!stop || sharp)) return true;
  }
  return false;
}

std::u32string other_tone_placement(std::u32string_view word) {
  static const std::unordered_map<std::u32string, std::u32string> table = [] {
    constexpr std::u32string_view kO = U"òóỏõọ", kA = U"àáảãạ", kE = U"èéẻẽẹ", kU = U"ùúủũụ", kY = U"ỳýỷỹỵ";
    std::unordered_map<std::u32string, std::u32string> t;
    for (size_t i = 0; i < 5; ++i) {
      t[{kO[i], U'a'}] = {U'o', kA[i]};
      t[{kO[i], U'e'}] = {U'o', kE[i]};
      t[{kU[i], U'y'}] = {U'u', kY[i]};
    }
    return t;
  }();
  if (word.size() < 2) return U"";
  auto found = table.find(std::u32string(word.substr(word.size() - 2)));
  return found == table.end() ? U"" : std::u32string(word.substr(0, word.size() - 2)) + found->second;
}

}  // namespace planscribe

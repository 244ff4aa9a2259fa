#include "models/syllables.h"

#include <fstream>
#include <sstream>
#include <unordered_map>

#include "models/letters.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

// The letter without its tone; vowel marks stay (ế -> ê).
char32_t without_tone(char32_t c) {
  static const std::unordered_map<char32_t, char32_t> table = [] {
    std::unordered_map<char32_t, char32_t> t;
    std::u32string_view forms = U"àáảãạaằắẳẵặăầấẩẫậâèéẻẽẹeềếểễệêìíỉĩịiòóỏõọoồốổỗộôờớởỡợơùúủũụuừứửữựưỳýỷỹỵy";
    for (size_t i = 0; i < forms.size(); ++i) t[forms[i]] = forms[i / 6 * 6 + 5];
    return t;
  }();
  auto found = table.find(c);
  return found == table.end() ? c : found->second;
}

bool acute_or_dot(char32_t c) {
  constexpr std::u32string_view kForms = U"áạắặấậéẹếệíịóọốộớợúụứựýỵ";
  return kForms.find(c) != kForms.npos;
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
    while (words >> word) set->insert(decode(word));
  }
  if (onsets_.empty() || open_.empty() || closed_.empty() || codas_.empty()) {
    throw Error(ExitCode::invalid_data, path + ": lacks onset, open, closed or coda; reinstall the models");
  }
  onsets_.insert(U"");
}

bool Syllables::valid(std::u32string_view word) const {
  if (word.empty() || word.size() > 7) return false;
  std::u32string flat;
  int tones = 0;
  bool sharp = false;
  for (char32_t c : word) {
    flat += without_tone(c);
    if (flat.back() != c) ++tones, sharp = acute_or_dot(c);
  }
  if (tones > 1) return false;
  for (size_t onset = 0; onset <= std::min<size_t>(3, flat.size()); ++onset) {
    if (!onsets_.count(flat.substr(0, onset))) continue;
    std::u32string rime = flat.substr(onset);
    if (open_.count(rime)) return true;
    for (size_t coda = 1; coda <= 2 && coda < rime.size(); ++coda) {
      std::u32string end = rime.substr(rime.size() - coda);
      bool stop = end.back() == 't' || end.back() == 'p' || end == U"c" || end == U"ch";
      if (codas_.count(end) && closed_.count(rime.substr(0, rime.size() - coda)) && (!stop || sharp)) return true;
    }
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

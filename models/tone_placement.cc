// tone_placement.cc: where the tone stands in oa, oe, uy: old style hòa, new style hoà.
#include <array>
#include <string>

#include "models/letters.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

// A vowel with the tones that it may carry.
struct Toned {
  char32_t letter;
  std::u32string_view forms;  // grave, acute, hook, tilde, dot
};
constexpr Toned kToned[] = {{U'a', U"àáảãạ"}, {U'e', U"èéẻẽẹ"}, {U'o', U"òóỏõọ"}, {U'u', U"ùúủũụ"}, {U'y', U"ỳýỷỹỵ"}};

// 1..5 when c is letter (either case) with a tone, 0 when it is the bare letter, -1 otherwise.
int tone_of(char32_t c, char32_t letter) {
  char32_t lower = to_lower(c);
  if (lower == letter) return 0;
  for (const Toned& row : kToned) {
    if (row.letter != letter) continue;
    if (const size_t tone = row.forms.find(lower); tone != row.forms.npos) return static_cast<int>(tone) + 1;
  }
  return -1;
}

char32_t with_tone(char32_t letter, int tone, bool upper) {
  char32_t result = letter;
  for (const Toned& row : kToned) {
    if (row.letter == letter && tone > 0) result = row.forms[static_cast<size_t>(tone - 1)];
  }
  return upper ? to_upper(result) : result;
}

// Moves the tone within the pair (first, second) at word[i]: on the first vowel when the pair ends the
// syllable (hòa, ủy), on the second before a final letter (hoàn, huỳnh) and after q (quý).
void unify_pair(std::u32string& word, size_t i, char32_t first, char32_t second) {
  int a = tone_of(word[i], first), b = tone_of(word[i + 1], second);
  if (a < 0 || b < 0 || (a > 0) == (b > 0)) return;
  bool after_q = i > 0 && to_lower(word[i - 1]) == U'q';
  bool open = i + 2 == word.size();
  if (after_q && first != U'u') return;
  int tone = a + b;
  bool on_first = open && !after_q;
  bool upper_first = to_lower(word[i]) != word[i], upper_second = to_lower(word[i + 1]) != word[i + 1];
  word[i] = with_tone(first, on_first ? tone : 0, upper_first);
  word[i + 1] = with_tone(second, on_first ? 0 : tone, upper_second);
}

// Whether a pair can begin with it: an o or u with any tone. All of them stand below U+2000.
bool begins_pair(char32_t c) {
  static const auto table = [] {
    std::array<bool, 0x2000> made{};
    for (size_t i = 0; i < made.size(); ++i) {
      made[i] = tone_of(static_cast<char32_t>(i), U'o') >= 0 || tone_of(static_cast<char32_t>(i), U'u') >= 0;
    }
    return made;
  }();
  return static_cast<size_t>(c) < table.size() && table[c];
}

void unify_word(std::u32string& word) {
  for (size_t i = 0; i + 1 < word.size(); ++i) {
    if (!begins_pair(word[i])) continue;
    unify_pair(word, i, U'o', U'a');
    unify_pair(word, i, U'o', U'e');
    unify_pair(word, i, U'u', U'y');
  }
}

}  // namespace

std::string unify_tone_placement(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::u32string word;
  auto flush = [&] {
    unify_word(word);
    for (char32_t c : word) append_utf8(out, c);
    word.clear();
  };
  for (size_t i = 0; i < text.size();) {
    const char32_t c = decode_next(text, i);
    if (is_alphabetic(c)) {
      word.push_back(c);
      continue;
    }
    flush();
    append_utf8(out, c);
  }
  flush();
  return out;
}

}  // namespace planscribe

// letters.h: code points of Vietnamese text: what is a letter, its case, its bare form. Tables are built once from
// unicode.h and are const afterwards; every function is thread-safe and allocates nothing unless it returns a string.
#pragma once

#include <string>
#include <string_view>

namespace planscribe {

// UTF-8 <-> code points. Invalid bytes decode to U+FFFD, one each.
char32_t decode_next(std::string_view text, size_t& at);
std::u32string decode(std::string_view text);
void append_utf8(std::string& out, char32_t c);
std::string encode(std::u32string_view text);

struct LetterProperties {
  char32_t lower, upper, bare;
  char32_t toneless, hatless;  // without one kind of marks: ấ -> â, á
  bool letter, is_upper;
  signed char index;
};
inline constexpr char32_t kPastLetters = 0x2000;  // every letter of interest stands below
const LetterProperties* make_letter_properties();
inline const LetterProperties& letter_properties(char32_t c) {
  static const LetterProperties* const table = make_letter_properties();
  return table[c];
}

// A letter here is a code point that has case (Latin, Greek, Cyrillic).
inline bool is_letter(char32_t c) { return c < kPastLetters && letter_properties(c).letter; }
inline bool is_upper(char32_t c) { return c < kPastLetters && letter_properties(c).is_upper; }
inline bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }  // 0-9 only
inline bool is_space(char32_t c) { return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x3000 || c == 0x202F; }
inline char32_t lower(char32_t c) { return c < kPastLetters ? letter_properties(c).lower : c; }
inline char32_t upper(char32_t c) { return c < kPastLetters ? letter_properties(c).upper : c; }

// The letter without marks, case kept (đ -> d, Ấ -> A); itself when there is no single bare letter.
inline char32_t bare(char32_t c) { return c < kPastLetters ? letter_properties(c).bare : c; }
// The letter without its tone, and without what makes another letter of it (đ is d with a bar).
inline char32_t toneless(char32_t c) { return c < kPastLetters ? letter_properties(c).toneless : c; }
inline char32_t hatless(char32_t c) { return c < kPastLetters ? letter_properties(c).hatless : c; }
inline bool has_mark(char32_t c) { return c >= 0x80 && is_letter(c) && bare(c) != c; }

// The alphabet of Vietnamese words, lower case, f j w z included, as small numbers; -1 for anything else.
inline constexpr int kAlphabetSize = 93;
inline int letter_index(char32_t c) { return c < kPastLetters ? letter_properties(c).index : -1; }
char32_t letter_at(int index);

// The case of a word: all lower, first letter upper, all upper.
enum class CaseMode : unsigned char { lower, title, upper };
inline bool wanted_upper(CaseMode mode, size_t place) {
  return mode == CaseMode::upper || (mode == CaseMode::title && place == 0);
}

}  // namespace planscribe

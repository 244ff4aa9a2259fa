// unicode.h: Vietnamese text as Unicode: UTF-8 in, UTF-8 out; invalid bytes become U+FFFD. The only user of ICU (unicode.cc);
// tables are built once, so every function may be called from several threads. Throws Error(missing_dependency) where ICU
// lacks its data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace planscribe {

// Byte offset of the first invalid UTF-8 sequence, or npos when the text is valid.
size_t find_invalid_utf8(std::string_view text);

// Text with every invalid sequence replaced by U+FFFD.
std::string replace_invalid_utf8(std::string_view text);

// NFC, with mark orders that NFC leaves wrong mended (e + acute + circumflex) and Ð/Ɖ/ð as Đ/đ.
std::string to_nfc(std::string_view text);

// For search and matching: no marks, lower case, đ as d, one style of everything. map, when given, gets for every
// byte of the result (and one past the end) the byte offset in text.
std::string fold(std::string_view text, std::vector<int>* map = nullptr);

// Lower case, marks kept; tone placement made one style. For exact search.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
// The tone on the first vowel at the end of a syllable, on the second elsewhere: hoà -> hòa, hòan -> hoàn.
std::string unify_tone_placement(std::string_view text);
// Of one code point.
char32_t to_lower(char32_t c);
char32_t to_upper(char32_t c);
bool is_alphabetic(char32_t c);  // of any script

// For scoring, whose definitions are others': NFC and NFD as Unicode has them, nothing mended; and lower case without
// combining marks, đ as d, nothing else unified.
std::string plain_nfc(std::string_view text);
std::string plain_nfd(std::string_view text);
std::string blind_form(std::string_view text);

}  // namespace planscribe

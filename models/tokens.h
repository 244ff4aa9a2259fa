// tokens.h: text as the language model counts it. Training and decoding share this file.
//
// White space separates chunks. A chunk with a digit in it is a number (digits and signs only) or a code (a document
// symbol and the like); other chunks fall into runs of letters and single signs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace planscribe {

enum class TokenKind { word, number, code, sign };

struct Token {
  TokenKind kind;
  size_t begin, end;  // code point offsets, half-open
};

inline constexpr const char* kNumberWord = "<num>";
inline constexpr const char* kCodeWord = "<code>";
inline constexpr const char* kSignWord = "<sign>";  // any sign without a word of its own

std::vector<Token> tokenise(std::u32string_view text);

// number or code, for a chunk core that holds a digit.
TokenKind digit_kind(std::u32string_view core);

// The word under which the model knows a sign ("“" is '"', "–" is '-').
std::string sign_word(char32_t c);

// Signs that may stand before or after a number without belonging to it.
bool is_outer_sign(char32_t c);

}  // namespace planscribe

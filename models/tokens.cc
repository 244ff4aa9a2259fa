#include "models/tokens.h"

#include <algorithm>

#include "models/letters.h"

namespace planscribe {

TokenKind digit_kind(std::u32string_view core) {
  bool letters = std::any_of(core.begin(), core.end(), [](char32_t c) { return is_letter(c); });
  return letters ? TokenKind::code : TokenKind::number;
}

std::string sign_word(char32_t c) {
  switch (c) {
    case U'“': case U'”': case U'„': case U'«': case U'»': return "\"";
    case U'‘': case U'’': case U'`': case U'´': return "'";
    case U'–': case U'—': case U'‐': case U'‑': case U'−': return "-";
    case U'…': return "…";
    case U'•': case U'·': return "-";
    default: break;
  }
  constexpr std::u32string_view kOwn = U".,;:()\"'-/%!?&+=[]*";
  return kOwn.find(c) == std::u32string_view::npos ? std::string(kSignWord) : std::string(1, static_cast<char>(c));
}

bool is_outer_sign(char32_t c) { return !is_letter(c) && !is_digit(c); }

namespace {

void add_digit_chunk(std::u32string_view text, size_t begin, size_t end, std::vector<Token>& out) {
  while (begin < end && is_outer_sign(text[begin])) out.push_back({TokenKind::sign, begin, begin + 1}), ++begin;
  size_t core_end = end;
  while (core_end > begin && is_outer_sign(text[core_end - 1])) --core_end;
  if (core_end > begin) out.push_back({digit_kind(text.substr(begin, core_end - begin)), begin, core_end});
  for (size_t i = core_end; i < end; ++i) out.push_back({TokenKind::sign, i, i + 1});
}

void add_plain_chunk(std::u32string_view text, size_t begin, size_t end, std::vector<Token>& out) {
  for (size_t i = begin; i < end;) {
    size_t start = i;
    while (i < end && is_letter(text[i])) ++i;
    if (i > start) {
      out.push_back({TokenKind::word, start, i});
    } else {
      out.push_back({TokenKind::sign, i, i + 1}), ++i;
    }
  }
}

}  // namespace

std::vector<Token> tokenise(std::u32string_view text) {
  std::vector<Token> out;
  for (size_t i = 0; i < text.size();) {
    while (i < text.size() && is_space(text[i])) ++i;
    size_t begin = i;
    bool digits = false;
    for (; i < text.size() && !is_space(text[i]); ++i) digits |= is_digit(text[i]);
    digits ? add_digit_chunk(text, begin, i, out) : add_plain_chunk(text, begin, i, out);
  }
  return out;
}

}  // namespace planscribe

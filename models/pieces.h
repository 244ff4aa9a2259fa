// pieces.h: a line taken apart for restoration: what is searched as a word, what has a grammar of its own, what stays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace planscribe {

enum class PieceKind {
  word,    // letters, with odd signs that may stand for letters (nhi€m)
  mixed,   // letters and digits in one: a damaged word, a damaged number, or both run together
  number,  // digits and the signs of numbers and dates
  code,    // a document symbol: 28/KH-UBND, /QD-TTg
  group,   // one of several groups of capitals: CT and TU in CT/TU
  roman,   // a roman numeral that heads a line
  letter,  // a list letter: a) b)
  sign     // one punctuation sign
};

struct Piece {
  PieceKind kind = PieceKind::word;
  size_t begin = 0, end = 0;  // code points of the line
  bool space_before = false;
  bool in_capitals = false;  // stands in a line of capitals
  std::u32string_view text;  // of the line
};

// The pieces view the line.
std::vector<Piece> split_line(std::u32string_view line);

// Signs that end or part words; every other sign may be a misread letter.
bool is_plain_sign(char32_t c);

// Where paragraphs begin: index of the first line of each, in order. Context runs through a paragraph.
std::vector<size_t> paragraph_starts(const std::vector<std::u32string_view>& lines);

}  // namespace planscribe

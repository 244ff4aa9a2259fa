// symbols.h: grammars of document symbols and roman numerals. They change letters only, never a digit's value.
#pragma once

#include <string>

#include "models/candidates.h"

namespace planscribe {

// "24/KH-UBND", "/IKH-UBND", "38/NQ-HDND": each group of letters as the abbreviations write it; groups that no
// abbreviation resembles stay.
std::u32string mend_symbol(std::u32string_view code, const Lexicon& lexicon, const CandidateFinder& finder);

// One group of letters alone.
std::u32string mend_group(std::u32string_view group, const Lexicon& lexicon, const CandidateFinder& finder);

// "S&28", "$6:.170/KH-UBND", "S6: 5": Số before a number, as it is misread. The number of letters and signs that stand for
// it (the colon not included); 0 when the text does not begin so. A digit must follow.
size_t number_head_size(std::u32string_view text);

// Value of a roman numeral up to 39; 0 when it is none. With look_alikes 1, l and | count as I, H as two of them, and the
// like.
int roman_value(std::u32string_view text, bool look_alikes);
std::u32string roman_text(int value);

}  // namespace planscribe

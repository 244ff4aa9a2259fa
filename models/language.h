// language.h: is a line Vietnamese at all, and how whole is a text. Pure functions over the lexicon.
#pragma once

#include <optional>

#include "models/lexicon.h"
#include "models/options.h"
#include "models/pieces.h"

namespace planscribe {

// English, French and the like: words that cannot be Vietnamese even without marks.
bool is_foreign_language(const std::vector<Piece>& pieces, const Lexicon& lexicon);

struct TextCounts {
  long words = 0;         // letter words of two letters and more
  long valid = 0;         // syllables or known words as they stand
  long bare_valid = 0;    // ... or after marks are added
  long letters = 0;
  long marked = 0;        // letters with a mark
  long vietnamese = 0;    // letters that only Vietnamese has (đ ă ơ ư ạ ế ...)
  long syllables = 0;     // words whose letters make a syllable, whatever their marks
  long toned = 0, hatted = 0, plain = 0;  // of these: with a tone, with another mark, with none
  void add(std::u32string_view text, const Lexicon& lexicon);
  void add(const TextCounts& more);

 private:
  void add_syllable(std::u32string_view word);
};

// Which error model suits a text.
Damage damage_of(const TextCounts& counts);
// What is missing in a text whose letters are right and which has marks; nothing when all is as it should be.
std::optional<Lost> lost_marks(const TextCounts& counts);
// Of one line: that its words have no marks is no accident.
bool is_without_marks(const TextCounts& line);

}  // namespace planscribe

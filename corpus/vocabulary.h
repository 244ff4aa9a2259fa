// vocabulary.h: the words of letters that the pages have, and which of them may be misreadings of a word. Private to
// corpus/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace planscribe {

class Database;

// A page's words come in (pages = 1) or go (pages = -1).
void count_words(Database& database, const std::string& text, int pages);
void rebuild_vocabulary(Database& database);

// On how many pages a folded word stands; nullopt for words that are not counted (numbers, one or two letters).
std::optional<std::int64_t> pages_with(const Database& database, const std::string& folded);

// Words of the pages that OCR may have made of a folded word: one edit away (letter replaced, added or missing), two from
// eight letters on, and no syllable of Vietnamese spelling themselves, unless the word is none. Nearest first, then the
// most frequent; at most `limit`. Words with digits and those of one or two letters have none. Reads the part of the
// vocabulary with about the same length once: tens of milliseconds for 200,000 words.
std::vector<std::string> find_misreadings(const Database& database, const std::string& folded, size_t limit);

// Whether a folded word is spelt like a Vietnamese syllable.
bool spelt_like_syllable(const std::string& folded);

// Levenshtein distance, or most + 1 when it is greater than most.
size_t edit_distance(const std::string& a, const std::string& b, size_t most);

}  // namespace planscribe

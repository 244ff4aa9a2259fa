#include "models/language.h"

#include <algorithm>

#include "models/letters.h"

namespace planscribe {
namespace {

constexpr double kFewMarks = 0.02;        // of the letters; plain Vietnamese has about 0.3
constexpr double kNoMarks = 0.003;        // a damaged layer always has some (é, á)
constexpr double kFewVietnamese = 0.06;   // letters that only Vietnamese has; plain Vietnamese has about 0.2
constexpr double kWholeWords = 0.95;      // words right but for their marks: only the marks are gone
constexpr double kMostlyWhole = 0.75;     // the same in a text with many foreign names

bool only_vietnamese(char32_t c) {
  c = lower(c);
  return (c >= 0x1EA0 && c <= 0x1EF9) || c == U'đ' || c == U'ă' || c == U'ơ' || c == U'ư' || c == U'ĩ' || c == U'ũ';
}

}  // namespace

// Damaged Vietnamese keeps its short words; other languages have long ones, of letters Vietnamese does not use.
bool is_foreign_language(const std::vector<Piece>& pieces, const Lexicon& lexicon) {
  int words = 0, strange = 0, known = 0;
  for (const Piece& piece : pieces) {
    if (piece.kind != PieceKind::word || piece.text.size() < 2) continue;
    ++words;
    bool vietnamese = std::any_of(piece.text.begin(), piece.text.end(), only_vietnamese) || !lexicon.by_bare(piece.text).empty();
    known += vietnamese;
    strange += !vietnamese && (piece.text.size() >= 8 || lexicon.foreign_word(lower_text(piece.text)));
  }
  return words >= 3 && strange * 10 >= words * 3 && known * 10 <= words * 6;
}

void TextCounts::add(std::u32string_view text, const Lexicon& lexicon) {
  for (char32_t c : text) {
    if (!is_letter(c)) continue;
    ++letters, marked += has_mark(c), vietnamese += only_vietnamese(c);
  }
  for (size_t i = 0; i < text.size();) {
    size_t start = i;
    bool plain = true;  // not beside a digit or an odd sign, as misread words are
    for (; i < text.size() && !is_space(text[i]) && !is_plain_sign(text[i]); ++i) plain &= is_letter(text[i]);
    if (i == start) {
      ++i;
      continue;
    }
    std::u32string_view word = text.substr(start, i - start);
    if (word.size() < 2 || !is_letter(word[0])) continue;
    ++words;
    if (!plain) continue;
    const bool syllable = !lexicon.by_bare(word).empty();
    if (syllable) add_syllable(word);
    const bool known = lexicon.known(word);
    valid += known;
    bare_valid += known || (syllable && std::none_of(word.begin(), word.end(), has_mark));
  }
}

void TextCounts::add(const TextCounts& more) {
  words += more.words, valid += more.valid, bare_valid += more.bare_valid;
  letters += more.letters, marked += more.marked, vietnamese += more.vietnamese;
  syllables += more.syllables, toned += more.toned, hatted += more.hatted, plain += more.plain;
}

void TextCounts::add_syllable(std::u32string_view word) {
  bool tone = std::any_of(word.begin(), word.end(), [](char32_t c) { return c != toneless(c); });
  bool hat = std::any_of(word.begin(), word.end(), [](char32_t c) { return c != hatless(c); });
  ++syllables, toned += tone, hatted += hat, plain += !tone && !hat;
}

Damage damage_of(const TextCounts& c) {
  if (c.words == 0) return Damage::light;
  double letters = static_cast<double>(std::max(1l, c.letters)), words = static_cast<double>(c.words);
  double marked = static_cast<double>(c.marked) / letters, whole = static_cast<double>(c.bare_valid) / words;
  if (marked < kFewMarks && whole >= (marked < kNoMarks ? kMostlyWhole : kWholeWords)) return Damage::marks;
  return static_cast<double>(c.vietnamese) / letters < kFewVietnamese ? Damage::foreign : Damage::light;
}

// Any forty lines of law, plan or news have tones on 0.6 of their words or more, other marks on 0.4, none on 0.25 at most;
// any eight lines tones on 0.45, other marks on 0.29, none on 0.46 at most.
std::optional<Lost> lost_marks(const TextCounts& c) {
  constexpr long kEnough = 40, kPage = 150, kPages = 600;
  constexpr double kFewToned = 0.2, kFewHatted = 0.1;
  const double kManyPlain = c.syllables < kPage ? 0.45 : c.syllables < kPages ? 0.36 : 0.3;
  if (c.syllables < kEnough || static_cast<double>(c.syllables) < kWholeWords * static_cast<double>(c.words)) return {};
  auto share = [&](long n) { return static_cast<double>(n) / static_cast<double>(c.syllables); };
  if (share(c.toned) < kFewToned) return Lost::tones;
  if (share(c.hatted) < kFewHatted) return Lost::hats;
  if (share(c.plain) > kManyPlain) return Lost::words;
  return {};
}

// A word in six has no marks by right.
bool is_without_marks(const TextCounts& line) {
  constexpr long kEnough = 6;
  return line.syllables >= kEnough && line.plain * 10 >= line.syllables * 9 && line.syllables * 10 >= line.words * 9;
}

}  // namespace planscribe

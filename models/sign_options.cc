// The signs, digits and numerals of OptionMaker, and words read for them.
#include "models/options.h"

#include <algorithm>

#include "models/letters.h"
#include "models/symbols.h"
#include "models/tokens.h"

namespace planscribe {
namespace {

constexpr float kLookAlikeNumber = 1.5f;               // a number with letters read for digits
constexpr float kNumberForS = 9;                       // the same for S6, which is rather Số
constexpr float kLoneNumeral = 2.5f;                     // a roman numeral of one letter, or one that looks like a number
constexpr float kNumberHead = 2;                       // Số misread before a number
constexpr float kWordAndNumber = 3;                    // a word and a number run together
constexpr float kDroppedSpeck = 4;                     // a speck read as a sign
constexpr float kOtherSign = 3;                        // one sign for another: the model knows signs less well than words
constexpr float kStopBeforeSmall = 4;                  // a full stop before a small letter
constexpr float kSpeckInGap = 4, kDashInGap = 6;       // a speck between two words that hid their space
constexpr size_t kMostHeads = 6;

char32_t digit_of(char32_t c) {
  switch (c) {
    case U'l': case U'I': case U'|': case U'i': return U'1';
    case U'O': case U'o': return U'0';
    case U'S': return U'5';
    case U'B': return U'8';
    default: return is_digit(c) ? c : 0;
  }
}

// A speck that was no sign.
Option nothing(float cost) { return {U"", {}, 0, cost, -1, false, false, ChangeReason::letter}; }

}  // namespace

std::u32string read_as_digits(std::u32string_view text) {
  std::u32string out;
  bool digit = false;
  for (char32_t c : text) {
    char32_t d = digit_of(c);
    if (!d) return U"";
    digit |= is_digit(c);
    out += d;
  }
  return digit ? out : U"";
}

// Phụ lục H, Hl, LX: the words around say whether a numeral stands there.
void OptionMaker::add_roman(std::u32string_view text, Column& out) {
  constexpr std::u32string_view kSure = U"IVXHJ";
  bool sure = std::any_of(text.begin(), text.end(), [&](char32_t c) { return kSure.find(c) != kSure.npos; });
  int value = sure && text.size() <= 5 ? roman_value(text, true) : 0;
  if (value == 0) return;
  std::u32string numeral = roman_text(value);
  if (numeral == text) return;
  bool lone = text.size() == 1 || text[0] == U'1' || text[0] == U'l';
  std::u32string_view kept = keep(std::move(numeral));
  out.push_back({kept, {id_of(kept), kUnknown}, 1, lone ? kLoneNumeral : kLookAlikeNumber, -1, false, false, ChangeReason::number});
}

void OptionMaker::add_numbers(std::u32string_view text, Column& out) {
  std::u32string digits = read_as_digits(text);
  if (digits.empty() || digits == text) return;
  float cost = text[0] == U'S' ? kNumberForS : kLookAlikeNumber;
  out.push_back({keep(digits), {model_.id(kNumberWord), kUnknown}, 1, cost, -1, false, false, ChangeReason::number});
}

// "ngayo6": the tail of digits and look-alikes is a number, the head a word.
void OptionMaker::add_word_and_number(std::u32string_view text, Column& out) {
  std::u32string mended = mend_symbol(text, lexicon_, finder_);
  if (mended != text) {
    out.push_back({keep(mended), {id_of(U"số"), model_.id(kNumberWord)}, 2, kNumberHead, -1, false, false, ChangeReason::number});
  }
  for (size_t cut = text.size() - 1; cut >= 2 && cut + 4 > text.size(); --cut) {
    std::u32string_view head = text.substr(0, cut);
    std::u32string digits = read_as_digits(text.substr(cut));
    if (digits.size() < 2 || std::any_of(head.begin(), head.end(), is_digit)) continue;
    std::vector<Candidate> words = finder_.find(head);
    for (size_t i = 0; i < std::min(words.size(), kMostHeads); ++i) {
      const Lexicon::Entry& entry = lexicon_.entries()[words[i].entry];
      std::u32string both = std::u32string(lexicon_.text(entry, words[i].mode)) + U" " + digits;
      out.push_back({keep(std::move(both)), {entry.id, model_.id(kNumberWord)}, 2, words[i].cost + kWordAndNumber, -1, false, false,
                     ChangeReason::split});
    }
  }
}

// Signs that mean something are kept; a speck may be nothing.
void OptionMaker::add_sign_readings(std::u32string_view text, Column& out) {
  constexpr std::u32string_view kSpecks = U"?'‘’`_|*«»·", kMeaning = U"%()/+=&\"“”";
  for (const Confusions::Sign& sign : finder_.confusions().signs(text[0])) {
    if (sign.printed == text[0]) out[0].cost = sign.cost;
    else if (sign.printed != 0 && kMeaning.find(text[0]) == kMeaning.npos) add_sign(sign, out);
  }
  if (kSpecks.find(text[0]) != kSpecks.npos) out.push_back(nothing(kDroppedSpeck));
  if (text == U"—") out.push_back({U"-", {out[0].ids[0], kUnknown}, 1, -0.5f, -1, false, false, ChangeReason::letter});
}

void OptionMaker::add_sign(const Confusions::Sign& sign, Column& out) {
  std::u32string_view text = keep(std::u32string(1, sign.printed));
  out.push_back({text, {model_.id(sign_word(sign.printed)), kUnknown}, 1, sign.cost + kOtherSign, -1, false, false, ChangeReason::letter});
}

// The model knows no case, so it cannot see that no sentence begins here.
const Column* OptionMaker::before_small(const Piece& piece, const Column* column) {
  Column out = *column;
  for (Option& option : out) {
    if (option.text == U".") option.cost += kStopBeforeSmall;
  }
  for (const Confusions::Sign& sign : finder_.confusions().signs(piece.text[0])) {
    if (sign.printed == 0) out.push_back(nothing(sign.cost));
  }
  return store(piece, std::move(out));
}

const Column* OptionMaker::in_gap(const Piece& piece, const Column* column) {
  Column out = *column;
  out.push_back(nothing(piece.text == U"-" ? kDashInGap : kSpeckInGap));
  return store(piece, std::move(out));
}

const Column* OptionMaker::as_speck(const Piece& piece, const Column* column) {
  Column out = *column;
  out.push_back(nothing(kDroppedSpeck));
  return store(piece, std::move(out));
}

const Column* OptionMaker::as_bullet(const Piece& piece, const Column* column) {
  const auto& signs = finder_.confusions().signs(piece.text[0]);
  auto dash = std::find_if(signs.begin(), signs.end(), [](const Confusions::Sign& s) { return s.printed == U'-'; });
  if (dash == signs.end()) return column;
  Column out = *column;
  add_sign(*dash, out);
  return store(piece, std::move(out));
}

}  // namespace planscribe

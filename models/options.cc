#include "models/options.h"

#include <algorithm>
#include <cmath>

#include "models/letters.h"
#include "models/symbols.h"
#include "models/tokens.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr float kOneDigitWord = 2.5f, kTwoDigitWord = 3.5f;  // a number that is in truth a word
constexpr float kLookAlikeNumber = 1.5f;               // a number with letters read for digits
constexpr float kWordAndNumber = 3;                    // a word and a number run together
constexpr float kDroppedSpeck = 4, kDroppedSign = 9;   // a speck read as a sign
constexpr float kOddCase = 2.5f;                       // a word in capitals among small letters, or the reverse
constexpr float kStrangerLetter = 2.2f, kStrangerWord = 6, kStrangerSign = 3, kStrangerCode = 9;  // a word that no list knows
constexpr float kKnownLetter = 0.15f;                  // a word the model knows but which is no syllable
constexpr float kNamedUnit = 1.5f;                     // gain of phường, xã ... before a capital
constexpr size_t kMostHeads = 6;

bool all_digits(std::u32string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

char32_t digit_of(char32_t c) {
  switch (c) {
    case U'l': case U'I': case U'|': case U'i': return U'1';
    case U'O': case U'o': return U'0';
    case U'S': case U's': return U'5';
    case U'B': return U'8';
    default: return is_digit(c) ? c : 0;
  }
}

CaseMode case_of(std::u32string_view text) {
  size_t capitals = 0, letters = 0;
  for (char32_t c : text) capitals += is_upper(c), letters += is_letter(c);
  if (letters > 1 && capitals == letters) return CaseMode::upper;
  return is_upper(text[0]) ? CaseMode::title : CaseMode::lower;
}

// Case of pattern put on word, letter by letter; both have the same length.
std::u32string copy_case(std::u32string_view word, std::u32string_view pattern) {
  std::u32string out(word);
  for (size_t i = 0; i < out.size(); ++i) out[i] = is_upper(pattern[i]) ? upper(out[i]) : lower(out[i]);
  return out;
}

ChangeReason reason_of(std::u32string_view from, std::u32string_view to) {
  if (from == to) return ChangeReason::none;
  return bare_lower(from) == bare_lower(to) ? ChangeReason::mark : ChangeReason::letter;
}

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

Option OptionMaker::own(const Piece& piece) const {
  Option o;
  o.text = piece.text;
  o.own = true;
  auto odd = [](char32_t c) { return !is_letter(c) && !is_digit(c); };
  float signs = static_cast<float>(std::count_if(piece.text.begin(), piece.text.end(), odd));
  switch (piece.kind) {
    case PieceKind::number: o.ids[0] = model_.id(kNumberWord); break;
    case PieceKind::code: o.ids[0] = model_.id(kCodeWord); break;
    case PieceKind::mixed: o.ids[0] = model_.id(kCodeWord), o.cost = damage_ == Damage::foreign ? kStrangerCode + kStrangerSign * signs : 0; break;
    case PieceKind::sign: o.ids[0] = model_.id(sign_word(piece.text[0])); break;
    default: {
      std::string word = to_lower(encode(piece.text));
      o.ids[0] = model_.id(word);
      bool known = o.ids[0] != kUnknown;
      float letters = static_cast<float>(piece.text.size());
      if (damage_ != Damage::light) o.cost = known ? kKnownLetter * letters : kStrangerLetter * letters + kStrangerWord;
      if (damage_ == Damage::foreign && !known) o.cost += kStrangerSign * signs;
    }
  }
  return o;
}

void OptionMaker::add_words(const std::u32string& text, float extra_cost, const std::vector<ExtraSource>& extra,
                            Column& out) {
  SearchLimits limits;
  if (damage_ == Damage::light) limits.window = 12, limits.most = 12, limits.steps = 1200, limits.strange = 8;
  for (const Candidate& c : find_candidates(text, lexicon_, confusions_, limits, extra)) {
    if (c.text == text) {
      out[0].cost = std::min(out[0].cost, c.cost);
      continue;
    }
    out.push_back({c.text, {c.id, kUnknown}, 1, c.cost + extra_cost, false, reason_of(text, c.text)});
  }
}

void OptionMaker::add_marked(const std::u32string& text, Column& out) {
  std::u32string low = lower_text(text);
  const std::vector<int>* entries = lexicon_.by_bare(bare_lower(text));
  if (!entries) return;
  out[0].cost = lexicon_.known(low) || out[0].ids[0] != kUnknown ? 0 : out[0].cost;
  for (int index : *entries) {
    const Lexicon::Entry& e = lexicon_.entries()[index];
    std::u32string word = lower_text(e.text);
    if (word == low || word.size() != text.size()) continue;
    if (e.abbreviation && case_of(text) != CaseMode::upper) continue;
    bool agrees = true;  // marks that are there are right
    for (size_t i = 0; i < word.size(); ++i) agrees &= !has_mark(low[i]) || low[i] == word[i];
    if (agrees) out.push_back({copy_case(word, text), {e.id, kUnknown}, 1, 0, false, ChangeReason::mark});
  }
}

void OptionMaker::add_numbers(const std::u32string& text, Column& out) {
  int roman = text.size() > 1 && text[0] != U'1' && text[0] != U'l' ? roman_value(text, true) : 0;
  if (roman > 0) {
    WordId id = model_.id(to_lower(encode(roman_text(roman))));
    out.push_back({roman_text(roman), {id, kUnknown}, 1, kLookAlikeNumber, false, ChangeReason::number});
  }
  std::u32string digits = read_as_digits(text);
  if (digits.empty() || digits == text) return;
  out.push_back({digits, {model_.id(kNumberWord), kUnknown}, 1, kLookAlikeNumber, false, ChangeReason::number});
}

// "ngayo6": the tail of digits and look-alikes is a number, the head a word.
void OptionMaker::add_word_and_number(const std::u32string& text, Column& out) {
  for (size_t cut = text.size() - 1; cut >= 2 && cut + 4 > text.size(); --cut) {
    std::u32string head = text.substr(0, cut), digits = read_as_digits(text.substr(cut));
    if (digits.size() < 2 || std::any_of(head.begin(), head.end(), is_digit)) continue;
    size_t taken = 0;
    for (const Candidate& c : find_candidates(head, lexicon_, confusions_, SearchLimits{})) {
      if (taken++ == kMostHeads) break;
      out.push_back({c.text + U" " + digits, {c.id, model_.id(kNumberWord)}, 2, c.cost + kWordAndNumber, false,
                     ChangeReason::split});
    }
  }
}

void OptionMaker::add_sign_readings(const std::u32string& text, Column& out) {
  constexpr std::u32string_view kSpecks = U"'‘’`_|*<>«»[]=•·";
  bool speck = kSpecks.find(text[0]) != std::u32string_view::npos;
  out.push_back({U"", {}, 0, speck ? kDroppedSpeck : kDroppedSign, false, ChangeReason::letter});
  if (text == U"—") out.push_back({U"-", {out[0].ids[0], kUnknown}, 1, -0.5f, false, ChangeReason::letter});
}

// Case agrees with the line: a heading is all capitals, running text is not.
void OptionMaker::weigh_case(const Piece& piece, Column& out) const {
  for (Option& option : out) {
    size_t capitals = 0, letters = 0;
    for (char32_t c : option.text) capitals += is_upper(c), letters += is_letter(c);
    if (letters < 2) continue;
    bool odd = piece.in_capitals ? capitals < letters : capitals == letters;
    if (odd) option.cost += piece.text.size() <= 3 && !piece.in_capitals ? 2 * kOddCase : kOddCase;
  }
}

Column OptionMaker::make(const Piece& piece, const std::vector<ExtraSource>& extra) {
  Column out = {own(piece)};
  const std::u32string& text = piece.text;
  switch (piece.kind) {
    case PieceKind::word:
      damage_ == Damage::marks ? add_marked(text, out) : add_words(text, 0, extra, out);
      break;
    case PieceKind::mixed:
      if (damage_ != Damage::foreign) break;
      add_words(text, 0, extra, out);
      add_numbers(text, out);
      add_word_and_number(text, out);
      break;
    case PieceKind::number: {
      bool short_number = all_digits(text) && (text.size() == 1 || (text.size() == 2 && U"168"[0] <= text[0] &&
                                               (text[0] == U'1' || text[0] == U'6' || text[0] == U'8')));
      if (damage_ == Damage::foreign && short_number) {
        add_words(text, text.size() == 1 ? kOneDigitWord : kTwoDigitWord, extra, out);
      }
      break;
    }
    case PieceKind::code: {
      std::u32string mended = damage_ == Damage::light ? text : mend_symbol(text, lexicon_);
      if (mended != text) out = {{mended, {out[0].ids[0], kUnknown}, 1, 0, false, ChangeReason::number}};
      break;
    }
    case PieceKind::sign:
      if (damage_ == Damage::foreign) add_sign_readings(text, out);
      break;
    default: break;
  }
  if (damage_ == Damage::foreign && piece.kind != PieceKind::code) weigh_case(piece, out);
  for (size_t i = 1; i < out.size(); ++i) out[i].cost += threshold_;
  return out;
}

const Column* OptionMaker::options(const Piece& piece, const std::vector<ExtraSource>& extra) {
  std::u32string key = piece.text + static_cast<char32_t>(0xE000 + 2 * static_cast<int>(piece.kind) + piece.in_capitals);
  if (extra.empty()) {
    auto found = cache_.find(key);
    if (found != cache_.end()) return found->second;
  }
  columns_.push_back(make(piece, extra));
  if (memory_ready_) recall(piece.text, columns_.back());
  if (extra.empty()) cache_[key] = &columns_.back();
  return &columns_.back();
}

// A unit's name begins with a capital: "phuong Ngo" is more likely phường than phương.
const Column* OptionMaker::before_name(const Column* column) {
  static const std::u32string kUnits[] = {U"phường", U"xã", U"huyện", U"quận", U"tỉnh", U"phố", U"trấn", U"thôn", U"ấp"};
  bool unit = false;
  Column out = *column;
  for (Option& option : out) {
    bool is_unit = std::find(std::begin(kUnits), std::end(kUnits), option.text) != std::end(kUnits);
    if (is_unit) option.cost -= kNamedUnit, unit = true;
  }
  if (!unit) return column;
  columns_.push_back(std::move(out));
  return &columns_.back();
}

const Column* OptionMaker::fixed(const Piece& piece) {
  columns_.push_back({own(piece)});
  return &columns_.back();
}

const Column* OptionMaker::only(const Piece& piece, const std::u32string& text, ChangeReason reason) {
  Option o = own(piece);
  if (o.text != text) o.text = text, o.own = false, o.reason = reason;
  columns_.push_back({o});
  return &columns_.back();
}

void OptionMaker::remember(const std::u32string& reading, const std::u32string& decided) {
  ++memory_[lower_text(reading)][lower_text(decided)];
}

void OptionMaker::use_memory() {
  memory_ready_ = true;
  for (auto& [key, column] : cache_) recall(key.substr(0, key.size() - 1), const_cast<Column&>(*column));
}

// Half the log of how often the document decided for a reading.
void OptionMaker::recall(const std::u32string& reading, Column& column) const {
  auto found = memory_.find(lower_text(reading));
  if (found == memory_.end()) return;
  for (Option& option : column) {
    auto times = found->second.find(lower_text(option.text));
    int count = times == found->second.end() ? 0 : times->second;
    if (option.own && option.ids[0] == kUnknown) continue;  // a stranger does not prove itself
    option.cost -= 0.4f * std::log1p(static_cast<float>(count));
  }
}

}  // namespace planscribe

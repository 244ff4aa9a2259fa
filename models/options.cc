#include "models/options.h"

#include <algorithm>
#include <cmath>

#include "models/letters.h"
#include "models/symbols.h"
#include "models/tokens.h"

namespace planscribe {
namespace {

constexpr float kOneDigitWord = 2.5f, kTwoDigitWord = 3.5f;  // a number that is in truth a word
constexpr float kStrangerLetter = 2.2f, kStrangerWord = 6, kStrangerSign = 3, kStrangerCode = 9;  // a word that no list knows
constexpr float kStrangerCapital = 0.5f, kStrangerCapitals = 2;  // the same in capitals among small letters: an abbreviation
constexpr float kKnownLetter = 0.15f;                  // a word the model knows but which is no syllable
constexpr float kShortInitials = 4;                    // two letters that may be initials or a word
constexpr float kMemory = 1.0f;                        // nats for each e-fold of decisions in the document

bool all_digits(std::u32string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// One digit, or two of which the first is often a misread letter.
bool may_be_word(std::u32string_view number) {
  if (!all_digits(number)) return false;
  const bool like_letter = number[0] == U'1' || number[0] == U'6' || number[0] == U'8';
  return number.size() == 1 || (number.size() == 2 && like_letter);
}

}  // namespace

OptionMaker::OptionMaker(const NgramModel& model, const Lexicon& lexicon, const CandidateFinder& finder, Damage damage,
                         float threshold, Lost lost)
    : model_(model), lexicon_(lexicon), finder_(finder), damage_(damage), threshold_(threshold), lost_(lost) {
  for (const char32_t* unit : {U"phường", U"xã", U"huyện", U"quận", U"tỉnh", U"phố", U"trấn", U"thôn", U"ấp"}) {
    units_.push_back(lexicon.find(unit));
  }
}

bool is_initials(std::u32string_view text) {
  constexpr std::u32string_view kVowels = U"AEIOUY";
  auto consonant = [&](char32_t c) { return is_upper(c) && kVowels.find(bare(c)) == kVowels.npos; };
  return text.size() > 1 && std::all_of(text.begin(), text.end(), consonant);
}

void drop_dominated(Column& column) {
  for (size_t i = 1; i < column.size();) {
    auto beats = [&](const Option& other) {
      return &other != &column[i] && !other.own && other.joins == column[i].joins && other.size == 1 && column[i].size == 1 &&
             other.ids[0] == column[i].ids[0] &&
             (other.cost < column[i].cost || (other.cost == column[i].cost && &other < &column[i]));
    };
    if (std::any_of(column.begin(), column.end(), beats)) {
      column.erase(column.begin() + static_cast<long>(i));
    } else {
      ++i;
    }
  }
}

// What the document remembers a decision by.
int memory_key(const Option& option) { return option.entry >= 0 ? option.entry : -2 - option.ids[0]; }

bool in_capitals(std::u32string_view text) {
  return text.size() > 1 && std::all_of(text.begin(), text.end(), [](char32_t c) { return is_upper(c) || !is_letter(c); });
}

WordId OptionMaker::id_of(std::u32string_view word) const {
  int entry = lexicon_.find(word);
  return entry >= 0 ? lexicon_.entries()[entry].id : model_.id(encode(lower_text(word)));
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
      o.entry = lexicon_.find(piece.text);
      o.ids[0] = id_of(piece.text);
      bool known = o.ids[0] != kUnknown;
      float letters = static_cast<float>(piece.text.size());
      if (damage_ != Damage::light) o.cost = known ? kKnownLetter * letters : kStrangerLetter * letters + kStrangerWord;
      bool capitals = !piece.in_capitals && in_capitals(piece.text) && signs == 0;
      if (damage_ == Damage::foreign && !known && capitals) o.cost = kStrangerCapital * letters + kStrangerCapitals;
      if (damage_ == Damage::foreign && !known) o.cost += kStrangerSign * signs;
    }
  }
  return o;
}

// An abbreviation with signs or digits in it that the list knows: GD&ĐT, m2.
bool OptionMaker::take_signed(const Piece& piece, std::u32string_view known, Column& out) const {
  if (piece.kind == PieceKind::mixed && known == piece.text) {
    out[0].cost = 0;
    return true;
  }
  bool letters = piece.kind == PieceKind::word || piece.kind == PieceKind::code;
  if (!letters || !in_capitals(piece.text)) return false;
  if (known != piece.text && damage_ != Damage::light) out[0] = {known, {out[0].ids[0], kUnknown}, 1, 0, -1, false, false, ChangeReason::mark};
  return true;
}

// Initials and abbreviations: true when they stand as they are.
bool OptionMaker::settle_capitals(const Piece& piece, Column& out) {
  const std::u32string_view text = piece.text;
  const bool is_word = out[0].entry >= 0 && !lexicon_.entries()[out[0].entry].abbreviation;
  const bool abbreviation = damage_ == Damage::light && !piece.in_capitals && !is_word && in_capitals(text);
  if (abbreviation) return true;
  const bool numeral = piece.kind == PieceKind::word && !piece.in_capitals && text.size() > 1 && roman_value(text, false) > 0;
  if (numeral && damage_ == Damage::foreign) return true;
  if (piece.kind == PieceKind::word && is_initials(text)) {
    add_initials(text, out);
    const bool short_word = text.size() == 2 && out[0].entry < 0 && damage_ == Damage::foreign && !piece.in_capitals;  // XG for Xã
    if (!short_word) return true;
    out[0].cost = kShortInitials;
  }
  const std::u32string_view known = lexicon_.with_signs(text);
  return !known.empty() && take_signed(piece, known, out);
}

// What else the piece may be, by its kind.
void OptionMaker::add_readings(const Piece& piece, const std::vector<ExtraSource>& extra, Column& out) {
  const std::u32string_view text = piece.text;
  switch (piece.kind) {
    case PieceKind::word:
      damage_ == Damage::marks ? add_marked(text, out) : add_words(text, 0, extra, out);
      add_two_words(text, out);
      if (damage_ == Damage::foreign) add_roman(text, out);
      break;
    case PieceKind::mixed:
      if (damage_ != Damage::foreign) break;
      add_words(text, 0, extra, out);
      add_roman(text, out);
      add_numbers(text, out);
      add_word_and_number(text, out);
      break;
    case PieceKind::number:
      if (damage_ == Damage::foreign && may_be_word(text)) add_words(text, text.size() == 1 ? kOneDigitWord : kTwoDigitWord, extra, out);
      break;
    case PieceKind::code: {
      std::u32string mended = damage_ == Damage::light ? std::u32string(text) : mend_symbol(text, lexicon_, finder_);
      if (mended != text) out = {{keep(mended), {out[0].ids[0], kUnknown}, 1, 0, -1, false, false, ChangeReason::number}};
      break;
    }
    case PieceKind::group: {
      std::u32string mended = damage_ == Damage::light ? std::u32string(text) : mend_group(text, lexicon_, finder_);
      if (mended != text) out = {{keep(mended), {id_of(mended), kUnknown}, 1, 0, -1, false, false, ChangeReason::mark}};
      break;
    }
    case PieceKind::sign:
      if (damage_ == Damage::foreign) add_sign_readings(text, out);
      break;
    default: break;
  }
}

Column OptionMaker::make(const Piece& piece, const std::vector<ExtraSource>& extra) {
  Column out = {own(piece)};
  if (settle_capitals(piece, out)) return out;
  add_readings(piece, extra, out);
  if (damage_ == Damage::foreign && piece.kind != PieceKind::code && piece.kind != PieceKind::group) weigh_case(piece, out);
  for (size_t i = 1; i < out.size(); ++i) out[i].cost += threshold_;
  drop_dominated(out);
  return out;
}

const Column* OptionMaker::store(const Piece& piece, Column column) {
  made_.push_back({piece.text, std::move(column)});
  return &made_.back().column;
}

const Column* OptionMaker::options(const Piece& piece, const std::vector<ExtraSource>& extra) {
  if (!extra.empty()) return store(piece, make(piece, extra));
  const Column*& known = cache_[{piece.text, piece.kind, piece.in_capitals}];
  if (!known) known = store(piece, make(piece, extra));
  return known;
}

const Column* OptionMaker::fixed(const Piece& piece) { return store(piece, {own(piece)}); }

const Column* OptionMaker::only(const Piece& piece, const std::u32string& text, ChangeReason reason) {
  Option o = own(piece);
  if (o.text != text) o.text = keep(text), o.own = false, o.reason = reason;
  return store(piece, {o});
}

void OptionMaker::remember(const Piece& piece, const Option& decided) {
  if (decided.size != 1 || decided.joins || (decided.entry < 0 && decided.ids[0] == kUnknown)) return;
  auto& times = memory_[lower_text(piece.text)];
  int key = memory_key(decided);
  auto known = std::find_if(times.begin(), times.end(), [&](auto& t) { return t.first == key; });
  if (known == times.end()) {
    times.emplace_back(key, 1);
  } else {
    ++known->second;
  }
}

void OptionMaker::use_memory() {
  for (Made& made : made_) recall(made);
}

// Readings gain by the log of how often the document decided for them.
void OptionMaker::recall(Made& made) const {
  auto found = memory_.find(lower_text(made.reading));
  if (found == memory_.end()) return;
  for (Option& option : made.column) {
    if (option.entry < 0 && option.ids[0] == kUnknown) continue;  // a stranger does not prove itself
    for (auto [key, count] : found->second) {
      if (option.size != 1 || option.joins || key != memory_key(option)) continue;
      option.bonus = kMemory * std::log1p(static_cast<float>(count));
      option.cost -= option.bonus;
    }
  }
}

}  // namespace planscribe

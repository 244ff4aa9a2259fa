#include "models/options.h"

#include <algorithm>
#include <cmath>

#include "models/letters.h"
#include "models/symbols.h"
#include "models/tokens.h"

namespace planscribe {
namespace {

constexpr float kOneDigitWord = 2.5f, kTwoDigitWord = 3.5f;  // a number that is in truth a word
constexpr float kLookAlikeNumber = 1.5f;               // a number with letters read for digits
constexpr float kNumberForS = 9;                       // the same for S6, which is rather Số
constexpr float kNumberHead = 2;                       // Số misread before a number
constexpr float kWordAndNumber = 3;                    // a word and a number run together
constexpr float kDroppedSpeck = 4, kDroppedSign = 9;   // a speck read as a sign
constexpr float kOddCase = 2.5f;                       // a word in capitals among small letters, or the reverse
constexpr float kStrangerLetter = 2.2f, kStrangerWord = 6, kStrangerSign = 3, kStrangerCode = 9;  // a word that no list knows
constexpr float kKnownLetter = 0.15f;                  // a word the model knows but which is no syllable
constexpr float kStrangerInitials = 12;                // initials that no list knows, where others of their letters are known
constexpr size_t kMostBars = 4;                        // of Đ among initials
constexpr float kBarAsB = 4;                           // Đ read as B
constexpr float kNamedUnit = 1.5f;                     // gain of phường, xã ... before a capital
constexpr size_t kMostHeads = 6;
constexpr size_t kMostParts = 4;                       // candidates tried for each of two words run together
constexpr size_t kLongestTwoWords = 13, kLongestJoin = 8;  // letters
constexpr float kMemory = 1.0f;                        // nats for each e-fold of decisions in the document

bool all_digits(std::u32string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

char32_t digit_of(char32_t c) {
  switch (c) {
    case U'l': case U'I': case U'|': case U'i': return U'1';
    case U'O': case U'o': return U'0';
    case U'S': return U'5';
    case U'B': return U'8';
    default: return is_digit(c) ? c : 0;
  }
}

bool in_capitals(std::u32string_view text) {
  return text.size() > 1 && std::all_of(text.begin(), text.end(), [](char32_t c) { return is_upper(c) || !is_letter(c); });
}

// Case of pattern put on word, letter by letter; both have the same length.
std::u32string copy_case(std::u32string_view word, std::u32string_view pattern) {
  std::u32string out(word);
  for (size_t i = 0; i < out.size(); ++i) out[i] = is_upper(pattern[i]) ? upper(out[i]) : lower(out[i]);
  return out;
}

bool same_bare(std::u32string_view a, std::u32string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char32_t x, char32_t y) { return bare(lower(x)) == bare(lower(y)); });
}

// Capitals without a vowel make no Vietnamese word: BCH, KHTH, CSTĐ.
bool is_initials(std::u32string_view text) {
  constexpr std::u32string_view kVowels = U"AEIOUY";
  return text.size() > 1 && std::all_of(text.begin(), text.end(), [&](char32_t c) { return is_upper(c) && kVowels.find(bare(c)) == std::u32string_view::npos; });
}

ChangeReason reason_of(std::u32string_view from, std::u32string_view to) {
  if (from == to) return ChangeReason::none;
  return same_bare(from, to) ? ChangeReason::mark : ChangeReason::letter;
}

// Of readings that the language model cannot tell apart only the cheapest can win; the input's own stays for its margin.
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

}  // namespace

OptionMaker::OptionMaker(const NgramModel& model, const Lexicon& lexicon, const CandidateFinder& finder, Damage damage,
                         float threshold)
    : model_(model), lexicon_(lexicon), finder_(finder), damage_(damage), threshold_(threshold) {
  for (const char32_t* unit : {U"phường", U"xã", U"huyện", U"quận", U"tỉnh", U"phố", U"trấn", U"thôn", U"ấp"}) {
    units_.push_back(lexicon.find(unit));
  }
}

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
      if (damage_ == Damage::foreign && !known) o.cost += kStrangerSign * signs;
    }
  }
  return o;
}

void OptionMaker::add_words(std::u32string_view text, float extra_cost, const std::vector<ExtraSource>& extra, Column& out) {
  for (const Candidate& c : finder_.find(text, extra)) {
    const Lexicon::Entry& entry = lexicon_.entries()[c.entry];
    std::u32string_view word = lexicon_.text(entry, c.mode);
    if (word == text) {
      out[0].cost = std::min(out[0].cost, c.cost);
    } else {
      out.push_back({word, {entry.id, kUnknown}, 1, c.cost + extra_cost, c.entry, false, false, reason_of(text, word)});
    }
  }
}

void OptionMaker::add_marked(std::u32string_view text, Column& out) {
  bool capitals = in_capitals(text);
  if (out[0].entry >= 0) out[0].cost = 0;
  for (int index : lexicon_.by_bare(text)) {
    const Lexicon::Entry& e = lexicon_.entries()[index];
    std::u32string_view word = lexicon_.text(e);
    if (index == out[0].entry || (e.abbreviation && !capitals)) continue;
    bool agrees = true;  // marks that are there are right
    for (size_t i = 0; i < word.size(); ++i) agrees &= !has_mark(text[i]) || lower(text[i]) == lower(word[i]);
    if (!agrees) continue;
    CaseMode mode = capitals ? CaseMode::upper : is_upper(text[0]) ? CaseMode::title : CaseMode::lower;
    std::u32string_view cased = lexicon_.text(e, mode);
    for (size_t i = 0; i < text.size(); ++i) {
      if (is_upper(text[i]) != is_upper(cased[i])) cased = keep(copy_case(word, text));
    }
    out.push_back({cased, {e.id, kUnknown}, 1, 0, index, false, false, ChangeReason::mark});
  }
}

// Initials stay, but a Đ may have lost its bar or may have been read as B, where the model knows the initials so.
void OptionMaker::add_initials(std::u32string_view text, Column& out) {
  out[0].cost = 0;
  if (damage_ == Damage::light || out[0].entry >= 0) return;
  std::vector<size_t> places;
  for (size_t i = 0; i < text.size() && places.size() < kMostBars; ++i)
    if (text[i] == U'D' || (text[i] == U'B' && damage_ == Damage::foreign)) places.push_back(i);
  bool listed = false;
  for (size_t bars = 1; bars < size_t{1} << places.size(); ++bars) {
    std::u32string barred(text);
    float cost = 0;
    for (size_t i = 0; i < places.size(); ++i)
      if (bars >> i & 1) cost += text[places[i]] == U'B' ? kBarAsB : 0, barred[places[i]] = U'Đ';
    const int entry = lexicon_.find(barred);
    const WordId id = id_of(barred);
    if (id == kUnknown && entry < 0) continue;
    listed |= entry >= 0;
    out.push_back({keep(barred), {id, kUnknown}, 1, cost, entry, false, false, cost > 0 ? ChangeReason::letter : ChangeReason::mark});
  }
  if (listed || out[0].ids[0] == kUnknown) out[0].cost = kStrangerInitials;
}

// "vănhóa": two words whose gap was not seen.
void OptionMaker::add_two_words(std::u32string_view text, Column& out) {
  if (text.size() < 4 || text.size() > kLongestTwoWords) return;
  bool readable = std::any_of(out.begin() + 1, out.end(), [](const Option& o) { return o.cost < CandidateFinder::kNear; });
  if (readable || out[0].entry >= 0) return;
  bool marked = std::any_of(text.begin(), text.end(), has_mark);
  for (size_t cut = 2; cut + 2 <= text.size(); ++cut) {
    bool letters_right = !lexicon_.by_bare(text.substr(0, cut)).empty() && !lexicon_.by_bare(text.substr(cut)).empty();
    if (damage_ != Damage::foreign && !letters_right) continue;
    std::vector<Candidate> heads = finder_.find_near(text.substr(0, cut)), tails;
    if (!heads.empty()) tails = finder_.find_near(text.substr(cut));
    for (size_t h = 0; h < std::min(heads.size(), kMostParts); ++h) {
      for (size_t t = 0; t < std::min(tails.size(), kMostParts); ++t) {
        const Lexicon::Entry &a = lexicon_.entries()[heads[h].entry], &b = lexicon_.entries()[tails[t].entry];
        bool whole = marked && lexicon_.text(a, heads[h].mode) == text.substr(0, cut) && lexicon_.text(b, tails[t].mode) == text.substr(cut);
        float cost = (whole ? -threshold_ : heads[h].cost + tails[t].cost) + finder_.confusions().gap_lost();
        bool marks_only = same_bare(lexicon_.text(a), text.substr(0, cut)) && same_bare(lexicon_.text(b), text.substr(cut));
        if (damage_ == Damage::marks && !marks_only) continue;
        bool cases = tails[t].mode == CaseMode::upper ? heads[h].mode == CaseMode::upper : tails[t].mode == CaseMode::lower;
        if (!cases) continue;
        std::u32string both = std::u32string(lexicon_.text(a, heads[h].mode)) + U" " + std::u32string(lexicon_.text(b, tails[t].mode));
        out.push_back({keep(std::move(both)), {a.id, b.id}, 2, cost, -1, false, false, ChangeReason::split});
      }
    }
  }
}

void OptionMaker::add_numbers(std::u32string_view text, Column& out) {
  int roman = text.size() > 1 && text[0] != U'1' && text[0] != U'l' ? roman_value(text, true) : 0;
  if (roman > 0) {
    std::u32string_view numeral = keep(roman_text(roman));
    out.push_back({numeral, {id_of(numeral), kUnknown}, 1, kLookAlikeNumber, -1, false, false, ChangeReason::number});
  }
  std::u32string digits = read_as_digits(text);
  if (digits.empty() || digits == text) return;
  const float cost = text[0] == U'S' ? kNumberForS : kLookAlikeNumber;
  out.push_back({keep(digits), {model_.id(kNumberWord), kUnknown}, 1, cost, -1, false, false, ChangeReason::number});
}

// "ngayo6": the tail of digits and look-alikes is a number, the head a word.
void OptionMaker::add_word_and_number(std::u32string_view text, Column& out) {
  std::u32string mended = mend_symbol(text, lexicon_);
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

void OptionMaker::add_sign_readings(std::u32string_view text, Column& out) {
  constexpr std::u32string_view kSpecks = U"?'‘’`_|*«»·";
  bool speck = kSpecks.find(text[0]) != std::u32string_view::npos;
  if (speck) out.push_back({U"", {}, 0, kDroppedSpeck, -1, false, false, ChangeReason::letter});
  if (text == U"—") out.push_back({U"-", {out[0].ids[0], kUnknown}, 1, -0.5f, -1, false, false, ChangeReason::letter});
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
  std::u32string_view text = piece.text;
  bool abbreviation = damage_ == Damage::light && !piece.in_capitals && out[0].entry < 0 && in_capitals(text);
  if (abbreviation) return out;
  if (piece.kind == PieceKind::word && is_initials(text)) {
    add_initials(text, out);
    return out;
  }
  if (piece.kind == PieceKind::mixed && lexicon_.with_signs(text) == text) {
    out[0].cost = 0;
    return out;
  }
  if (std::u32string_view known = lexicon_.with_signs(text); (piece.kind == PieceKind::word || piece.kind == PieceKind::code) && !known.empty() && in_capitals(text)) {
    if (known != text && damage_ != Damage::light) out[0] = {known, {out[0].ids[0], kUnknown}, 1, 0, -1, false, false, ChangeReason::mark};
    return out;
  }
  switch (piece.kind) {
    case PieceKind::word:
      damage_ == Damage::marks ? add_marked(text, out) : add_words(text, 0, extra, out);
      add_two_words(text, out);
      break;
    case PieceKind::mixed:
      if (damage_ != Damage::foreign) break;
      add_words(text, 0, extra, out);
      add_numbers(text, out);
      add_word_and_number(text, out);
      break;
    case PieceKind::number: {
      bool short_number = all_digits(text) && (text.size() == 1 || (text.size() == 2 && (text[0] == U'1' || text[0] == U'6' || text[0] == U'8')));
      if (damage_ == Damage::foreign && short_number) {
        add_words(text, text.size() == 1 ? kOneDigitWord : kTwoDigitWord, extra, out);
      }
      break;
    }
    case PieceKind::code: {
      std::u32string mended = damage_ == Damage::light ? std::u32string(text) : mend_symbol(text, lexicon_);
      if (mended != text) out = {{keep(mended), {out[0].ids[0], kUnknown}, 1, 0, -1, false, false, ChangeReason::number}};
      break;
    }
    case PieceKind::sign:
      if (damage_ == Damage::foreign) add_sign_readings(text, out);
      break;
    default: break;
  }
  if (damage_ == Damage::foreign && piece.kind != PieceKind::code) weigh_case(piece, out);
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

// A unit's name begins with a capital: "phuong Ngo" is more likely phường than phương.
const Column* OptionMaker::before_name(const Piece& piece, const Column* column) {
  auto is_unit = [&](const Option& o) { return o.entry >= 0 && std::find(units_.begin(), units_.end(), o.entry) != units_.end(); };
  if (std::none_of(column->begin(), column->end(), is_unit)) return column;
  Column out = *column;
  for (Option& option : out) {
    if (is_unit(option)) option.cost -= kNamedUnit;
  }
  return store(piece, std::move(out));
}

const Column* OptionMaker::widened(const Piece& piece, const Column* column) {
  if (is_initials(piece.text) || !lexicon_.with_signs(piece.text).empty()) return column;
  Column out = *column;
  const size_t known = out.size();
  for (const Candidate& c : finder_.find_wide(piece.text)) {
    const Lexicon::Entry& entry = lexicon_.entries()[c.entry];
    std::u32string_view word = lexicon_.text(entry, c.mode);
    const bool there = std::any_of(column->begin(), column->end(), [&](const Option& o) { return o.text == word; });
    if (!there) out.push_back({word, {entry.id, kUnknown}, 1, c.cost, c.entry, false, false, reason_of(piece.text, word)});
  }
  if (out.size() == known) return column;
  Column fresh(out.begin() + static_cast<long>(known), out.end());
  weigh_case(piece, fresh);
  std::copy(fresh.begin(), fresh.end(), out.begin() + static_cast<long>(known));
  return store(piece, std::move(out));
}

const Column* OptionMaker::fixed(const Piece& piece) { return store(piece, {own(piece)}); }

const Column* OptionMaker::only(const Piece& piece, const std::u32string& text, ChangeReason reason) {
  Option o = own(piece);
  if (o.text != text) o.text = keep(text), o.own = false, o.reason = reason;
  return store(piece, {o});
}

// "th ực": at least one part is no syllable by itself.
const Column* OptionMaker::with_join(const Column* column, const Piece& piece, const Piece& next) {
  if (piece.text.size() + next.text.size() > kLongestJoin || damage_ == Damage::marks) return column;
  auto whole = [&](const Piece& p) {
    if (damage_ == Damage::light) return lexicon_.find(p.text) >= 0 && !lexicon_.entries()[lexicon_.find(p.text)].abbreviation;
    auto entries = lexicon_.by_bare(p.text);
    return std::any_of(entries.begin(), entries.end(), [&](int e) { return !lexicon_.entries()[e].abbreviation; });
  };
  if (whole(piece) && whole(next)) return column;
  std::u32string_view text = keep(std::u32string(piece.text) + std::u32string(next.text));
  Column out = *column;
  for (const Candidate& c : finder_.find_near(text)) {
    const Lexicon::Entry& entry = lexicon_.entries()[c.entry];
    float cost = c.cost + finder_.confusions().gap_added() + threshold_;
    out.push_back({lexicon_.text(entry, c.mode), {entry.id, kUnknown}, 1, cost, c.entry, false, true, ChangeReason::join});
  }
  if (out.size() == column->size()) return column;
  drop_dominated(out);
  return store(piece, std::move(out));
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

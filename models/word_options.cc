// The words of OptionMaker: one for one, two run together, one with a gap inside, and the case they are in.
#include "models/options.h"

#include <algorithm>

#include "models/letters.h"

namespace planscribe {
namespace {

constexpr float kOddCase = 2.5f;                       // a word in capitals among small letters, or the reverse
constexpr float kStrangerInitials = 12;                // initials that no list knows, where others of their letters are known
constexpr size_t kMostBars = 4;                        // of Đ among initials
constexpr float kBarAsB = 4;                           // Đ read as B
constexpr float kNamedUnit = 1.5f;                     // gain of phường, xã ... before a capital
constexpr size_t kMostParts = 4;                       // candidates tried for each of two words run together
constexpr size_t kLongestTwoWords = 13, kLongestJoin = 8;  // letters

// Case of pattern put on word, letter by letter; both have the same length.
std::u32string copy_case(std::u32string_view word, std::u32string_view pattern) {
  std::u32string out(word);
  for (size_t i = 0; i < out.size(); ++i) out[i] = is_upper(pattern[i]) ? upper(out[i]) : lower(out[i]);
  return out;
}

bool same_bare(std::u32string_view a, std::u32string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char32_t x, char32_t y) { return bare(lower(x)) == bare(lower(y)); });
}

ChangeReason reason_of(std::u32string_view from, std::u32string_view to) {
  if (from == to) return ChangeReason::none;
  return same_bare(from, to) ? ChangeReason::mark : ChangeReason::letter;
}

}  // namespace

void OptionMaker::add_words(std::u32string_view text, float extra_cost, const std::vector<ExtraSource>& extra, Column& out) {
  const std::vector<Candidate> found = finder_.find(text, extra);
  out.reserve(out.size() + found.size());
  for (const Candidate& c : found) {
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
  const auto entries = lexicon_.by_bare(text);
  out.reserve(entries.size() + 1);
  for (int index : entries) {
    const Lexicon::Entry& e = lexicon_.entries()[index];
    std::u32string_view word = lexicon_.text(e);
    if (index == out[0].entry || (e.abbreviation && !capitals)) continue;
    if (!may_be(text, word)) continue;
    CaseMode mode = capitals ? CaseMode::upper : is_upper(text[0]) ? CaseMode::title : CaseMode::lower;
    std::u32string_view cased = lexicon_.text(e, mode);
    for (size_t i = 0; i < text.size(); ++i) {
      if (is_upper(text[i]) != is_upper(cased[i])) cased = keep(copy_case(word, text));
    }
    out.push_back({cased, {e.id, kUnknown}, 1, 0, index, false, false, ChangeReason::mark});
  }
}

// Marks that are there are right.
bool OptionMaker::may_be(std::u32string_view text, std::u32string_view word) const {
  if (lost_ == Lost::words && std::any_of(text.begin(), text.end(), has_mark)) return false;
  return std::equal(text.begin(), text.end(), word.begin(), word.end(), [&](char32_t read, char32_t printed) {
    read = lower(read), printed = lower(printed);
    switch (lost_) {
      case Lost::tones: return read == printed || read == toneless(printed);
      case Lost::hats: return read == printed || read == hatless(printed);
      default: return read == printed || !has_mark(read);
    }
  });
}

// Initials stay, but a Đ may have lost its bar or may have been read as B, where the model knows the initials so.
void OptionMaker::add_initials(std::u32string_view text, Column& out) {
  out[0].cost = 0;
  if (damage_ == Damage::light || out[0].entry >= 0) return;
  std::vector<size_t> places;
  for (size_t i = 0; i < text.size() && places.size() < kMostBars; ++i) {
    if (text[i] == U'D' || (text[i] == U'B' && damage_ == Damage::foreign)) places.push_back(i);
  }
  bool listed = false;
  for (size_t bars = 1; bars < size_t{1} << places.size(); ++bars) {
    std::u32string barred(text);
    float cost = 0;
    for (size_t i = 0; i < places.size(); ++i) {
      if (bars >> i & 1) cost += text[places[i]] == U'B' ? kBarAsB : 0, barred[places[i]] = U'Đ';
    }
    const int entry = lexicon_.find(barred);
    const WordId id = id_of(barred);
    if (id == kUnknown && entry < 0) continue;
    listed |= entry >= 0;
    out.push_back({keep(barred), {id, kUnknown}, 1, cost, entry, false, false, cost > 0 ? ChangeReason::letter : ChangeReason::mark});
  }
  if (listed || out[0].ids[0] == kUnknown) out[0].cost = kStrangerInitials;
  if (damage_ == Damage::foreign) add_roman(text, out);
}

// "vănhóa": two words whose gap was not seen.
void OptionMaker::add_two_words(std::u32string_view text, Column& out) {
  if (text.size() < 4 || text.size() > kLongestTwoWords) return;
  bool readable = std::any_of(out.begin() + 1, out.end(), [](const Option& o) { return o.cost < kNearReading; });
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
        bool capital = is_upper(text[cut]) && !is_upper(text[cut - 1]);  // LươngMinh
        bool cases = tails[t].mode == CaseMode::upper ? heads[h].mode == CaseMode::upper : (tails[t].mode == CaseMode::title) == capital;
        if (!cases) continue;
        std::u32string both = std::u32string(lexicon_.text(a, heads[h].mode)) + U" " + std::u32string(lexicon_.text(b, tails[t].mode));
        out.push_back({keep(std::move(both)), {a.id, b.id}, 2, cost, -1, false, false, ChangeReason::split});
      }
    }
  }
}

// Case agrees with the line: a heading is all capitals, running text is not, unless capitals were read.
void OptionMaker::weigh_case(const Piece& piece, Column& out) const {
  auto seen = std::count_if(piece.text.begin(), piece.text.end(), is_upper);
  float shouted = seen < 2 ? 3 * kOddCase : piece.text.size() <= 3 ? 2 * kOddCase : kOddCase;
  for (Option& option : out) {
    size_t capitals = 0, letters = 0;
    for (char32_t c : option.text) capitals += is_upper(c), letters += is_letter(c);
    if (letters < 2) continue;
    if (piece.in_capitals && capitals < letters) option.cost += kOddCase;
    if (!piece.in_capitals && capitals == letters) option.cost += shouted;
  }
}

// A unit's name begins with a capital: "phuong Ngo" is more likely phường than phương.
const Column* OptionMaker::before_name(const Piece& piece, const Column* column) {
  return favoured(piece, column, kNamedUnit, [&](int entry) { return std::find(units_.begin(), units_.end(), entry) != units_.end(); });
}

const Column* OptionMaker::favoured(const Piece& piece, const Column* column, float gain, const std::function<bool(int)>& wanted) {
  auto gains = [&](const Option& option) { return option.entry >= 0 && wanted(option.entry); };
  if (std::none_of(column->begin(), column->end(), gains)) return column;
  Column out = *column;
  for (Option& option : out) {
    if (gains(option)) option.cost -= gain;
  }
  return store(piece, std::move(out));
}

const Column* OptionMaker::widened(const Piece& piece, const Column* column) {
  if (is_initials(piece.text) || !lexicon_.with_signs(piece.text).empty()) return column;
  Column fresh;
  for (const Candidate& c : finder_.find_wide(piece.text)) {
    const Lexicon::Entry& entry = lexicon_.entries()[c.entry];
    std::u32string_view word = lexicon_.text(entry, c.mode);
    const bool there = std::any_of(column->begin(), column->end(), [&](const Option& o) { return o.text == word; });
    if (!there) fresh.push_back({word, {entry.id, kUnknown}, 1, c.cost, c.entry, false, false, reason_of(piece.text, word)});
  }
  if (fresh.empty()) return column;
  weigh_case(piece, fresh);
  Column out = *column;
  out.insert(out.end(), fresh.begin(), fresh.end());
  return store(piece, std::move(out));
}

// Some word is likely to have been read so.
bool OptionMaker::explained(const Column& column) const {
  constexpr float kLikely = 2;
  return std::any_of(column.begin(), column.end(), [&](const Option& o) {
    return o.entry >= 0 && o.size == 1 && o.cost < kLikely && !lexicon_.entries()[o.entry].abbreviation;
  });
}

// "th ực": at least one part is no syllable by itself.
const Column* OptionMaker::with_join(const Column* column, const Piece& piece, const Piece& next) {
  if (piece.text.size() + next.text.size() > kLongestJoin || damage_ == Damage::marks) return column;
  auto whole = [&](const Piece& p) {
    if (damage_ == Damage::light) return lexicon_.find(p.text) >= 0 && !lexicon_.entries()[lexicon_.find(p.text)].abbreviation;
    auto entries = lexicon_.by_bare(p.text);
    return std::any_of(entries.begin(), entries.end(), [&](int e) { return !lexicon_.entries()[e].abbreviation; });
  };
  if ((whole(piece) || explained(*column)) && (whole(next) || explained(*options(next)))) return column;
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

}  // namespace planscribe

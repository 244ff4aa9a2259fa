#include "models/document.h"

#include <algorithm>

#include "models/letters.h"
#include "models/symbols.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr BeamLimits kMarksBeam = {16, 8, 4}, kBeam = {16, 9, 9};
constexpr size_t kMostColumns = 2000;  // decoded in one go; bounds memory on endless paragraphs

}  // namespace

Document::Document(const NgramModel& model, const Lexicon& lexicon, const Names& names, const std::vector<LineInput>& lines)
    : model_(model), lexicon_(lexicon), names_(names), lines_(lines.size()) {
  std::vector<std::u32string_view> texts;
  for (size_t i = 0; i < lines.size(); ++i) {
    DocumentLine& line = lines_[i];
    line.nfc = to_nfc(lines[i].text);
    line.text.reserve(line.nfc.size()), line.bytes.reserve(line.nfc.size() + 1);
    for (size_t at = 0; at < line.nfc.size();) {
      line.bytes.push_back(static_cast<uint32_t>(at));
      line.text += decode_next(line.nfc, at);
    }
    line.bytes.push_back(static_cast<uint32_t>(line.nfc.size()));
    line.pieces = split_line(line.text);
    line.foreign_language = is_foreign_language(line.pieces, lexicon_);
    TextCounts counts;
    counts.add(line.text, lexicon_);
    line.without_marks = is_without_marks(counts) && !line.foreign_language;
    counts_.add(counts);
    texts.push_back(line.text);
  }
  starts_ = paragraph_starts(texts);
  starts_.push_back(lines_.size());
}

std::vector<RestoredLine> Document::restore(const std::vector<LineInput>& lines, const CandidateFinder& finder,
                                            const Rescorer& rescorer, const Treatment& treatment) {
  damage_ = treatment.damage;
  maker_.emplace(model_, lexicon_, finder, damage_, treatment.threshold, treatment.lost);
  if (treatment.lines_without_marks) marks_maker_.emplace(model_, lexicon_, finder, Damage::marks, 0.0f);
  decoder_.emplace(model_, damage_ == Damage::marks ? kMarksBeam : kBeam);
  make_columns(lines);
  for (size_t i = 0; i + 1 < starts_.size(); ++i) decode_part(starts_[i], starts_[i + 1]);
  if (damage_ == Damage::foreign) {  // once more, with what the document itself showed
    remember_all();
    maker_->use_memory();
    for (size_t i = 0; i + 1 < starts_.size(); ++i) {
      if (!settled(starts_[i], starts_[i + 1])) decode_part(starts_[i], starts_[i + 1]);
    }
  }
  if (damage_ == Damage::foreign) {
    for (size_t i = 0; i + 1 < starts_.size(); ++i) {
      if (look_wider(starts_[i], starts_[i + 1])) decode_part(starts_[i], starts_[i + 1]);
    }
  }
  reconsider(rescorer);
  std::vector<RestoredLine> out;
  out.reserve(lines_.size());
  for (const DocumentLine& line : lines_) out.push_back(write_line(line, damage_ == Damage::foreign));
  return out;
}

// Tesseract's other readings of the glyphs inside the piece. Only for lines that were NFC already.
std::vector<ExtraSource> Document::extra_of(const LineInput& input, const DocumentLine& line, const Piece& piece) const {
  std::vector<ExtraSource> out;
  if (input.choices.empty() || line.nfc != input.text) return out;
  for (const GlyphChoice& choice : input.choices) {
    if (choice.end <= static_cast<int>(line.bytes[piece.begin]) || choice.begin >= static_cast<int>(line.bytes[piece.end])) continue;
    auto place = [&](int byte) {
      auto found = std::lower_bound(line.bytes.begin(), line.bytes.end(), static_cast<uint32_t>(std::max(byte, 0)));
      return static_cast<size_t>(found - line.bytes.begin());
    };
    size_t begin = place(choice.begin), end = place(choice.end);
    if (begin < piece.begin || end > piece.end || begin >= end) continue;
    for (const Alternative& alternative : choice.alternatives) {
      std::u32string text = decode(to_nfc(alternative.text));
      if (text.empty() || text.size() > 2) continue;
      out.push_back({begin - piece.begin, end - piece.begin, std::move(text), std::max(0.0f, alternative.cost)});
    }
  }
  return out;
}

// Roman numerals and list letters follow one another; a misread one is mended by its place in the row.
const Column* Document::head_column(const DocumentLine& line, const Piece& piece) {
  if (piece.kind == PieceKind::roman) {
    int value = roman_value(piece.text, true), exact = roman_value(piece.text, false);
    bool follows = value > 0 && value == last_roman_ + 1;
    // II. between II. and IV. has lost a stroke.
    bool short_one = damage_ == Damage::foreign && value > 1 && value == last_roman_ && next_numeral(line) == value + 2;
    value += short_one;
    if (value > 0) last_roman_ = value;
    bool mend = short_one || (exact == 0 && value > 0 && (follows || (piece.text.size() > 1 && damage_ != Damage::light)));
    return mend ? maker_->only(piece, roman_text(value), ChangeReason::number) : maker_->fixed(piece);
  }
  char32_t letter = piece.text[0];
  bool again = letter == U'd' && last_letter_ == U'd' && damage_ != Damage::light;
  last_letter_ = again ? U'đ' : letter;
  return again ? maker_->only(piece, U"đ", ChangeReason::mark) : maker_->fixed(piece);
}

// Value of the next numeral that heads a line as a numeral should, 0 when there is none.
int Document::next_numeral(const DocumentLine& line) const {
  for (const DocumentLine* next = &line + 1; next < lines_.data() + lines_.size(); ++next) {
    if (!next->pieces.empty() && next->pieces[0].kind == PieceKind::roman) return roman_value(next->pieces[0].text, false);
  }
  return 0;
}

// "1H." for "III.", where II. came before.
bool Document::is_next_numeral(const DocumentLine& line) const {
  if (line.pieces.size() < 2 || line.pieces[1].text != U"." || line.pieces[1].space_before || last_roman_ == 0) return false;
  const Piece& head = line.pieces[0];
  return !std::all_of(head.text.begin(), head.text.end(), is_digit) && roman_value(head.text, true) == last_roman_ + 1;
}

void Document::make_columns(const std::vector<LineInput>& inputs) {
  for (size_t i = 0; i < lines_.size(); ++i) {
    DocumentLine& line = lines_[i];
    line.columns.reserve(line.pieces.size());
    for (size_t k = 0; k < line.pieces.size(); ++k) line.columns.push_back(column_of(inputs[i], line, k));
    if (damage_ != Damage::light && !line.foreign_language) names_.favour(line, *maker_);
  }
}

const Column* Document::column_of(const LineInput& input, const DocumentLine& line, size_t k) {
  const Piece& piece = line.pieces[k];
  if (piece.kind == PieceKind::roman || piece.kind == PieceKind::letter) return head_column(line, piece);
  if (k == 0 && is_next_numeral(line)) return maker_->only(piece, roman_text(++last_roman_), ChangeReason::number);
  if (line.foreign_language) return maker_->fixed(piece);
  if (line.without_marks && marks_maker_) return marks_maker_->options(piece);
  const Column* column = maker_->options(piece, extra_of(input, line, piece));
  const Piece* next = k + 1 < line.pieces.size() ? &line.pieces[k + 1] : nullptr;
  if (damage_ == Damage::foreign) column = in_place(line, k, column);
  if (!next || !next->space_before) return column;
  if (is_upper(next->text[0]) && !piece.in_capitals && damage_ != Damage::light) column = maker_->before_name(piece, column);
  return is_word(piece) && is_word(*next) ? maker_->with_join(column, piece, *next) : column;
}

// What the neighbours of a sign or single letter say about it.
const Column* Document::in_place(const DocumentLine& line, size_t k, const Column* column) {
  const Piece& piece = line.pieces[k];
  const Piece* next = k + 1 < line.pieces.size() ? &line.pieces[k + 1] : nullptr;
  if (!next || !(is_word(*next) || next->kind == PieceKind::number)) return column;
  auto is = [&](std::u32string_view signs) { return piece.kind == PieceKind::sign && signs.find(piece.text[0]) != signs.npos; };
  if (k == 0 && piece.kind == PieceKind::word && piece.text.size() == 1 && next->space_before) return maker_->as_bullet(piece, column);
  bool at_head = k == 0 && next->space_before;
  if (at_head && is(U".,:;=<>[]")) return maker_->as_speck(piece, column);
  if (k == 0 || piece.space_before || !is(U".,:-")) return column;
  const Piece& before = line.pieces[k - 1];
  bool after_word = is_word(before) && before.text.size() > 1 && !in_capitals(before.text);
  bool after_number = before.kind == PieceKind::number && k > 1 && is_word(*next);
  if (!next->space_before) return after_word || after_number || before.text == U")" ? maker_->in_gap(piece, column) : column;
  bool small = is_letter(next->text[0]) && !is_upper(next->text[0]);
  return after_word && small && is(U".,:") ? maker_->before_small(piece, column) : column;
}

// Memory cannot change a paragraph whose every choice is the one the memory favours most.
bool Document::settled(size_t first_line, size_t last_line) const {
  for (size_t i = first_line; i < last_line; ++i) {
    const DocumentLine& line = lines_[i];
    for (size_t k = 0; k < line.columns.size(); ++k) {
      if (line.decoded.chosen[k] == kJoined) continue;
      float bonus = (*line.columns[k])[line.decoded.chosen[k]].bonus;
      for (const Option& option : *line.columns[k]) {
        if (option.bonus > bonus) return false;
      }
    }
  }
  return true;
}

// What is worth looking at when a column is decoded once more: what was near, and what the memory favours.
uint64_t Document::worth_another_look(const DocumentLine& line, size_t k) const {
  if (line.decoded.rivals.empty()) return ~uint64_t{0};
  uint64_t out = line.decoded.rivals[k] | rival_bit(0);
  const Column& column = *line.columns[k];
  for (size_t o = 0; o < column.size(); ++o) {
    if (column[o].bonus > 0) out |= rival_bit(static_cast<int>(o));
  }
  return out;
}

void Document::decode_part(size_t first_line, size_t last_line) {
  std::vector<const Column*> columns;
  std::vector<uint64_t> among;
  Decoded all;
  auto flush = [&] {
    if (columns.empty()) return;
    all.append(decoder_->decode(columns, among));
    columns.clear(), among.clear();
  };
  for (size_t i = first_line; i < last_line; ++i) {
    for (size_t k = 0; k < lines_[i].columns.size(); ++k) {
      columns.push_back(lines_[i].columns[k]);
      among.push_back(worth_another_look(lines_[i], k));
      if (columns.size() >= kMostColumns) flush();
    }
  }
  flush();
  size_t at = 0;
  for (size_t i = first_line; i < last_line; ++i) {
    lines_[i].decoded = all.part(at, lines_[i].columns.size());
    at += lines_[i].columns.size();
  }
}

void Document::reconsider(const Rescorer& rescorer) {
  std::vector<Passage> passages(starts_.size() - 1);
  for (size_t i = 0; i + 1 < starts_.size(); ++i) {
    for (size_t k = starts_[i]; k < starts_[i + 1]; ++k) passages[i].add(lines_[k].columns, lines_[k].decoded);
  }
  rescorer.rescore(passages);
  for (size_t i = 0; i + 1 < starts_.size(); ++i) {
    size_t at = 0;
    for (size_t k = starts_[i]; k < starts_[i + 1]; ++k) passages[i].take(at, lines_[k].decoded);
  }
}

// A word that was never seen beside its neighbour may have been misread in ways never learned. True when there is more to
// choose from now.
bool Document::look_wider(size_t first_line, size_t last_line) {
  struct Chosen {
    DocumentLine* line;
    size_t k;
    const Option* option;
  };
  std::vector<Chosen> words;
  for (size_t i = first_line; i < last_line; ++i) {
    DocumentLine& line = lines_[i];
    for (size_t k = 0; k < line.columns.size(); ++k) {
      if (line.decoded.chosen[k] == kJoined) continue;
      const Option& option = (*line.columns[k])[line.decoded.chosen[k]];
      if (option.size > 0) words.push_back({&line, k, &option});
    }
  }
  auto strangers = [&](const Chosen& a, const Chosen& b) {
    return model_.find_pair(a.option->ids[a.option->size - 1], b.option->ids[0]).entry == kNone;
  };
  bool wider = false;
  for (size_t i = 0; i < words.size(); ++i) {
    const Piece& piece = words[i].line->pieces[words[i].k];
    const bool lonely = (i > 0 && strangers(words[i - 1], words[i])) || (i + 1 < words.size() && strangers(words[i], words[i + 1]));
    if (lonely) words[i].line->decoded.rivals[words[i].k] = ~uint64_t{0};
    if (!lonely || !is_word(piece) || words[i].option->joins || words[i].line->foreign_language) continue;
    const Column*& column = words[i].line->columns[words[i].k];
    const Column* more = maker_->widened(piece, column);
    wider |= more != column;
    column = more;
  }
  return wider;
}

void Document::remember_all() {
  for (const DocumentLine& line : lines_) {
    for (size_t k = 0; k < line.pieces.size(); ++k) {
      if (is_word(line.pieces[k]) && line.decoded.chosen[k] != kJoined) maker_->remember(line.pieces[k], (*line.columns[k])[line.decoded.chosen[k]]);
    }
  }
}

}  // namespace planscribe

#include "models/document.h"

#include <algorithm>

#include "models/letters.h"
#include "models/symbols.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr BeamLimits kBeam = {16, 10};
constexpr size_t kMostColumns = 2000;  // decoded in one go; bounds memory on endless paragraphs

bool is_word(const Piece& piece) { return piece.kind == PieceKind::word || piece.kind == PieceKind::mixed; }

}  // namespace

Document::Document(const NgramModel& model, const Lexicon& lexicon, const std::vector<LineInput>& lines)
    : model_(model), lexicon_(lexicon), lines_(lines.size()) {
  std::vector<std::u32string_view> texts;
  for (size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines_[i];
    line.nfc = to_nfc(lines[i].text);
    line.text.reserve(line.nfc.size()), line.bytes.reserve(line.nfc.size() + 1);
    for (size_t at = 0; at < line.nfc.size();) {
      line.bytes.push_back(static_cast<uint32_t>(at));
      line.text += decode_next(line.nfc, at);
    }
    line.bytes.push_back(static_cast<uint32_t>(line.nfc.size()));
    line.pieces = split_line(line.text);
    line.foreign_language = is_foreign_language(line.pieces, lexicon_);
    texts.push_back(line.text);
  }
  starts_ = paragraph_starts(texts);
  starts_.push_back(lines_.size());
}

TextCounts Document::counts() const {
  TextCounts counts;
  for (const Line& line : lines_) counts.add(line.text, lexicon_);
  return counts;
}

std::vector<RestoredLine> Document::restore(const std::vector<LineInput>& lines, const CandidateFinder& finder,
                                            const Rescorer& rescorer, Damage damage, float threshold) {
  damage_ = damage;
  maker_.emplace(model_, lexicon_, finder, damage, threshold);
  decoder_.emplace(model_, kBeam);
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
  for (const Line& line : lines_) out.push_back(write(line));
  return out;
}

// Tesseract's other readings of the glyphs inside the piece. Only for lines that were NFC already.
std::vector<ExtraSource> Document::extra_of(const LineInput& input, const Line& line, const Piece& piece) const {
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
const Column* Document::head_column(const Piece& piece) {
  if (piece.kind == PieceKind::roman) {
    int value = roman_value(piece.text, true), exact = roman_value(piece.text, false);
    bool follows = value > 0 && value == last_roman_ + 1;
    if (value > 0) last_roman_ = value;
    bool mend = exact == 0 && value > 0 && (follows || piece.text.size() > 1) && damage_ != Damage::light;
    return mend ? maker_->only(piece, roman_text(value), ChangeReason::number) : maker_->fixed(piece);
  }
  char32_t letter = piece.text[0];
  bool again = letter == U'd' && last_letter_ == U'd' && damage_ != Damage::light;
  last_letter_ = again ? U'đ' : letter;
  return again ? maker_->only(piece, U"đ", ChangeReason::mark) : maker_->fixed(piece);
}

void Document::make_columns(const std::vector<LineInput>& inputs) {
  for (size_t i = 0; i < lines_.size(); ++i) {
    Line& line = lines_[i];
    line.columns.reserve(line.pieces.size());
    for (size_t k = 0; k < line.pieces.size(); ++k) line.columns.push_back(column_of(inputs[i], line, k));
  }
}

const Column* Document::column_of(const LineInput& input, const Line& line, size_t k) {
  const Piece& piece = line.pieces[k];
  if (piece.kind == PieceKind::roman || piece.kind == PieceKind::letter) return head_column(piece);
  if (line.foreign_language) return maker_->fixed(piece);
  const Column* column = maker_->options(piece, extra_of(input, line, piece));
  const Piece* next = k + 1 < line.pieces.size() && line.pieces[k + 1].space_before ? &line.pieces[k + 1] : nullptr;
  if (!next) return column;
  if (is_upper(next->text[0]) && !piece.in_capitals && damage_ != Damage::light) column = maker_->before_name(piece, column);
  return is_word(piece) && is_word(*next) ? maker_->with_join(column, piece, *next) : column;
}

// Memory cannot change a paragraph whose every choice is the one the memory favours most.
bool Document::settled(size_t first_line, size_t last_line) const {
  for (size_t i = first_line; i < last_line; ++i) {
    const Line& line = lines_[i];
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

void Document::decode_part(size_t first_line, size_t last_line) {
  std::vector<const Column*> columns;
  Decoded all;
  auto flush = [&] {
    if (columns.empty()) return;
    all.append(decoder_->decode(columns));
    columns.clear();
  };
  for (size_t i = first_line; i < last_line; ++i) {
    for (const Column* column : lines_[i].columns) {
      columns.push_back(column);
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
    Line* line;
    size_t k;
    const Option* option;
  };
  std::vector<Chosen> words;
  for (size_t i = first_line; i < last_line; ++i) {
    Line& line = lines_[i];
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
    if (!lonely || !is_word(piece) || words[i].option->joins || words[i].line->foreign_language) continue;
    const Column*& column = words[i].line->columns[words[i].k];
    const Column* more = maker_->widened(piece, column);
    wider |= more != column;
    column = more;
  }
  return wider;
}

void Document::remember_all() {
  for (const Line& line : lines_) {
    for (size_t k = 0; k < line.pieces.size(); ++k) {
      if (is_word(line.pieces[k]) && line.decoded.chosen[k] != kJoined) maker_->remember(line.pieces[k], (*line.columns[k])[line.decoded.chosen[k]]);
    }
  }
}

// "28 /KH-UBND": a symbol with a gap at its stroke.
bool Document::is_broken_symbol(const Line& line, size_t k) const {
  const Piece& piece = line.pieces[k];
  if (damage_ != Damage::foreign || piece.kind != PieceKind::code || !piece.space_before || k == 0) return false;
  char32_t before = line.pieces[k - 1].text.back();
  return piece.text[0] == U'/' || before == U'/' || before == U'-';
}

RestoredLine Document::write(const Line& line) const {
  RestoredLine out;
  size_t done = 0;  // bytes of the input written so far
  for (size_t k = 0; k < line.pieces.size(); ++k) {
    if (line.decoded.chosen[k] == kJoined) continue;
    const Piece& piece = line.pieces[k];
    const Option& option = (*line.columns[k])[line.decoded.chosen[k]];
    bool broken = is_broken_symbol(line, k);
    if (option.own && !broken) continue;
    bool last = k + 1 == line.pieces.size();
    size_t begin = line.bytes[piece.begin], end = line.bytes[line.pieces[option.joins ? k + 1 : k].end];
    std::string text = encode(option.text);
    bool glued = option.size == 0 && k > 0 && !last && !piece.space_before && !line.pieces[k + 1].space_before &&
                 is_word(line.pieces[k - 1]) && is_word(line.pieces[k + 1]);
    if (glued) text = " ";  // a speck between two words hid their space
    // A dropped sign takes its space along; a symbol broken at its stroke grows together.
    bool lone = option.size == 0 && piece.space_before && (last || line.pieces[k + 1].space_before);
    if ((lone || broken) && begin > done && line.nfc[begin - 1] == ' ') --begin;
    if (line.nfc.compare(begin, end - begin, text) == 0) continue;
    out.text.append(line.nfc, done, begin - done);
    int out_begin = static_cast<int>(out.text.size());
    out.text += text;
    ChangeReason reason = broken ? ChangeReason::join : option.reason;
    out.changes.push_back({static_cast<int>(begin), static_cast<int>(end), out_begin,
                           static_cast<int>(out.text.size()), reason, line.decoded.margin[k]});
    done = end;
  }
  out.text.append(line.nfc, done, std::string::npos);
  return out;
}

}  // namespace planscribe

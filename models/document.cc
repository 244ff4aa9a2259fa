#include "models/document.h"

#include <algorithm>

#include "models/language.h"
#include "models/letters.h"
#include "models/symbols.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr size_t kBeamMarks = 12, kBeamDamaged = 30, kBeamLight = 12;
constexpr size_t kMostColumns = 2000;  // decoded in one go; bounds memory on endless paragraphs

}  // namespace

std::vector<RestoredLine> Document::run(const std::vector<LineInput>& lines) {
  load(lines);
  make_columns(lines);
  decode_paragraphs();
  if (damage_ == Damage::foreign) {  // once more, with what the document itself showed
    remember_all();
    maker_.use_memory();
    make_columns(lines);
    decode_paragraphs();
  }
  std::vector<RestoredLine> out;
  out.reserve(lines_.size());
  for (const Line& line : lines_) out.push_back(write(line));
  return out;
}

void Document::load(const std::vector<LineInput>& lines) {
  lines_.resize(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines_[i];
    line.nfc = to_nfc(lines[i].text);
    for (size_t at = 0; at < line.nfc.size();) {
      line.bytes.push_back(at);
      line.text += decode_next(line.nfc, at);
    }
    line.bytes.push_back(line.nfc.size());
    line.pieces = split_line(line.text);
    line.foreign_language = is_foreign_language(line.pieces, lexicon_);
  }
}

// Tesseract's other readings of the glyphs inside the piece. Only for lines that were NFC already.
std::vector<ExtraSource> Document::extra_of(const LineInput& input, const Line& line, const Piece& piece) const {
  std::vector<ExtraSource> out;
  if (input.choices.empty() || line.nfc != input.text) return out;
  for (const GlyphChoice& choice : input.choices) {
    if (choice.end <= static_cast<int>(line.bytes[piece.begin]) || choice.begin >= static_cast<int>(line.bytes[piece.end])) continue;
    auto place = [&](int byte) {
      auto found = std::lower_bound(line.bytes.begin(), line.bytes.end(), static_cast<size_t>(std::max(byte, 0)));
      return static_cast<size_t>(found - line.bytes.begin());
    };
    size_t begin = place(choice.begin), end = place(choice.end);
    if (begin < piece.begin || end > piece.end || begin >= end) continue;
    for (const Alternative& alternative : choice.alternatives) {
      std::u32string text = decode(to_nfc(alternative.text));
      if (text.empty() || text.size() > 2) continue;
      Confusions::Source source;
      source.size = static_cast<int>(text.size());
      source.cost = std::max(0.0f, alternative.cost);
      for (int k = 0; k < source.size; ++k) source.letters[k] = lower(text[k]), source.upper[k] = is_upper(text[k]);
      out.push_back({begin - piece.begin, end - piece.begin, source});
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
    return mend ? maker_.only(piece, roman_text(value), ChangeReason::number) : maker_.fixed(piece);
  }
  char32_t letter = piece.text[0];
  bool again = letter == U'd' && last_letter_ == U'd' && damage_ != Damage::light;
  last_letter_ = again ? U'đ' : letter;
  return again ? maker_.only(piece, U"đ", ChangeReason::mark) : maker_.fixed(piece);
}

void Document::make_columns(const std::vector<LineInput>& inputs) {
  last_roman_ = 0, last_letter_ = 0;
  for (size_t i = 0; i < lines_.size(); ++i) {
    Line& line = lines_[i];
    line.columns.clear();
    for (size_t k = 0; k < line.pieces.size(); ++k) {
      const Piece& piece = line.pieces[k];
      bool head = piece.kind == PieceKind::roman || piece.kind == PieceKind::letter;
      if (head) {
        line.columns.push_back(head_column(piece));
      } else if (line.foreign_language) {
        line.columns.push_back(maker_.fixed(piece));
      } else {
        line.columns.push_back(maker_.options(piece, extra_of(inputs[i], line, piece)));
        bool name_next = k + 1 < line.pieces.size() && line.pieces[k + 1].space_before &&
                         is_upper(line.pieces[k + 1].text[0]) && !piece.in_capitals;
        if (name_next && damage_ != Damage::light) line.columns.back() = maker_.before_name(line.columns.back());
      }
    }
  }
}

void Document::decode_paragraphs() {
  std::vector<std::u32string> texts;
  for (const Line& line : lines_) texts.push_back(line.text);
  std::vector<size_t> starts = paragraph_starts(texts);
  starts.push_back(lines_.size());
  for (size_t i = 0; i + 1 < starts.size(); ++i) decode_part(starts[i], starts[i + 1]);
}

void Document::decode_part(size_t first_line, size_t last_line) {
  std::vector<const Column*> columns;
  std::vector<int> chosen;
  std::vector<float> margin;
  size_t beam = damage_ == Damage::marks ? kBeamMarks : damage_ == Damage::foreign ? kBeamDamaged : kBeamLight;
  auto flush = [&] {
    if (columns.empty()) return;
    Decoded decoded = decode(model_, columns, beam);
    chosen.insert(chosen.end(), decoded.chosen.begin(), decoded.chosen.end());
    margin.insert(margin.end(), decoded.margin.begin(), decoded.margin.end());
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
    Line& line = lines_[i];
    line.chosen.assign(chosen.begin() + at, chosen.begin() + at + line.columns.size());
    line.margin.assign(margin.begin() + at, margin.begin() + at + line.columns.size());
    at += line.columns.size();
  }
}

void Document::remember_all() {
  for (const Line& line : lines_) {
    for (size_t k = 0; k < line.pieces.size(); ++k) {
      bool word = line.pieces[k].kind == PieceKind::word || line.pieces[k].kind == PieceKind::mixed;
      if (word) maker_.remember(line.pieces[k].text, (*line.columns[k])[line.chosen[k]].text);
    }
  }
}

RestoredLine Document::write(const Line& line) const {
  RestoredLine out;
  size_t done = 0;  // bytes of the input written so far
  for (size_t k = 0; k < line.pieces.size(); ++k) {
    const Piece& piece = line.pieces[k];
    const Option& option = (*line.columns[k])[line.chosen[k]];
    size_t begin = line.bytes[piece.begin], end = line.bytes[piece.end];
    std::string text = encode(option.text);
    bool glued = option.size == 0 && k > 0 && k + 1 < line.pieces.size() && !piece.space_before &&
                 !line.pieces[k + 1].space_before && line.pieces[k - 1].kind == PieceKind::word &&
                 line.pieces[k + 1].kind == PieceKind::word;
    if (glued) text = " ";  // a speck between two words hid their space
    // A dropped sign takes its space along; a symbol broken at its stroke grows together.
    bool lone = option.size == 0 && piece.space_before && (k + 1 == line.pieces.size() || line.pieces[k + 1].space_before);
    bool broken = damage_ == Damage::foreign && piece.kind == PieceKind::code && piece.space_before && k > 0 &&
                  (piece.text[0] == U'/' || line.pieces[k - 1].text.back() == U'/' ||
                   line.pieces[k - 1].text.back() == U'-');
    if ((lone || broken) && begin > done && line.nfc[begin - 1] == ' ') --begin;
    if (line.nfc.compare(begin, end - begin, text) == 0) continue;
    out.text.append(line.nfc, done, begin - done);
    int out_begin = static_cast<int>(out.text.size());
    out.text += text;
    ChangeReason reason = broken ? ChangeReason::join : option.reason;
    out.changes.push_back({static_cast<int>(begin), static_cast<int>(end), out_begin,
                           static_cast<int>(out.text.size()), reason, line.margin[k]});
    done = end;
  }
  out.text.append(line.nfc, done, std::string::npos);
  return out;
}

}  // namespace planscribe

#include "models/document_line.h"

#include "models/letters.h"
#include "models/lexicon.h"

namespace planscribe {
namespace {

constexpr float kGrammarMargin = 20;  // nats: no language model decided
constexpr size_t kLongestItem = 2;      // letters of an item's name
constexpr std::u32string_view kMotto = U"độc lập tự do hạnh phúc ";

enum class Gap { as_read, closed, opened };

class LineWriter {
 public:
  LineWriter(const DocumentLine& line, bool mend_spaces) : line_(line), mend_spaces_(mend_spaces), motto_(mend_spaces && is_motto()) {}

  RestoredLine run() {
    for (size_t k = 0; k < line_.pieces.size(); ++k) {
      if (line_.decoded.chosen[k] != kJoined) write(k);
    }
    out_.text.append(line_.nfc, done_, std::string::npos);
    return std::move(out_);
  }

 private:
  const Piece& piece(size_t k) const { return line_.pieces[k]; }
  const Option& option(size_t k) const { return (*line_.columns[k])[line_.decoded.chosen[k]]; }
  bool last(size_t k) const { return k + 1 == line_.pieces.size(); }
  bool dropped(size_t k) const { return line_.decoded.chosen[k] != kJoined && option(k).size == 0; }

  void write(size_t k) {
    const Option& chosen = option(k);
    Gap gap = mend_spaces_ && k > 0 && !dropped(k) && !dropped(k - 1) ? gap_before(k) : Gap::as_read;
    if (chosen.own && gap == Gap::as_read) return;
    size_t begin = line_.bytes[piece(k).begin], end = line_.bytes[piece(chosen.joins ? k + 1 : k).end];
    std::string text = encode(chosen.text);
    if (hides_space(k) || gap == Gap::opened) text.insert(0, 1, ' ');
    // A dropped sign takes its space along.
    bool lone = chosen.size == 0 && piece(k).space_before && (last(k) || piece(k + 1).space_before);
    if ((lone || gap == Gap::closed) && begin > done_ && line_.nfc[begin - 1] == ' ') --begin;
    if (k == 0 && chosen.size == 0 && !last(k)) end = line_.bytes[piece(k + 1).begin];
    if (line_.nfc.compare(begin, end - begin, text) == 0) return;
    ChangeReason reason = !chosen.own && gap != Gap::closed ? chosen.reason : gap == Gap::opened ? ChangeReason::split : ChangeReason::join;
    change(begin, end, text, reason, chosen.own ? kGrammarMargin : line_.decoded.margin[k]);
  }

  void change(size_t begin, size_t end, const std::string& text, ChangeReason reason, float margin) {
    out_.text.append(line_.nfc, done_, begin - done_);
    int out_begin = static_cast<int>(out_.text.size());
    out_.text += text;
    out_.changes.push_back({static_cast<int>(begin), static_cast<int>(end), out_begin, static_cast<int>(out_.text.size()), reason, margin});
    done_ = end;
  }

  // A dropped speck between two words hid their space.
  bool hides_space(size_t k) const {
    if (!dropped(k) || k == 0 || last(k) || piece(k).space_before || piece(k + 1).space_before) return false;
    auto solid = [](const Piece& p) { return is_word(p) || p.kind == PieceKind::number; };
    return solid(piece(k + 1)) && (solid(piece(k - 1)) || piece(k - 1).text == U")");
  }

  Gap gap_before(size_t k) const {
    const Piece &here = piece(k), &before = piece(k - 1);
    auto is = [](const Piece& p, std::u32string_view signs) { return p.text.size() == 1 && signs.find(p.text[0]) != signs.npos; };
    bool word_dash_word = k > 1 && is(before, U"-–—") && is_word(piece(k - 2)) && is_word(here);
    if (here.space_before) {
      bool inside = is(before, U"“(") || is(here, U"”)") || (is(here, U",;") && is_word(before));
      return inside || is_broken_symbol(here, before) ? Gap::closed : Gap::as_read;
    }
    if (word_dash_word && (before.space_before || motto_)) return Gap::opened;
    bool item = k == 1 && before.text.size() <= kLongestItem;  // a- Các đảng bộ
    bool dash = is(here, U"-–—") && is_word(before) && !item && !last(k) && is_word(piece(k + 1));
    return dash && (piece(k + 1).space_before || motto_) ? Gap::opened : Gap::as_read;
  }

  // "28 /KH-UBND": a symbol with a gap at its stroke.
  static bool is_broken_symbol(const Piece& here, const Piece& before) {
    return here.kind == PieceKind::code && (here.text[0] == U'/' || before.text.back() == U'/' || before.text.back() == U'-');
  }

  // The national motto, whose dashes stand between spaces.
  bool is_motto() const {
    std::u32string words;
    for (size_t k = 0; k < line_.pieces.size(); ++k) {
      if (line_.decoded.chosen[k] != kJoined && is_word(piece(k))) words += lower_text(option(k).text) + U' ';
    }
    return words.size() >= kMotto.size() && words.substr(words.size() - kMotto.size()) == kMotto;
  }

  const DocumentLine& line_;
  bool mend_spaces_;
  bool motto_;
  size_t done_ = 0;  // bytes of the input written so far
  RestoredLine out_;
};

}  // namespace

RestoredLine write_line(const DocumentLine& line, bool mend_spaces) { return LineWriter(line, mend_spaces).run(); }

}  // namespace planscribe

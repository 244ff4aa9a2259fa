// options.h: for each piece of a line, the readings worth the language model's attention.
//
// One OptionMaker serves one document: it remembers the options of pieces it has seen, whose text must outlive it.
// Not shared by threads.
#pragma once

#include <deque>
#include <functional>
#include <unordered_map>

#include "models/candidates.h"
#include "models/decoder.h"
#include "models/pieces.h"

namespace planscribe {

enum class Damage {
  marks,    // letters are right, marks are gone: only marks may change
  foreign,  // read by an engine without Vietnamese
  light     // read by an engine that knows Vietnamese, or clean
};

// What is gone from text that lost marks.
enum class Lost {
  marks,  // all of them, nearly everywhere: a letter without a mark may have had any
  tones,  // ấ stands as â
  hats,   // ấ stands as á, đ as d
  words   // some words have none of their marks, the others all
};

class OptionMaker {
 public:
  // threshold: nats a change must gain. lost: for Damage::marks.
  OptionMaker(const NgramModel& model, const Lexicon& lexicon, const CandidateFinder& finder, Damage damage, float threshold,
              Lost lost = Lost::marks);

  // Columns stay valid as long as the maker.
  const Column* options(const Piece& piece, const std::vector<ExtraSource>& extra = {});
  // A column with the piece as it stands and nothing else.
  const Column* fixed(const Piece& piece);
  // The column of a word before a capitalised one; may be the same column.
  const Column* before_name(const Piece& piece, const Column* column);
  // The column with the words that are wanted, told by their entries of the lexicon, cheaper by gain nats; may be the same.
  const Column* favoured(const Piece& piece, const Column* column, float gain, const std::function<bool(int)>& wanted);
  // The column of a stop, comma or colon before a small letter, which may be a speck; a stop is more likely a comma.
  const Column* before_small(const Piece& piece, const Column* column);
  // The column of a sign between two words that leave no room for it: a space with a speck in it.
  const Column* in_gap(const Piece& piece, const Column* column);
  // The column of a sign that says nothing where it stands.
  const Column* as_speck(const Piece& piece, const Column* column);
  // The column of a letter at the head of a line, which may be a misread bullet; may be the same column.
  const Column* as_bullet(const Piece& piece, const Column* column);
  // A column with one reading that was found by a grammar of its own.
  const Column* only(const Piece& piece, const std::u32string& text, ChangeReason reason);
  // The column of a piece that may be the first part of a word with a gap inside; may be the same column.
  const Column* with_join(const Column* column, const Piece& piece, const Piece& next);

  // The column with readings never learned beside the others; may be the same column.
  const Column* widened(const Piece& piece, const Column* column);

  // Readings that were decided for elsewhere in the document become cheaper.
  void remember(const Piece& piece, const Option& decided);
  void use_memory();

 private:
  struct Key {
    std::u32string_view text;
    PieceKind kind;
    bool in_capitals;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    size_t operator()(const Key& key) const {
      return std::hash<std::u32string_view>()(key.text) * 16 + static_cast<size_t>(key.kind) * 2 + key.in_capitals;
    }
  };
  struct Made {
    std::u32string_view reading;
    Column column;
  };
  using Memory = std::unordered_map<std::u32string, std::vector<std::pair<int, int>>>;  // decided word, how often

  Column make(const Piece& piece, const std::vector<ExtraSource>& extra);
  bool settle_capitals(const Piece& piece, Column& out);
  void add_readings(const Piece& piece, const std::vector<ExtraSource>& extra, Column& out);
  bool explained(const Column& column) const;
  Option own(const Piece& piece) const;
  WordId id_of(std::u32string_view word) const;
  void add_words(std::u32string_view text, float extra_cost, const std::vector<ExtraSource>& extra, Column& out);
  void add_marked(std::u32string_view text, Column& out);
  bool may_be(std::u32string_view text, std::u32string_view word) const;
  bool take_signed(const Piece& piece, std::u32string_view known, Column& out) const;
  void add_initials(std::u32string_view text, Column& out);
  void add_two_words(std::u32string_view text, Column& out);
  void add_roman(std::u32string_view text, Column& out);
  void add_numbers(std::u32string_view text, Column& out);
  void add_word_and_number(std::u32string_view text, Column& out);
  void add_sign_readings(std::u32string_view text, Column& out);
  void add_sign(const Confusions::Sign& sign, Column& out);
  void weigh_case(const Piece& piece, Column& out) const;
  void recall(Made& made) const;
  std::u32string_view keep(std::u32string text) { return texts_.emplace_back(std::move(text)); }
  const Column* store(const Piece& piece, Column column);

  const NgramModel& model_;
  const Lexicon& lexicon_;
  const CandidateFinder& finder_;
  Damage damage_;
  float threshold_;
  Lost lost_;
  std::vector<int> units_;  // entries of phường, xã ...
  Memory memory_;
  std::unordered_map<Key, const Column*, KeyHash> cache_;
  std::deque<Made> made_;
  std::deque<std::u32string> texts_;
};

bool in_capitals(std::u32string_view text);
// Capitals without a vowel make no Vietnamese word: BCH, KHTH, CSTĐ.
bool is_initials(std::u32string_view text);

// Of readings that the language model cannot tell apart only the cheapest can win; the input's own stays for its margin.
void drop_dominated(Column& column);

// The digits a piece of digits and look-alikes (l I O o S) stands for; empty when it is none or holds no true digit.
std::u32string read_as_digits(std::u32string_view text);

}  // namespace planscribe

// options.h: for each piece of a line, the readings worth the language model's attention.
//
// One OptionMaker serves one document: it remembers the options of pieces it has seen. Not shared by threads.
#pragma once

#include <deque>
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

class OptionMaker {
 public:
  OptionMaker(const NgramModel& model, const Lexicon& lexicon, const Confusions& confusions, Damage damage)
      : model_(model), lexicon_(lexicon), confusions_(confusions), damage_(damage) {}

  // The column stays valid as long as the maker.
  const Column* options(const Piece& piece, const std::vector<ExtraSource>& extra = {});
  // A column with the piece as it stands and nothing else.
  const Column* fixed(const Piece& piece);
  // The column of a word before a capitalised one; may be the same column.
  const Column* before_name(const Column* column);
  // A column with one reading that was found by a grammar of its own.
  const Column* only(const Piece& piece, const std::u32string& text, ChangeReason reason);

  // Readings of pieces that were decided elsewhere in the document become cheaper.
  void remember(const std::u32string& reading, const std::u32string& decided);
  void use_memory();

  void set_threshold(float nats) { threshold_ = nats; }

 private:
  Column make(const Piece& piece, const std::vector<ExtraSource>& extra);
  Option own(const Piece& piece) const;
  void add_words(const std::u32string& text, float extra_cost, const std::vector<ExtraSource>& extra, Column& out);
  void add_marked(const std::u32string& text, Column& out);
  void add_numbers(const std::u32string& text, Column& out);
  void add_word_and_number(const std::u32string& text, Column& out);
  void add_sign_readings(const std::u32string& text, Column& out);
  void weigh_case(const Piece& piece, Column& out) const;
  void recall(const std::u32string& reading, Column& column) const;

  const NgramModel& model_;
  const Lexicon& lexicon_;
  const Confusions& confusions_;
  Damage damage_;
  float threshold_ = 0;  // nats a change must gain
  bool memory_ready_ = false;
  std::unordered_map<std::u32string, std::unordered_map<std::u32string, int>> memory_;
  std::unordered_map<std::u32string, const Column*> cache_;
  std::deque<Column> columns_;
};

// The digits a piece of digits and look-alikes (l I O o S) stands for; empty when it is none or holds no true digit.
std::u32string read_as_digits(std::u32string_view text);

}  // namespace planscribe

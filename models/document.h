// document.h: one document on its way through restoration: lines to pieces, pieces to columns, decoded columns to
// changes. Used by restorer.cc; one object a call, not shared by threads.
#pragma once

#include "models/options.h"
#include "models/restorer.h"

namespace planscribe {

class Document {
 public:
  Document(const NgramModel& model, const Lexicon& lexicon, OptionMaker& maker, Damage damage)
      : model_(model), lexicon_(lexicon), maker_(maker), damage_(damage) {}

  std::vector<RestoredLine> run(const std::vector<LineInput>& lines);

 private:
  struct Line {
    std::string nfc;
    std::u32string text;
    std::vector<size_t> bytes;  // byte offset of each code point of text, and its end
    std::vector<Piece> pieces;
    std::vector<const Column*> columns;
    std::vector<int> chosen;
    std::vector<float> margin;
    bool foreign_language = false;
  };

  void load(const std::vector<LineInput>& lines);
  void make_columns(const std::vector<LineInput>& lines);
  const Column* head_column(const Piece& piece);
  std::vector<ExtraSource> extra_of(const LineInput& input, const Line& line, const Piece& piece) const;
  void decode_paragraphs();
  void decode_part(size_t first_line, size_t last_line);
  void remember_all();
  RestoredLine write(const Line& line) const;

  const NgramModel& model_;
  const Lexicon& lexicon_;
  OptionMaker& maker_;
  Damage damage_;
  std::vector<Line> lines_;
  int last_roman_ = 0;
  char32_t last_letter_ = 0;
};

}  // namespace planscribe

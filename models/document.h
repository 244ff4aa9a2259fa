// document.h: one document on its way through restoration: lines to pieces, pieces to columns, decoded columns to
// changes. Used by restorer.cc; one object a call, not shared by threads.
#pragma once

#include <optional>

#include "models/document_line.h"
#include "models/language.h"
#include "models/names.h"
#include "models/options.h"
#include "models/rescorer.h"
#include "models/restorer.h"

namespace planscribe {

class Document {
 public:
  Document(const NgramModel& model, const Lexicon& lexicon, const Names& names, const std::vector<LineInput>& lines);

  // How to read the document.
  struct Treatment {
    Damage damage;
    float threshold = 0;             // nats a change must gain
    Lost lost = Lost::marks;         // for Damage::marks
    bool lines_without_marks = false;  // among others: they get their marks back
  };

  // What the lines look like, for choosing the treatment.
  const TextCounts& counts() const { return counts_; }
  // lines: those the document was made of.
  std::vector<RestoredLine> restore(const std::vector<LineInput>& lines, const CandidateFinder& finder,
                                    const Rescorer& rescorer, const Treatment& treatment);

 private:
  void make_columns(const std::vector<LineInput>& lines);
  const Column* column_of(const LineInput& input, const DocumentLine& line, size_t k);
  const Column* in_place(const DocumentLine& line, size_t k, const Column* column);
  const Column* head_column(const DocumentLine& line, const Piece& piece);
  int next_numeral(const DocumentLine& line) const;
  bool is_next_numeral(const DocumentLine& line) const;
  std::vector<ExtraSource> extra_of(const LineInput& input, const DocumentLine& line, const Piece& piece) const;
  void decode_part(size_t first_line, size_t last_line);
  uint64_t worth_another_look(const DocumentLine& line, size_t k) const;
  bool settled(size_t first_line, size_t last_line) const;
  bool look_wider(size_t first_line, size_t last_line);
  void remember_all();
  void reconsider(const Rescorer& rescorer);

  const NgramModel& model_;
  const Lexicon& lexicon_;
  const Names& names_;
  std::optional<OptionMaker> maker_;
  std::optional<OptionMaker> marks_maker_;  // of lines without marks among others
  std::optional<Decoder> decoder_;
  Damage damage_ = Damage::light;
  std::vector<DocumentLine> lines_;
  TextCounts counts_;
  std::vector<size_t> starts_;  // first line of each paragraph, and the end
  int last_roman_ = 0;
  char32_t last_letter_ = 0;
};

}  // namespace planscribe

// document_line.h: one line of a document on its way through restoration, and how what was decided is written out.
#pragma once

#include <string>
#include <vector>

#include "models/decoder.h"
#include "models/pieces.h"
#include "models/restorer.h"

namespace planscribe {

struct DocumentLine {
  std::string nfc;
  std::u32string text;
  std::vector<uint32_t> bytes;  // byte offset of each code point of text, and its end
  std::vector<Piece> pieces;
  std::vector<const Column*> columns;
  Decoded decoded;
  bool foreign_language = false;
  bool without_marks = false;  // every word, or nearly, stands without marks
};

// Words to be searched, as against signs, numbers and symbols.
inline bool is_word(const Piece& piece) { return piece.kind == PieceKind::word || piece.kind == PieceKind::mixed; }

// The line with what was decided for each piece. mend_spaces: spaces at brackets, quotes, dashes and strokes are put where
// print has them, as for text read by an engine without Vietnamese.
RestoredLine write_line(const DocumentLine& line, bool mend_spaces);

}  // namespace planscribe

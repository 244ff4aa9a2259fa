// text_blocks.h: a stream of text as blocks of lines, so that a text of any size is restored in bounded memory.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "models/restorer.h"

namespace planscribe {

struct TextBlock {
  size_t first_line = 0;          // 0-based, of the stream
  std::vector<LineInput> lines;   // NFC, without their ends
  std::vector<std::string> ends;  // "\n", "\r\n", or "" for a last line without one
};

class TextBlockReader {
 public:
  // name: for messages. lossy: invalid UTF-8 becomes U+FFFD.
  TextBlockReader(std::istream& in, std::string name, bool lossy) : in_(in), name_(std::move(name)), lossy_(lossy) {}

  // False at the end. A block ends at a form feed past its first thousand lines, at four thousand lines or at 4 MB: a plan
  // stays whole. Throws Error(input_file) with the byte offset of invalid UTF-8, Error(file_access) when reading fails.
  bool next(TextBlock& block);

 private:
  void add(std::string line, TextBlock& block);

  std::istream& in_;
  std::string name_;
  bool lossy_;
  size_t bytes_ = 0, lines_ = 0;
};

}  // namespace planscribe

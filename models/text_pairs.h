// text_pairs.h: texts read for training and measuring: lines, and lines of truth TAB reading.
#pragma once

#include <string>
#include <vector>

namespace planscribe {

// Lines in NFC; "-" is standard input. Throws Error(input_file).
std::vector<std::string> read_text_lines(const std::string& name);

struct TextPairs {
  std::vector<std::string> truth, reading;  // of the same length
};
// Lines without a tab are passed over.
TextPairs read_text_pairs(const std::string& name);

}  // namespace planscribe

#include "models/text_pairs.h"

#include <fstream>
#include <iostream>

#include "models/unicode.h"
#include "pipeline/error.h"

namespace planscribe {

std::vector<std::string> read_text_lines(const std::string& name) {
  std::ifstream file;
  if (name != "-") file.open(name);
  std::istream& in = name == "-" ? std::cin : file;
  if (!in) throw Error(ExitCode::input_file, name + ": cannot be read");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(to_nfc(line));
  return lines;
}

TextPairs read_text_pairs(const std::string& name) {
  TextPairs out;
  for (const std::string& line : read_text_lines(name)) {
    size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    out.truth.push_back(line.substr(0, tab)), out.reading.push_back(line.substr(tab + 1));
  }
  return out;
}

}  // namespace planscribe

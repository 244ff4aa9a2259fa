#include "pipeline/text_blocks.h"

#include "models/unicode.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr size_t kLines = 1000, kMostLines = 4000, kMostBytes = 4 << 20;

}  // namespace

bool TextBlockReader::next(TextBlock& block) {
  block = {lines_, {}, {}};
  const size_t start = bytes_;
  std::string line;
  while (block.lines.size() < kMostLines && bytes_ - start < kMostBytes && std::getline(in_, line)) {
    const bool page_ends = line.find('\f') != std::string::npos;
    add(std::move(line), block);
    if (page_ends && block.lines.size() >= kLines) break;
  }
  if (in_.bad()) throw Error(ExitCode::file_access, name_ + ": cannot be read; is it a folder?");
  lines_ += block.lines.size();
  return !block.lines.empty();
}

void TextBlockReader::add(std::string line, TextBlock& block) {
  const size_t bad = find_invalid_utf8(line);
  if (bad != std::string::npos) {
    if (!lossy_) {
      throw Error(ExitCode::input_file, name_ + ": not UTF-8 at byte " + std::to_string(bytes_ + bad) + "; convert it, or use --lossy");
    }
    bytes_ += line.size();
    line = replace_invalid_utf8(line);
  } else {
    bytes_ += line.size();
  }
  std::string end = in_.eof() ? "" : "\n";
  bytes_ += end.size();
  if (!end.empty() && line.ends_with('\r')) line.pop_back(), end = "\r\n";
  block.lines.push_back({to_nfc(line), {}});  // changes count bytes of NFC text
  block.ends.push_back(std::move(end));
}

}  // namespace planscribe

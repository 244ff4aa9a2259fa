#include "pipeline/wording.h"

#include <fmt/format.h>

#include "models/unicode.h"

namespace planscribe {
namespace {

bool continues(char byte) { return (byte & 0xC0) == 0x80; }

void drop_prefix(std::string& text, const std::string& prefix) {
  if (text.starts_with(prefix)) text.erase(0, prefix.size());
}

}  // namespace

std::string counted(long number, const std::string& noun) { return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s"); }

std::string printable(const std::string& text) {
  const std::string valid = replace_invalid_utf8(text);
  std::string shown;
  for (size_t i = 0; i < valid.size(); ++i) {
    const auto byte = static_cast<unsigned char>(valid[i]);
    const auto next = static_cast<unsigned char>(i + 1 < valid.size() ? valid[i + 1] : 0);
    if (byte == '\n') {
      shown += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      shown += fmt::format("\\x{:02x}", byte);
    } else if (byte == 0xC2 && next < 0xA0) {  // U+0080 to U+009F
      shown += fmt::format("\\x{:02x}", next);
      ++i;
    } else {
      shown += valid[i];
    }
  }
  return shown;
}

std::string last_characters(const std::string& text, size_t most) {
  size_t begin = text.size();
  for (size_t count = 0; begin > 0 && count < most; ++count)
    do --begin;
    while (begin > 0 && continues(text[begin]));
  return text.substr(begin);
}

std::string without_place(const std::string& reason, const std::string& path, int page) {
  std::string rest = reason;
  drop_prefix(rest, path + ": ");
  if (page > 0) drop_prefix(rest, fmt::format("page {}: ", page));
  return rest;
}

}  // namespace planscribe

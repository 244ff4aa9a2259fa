#include "corpus/export/xml.h"

#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr const char* kReplacement = "\xEF\xBF\xBD";

const char* escape_of(unsigned char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;";  // as they are, attributes would make spaces of them
    case '\n': return "&#10;";
    case '\r': return "&#13;";
    default: return c < 0x20 || c == 0x7F ? kReplacement : nullptr;
  }
}

}  // namespace

std::string escape_xml(std::string_view text) {
  const std::string valid = replace_invalid_utf8(text);
  std::string out;
  out.reserve(valid.size() + valid.size() / 8);
  for (size_t i = 0; i < valid.size(); ++i) {
    if (const char* escape = escape_of(static_cast<unsigned char>(valid[i]))) {
      out += escape;
    } else if (valid.compare(i, 3, "\xEF\xBF\xBE") == 0 || valid.compare(i, 3, "\xEF\xBF\xBF") == 0) {
      out += kReplacement;
      i += 2;
    } else {
      out += valid[i];
    }
  }
  return out;
}

}  // namespace planscribe

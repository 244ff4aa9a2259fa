#include "rules/pattern.h"

#include <map>
#include <stdexcept>

namespace planscribe {
namespace {

// The inside of a class in brackets.
const std::map<std::string, std::string>& short_classes() {
  static const std::map<std::string, std::string> classes = [] {
    std::map<std::string, std::string> made = {
        {"L", R"(A-Za-z\x{aa}\x{b5}\x{ba}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{2c1}\x{370}-\x{1fff}\x{2c00}-\x{2dff}\x{3041}-\x{d7ff}\x{f900}-\x{fdff}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}\x{10000}-\x{1efff}\x{20000}-\x{3ffff})"},
        {"M", R"(\x{300}-\x{36f})"},
        {"N", R"(0-9\x{b2}\x{b3}\x{b9}\x{bc}-\x{be}\x{2070}-\x{2089}\x{2150}-\x{218b}\x{2460}-\x{249b}\x{ff10}-\x{ff19})"},
        {"Lu", R"(A-Z\x{c0}-\x{d6}\x{d8}-\x{de}\x{102}\x{110}\x{128}\x{168}\x{1a0}\x{1af}\x{391}-\x{3a9}\x{400}-\x{42f})"},
        {"Ll", R"(a-z\x{df}-\x{f6}\x{f8}-\x{ff}\x{103}\x{111}\x{129}\x{169}\x{1a1}\x{1b0}\x{3b1}-\x{3c9}\x{430}-\x{45f})"}};
    for (int letter = 0x1ea0; letter < 0x1efa; ++letter) {  // Ạ ạ Ả ả … Ỹ ỹ
      char code[12];
      std::snprintf(code, sizeof code, "\\x{%x}", letter);
      made[letter % 2 ? "Ll" : "Lu"] += code;
    }
    return made;
  }();
  return classes;
}

}  // namespace

RE2::Options pattern_options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternMemory);
  return options;
}

std::string with_short_classes(const std::string& pattern) {
  std::string out;
  bool in_class = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.compare(i, 3, "\\p{") == 0) {
      const size_t close = std::min(pattern.find('}', i), pattern.size() - 1);
      const auto found = short_classes().find(pattern.substr(i + 3, close - i - 3));
      if (found != short_classes().end()) {
        out += in_class ? found->second : "[" + found->second + "]";
        i = close;
        continue;
      }
    }
    out += pattern[i];
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      out += pattern[++i];
    } else if (!in_class && pattern[i] == '[') {
      in_class = true;
      // A bracket that is the first of a class is a letter of it.
      if (i + 1 < pattern.size() && pattern[i + 1] == '^') out += pattern[++i];
      if (i + 1 < pattern.size() && pattern[i + 1] == ']') out += pattern[++i];
    } else if (pattern[i] == ']') {
      in_class = false;
    }
  }
  return out;
}

Pattern::operator const RE2&() const {
  std::call_once(once_, [this] { re_ = std::make_unique<RE2>(with_short_classes(pattern_), pattern_options()); });
  return *re_;
}

}  // namespace planscribe

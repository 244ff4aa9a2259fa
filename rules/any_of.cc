#include "rules/any_of.h"

#include <re2/re2.h>

#include <map>
#include <string_view>

namespace planscribe {
namespace {

using LetterPattern = std::string (*)(const std::string& letter);

// A letter on the way to here is the key of the branch that was taken.
struct Branches {
  std::map<std::string, Branches> by_letter;
  bool word_ends = false;
};

size_t letter_length(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4; }

void add(Branches& root, std::string_view word) {
  Branches* at = &root;
  while (!word.empty()) {
    const std::string letter(word.substr(0, letter_length(word.front())));
    word.remove_prefix(std::min(letter.size(), word.size()));
    at = &at->by_letter[letter];
  }
  at->word_ends = true;
}

std::string pattern_of(const Branches& from, LetterPattern letter_pattern) {
  if (from.by_letter.empty()) return "";
  std::string out;
  for (const auto& [letter, branches] : from.by_letter) {
    if (!out.empty()) out += '|';
    out += letter_pattern(letter);
    out += pattern_of(branches, letter_pattern);
  }
  if (from.by_letter.size() == 1 && !from.word_ends) return out;
  return "(?:" + out + (from.word_ends ? ")?" : ")");
}

std::string printed_letter(const std::string& letter) { return letter == " " ? "\\s+" : RE2::QuoteMeta(letter); }

std::string letter_with_any_marks(const std::string& letter) {
  static const std::map<std::string, std::string> variants = {
      {"a", "[aàáảãạăằắẳẵặâầấẩẫậ]"}, {"e", "[eèéẻẽẹêềếểễệ]"}, {"i", "[iìíỉĩị]"}, {"o", "[oòóỏõọôồốổỗộơờớởỡợ]"},
      {"u", "[uùúủũụưừứửữự]"},       {"y", "[yỳýỷỹỵ]"},       {"d", "[dđ]"}};
  const auto found = variants.find(letter);
  return found == variants.end() ? printed_letter(letter) : found->second;
}

std::string pattern_of_words(const std::vector<std::string>& words, LetterPattern letter_pattern) {
  Branches root;
  for (const auto& word : words) {
    if (!word.empty()) add(root, word);
  }
  return "(?:" + pattern_of(root, letter_pattern) + ")";
}

}  // namespace

std::string any_of(const std::vector<std::string>& words) { return pattern_of_words(words, printed_letter); }

std::string any_of_with_any_marks(const std::vector<std::string>& folded_words) {
  return pattern_of_words(folded_words, letter_with_any_marks);
}

}  // namespace planscribe

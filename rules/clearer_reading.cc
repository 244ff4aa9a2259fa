// Names in a damaged head, told as the body of the text agrees to write them: "Vy Đã" where it says "phường Vỹ Dạ".
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr size_t kMostWords = 5;         // of a name that is looked for
constexpr size_t kShortestName = 5;   // folded bytes; "xa an" stands anywhere
constexpr double kFromOtherPlace = 0.8;

// The words of a text with the folded text of each: what is the same but for marks and case has the same key.
struct Words {
  std::vector<std::string> printed, keys;

  explicit Words(const std::string& text) {
    static const Pattern word(R"((\p{L}+))");
    re2::StringPiece rest(text), found;
    while (RE2::FindAndConsume(&rest, word, &found)) {
      printed.emplace_back(found);
      keys.push_back(fold(printed.back()));
    }
  }
};

std::string joined(const std::vector<std::string>& words, size_t from, size_t count) {
  std::string out;
  for (size_t i = from; i < from + count; ++i) out += (i > from ? " " : "") + words[i];
  return out;
}

// The one way in which the body writes words with this key; empty when it has none or several, or has it once only, which
// may itself be misread.
std::string only_form(const std::vector<Words>& body, const std::string& key, size_t count) {
  std::string form;
  int times = 0;
  for (const Words& words : body) {
    for (size_t i = 0; i + count <= words.keys.size(); ++i) {
      if (key.compare(0, words.keys[i].size(), words.keys[i]) != 0 || joined(words.keys, i, count) != key) continue;
      const std::string lower = to_lower(joined(words.printed, i, count));
      if (!form.empty() && form != lower) return "";
      form = lower;
      ++times;
    }
  }
  return times > 1 ? form : "";
}

bool is_capital(const std::string& word) {
  static const Pattern capital(R"(^\p{Lu})");
  return RE2::PartialMatch(word, capital);
}

std::string upper_first(const std::string& word) {
  static const Pattern first(R"(^(\p{L}))");
  re2::StringPiece letter;
  return RE2::PartialMatch(word, first, &letter) ? to_upper(std::string(letter)) + word.substr(letter.size()) : word;
}

// Capitals as they were printed: the letters of both differ in their marks only.
std::string in_case_of(const std::string& printed, const std::string& lower) {
  const Words shown(printed), told(lower);
  std::string out;
  for (size_t i = 0; i < told.printed.size(); ++i) {
    const std::string& word = shown.printed[i];
    const bool capitals = word == to_upper(word) && word.size() > 2;
    out += (i > 0 ? " " : "") + (capitals ? to_upper(told.printed[i]) : is_capital(word) ? upper_first(told.printed[i]) : told.printed[i]);
  }
  return out;
}

}  // namespace

void take_clearer_reading(const Plan& plan, OptionalField<std::string>& field) {
  if (!field || field->evidence.spans.empty() || !may_be_misread(plan.lines[field->evidence.spans[0].line])) return;
  std::vector<Words> body;
  for (const auto& paragraph : plan.paragraphs) body.emplace_back(paragraph.text);
  std::vector<bool> settled(Words(field->value).keys.size(), false);  // words that a longer name told
  for (size_t count = kMostWords; count >= 2; --count) {
    const Words words(field->value);
    for (size_t i = 0; i + count <= words.keys.size(); ++i) {
      if (std::find(settled.begin() + i, settled.begin() + i + count, true) != settled.begin() + i + count) continue;
      const std::string key = joined(words.keys, i, count), printed = joined(words.printed, i, count);
      const size_t at = field->value.find(printed);
      if (key.size() < kShortestName || at == std::string::npos) continue;
      const std::string form = only_form(body, key, count);
      if (form.empty() || form == to_lower(printed)) continue;
      std::fill(settled.begin() + i, settled.begin() + i + count, true);
      field->value.replace(at, printed.size(), in_case_of(printed, form));
      field->evidence.confidence *= kFromOtherPlace;
    }
  }
}

}  // namespace planscribe

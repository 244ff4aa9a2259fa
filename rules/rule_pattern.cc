// Words, units and shared parts -> the pattern that RE2 gets.
#include <algorithm>
#include <stdexcept>

#include "models/unicode.h"
#include "rules/any_of.h"
#include "rules/rule_set.h"

namespace planscribe {
namespace {

constexpr int kDeepest = 20;  // parts within parts

std::string alternation(std::vector<std::string> words, bool folded) {
  for (auto& word : words) word = folded ? fold(word) : unify_tone_placement(word);
  return any_of(words);
}

// {{unit.thing}}: what can be counted, with or without a counting word.
bool is_kind(const std::string& kind, const std::string& wanted) {
  return wanted == "thing" ? kind == "count" || kind == "classifier" : kind == wanted;
}

// Several syllables with wrong marks can hardly be anything else, where none is short: "đạt" and "đất", "trong đó" and
// "trong độ" may.
bool known_without_marks(const std::string& words) {
  constexpr size_t kSyllable = 3;
  const std::string folded = fold(words);
  size_t from = 0, shortest = folded.size(), syllables = 0;
  for (size_t end; from <= folded.size(); from = end + 1, ++syllables) {
    end = std::min(folded.find(' ', from), folded.size());
    shortest = std::min(shortest, end - from);
  }
  return syllables > 1 && shortest >= kSyllable;
}

std::vector<std::string> words_of_list(const WordList& list) {
  std::vector<std::string> words;
  for (const auto& entry : list.entries) words.push_back(entry.text);
  return words;
}

std::vector<std::string> words_of_units(const RuleSet::Impl& rules, const std::string& name) {
  std::vector<std::string> words;
  for (const auto& [alias, unit] : rules.unit_names) {
    if (name == "unit" || is_kind(rules.units.at(unit).kind, name.substr(5))) words.push_back(alias);
  }
  if (words.empty()) throw std::invalid_argument("there is no unit of the kind in {{" + name + "}}");
  return words;
}

std::vector<std::string> words_of(const RuleSet::Impl& rules, const std::string& name) {
  if (rules.lists.count(name)) return words_of_list(rules.lists.at(name));
  if (name == "unit" || name.rfind("unit.", 0) == 0) return words_of_units(rules, name);
  throw std::invalid_argument("there is no part or list {{" + name + "}}");
}

std::string expand(const RuleSet::Impl& rules, const std::string& pattern, bool folded, int depth);

// What {{name}} stands for. RE2 has no Unicode \\b and no look-around: a boundary takes one character that is no
// letter, mark or digit.
std::string named_part(const RuleSet::Impl& rules, const std::string& name, bool folded, int depth) {
  if (name == "<") return "(?:^|[^\\p{L}\\p{M}\\p{N}])";
  if (name == ">") return "(?:$|[^\\p{L}\\p{M}\\p{N}])";
  if (rules.parts.count(name)) {
    std::string group = "(?:";
    group += expand(rules, rules.parts.at(name), folded, depth + 1);
    return group += ')';
  }
  const auto known = rules.word_patterns.find({name, folded});
  if (known != rules.word_patterns.end()) return known->second;
  return rules.word_patterns[{name, folded}] = alternation(words_of(rules, name), folded);
}

std::string expand(const RuleSet::Impl& rules, const std::string& pattern, bool folded, int depth) {
  if (depth > kDeepest) throw std::invalid_argument("parts name each other in a circle");
  std::string out;
  size_t from = 0, open;
  while ((open = pattern.find("{{", from)) != std::string::npos) {
    const size_t close = pattern.find("}}", open);
    if (close == std::string::npos) throw std::invalid_argument("\"{{\" without \"}}\"");
    out += pattern.substr(from, open - from);
    out += named_part(rules, pattern.substr(open + 2, close - open - 2), folded, depth);
    from = close + 2;
  }
  return out + pattern.substr(from);
}

}  // namespace

std::string words_pattern(const std::vector<std::string>& words) {
  std::vector<std::string> without_marks;
  for (const auto& word : words) {
    if (known_without_marks(word)) without_marks.push_back(fold(word));
  }
  const std::string exact = alternation(words, false);
  return without_marks.empty() ? exact : exact + "|" + any_of_with_any_marks(without_marks);
}

std::string expand_pattern(const RuleSet::Impl& rules, const std::string& pattern, bool folded) {
  return expand(rules, unify_tone_placement(pattern), folded, 0);
}

}  // namespace planscribe

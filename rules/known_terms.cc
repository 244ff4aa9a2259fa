#include "rules/known_terms.h"

#include <algorithm>
#include <vector>

#include "models/unicode.h"
#include "rules/clause.h"
#include "rules/look_alike.h"

namespace planscribe {
namespace {

constexpr size_t kShortestPhrase = 7, kShortestAbbreviation = 4;  // folded letters

bool is_abbreviation(const std::string& word) {
  static const Pattern capitals(R"(^\p{Lu}[\p{Lu}.-]*\p{Lu}$)");
  return RE2::FullMatch(word, capitals);
}

// The words of the text, without the signs around them.
std::vector<Stretch> words_of(const std::string& text) {
  static const Pattern word(R"(([\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?))");
  std::vector<Stretch> out;
  re2::StringPiece rest(text), found;
  while (RE2::FindAndConsume(&rest, word, &found)) {
    const size_t begin = found.data() - text.data();
    out.push_back({begin, begin + found.size()});
  }
  return out;
}

// "TĐKTT", "NELĐ": print broke a letter in two. A further letter before or behind makes another abbreviation.
bool has_letter_too_many(const std::string& printed, const std::string& known) {
  if (printed.size() != known.size() + 1) return false;
  const size_t at = std::mismatch(known.begin(), known.end(), printed.begin()).first - known.begin();
  const bool doubled = at > 0 && printed[at] == printed[at - 1];
  return (doubled || (at > 0 && at < known.size())) && printed.compare(at + 1, std::string::npos, known, at, std::string::npos) == 0;
}

// The one entry that the printed words nearly are; empty when they are an entry, or near none or several.
std::string nearest_entry(const WordList& list, const std::string& printed, size_t words) {
  const bool abbreviation = words == 1 && is_abbreviation(printed);
  if (list.exact.count(to_lower(printed)) > 0) return "";
  const std::string key = fold(printed);
  if (key.size() < (abbreviation ? kShortestAbbreviation : kShortestPhrase)) return "";
  std::string found;
  for (const auto& entry : list.entries) {
    const auto spaces = std::count(entry.text.begin(), entry.text.end(), ' ');
    if (static_cast<size_t>(spaces) + 1 != words || is_abbreviation(entry.text) != abbreviation) continue;
    const std::string known = fold(entry.text);
    if (known == key) return entry.text;
    if (abbreviation ? !has_letter_too_many(key, known) : edit_distance(known, key) != 1) continue;
    if (!found.empty()) return "";
    found = entry.text;
  }
  return found;
}

std::string without_dots(std::string word) {
  std::erase(word, '.');
  return word;
}

}  // namespace

std::string mend_terms(const WordList& list, const std::string& text,
                       const std::function<bool(const std::string&)>& stands_elsewhere) {
  const std::vector<Stretch> words = words_of(text);
  std::string out;
  size_t copied = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    for (size_t count = std::min<size_t>(2, words.size() - i); count > 0; --count) {
      const Stretch run{words[i].begin, words[i + count - 1].end};
      const std::string printed = text.substr(run.begin, run.end - run.begin);
      std::string known = nearest_entry(list, printed, count);
      if (known.empty() && count == 1 && is_abbreviation(printed) && printed.find('.') != std::string::npos) {
        const std::string plain = without_dots(printed);
        if (list.exact.count(to_lower(plain)) > 0 || stands_elsewhere(plain)) known = plain;
      }
      if (known.empty()) continue;
      out += text.substr(copied, run.begin - copied) + known;
      copied = run.end;
      i += count - 1;
      break;
    }
  }
  return out + text.substr(copied);
}

}  // namespace planscribe

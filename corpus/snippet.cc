#include "corpus/snippet.h"

#include <algorithm>

#include "models/unicode.h"

namespace planscribe {
namespace {

struct Words {
  const std::string& text;
  std::vector<QueryToken> tokens;
  std::vector<std::string> folded;

  explicit Words(const std::string& page) : text(page), tokens(tokenize(page)) {
    for (const QueryToken& token : tokens) folded.push_back(fold(word(token)));
  }
  std::string word(const QueryToken& token) const { return text.substr(token.begin, token.end - token.begin); }
};

// Matches of terms, in tokens: length[i] words from word i on, 0 where none begins.
using Matches = std::vector<size_t>;

bool word_matches(const Words& words, size_t at, const Term& term, size_t i) {
  const bool prefix = term.prefix && i + 1 == term.exact.size();
  const auto same = [&](const std::string& found, const std::string& asked) {
    return prefix ? found.starts_with(asked) : found == asked;
  };
  // The letters first: almost every word fails here, and the exact form costs more.
  if (!same(words.folded[at], term.folded[i])) {
    const auto& misread = i < term.misread.size() ? term.misread[i] : std::vector<std::string>();
    return std::find(misread.begin(), misread.end(), words.folded[at]) != misread.end();
  }
  return !term.marked[i] || same(exact_form(words.word(words.tokens[at])), term.exact[i]);
}

bool term_matches(const Words& words, size_t at, const Term& term) {
  if (at + term.exact.size() > words.tokens.size()) return false;
  for (size_t i = 0; i < term.exact.size(); ++i)
    if (!word_matches(words, at + i, term, i)) return false;
  return true;
}

Matches find_matches(const Words& words, const Query& query) {
  Matches length(words.tokens.size(), 0);
  for (size_t at = 0; at < length.size(); ++at)
    for (const QueryGroup& group : query.groups)
      for (const Term& term : group.must)
        if (term_matches(words, at, term)) length[at] = std::max(length[at], term.exact.size());
  return length;
}

// The window with most words found; a third of what is left of it stands before the first of them.
size_t best_start(const Matches& length, size_t window) {
  size_t best = 0, most = 0;
  for (size_t start = 0; start < length.size(); ++start) {
    if (length[start] == 0) continue;
    size_t count = 0;
    for (size_t i = start; i < std::min(start + window, length.size()); ++i) count += length[i];
    if (count > most) {
      most = count;
      best = start;
    }
  }
  const size_t before = std::min(best, window / 4);
  return best - before;
}

void append_squeezed(std::string& out, std::string_view text) {
  for (const char c : text) {
    const char now = c == '\n' || c == '\t' || c == '\f' ? ' ' : c;
    if (now != ' ' || (!out.empty() && out.back() != ' ')) out += now;
  }
}

}  // namespace

std::string make_snippet(const std::string& text, const Query& query, const SnippetStyle& style) {
  const Words words(text);
  if (words.tokens.empty()) return "";
  const Matches length = find_matches(words, query);
  const size_t start = best_start(length, style.words);
  const size_t stop = std::min(start + style.words, words.tokens.size());
  std::string out = start > 0 ? style.gap : "";
  size_t at = words.tokens[start].begin;
  for (size_t i = start; i < stop;) {
    const size_t last = std::min(i + std::max<size_t>(length[i], 1), words.tokens.size()) - 1;
    append_squeezed(out, std::string_view(text).substr(at, words.tokens[i].begin - at));
    if (length[i] > 0) out += style.begin;
    append_squeezed(out, std::string_view(text).substr(words.tokens[i].begin,
                                                       words.tokens[last].end - words.tokens[i].begin));
    if (length[i] > 0) out += style.end;
    at = words.tokens[last].end;
    i = last + 1;
  }
  if (stop < words.tokens.size()) out += style.gap;
  return out;
}

}  // namespace planscribe

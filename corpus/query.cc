#include "corpus/query.h"

#include <algorithm>

#include "models/letters.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr size_t kMostTerms = 64;  // FTS5 limits the depth of an expression; what follows is left out
constexpr size_t kMostWords = 64;  // in a phrase

bool is_word_character(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  if (c < 0xc0) return c == 0xaa || c == 0xb2 || c == 0xb3 || c == 0xb5 || c == 0xb9 || c == 0xba;
  if (c == 0xd7 || c == 0xf7) return false;     // multiplication and division sign
  if (c >= 0x2000 && c < 0x2c00) return false;  // dashes, quotes, arrows, shapes
  if (c >= 0x3000 && c < 0x3040) return false;
  if (c >= 0xe000 && c < 0xf900) return true;  // private use: unicode61 takes it as letters
  return c != 0xfeff && c < 0xfff0;
}

bool is_quote(char32_t c) { return c == '"' || c == 0x201c || c == 0x201d || c == 0xab || c == 0xbb; }

// What stands between white space and quotes.
struct Piece {
  std::string text;
  bool quoted = false;
  bool prefix = false;
};

std::vector<Piece> split_pieces(const std::string& text) {
  std::vector<Piece> pieces;
  Piece current;
  const auto flush = [&] {
    if (!current.text.empty()) pieces.push_back(current);
    current.text.clear();
  };
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const char32_t c = decode_next(text, at);
    if (is_quote(c)) {
      flush();
      current.quoted = !current.quoted;
    } else if (!current.quoted && (c <= ' ' || c == 0xa0 || c == '(' || c == ')')) {
      flush();
    } else if (!current.quoted && c == '*' && current.text.empty() && begin > 0 && text[begin - 1] == '"' &&
               !pieces.empty()) {
      pieces.back().prefix = true;  // "thi đu"*
    } else {
      current.text.append(text, begin, at - begin);
    }
  }
  flush();  // an open quote ends with the text
  return pieces;
}

Term make_term(const Piece& piece) {
  Term term;
  for (const QueryToken& token : tokenize(piece.text)) {
    if (term.exact.size() == kMostWords) break;
    const std::string word = piece.text.substr(token.begin, token.end - token.begin);
    term.exact.push_back(exact_form(word));
    term.folded.push_back(fold(word));
    term.marked.push_back(std::any_of(word.begin(), word.end(), [](char c) { return c & 0x80; }));
  }
  term.prefix = piece.prefix || (!piece.quoted && piece.text.back() == '*');
  return term;
}

std::string phrase(const char* columns, const std::vector<std::string>& words, bool prefix) {
  std::string text = std::string(columns) + " : \"";
  for (const std::string& word : words) text += (&word == &words[0] ? "" : " ") + word;
  return text + (prefix ? "\" *" : "\"");
}

// The marked words of a term, just as typed, apart from the one at `but`.
std::string and_marked(const Term& term, size_t but) {
  std::string text;
  for (size_t i = 0; i < term.exact.size(); ++i)
    if (term.marked[i] && i != but)
      text += " AND " + phrase("exact", {term.exact[i]}, term.prefix && i + 1 == term.exact.size());
  return text;
}

// A phrase of words with and without marks ("thi đua") is either found just so, or by its letters on a page
// that has its marked words.
std::string term_expression(const Term& term, Closeness closeness) {
  const std::string exact = phrase("exact", term.exact, term.prefix);
  const auto marked = std::count(term.marked.begin(), term.marked.end(), true);
  std::string text = exact;
  if (closeness != Closeness::very_marks && marked != static_cast<long>(term.marked.size()))
    text += " OR (" + phrase("folded", term.folded, term.prefix) + and_marked(term, term.exact.size()) + ")";
  if (closeness == Closeness::misread)
    for (size_t i = 0; i < term.misread.size(); ++i)
      for (const std::string& spelling : term.misread[i]) {
        std::vector<std::string> words = term.folded;
        words[i] = spelling;
        text += " OR (" + phrase("folded", words, false) + and_marked(term, i) + ")";
      }
  return "(" + text + ")";
}

std::string group_expression(const QueryGroup& group, Closeness closeness) {
  std::string text;
  for (const Term& term : group.must) text += (text.empty() ? "" : " AND ") + term_expression(term, closeness);
  text = "(" + text + ")";
  if (group.must_not.empty()) return text;
  // What is not wanted is kept out by its letters in every question.
  std::string unwanted;
  for (const Term& term : group.must_not)
    unwanted += (unwanted.empty() ? "" : " OR ") + term_expression(term, Closeness::letters);
  return "(" + text + " NOT (" + unwanted + "))";
}

}  // namespace

std::vector<QueryToken> tokenize(std::string_view text) {
  std::vector<QueryToken> tokens;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const bool word = is_word_character(decode_next(text, at));
    if (word && !inside) tokens.push_back({begin, at});
    if (word) tokens.back().end = at;
    inside = word;
  }
  return tokens;
}

std::string exact_form(std::string_view text) { return to_lower(to_nfc(text)); }

Query parse_query(const std::string& text) {
  Query query;
  query.groups.emplace_back();
  bool negative = false;
  size_t terms = 0;
  for (const Piece& piece : split_pieces(to_nfc(replace_invalid_utf8(text)))) {
    if (!piece.quoted && piece.text == "OR") {
      query.groups.emplace_back();
      negative = false;
    } else if (!piece.quoted && piece.text == "NOT") {
      negative = true;
    } else if (piece.quoted || piece.text != "AND") {
      Term term = make_term(piece);
      if (term.exact.empty()) continue;
      if (++terms > kMostTerms) break;
      QueryGroup& group = query.groups.back();
      (negative ? group.must_not : group.must).push_back(std::move(term));
      negative = false;
    }
  }
  std::erase_if(query.groups, [](const QueryGroup& group) { return group.must.empty(); });
  return query;
}

std::string match_expression(const Query& query, Closeness closeness) {
  std::string text;
  for (const QueryGroup& group : query.groups) text += (text.empty() ? "" : " OR ") + group_expression(group, closeness);
  return text;
}

}  // namespace planscribe

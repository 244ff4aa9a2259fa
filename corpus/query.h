// query.h: what people type in the search box -> what FTS5 is asked. No text is ever a syntax error.
//
//   kế hoạch         both words, anywhere on the page          "thi đua"      the words next to each other
//   khen*            words that begin so                        a OR b, a NOT b, a AND b (capitals only)
//
// A word typed with marks stands only for that word; typed without, for every word of these letters. Everything else
// (% ( ) : ^ NEAR + -) parts words or is a word: 12/KH-UBND asks for the three words next to each other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace planscribe {

// A run of letters and digits; begin and end are byte offsets in the text it was found in, half-open.
struct QueryToken {
  size_t begin = 0, end = 0;
};
// The same division as FTS5's unicode61 makes of the text, for the letters that Vietnamese plans are written in.
std::vector<QueryToken> tokenize(std::string_view text);

// Lower case, marks kept, one tone placement: the words of the index's column "exact".
std::string exact_form(std::string_view text);

// One word or phrase, as its words in both forms.
struct Term {
  std::vector<std::string> exact, folded;
  std::vector<bool> marked;  // the word was typed with marks
  bool prefix = false;       // the last word is only the beginning of one
  std::vector<std::vector<std::string>> misread;  // for each word, folded: how OCR may have misread it; or empty
};

// The pages that have every term of must and none of must_not. A group without must finds nothing.
struct QueryGroup {
  std::vector<Term> must, must_not;
};

// Groups joined by OR.
struct Query {
  std::vector<QueryGroup> groups;
};
Query parse_query(const std::string& text);

// How closely words are to be found: each stands for itself and for what the ones before it find.
enum class Closeness {
  very_marks,  // just as typed, also those without marks (the hits to rank first)
  letters,     // typed without marks: any word of these letters
  misread,     // also under the spellings in Term::misread
};

// The MATCH expression for the columns exact and folded; "" when the query has no word to look for.
std::string match_expression(const Query& query, Closeness closeness);

}  // namespace planscribe

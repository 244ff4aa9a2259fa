// clause.h: a bullet of targets cut into sentences and clauses, and the words around a number.
// Used inside rules/ only; offsets are bytes of the bullet's text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"

namespace planscribe {

struct Stretch {
  size_t begin = 0, end = 0;
};

// Sentences end with "." before a capital; clauses within them with ";". Brackets and quotes are not cut.
std::vector<Stretch> split_sentences(const std::string& text);
std::vector<Stretch> split_clauses(const std::string& text, Stretch sentence);

// What stood directly before a number, taken off the end of the words before it.
struct Before {
  size_t end = 0;              // where the words left over end
  std::string comparator, direction;
  std::string way;             // direction that "lên" or "xuống" tells where a verb such as "đưa" asks for one
  bool bracket = false;        // the number opens a bracket: "chỉ tiêu được giao (269 người)"
  bool told_bracket = false;   // words told here open it: "30 giải (tăng 3 giải)"
  bool copula = false, colon = false, from = false;  // from: "từ", which "trở lên" may answer
};
Before take_words_before(const RuleSet::Impl& rules, std::string_view text);

// Lead words taken off the beginning; direction, when one stood there ("Giảm tỷ lệ ..."). Returns what is left.
std::string_view take_lead_words(const RuleSet::Impl& rules, std::string_view text, std::string* direction);

// Words behind a number that tell what is counted, cut where they begin to tell something else.
std::string_view cut_suffix(const RuleSet::Impl& rules, std::string_view text);

int count_words(std::string_view text);

}  // namespace planscribe

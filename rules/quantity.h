// quantity.h: the numbers of a bullet with the words around them, on their way to targets. Used inside rules/ only;
// offsets are bytes of the bullet's text behind its marker.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/clause.h"
#include "rules/extraction.h"

namespace planscribe {

struct Bullet {
  const Plan& plan;
  const Paragraph& paragraph;
  std::string text;
  std::vector<Match> dues, eaches;

  const RuleSet::Impl& rules() const { return plan.rules; }
  std::string_view view(size_t begin, size_t end) const;
  std::string lower(size_t begin, size_t end) const;
  // Words without those that tell the time or the rate: they have fields of their own.
  std::string words(size_t begin, size_t end) const;
};

struct Quantity {
  const Match* match = nullptr;
  size_t begin = 0, end = 0;       // of the words of the quantity
  nlohmann::json values;
  std::string noun;                // the counted thing where it is no known unit
  std::string per;                 // "/tháng" behind the counted thing: "02 hội nghị đối thoại/năm"
  Stretch prefix, suffix;          // words before and behind that belong to it
  Before before;
  std::string subject;             // what the words before name
  std::string indicator, direction, lead;
  bool anew = false;               // "phấn đấu" and the like behind a comma open another thought
  bool counts = false;             // the words behind name what is counted
};

// What heads the clauses of a sentence: the bullet above, words before a colon, the clause before.
struct Heads {
  std::string outer, head, direction;
  bool mixed = false;              // the sentence tells of things of several kinds: a head only names their field
  std::string last;                // indicator of the last number, or the words of a clause without one
};

// quantities.cc
const Group& number_of(const Match& match);
std::vector<Quantity> quantities_of(const Bullet& bullet, const std::vector<Match>& matches, Stretch clause);
std::string unit_kind(const Bullet& bullet, const Quantity& quantity);
bool is_measure(const Bullet& bullet, const Quantity& quantity);
// The words before and the number make a whole statement ("Tỷ lệ hộ nghèo còn 5%"); what follows is another thought.
bool is_statement(const Bullet& bullet, const Quantity& quantity);
// Gives each number its words before and behind; words before a colon become the head.
void part_words(const Bullet& bullet, Heads& heads, std::vector<Quantity>& quantities, Stretch clause);
void set_head(const Bullet& bullet, Heads& heads, std::string_view words);

// indicators.cc
void name_indicators(const Bullet& bullet, Heads& heads, std::vector<Quantity>& quantities);

// relations.cc: what quantities[i] takes from the head (the first) or from those before it; bare: no words of its own
// stand before it. share_endings: "3 xã, 2 cơ quan đạt tiêu chuẩn".
void relate(const Bullet& bullet, const Heads& heads, std::vector<Quantity>& quantities, size_t i, bool bare);
void share_endings(const Bullet& bullet, const Heads& heads, std::vector<Quantity>& quantities);
std::string join_words(const std::string& a, const std::string& b);

// target_values.cc: number, unit, amount; false when they make no target.
bool read_values(const Bullet& bullet, const Quantity& quantity, Target& target);
void read_comparator(const Bullet& bullet, Stretch clause, const Quantity& quantity, Target& target);
void read_per(const Bullet& bullet, Stretch sentence, Stretch clause, const Quantity& quantity, Target& target);
void read_due(const Bullet& bullet, Stretch sentence, Stretch clause, const Quantity& quantity, Target& target);

}  // namespace planscribe

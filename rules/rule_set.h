// rule_set.h: the rules in memory, and matching text against them. Used inside rules/ only.
//
// Ownership: a RuleSet owns its Impl; a Match points at a Rule of it and must not outlive it. Everything here is
// const after reading and may be used by many threads; a MatchText belongs to one thread.
// Offsets are bytes into the text as given, also for rules that match on the folded copy.
#pragma once

#include <re2/re2.h>

#include <iosfwd>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/extract.h"
#include "rules/pattern.h"

namespace planscribe {

struct RuleExample {
  std::string text;
  bool match = true;        // false: the rule must not fire on text
  nlohmann::json expect;    // values that must come out; an array of targets for the field "targets.quantity"
  int line = 0;             // where it stands in the rule file
};

struct Rule {
  std::string id, field, pattern;
  std::vector<std::string> where;             // empty: anywhere
  std::map<std::string, std::string> values;  // group name -> type (text, number, date, code, unit, list:NAME ...)
  std::map<std::string, std::string> set;     // values that hold whenever the rule fires
  int priority = 50;                          // the higher wins where two rules read the same words
  double strength = 0.9;                      // probability that the value is right on clean text
  bool folded = false;                        // pattern is matched on text without marks and case
  std::vector<RuleExample> examples;
  std::string file;
  int line = 0;
  int order = 0;                              // of reading; breaks ties
  std::unique_ptr<RE2> re;
  std::vector<std::pair<std::string, int>> groups;
};

struct ListEntry {
  std::string text, value;
};

// A list that grows: words of one kind and what each stands for. Gives the shared part of the same name.
struct WordList {
  std::string name, source, date;
  std::vector<ListEntry> entries;
  std::unordered_map<std::string, std::string> by_key;  // folded text -> value
  std::unordered_map<std::string, std::string> exact;   // lower case text -> value
  std::unique_ptr<Pattern> prefix, suffix, anywhere;  // group 1: the words
  // What the printed words stand for, also with wrong marks where no entry has theirs; empty when they are no entry.
  std::string value(std::string_view printed) const;
};

struct Unit {
  std::string name, base, kind;  // kind: percent, money, measure, count, classifier
  double factor = 1;
};

// Raw confidence -> share of values of that confidence that were right; points in rising order, straight lines between.
struct Calibration {
  std::vector<std::pair<double, double>> points;
  double of(double confidence) const;  // the confidence itself when there are no points
};

struct RuleSet::Impl {
  std::vector<Rule> rules;
  std::map<std::string, std::string> parts;  // shared named parts, as written
  std::map<std::string, std::string> part_files;
  // {{unit...}} and lists as patterns, plain and folded: hundreds of words, used by many rules. Emptied by each file.
  mutable std::map<std::pair<std::string, bool>, std::string> word_patterns;
  std::map<std::string, WordList> lists;
  std::map<std::string, Calibration> calibrations;  // by kind of value: document, recipient, reference, round, target
  std::map<std::string, Unit> units;                      // by canonical name
  std::unordered_map<std::string, std::string> unit_names;  // lower case alias -> canonical name
  std::map<std::string, std::vector<const Rule*>> by_field;
  std::string version;

  const WordList& list(const std::string& name) const;    // an empty list when there is none
  // Canonical name of a unit as printed ("tỉ đồng" -> "tỷ đồng"), or empty.
  std::string unit_name(std::string_view printed) const;
  const Unit* unit(std::string_view printed) const;
};

// Text prepared for matching: one style of tone marks, and the folded copy when first asked for.
class MatchText {
 public:
  explicit MatchText(std::string_view text);
  const std::string& text() const { return text_; }
  const std::string& plain() const { return plain_; }
  const std::string& folded() const;
  size_t from_folded(size_t offset) const;

 private:
  std::string text_, plain_;
  mutable bool has_folded_ = false;
  mutable std::string folded_;
  mutable std::vector<int> map_;
};

// Adds the rules, parts, lists and units of one file; throws Error(invalid_data) where it is wrong.
void read_rule_file(RuleSet::Impl& rules, const std::string& file, const std::string& content);

// A pattern for any of the words; for those of several syllables also with wrong marks.
std::string words_pattern(const std::vector<std::string>& words);

// The pattern of a rule with its named parts put in; throws std::invalid_argument for a name that is none.
std::string expand_pattern(const RuleSet::Impl& rules, const std::string& pattern, bool folded);

struct Group {
  size_t begin = 0, end = 0;
  std::string text;
};

struct Match {
  const Rule* rule = nullptr;
  size_t begin = 0, end = 0;  // from the first to the last named group, or the whole match
  std::map<std::string, Group> groups;
  bool has(const std::string& name) const { return groups.count(name) > 0; }
  const std::string& text(const std::string& name) const;  // empty when the group took no part
};

// All matches of the rules for a field at a place, in order of text; of overlapping ones the higher priority, then
// the longer. explain gets a line for each that won or lost.
std::vector<Match> find_matches(const RuleSet::Impl& rules, const MatchText& text, const std::string& field,
                                const std::string& where, std::ostream* explain = nullptr);

// All matches of one rule.
std::vector<Match> match_rule(const Rule& rule, const MatchText& text);

// The value of a group by the type its rule names: JSON string or number; null when it cannot be read.
nlohmann::json typed_value(const RuleSet::Impl& rules, const std::string& type, const std::string& text);

// Every group with a type, and the constants of the rule.
nlohmann::json typed_values(const RuleSet::Impl& rules, const Match& match);

std::string collapse_spaces(std::string_view text);
std::string trim_to_words(std::string_view text);  // without spaces, dashes and punctuation at the ends

}  // namespace planscribe

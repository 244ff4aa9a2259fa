#include "rules/check.h"

#include <cmath>
#include <ostream>
#include <set>

#include "models/unicode.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

// The plan of an example: one line, in a plan of the year 2023.
struct ExamplePlan {
  std::vector<SourceLine> lines;
  Paragraph paragraph;

  explicit ExamplePlan(const std::string& text) {
    lines.push_back({text});
    paragraph.text = text;
    paragraph.kind = "target";
    paragraph.marker = MarkerKind::dash;
    paragraph.pieces.push_back({0, 0, 0, text.size()});
  }

  std::vector<Target> targets(const RuleSet& rules) const {
    Plan plan{lines, rules.impl()};
    plan.year = 2023;
    return targets_of_paragraph(plan, paragraph, "");
  }
};

bool same(const nlohmann::json& expected, const nlohmann::json& got) {
  if (expected.is_number() && got.is_number()) {
    return std::abs(expected.get<double>() - got.get<double>()) <= 1e-9 * std::max(1.0, std::abs(expected.get<double>()));
  }
  if (expected == "impossible") return got.is_null();
  return expected.is_string() && got.is_string() ? to_lower(expected.get<std::string>()) == to_lower(got.get<std::string>())
                                                 : expected == got;
}

nlohmann::json values_of(const Target& target) {
  nlohmann::json out = {{"indicator", target.indicator}, {"value", target.value}, {"unit", target.unit},
                        {"comparator", target.comparator}};
  if (target.value_max) out["value_max"] = *target.value_max;
  if (target.of) out["of"] = *target.of;
  if (target.per) out["per"] = *target.per;
  if (target.direction) out["direction"] = *target.direction;
  if (target.due) out["due"] = *target.due;
  if (target.amount) out["amount"] = target.amount->value;
  return out;
}

// What an example leaves out must not be there either, save amount and due, which follow from the rest.
std::string difference(const nlohmann::json& expected, const nlohmann::json& got) {
  for (const auto& [key, value] : expected.items()) {
    if (!got.contains(key)) return key + " is missing, expected " + value.dump();
    if (!same(value, got[key])) return key + " is " + got[key].dump() + ", expected " + value.dump();
  }
  for (const char* key : {"value_max", "of", "per", "direction"}) {
    if (got.contains(key) && !expected.contains(key)) return std::string(key) + " is " + got[key].dump() + ", expected none";
  }
  if (got.contains("comparator") && !expected.contains("comparator") && got["comparator"] != "=") {
    return "comparator is " + got["comparator"].dump() + ", expected \"=\"";
  }
  return "";
}

std::string check_targets(const RuleSet& rules, const Rule& rule, const RuleExample& example) {
  const auto targets = ExamplePlan(example.text).targets(rules);
  bool fired = false;
  for (const auto& target : targets) fired = fired || target.evidence.rule == rule.id;
  if (!example.match) return fired ? "gives a target and must not" : "";
  if (!fired) return "the rule gives no target";
  if (!example.expect.is_array()) return "\"expect\" must be an array of targets";
  if (targets.size() != example.expect.size()) {
    return std::to_string(targets.size()) + " targets, expected " + std::to_string(example.expect.size());
  }
  for (size_t i = 0; i < targets.size(); ++i) {
    const std::string problem = difference(example.expect[i], values_of(targets[i]));
    if (!problem.empty()) return "targets[" + std::to_string(i) + "]: " + problem;
  }
  return "";
}

std::string check_values(const RuleSet& rules, const Rule& rule, const RuleExample& example) {
  const auto matches = match_rule(rule, MatchText(example.text));
  if (!example.match) return matches.empty() ? "" : "matches and must not";
  if (matches.empty()) return "does not match";
  const auto got = typed_values(rules.impl(), matches.front());
  for (const auto& [key, value] : example.expect.items()) {
    if (!got.contains(key)) return key + " is missing, expected " + value.dump();
    if (!same(value, got[key])) return key + " is " + got[key].dump() + ", expected " + value.dump();
  }
  return "";
}

std::string check_example(const RuleSet& rules, const Rule& rule, const RuleExample& example) {
  return rule.field == "targets.quantity" ? check_targets(rules, rule, example) : check_values(rules, rule, example);
}

// Parts named in patterns, through other parts too.
void collect_parts(const RuleSet::Impl& rules, const std::string& pattern, std::set<std::string>& used) {
  size_t from = 0, open;
  while ((open = pattern.find("{{", from)) != std::string::npos) {
    const size_t close = std::min(pattern.find("}}", open), pattern.size());
    const std::string name = pattern.substr(open + 2, close - open - 2);
    from = close;
    if (used.insert(name).second && rules.parts.count(name)) collect_parts(rules, rules.parts.at(name), used);
  }
}

bool wins_once(const RuleSet& rules, const Rule& rule) {
  for (const auto& example : rule.examples) {
    if (!example.match) continue;
    const MatchText text(example.text);
    const std::string where = rule.where.empty() ? "" : rule.where.front();
    for (const auto& match : find_matches(rules.impl(), text, rule.field, where)) {
      if (match.rule == &rule) return true;
    }
  }
  return false;
}

}  // namespace

int run_rule_examples(const RuleSet& rules, std::ostream& out) {
  int failures = 0;
  for (const auto& rule : rules.impl().rules) {
    for (const auto& example : rule.examples) {
      const std::string problem = check_example(rules, rule, example);
      if (problem.empty()) continue;
      ++failures;
      out << rule.file << ":" << example.line << ": " << rule.id << ": " << problem << "\n  " << example.text << "\n";
    }
  }
  return failures;
}

int count_examples(const RuleSet& rules) {
  size_t examples = 0;
  for (const auto& rule : rules.impl().rules) examples += rule.examples.size();
  return static_cast<int>(examples);
}

int lint_rules(const RuleSet& rules, std::ostream& out) {
  int findings = 0;
  const auto tell = [&](const std::string& place, const std::string& problem) {
    ++findings;
    out << place << ": " << problem << "\n";
  };
  std::set<std::string> used;
  for (const auto& rule : rules.impl().rules) {
    const std::string place = rule.file + ":" + std::to_string(rule.line) + ": " + rule.id;
    collect_parts(rules.impl(), rule.pattern, used);
    bool positive = false, negative = false;
    for (const auto& example : rule.examples) (example.match ? positive : negative) = true;
    if (!positive) tell(place, "no example that must match");
    if (!negative) tell(place, "no example that must not match");
    if (positive && rule.field != "targets.mask" && !wins_once(rules, rule)) tell(place, "never wins in its own examples");
  }
  for (const auto& [name, pattern] : rules.impl().parts) {
    if (!used.count(name)) tell(rules.impl().part_files.at(name), "part {{" + name + "}} is not used");
  }
  return findings;
}

}  // namespace planscribe

// check.h: the rule files tested by their own examples, and looked over for what is likely a mistake.
#pragma once

#include <iosfwd>

#include "rules/extract.h"

namespace planscribe {

// Runs every example of every rule; what fails is told as "file:line: rule: ..." on out. Returns how many failed.
int run_rule_examples(const RuleSet& rules, std::ostream& out);

int count_examples(const RuleSet& rules);

// Unused parts and lists, rules without examples or without one that must not match, rules that never win in their
// own examples. Returns how many findings were told on out.
int lint_rules(const RuleSet& rules, std::ostream& out);

}  // namespace planscribe

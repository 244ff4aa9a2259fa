// extract.h: the lines of a plan -> its record, by the rules of a RuleSet.
//
//   RuleSet rules = read_rules({"/usr/share/planscribe/rules"});
//   Record record = extract(lines, rules);
//
// extract() fills document, references, rounds, targets and quality.needs_review, with evidence.rule, spans, text,
// page, line and confidence. Raw words and boxes are joined by the caller, which knows the pages.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "rules/record.h"

namespace planscribe {

// A word that restoration changed: bytes [begin, end) of the line, and how likely the change is right, 0..1.
struct ChangedWord {
  int begin = 0, end = 0;
  float confidence = 1;
};

// One line of the document in reading order. Blank lines are kept (they part paragraphs).
struct SourceLine {
  std::string text;            // NFC, after restoration
  int page = 1;                // 1-based
  int number = 1;              // 1-based within the page
  RegionKind region = RegionKind::body;  // body when the layout is not known (plain text)
  bool layout_known = false;   // region was seen on an image, not assumed
  int table = -1, row = -1, column = -1;  // of a table cell; -1 outside tables
  float confidence = 1;        // of the reading, 0..1
  std::vector<ChangedWord> changes;  // in order
};

class RuleSet {
 public:
  RuleSet();
  ~RuleSet();
  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;
  const std::string& version() const;  // hash of all rule files, for cache keys and made_by

  struct Impl;
  const Impl& impl() const { return *impl_; }
  explicit RuleSet(std::unique_ptr<Impl>);

 private:
  std::unique_ptr<Impl> impl_;
};

// Reads every *.toml below the folders; later folders add rules, or replace those of the same id.
// Throws Error(invalid_data, "file:line:column: reason" and a caret line) on the first wrong file.
RuleSet read_rules(const std::vector<std::string>& folders);

// RuleSet::version() of the same folders, without compiling a rule (a hundredth of the time). Throws as read_rules()
// where a file cannot be read; what is wrong in one is not noticed.
std::string rules_version(const std::vector<std::string>& folders);

// Thread-safe: a RuleSet is const. explain, when given, gets one line for every rule that fired, won or lost.
Record extract(const std::vector<SourceLine>& lines, const RuleSet& rules, std::ostream* explain = nullptr);

}  // namespace planscribe

#include "rules/extract.h"

#include "rules/extraction.h"

namespace planscribe {

Record extract(const std::vector<SourceLine>& lines, const RuleSet& rules, std::ostream* explain) {
  Record record;
  Plan plan{lines, rules.impl(), explain};
  split_zones(plan);
  read_head(plan, record.document);
  read_bodies(plan, record.document);
  take_clearer_reading(plan, record.document.parent_body);
  take_clearer_reading(plan, record.document.issuing_body);
  read_signature(plan, record.document);
  read_recipients(plan, record.document);
  record.references = read_references(plan);
  record.rounds = read_rounds(plan);
  record.targets = read_targets(plan);
  record.made_by.rules = rules.version();
  judge(plan, record);
  return record;
}

}  // namespace planscribe

// Checks that lower confidence, and the list of what a person should see first.
#include <algorithm>

#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr double kReviewBelow = 0.75;  // values of less confidence are listed
constexpr double kDisagreement = 0.6;  // of two statements one must be wrong

int year_of(const OptionalField<std::string>& date) { return date ? std::atoi(date->value.c_str()) : 0; }

void check_document(DocumentFields& document) {
  const int issued = year_of(document.issue_date);
  if (issued != 0 && (issued < 1986 || issued > 2100)) document.issue_date->evidence.confidence *= 0.4;
  if (!document.plan_year || issued == 0) return;
  // A plan of a year is issued in it or late in the year before.
  if (issued < document.plan_year->value - 1 || issued > document.plan_year->value) {
    document.plan_year->evidence.confidence *= 0.7;
    document.issue_date->evidence.confidence *= 0.7;
  }
}

void check_target(Target& target) {
  double& confidence = target.evidence.confidence;
  const bool share = target.unit == "%" && !target.direction;
  const double most = std::max(target.value, target.value_max.value_or(0));
  if (share && most > 100) confidence *= most > 1000 || target.value_max ? 0.4 : 0.8;
  if (target.of && target.value > *target.of) confidence *= 0.5;
}

void check_reference(const DocumentFields& document, Reference& reference) {
  if (reference.date && document.issue_date && *reference.date > document.issue_date->value) {
    reference.evidence.confidence *= 0.7;  // cited before it was issued
  }
}

// 98/2023/NĐ-CP of another year than its date; an act of the National Assembly outside its term.
void check_number(const RuleSet::Impl& rules, Reference& reference) {
  if (!reference.date) return;
  const int year = std::atoi(reference.date->c_str());
  static const Pattern own_year(R"(/((?:19|20)\d{2})/)"), assembly(R"((QH\d{1,2})$)");
  std::string found;
  if (RE2::PartialMatch(reference.number, own_year, &found) && std::atoi(found.c_str()) != year) {
    reference.evidence.confidence *= kDisagreement;
  }
  if (!RE2::PartialMatch(reference.number, assembly, &found)) return;
  const std::string term = rules.list("assembly_term").value(found);
  if (term.empty()) return;
  const bool inside = year >= std::atoi(term.c_str()) && year <= std::atoi(term.c_str() + 5);
  if (!inside) reference.evidence.confidence *= kDisagreement;
}

void check_round(const Plan& plan, Round& round) {
  const bool backwards = round.from && round.to && round.to->substr(0, 7) < round.from->substr(0, 7);
  const int year = round.to ? std::atoi(round.to->c_str()) : 0;
  const bool other_year = year != 0 && plan.year != 0 && std::abs(year - plan.year) > 1;
  if (backwards || other_year) round.evidence.confidence *= kDisagreement;
}

// Calls back with every value of the document and its path.
template <typename Visitor>
void visit_document(DocumentFields& document, Visitor&& visit) {
  const auto field = [&](auto& value, const char* path) {
    if (value) visit(value->evidence, std::string(path));
  };
  field(document.type, "document.type");
  field(document.number, "document.number");
  field(document.parent_body, "document.parent_body");
  field(document.issuing_body, "document.issuing_body");
  field(document.place, "document.place");
  field(document.issue_date, "document.issue_date");
  field(document.title, "document.title");
  field(document.theme, "document.theme");
  field(document.plan_year, "document.plan_year");
  field(document.period, "document.period");
  field(document.signer.authority, "document.signer.authority");
  field(document.signer.position, "document.signer.position");
  field(document.signer.name, "document.signer.name");
}

// Every value of a record: visit(kind, evidence, path).
template <typename Visitor>
void visit_values(Record& record, Visitor&& visit) {
  visit_document(record.document, [&](Evidence& evidence, std::string path) { visit("document", evidence, std::move(path)); });
  const auto rows = [&](const char* kind, auto& list, const std::string& name) {
    for (size_t i = 0; i < list.size(); ++i) visit(kind, list[i].evidence, name + "[" + std::to_string(i) + "]");
  };
  rows("recipient", record.document.recipients, "document.recipients");
  rows("reference", record.references, "references");
  rows("round", record.rounds, "rounds");
  rows("target", record.targets, "targets");
}

void calibrate(const RuleSet::Impl& rules, Record& record) {
  visit_values(record, [&](const char* kind, Evidence& evidence, const std::string&) {
    const auto found = rules.calibrations.find(kind);
    if (found != rules.calibrations.end()) evidence.confidence = found->second.of(evidence.confidence);
  });
}

}  // namespace

void judge(const Plan& plan, Record& record) {
  check_document(record.document);
  for (auto& reference : record.references) {
    check_reference(record.document, reference);
    check_number(plan.rules, reference);
  }
  for (auto& round : record.rounds) check_round(plan, round);
  for (auto& target : record.targets) check_target(target);
  calibrate(plan.rules, record);
  // The least certain first.
  std::vector<std::pair<double, std::string>> review;
  if (plan.impossible_date) review.emplace_back(0, "document.issue_date");
  visit_values(record, [&](const char*, const Evidence& evidence, std::string path) {
    if (evidence.confidence < kReviewBelow) review.emplace_back(evidence.confidence, std::move(path));
  });
  std::stable_sort(review.begin(), review.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [confidence, path] : review) record.quality.needs_review.push_back(std::move(path));
}

}  // namespace planscribe

// Checks that lower confidence, and the list of what a person should see first.
#include <algorithm>

#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr double kReviewBelow = 0.75;  // values of less confidence are listed

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

struct Review {
  std::vector<std::pair<double, std::string>> items;
  void add(const Evidence& evidence, const std::string& path) {
    if (evidence.confidence < kReviewBelow) items.emplace_back(evidence.confidence, path);
  }
  template <typename T>
  void add(const OptionalField<T>& field, const std::string& path) {
    if (field) add(field->evidence, path);
  }
};

void add_document(const DocumentFields& document, Review& review) {
  review.add(document.type, "document.type");
  review.add(document.number, "document.number");
  review.add(document.parent_body, "document.parent_body");
  review.add(document.issuing_body, "document.issuing_body");
  review.add(document.place, "document.place");
  review.add(document.issue_date, "document.issue_date");
  review.add(document.title, "document.title");
  review.add(document.theme, "document.theme");
  review.add(document.plan_year, "document.plan_year");
  review.add(document.period, "document.period");
  review.add(document.signer.authority, "document.signer.authority");
  review.add(document.signer.position, "document.signer.position");
  review.add(document.signer.name, "document.signer.name");
  for (size_t i = 0; i < document.recipients.size(); ++i) {
    review.add(document.recipients[i].evidence, "document.recipients[" + std::to_string(i) + "]");
  }
}

}  // namespace

void judge(const Plan&, Record& record) {
  check_document(record.document);
  for (auto& reference : record.references) check_reference(record.document, reference);
  for (auto& target : record.targets) check_target(target);
  Review review;
  add_document(record.document, review);
  const auto at = [](size_t i) { return "[" + std::to_string(i) + "]"; };
  for (size_t i = 0; i < record.references.size(); ++i) review.add(record.references[i].evidence, "references" + at(i));
  for (size_t i = 0; i < record.rounds.size(); ++i) review.add(record.rounds[i].evidence, "rounds" + at(i));
  for (size_t i = 0; i < record.targets.size(); ++i) review.add(record.targets[i].evidence, "targets" + at(i));
  std::stable_sort(review.items.begin(), review.items.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [confidence, path] : review.items) record.quality.needs_review.push_back(std::move(path));
}

}  // namespace planscribe

#include "rules/record_json.h"

#include <cmath>

namespace planscribe {
namespace {

using Json = nlohmann::ordered_json;

// Whole numbers are written without ".0": 428000000, not 428000000.0.
Json number(double value) {
  if (std::isfinite(value) && std::abs(value) < 9e15 && value == std::floor(value)) return static_cast<long long>(value);
  return value;
}

double rounded(double value) { return std::round(value * 1000) / 1000; }

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json number_or_null(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json evidence_json(const Evidence& evidence) {
  Json boxes = Json::array();
  for (const Box& box : evidence.boxes) boxes.push_back(Json::array({box.left, box.top, box.right, box.bottom}));
  return {{"rule", evidence.rule}, {"text", evidence.text},   {"raw", evidence.raw},
          {"page", evidence.page}, {"line", evidence.line},   {"boxes", boxes},
          {"confidence", rounded(evidence.confidence)}};
}

Json value_json(const std::string& value) { return value; }
Json value_json(int value) { return value; }
Json value_json(const Period& period) { return {{"from", period.from}, {"to", period.to}}; }

template <typename T>
Json field_json(const Field<T>& field) {
  return {{"value", value_json(field.value)}, {"evidence", evidence_json(field.evidence)}};
}

template <typename T>
Json field_json(const OptionalField<T>& field) {
  return field ? field_json(*field) : Json(nullptr);
}

Json document_json(const DocumentFields& document) {
  Json recipients = Json::array();
  for (const auto& recipient : document.recipients) recipients.push_back(field_json(recipient));
  return {{"type", field_json(document.type)},
          {"number", field_json(document.number)},
          {"parent_body", field_json(document.parent_body)},
          {"issuing_body", field_json(document.issuing_body)},
          {"place", field_json(document.place)},
          {"issue_date", field_json(document.issue_date)},
          {"title", field_json(document.title)},
          {"theme", field_json(document.theme)},
          {"plan_year", field_json(document.plan_year)},
          {"period", field_json(document.period)},
          {"signer",
           {{"authority", field_json(document.signer.authority)},
            {"position", field_json(document.signer.position)},
            {"name", field_json(document.signer.name)}}},
          {"recipients", recipients}};
}

Json reference_json(const Reference& reference) {
  return {{"type", reference.type},
          {"number", reference.number},
          {"date", or_null(reference.date)},
          {"issuer", or_null(reference.issuer)},
          {"evidence", evidence_json(reference.evidence)}};
}

Json occasion_json(const Occasion& occasion) {
  return {{"name", occasion.name},
          {"anniversary", or_null(occasion.anniversary)},
          {"from", or_null(occasion.from)},
          {"to", or_null(occasion.to)},
          {"evidence", evidence_json(occasion.evidence)}};
}

Json round_json(const Round& round) {
  Json occasions = Json::array();
  for (const auto& occasion : round.occasions) occasions.push_back(occasion_json(occasion));
  return {{"label", round.label},
          {"from", or_null(round.from)},
          {"to", or_null(round.to)},
          {"occasions", occasions},
          {"evidence", evidence_json(round.evidence)}};
}

Json target_json(const Target& target) {
  Json amount = nullptr;
  if (target.amount) amount = {{"value", number(target.amount->value)}, {"unit", target.amount->unit}};
  return {{"indicator", target.indicator},
          {"value", number(target.value)},
          {"value_max", number_or_null(target.value_max)},
          {"of", number_or_null(target.of)},
          {"unit", target.unit},
          {"per", or_null(target.per)},
          {"comparator", target.comparator},
          {"direction", or_null(target.direction)},
          {"amount", amount},
          {"due", or_null(target.due)},
          {"section", or_null(target.section)},
          {"evidence", evidence_json(target.evidence)}};
}

template <typename T, typename F>
Json array_json(const std::vector<T>& items, F item_json) {
  Json array = Json::array();
  for (const T& item : items) array.push_back(item_json(item));
  return array;
}

}  // namespace

Json to_json(const Record& record) {
  Json quality = {{"ocr_confidence", nullptr},
                  {"restored_words", record.quality.restored_words},
                  {"needs_review", record.quality.needs_review}};
  if (record.quality.ocr_confidence) quality["ocr_confidence"] = rounded(*record.quality.ocr_confidence);
  return {{"schema", "planscribe/record/1"},
          {"source",
           {{"path", record.source.path},
            {"sha256", record.source.sha256},
            {"media_type", record.source.media_type},
            {"pages", record.source.pages}}},
          {"document", document_json(record.document)},
          {"references", array_json(record.references, reference_json)},
          {"rounds", array_json(record.rounds, round_json)},
          {"targets", array_json(record.targets, target_json)},
          {"quality", quality},
          {"made_by",
           {{"program", record.made_by.program},
            {"ocr", record.made_by.ocr},
            {"language_model", record.made_by.language_model},
            {"rules", record.made_by.rules}}}};
}

std::string to_json_line(const Record& record) {
  return to_json(record).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace planscribe

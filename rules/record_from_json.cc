#include "rules/record_from_json.h"

namespace planscribe {
namespace {

using nlohmann::json;

template <typename T>
std::optional<T> optional_of(const json& j, const char* key) {
  const auto found = j.find(key);
  if (found == j.end() || found->is_null()) return std::nullopt;
  return found->get<T>();
}

Evidence evidence_of(const json& j) {
  Evidence evidence;
  evidence.rule = j.at("rule");
  evidence.text = j.at("text");
  evidence.raw = j.at("raw");
  evidence.page = j.at("page");
  evidence.line = j.at("line");
  evidence.confidence = j.at("confidence");
  for (const json& box : j.at("boxes")) evidence.boxes.push_back({box.at(0), box.at(1), box.at(2), box.at(3)});
  return evidence;
}

void read_value(const json& j, std::string& value) { value = j.get<std::string>(); }
void read_value(const json& j, int& value) { value = j.get<int>(); }
void read_value(const json& j, Period& value) { value = {j.at("from"), j.at("to")}; }

template <typename T>
void read_field(const json& j, const char* key, OptionalField<T>& field) {
  const json& item = j.at(key);
  if (item.is_null()) return;
  field.emplace();
  read_value(item.at("value"), field->value);
  field->evidence = evidence_of(item.at("evidence"));
}

void read_document(const json& j, DocumentFields& d) {
  read_field(j, "type", d.type);
  read_field(j, "number", d.number);
  read_field(j, "parent_body", d.parent_body);
  read_field(j, "issuing_body", d.issuing_body);
  read_field(j, "place", d.place);
  read_field(j, "issue_date", d.issue_date);
  read_field(j, "title", d.title);
  read_field(j, "theme", d.theme);
  read_field(j, "plan_year", d.plan_year);
  read_field(j, "period", d.period);
  const json& signer = j.at("signer");
  read_field(signer, "authority", d.signer.authority);
  read_field(signer, "position", d.signer.position);
  read_field(signer, "name", d.signer.name);
  for (const json& item : j.at("recipients")) d.recipients.push_back({item.at("value"), evidence_of(item.at("evidence"))});
}

Round round_of(const json& j) {
  Round round;
  round.label = j.at("label");
  round.from = optional_of<std::string>(j, "from");
  round.to = optional_of<std::string>(j, "to");
  round.evidence = evidence_of(j.at("evidence"));
  for (const json& o : j.at("occasions"))
    round.occasions.push_back({o.at("name"), optional_of<int>(o, "anniversary"), optional_of<std::string>(o, "from"),
                               optional_of<std::string>(o, "to"), evidence_of(o.at("evidence"))});
  return round;
}

Target target_of(const json& j) {
  Target target;
  target.indicator = j.at("indicator");
  target.value = j.at("value");
  target.value_max = optional_of<double>(j, "value_max");
  target.of = optional_of<double>(j, "of");
  target.unit = j.at("unit");
  target.per = optional_of<std::string>(j, "per");
  target.comparator = j.at("comparator");
  target.direction = optional_of<std::string>(j, "direction");
  if (const json& amount = j.at("amount"); !amount.is_null()) target.amount = Amount{amount.at("value"), amount.at("unit")};
  target.due = optional_of<std::string>(j, "due");
  target.section = optional_of<std::string>(j, "section");
  target.evidence = evidence_of(j.at("evidence"));
  return target;
}

}  // namespace

Record record_from_json(const json& j) {
  Record record;
  const json& source = j.at("source");
  record.source = {source.at("path"), source.at("sha256"), source.at("media_type"), source.at("pages")};
  read_document(j.at("document"), record.document);
  for (const json& r : j.at("references"))
    record.references.push_back({r.at("type"), r.at("number"), optional_of<std::string>(r, "date"),
                                 optional_of<std::string>(r, "issuer"), evidence_of(r.at("evidence"))});
  for (const json& r : j.at("rounds")) record.rounds.push_back(round_of(r));
  for (const json& t : j.at("targets")) record.targets.push_back(target_of(t));
  const json& quality = j.at("quality");
  record.quality = {optional_of<double>(quality, "ocr_confidence"), quality.at("restored_words"), quality.at("needs_review")};
  const json& made_by = j.at("made_by");
  record.made_by = {made_by.at("program"), made_by.at("ocr"), made_by.at("language_model"), made_by.at("rules")};
  return record;
}

}  // namespace planscribe

#include "corpus/corrected_rows.h"

#include <algorithm>

#include "corpus/rows.h"
#include "corpus/sqlite.h"
#include "models/unicode.h"
#include "rules/record_from_json.h"
#include "rules/record_json.h"

namespace planscribe {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kStates[] = {"applied", "agrees", "differs", "conflict", "superseded"};

// Those in force for the document's path or bytes, oldest first.
std::vector<CorrectionInput> read_inputs(Database& database, std::int64_t document_id) {
  Statement rows(database, R"(
    SELECT c.id, c.field, c.anchor, c.before, c.value, c.sha256 = d.sha256
    FROM documents d JOIN corrections c ON c.path = d.path OR c.sha256 = d.sha256
    WHERE d.id = ? AND c.withdrawn IS NULL ORDER BY c.id)");
  rows.bind(document_id);
  std::vector<CorrectionInput> inputs;
  while (rows.step())
    inputs.push_back({rows.integer(0), parse_field_path(rows.text(1)), json::parse(rows.text(2)),
                      json::parse(rows.text(3)), json::parse(rows.text(4)), rows.integer(5) != 0});
  return inputs;
}

std::string names_of(const FieldPath& field) {
  std::string names;
  for (const FieldStep& step : field) names += "." + step.name;
  return names;
}

bool same_place(const CorrectionInput& a, const CorrectionInput& b) {
  return !a.field.back().append && !b.field.back().append && names_of(a.field) == names_of(b.field) &&
         a.anchor == b.anchor;
}

void note_outcome(Database& database, std::int64_t document_id, std::int64_t correction,
                  const CorrectionOutcome& outcome) {
  Statement(database,
            "INSERT OR REPLACE INTO correction_states (document_id, correction_id, state, note) VALUES (?, ?, ?, ?)")
      .bind(document_id)
      .bind(correction)
      .bind(kStates[static_cast<int>(outcome.state)])
      .bind(outcome.note)
      .run();
}

// What the corpus itself knows about units: some other target of that unit with its amount in base units.
BaseUnits base_units_of(Database& database) {
  return [&database](double value, const std::string& unit) -> std::optional<std::pair<double, std::string>> {
    Statement row(database, R"(
      SELECT amount_value / value, amount_unit FROM targets
      WHERE unit_folded = ? AND unit = ? AND amount_value IS NOT NULL AND value <> 0 LIMIT 1)");
    row.bind(fold(unit)).bind(unit);
    if (!row.step()) return std::nullopt;
    return std::pair(value * row.real(0), row.text(1));
  };
}

std::vector<std::pair<std::int64_t, CorrectionOutcome>> apply_all(CorrectedRecord& record,
                                                                  const std::vector<CorrectionInput>& inputs) {
  std::vector<std::pair<std::int64_t, CorrectionOutcome>> outcomes;
  for (auto input = inputs.begin(); input != inputs.end(); ++input) {
    const bool later = std::any_of(input + 1, inputs.end(), [&](const auto& next) { return same_place(*input, next); });
    outcomes.emplace_back(input->id, later ? CorrectionOutcome{CorrectionState::superseded, ""} : record.apply(*input));
  }
  return outcomes;
}

std::string machine_json(Database& database, std::int64_t document_id) {
  Statement row(database, "SELECT machine FROM record_json WHERE document_id = ?");
  row.bind(document_id);
  return row.step() ? row.text(0) : "";
}

}  // namespace

std::unique_ptr<CorrectedRecord> corrected_record(Database& database, std::int64_t document_id) {
  auto record = std::make_unique<CorrectedRecord>(ordered_json::parse(machine_json(database, document_id)),
                                                  base_units_of(database));
  apply_all(*record, read_inputs(database, document_id));
  return record;
}

void insert_corrected_record(Database& database, std::int64_t document_id, const Record& record,
                             const std::string& machine) {
  const std::vector<CorrectionInput> inputs = read_inputs(database, document_id);
  if (inputs.empty()) {
    insert_record(database, document_id, record, machine, std::nullopt);
    return;
  }
  CorrectedRecord corrected(ordered_json::parse(machine), base_units_of(database));
  const auto outcomes = apply_all(corrected, inputs);
  const Record result = record_from_json(json(corrected.finish()));
  insert_record(database, document_id, result, machine, to_json_line(result));
  for (const auto& [id, outcome] : outcomes) note_outcome(database, document_id, id, outcome);
}

void renew_corrected_record(Database& database, std::int64_t document_id) {
  const std::string machine = machine_json(database, document_id);
  if (machine.empty()) return;  // not read, or failed: applied when it is
  Statement(database, "DELETE FROM records WHERE document_id = ?").bind(document_id).run();
  Statement(database, "DELETE FROM correction_states WHERE document_id = ?").bind(document_id).run();
  insert_corrected_record(database, document_id, record_from_json(json::parse(machine)), machine);
}

}  // namespace planscribe

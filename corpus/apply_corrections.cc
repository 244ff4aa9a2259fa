#include "corpus/apply_corrections.h"

#include <algorithm>

#include "corpus/record_schema.h"
#include "corpus/row_anchor.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

using nlohmann::json;
using Record = nlohmann::ordered_json;

// Where a path leads: the object or list that holds the last step, and the row on the way there (null outside lists).
struct Place {
  Record* holder = nullptr;
  Record* row = nullptr;
};

std::string shown(const json& value) { return value.is_string() ? "'" + value.get<std::string>() + "'" : value.dump(); }

// Follows the path with the row numbers that it has. Throws when a row is not there.
Place follow(Record& record, const FieldPath& field) {
  Place place{&record, nullptr};
  for (size_t i = 0; i < field.size(); ++i) {
    const FieldStep& step = field[i];
    if (step.index) {
      Record& list = place.holder->at(step.name);
      if (*step.index >= list.size())
        throw Error(ExitCode::bad_arguments, to_text(field) + ": there is no such row; '" + step.name + "' has " +
                                                 std::to_string(list.size()) + ", counted from 0");
      place.row = &list[*step.index];
      if (i + 1 < field.size()) place.holder = place.row;
    } else if (i + 1 < field.size()) {
      place.holder = &place.holder->at(step.name);
      if (place.holder->is_null())
        throw Error(ExitCode::bad_arguments, to_text(field) + ": '" + step.name + "' is null; give it as a whole");
      if (place.holder->contains("value") && place.holder->contains("evidence") && !place.row)
        place.holder = &place.holder->at("value");
    }
  }
  return place;
}

// The numbers of the rows that the anchors mean in the record as it is now; nullopt when one is gone.
std::optional<FieldPath> find_rows(const Record& record, FieldPath field, const json& anchor) {
  const Record* holder = &record;
  size_t next = 0;
  for (FieldStep& step : field) {
    if (!holder->is_object() || !holder->contains(step.name)) return std::nullopt;
    const Record& inner = holder->at(step.name);
    if (step.index) {
      step.index = find_row(inner, step.name, anchor.at(next++));
      if (!step.index) return std::nullopt;
      holder = &inner.at(*step.index);
    } else {
      holder = next == 0 && inner.is_object() && inner.contains("evidence") ? &inner.at("value") : &inner;
    }
  }
  return field;
}

// The evidence that goes with the value at the end of the path.
Record& evidence_of(Record& record, const FieldPath& field) {
  const Place place = follow(record, field);
  if (place.row) return place.row->at("evidence");
  Record* at = &record;
  for (const FieldStep& step : field) {
    at = &at->at(step.name);
    if (at->contains("evidence")) break;
  }
  return at->at("evidence");
}

void mark_as_corrected(Record& evidence) {
  evidence["rule"] = "correction";
  evidence["confidence"] = 1;
}

// The value that the path names: of a field without its evidence, of a row without marks.
json current_value(Record& record, const FieldPath& field, FieldKind kind) {
  const Place place = follow(record, field);
  if (kind == FieldKind::row) return without_marks(*place.row);
  const Record& node = place.holder->at(field.back().name);
  return kind == FieldKind::field && !node.is_null() ? json(node.at("value")) : json(node);
}

// Whether the machine says what a person says; rows are compared without their evidence and the rows inside them.
bool says_the_same(json machine, json value, FieldKind kind) {
  if (kind != FieldKind::row || !machine.is_object()) return machine == value;
  if (!value.is_object()) return machine.contains("value") && machine.at("value") == value;
  for (json* row : {&machine, &value})
    for (const char* apart : {"evidence", "occasions"}) row->erase(apart);
  return machine == value;
}

void set_field(Record& record, const FieldPath& field, const json& value) {
  Record& node = follow(record, field).holder->at(field.back().name);
  if (value.is_null()) {
    node = nullptr;
    return;
  }
  Record evidence = node.is_null() ? Record(evidence_of_person()) : node.at("evidence");
  mark_as_corrected(evidence);
  node = Record{{"value", value}, {"evidence", evidence}};
}

// A target's amount follows its value and unit.
void renew_amount(Record& row, const Record& before, const BaseUnits& base_units) {
  const bool same_unit = row.at("unit") == before.at("unit");
  const Record& amount = before.at("amount");
  const double old_value = before.at("value"), value = row.at("value");
  if (same_unit && !amount.is_null() && old_value != 0) {
    row["amount"]["value"] = value * (amount.at("value").get<double>() / old_value);
    return;
  }
  const auto base = base_units(value, row.at("unit"));
  row["amount"] = base ? Record{{"value", base->first}, {"unit", base->second}} : Record();
}

void set_part(Record& record, const FieldPath& field, const json& value, const BaseUnits& base_units) {
  const Place place = follow(record, field);
  const Record before = place.row ? *place.row : Record();
  place.holder->at(field.back().name) = value;
  const std::string& name = field.back().name;
  if (place.row && field[0].name == "targets" && field.size() == 2 && (name == "value" || name == "unit"))
    renew_amount(*place.row, before, base_units);
  mark_as_corrected(evidence_of(record, field));
}

// The whole row as a person gave it, at the place on the paper where the machine found it.
void set_row(Record& row, const json& value) {
  Record fresh = value;
  for (const char* kept : {"evidence", "@origin", "occasions"})
    if (row.contains(kept)) fresh[kept] = row.at(kept);
  mark_as_corrected(fresh["evidence"]);
  row = fresh;
}

void set_value(Record& record, const FieldPath& field, const FieldType& type, const json& value,
               const BaseUnits& base_units) {
  if (type.kind == FieldKind::row) set_row(*follow(record, field).row, make_row(field, type, value));
  else if (type.kind == FieldKind::field) set_field(record, field, value);
  else set_part(record, field, value, base_units);
}

// An entry of quality.needs_review, with the row's new number; nullopt when a person has looked at it or removed it.
std::optional<std::string> still_open(Record& record, const std::string& text) {
  FieldPath path = parse_field_path(text);
  if (FieldStep& last = path.back(); last.index) {
    const Record& list = path.size() == 1 ? record.at(last.name) : record.at(path[0].name).at(last.name);
    const auto row = std::find_if(list.begin(), list.end(), [&](const Record& item) {
      return origin_of(item).value("index", list.size() + *last.index + 1) == *last.index;
    });
    if (row == list.end()) return std::nullopt;
    last.index = static_cast<size_t>(row - list.begin());
  } else if (current_value(record, path, FieldKind::part).is_null()) {
    return std::nullopt;
  }
  if (evidence_of(record, path).at("confidence") == 1) return std::nullopt;
  return to_text(path);
}

}  // namespace

CorrectedRecord::CorrectedRecord(const Record& machine, const BaseUnits& base_units)
    : record_(machine), base_units_([this, base_units](double value, const std::string& unit) {
        for (const Record& row : machine_.at("targets"))
          if (row.at("unit") == unit && !row.at("amount").is_null() && row.at("value") != 0)
            return Base(std::pair(value * (row["amount"]["value"].get<double>() / row["value"].get<double>()),
                                  row["amount"]["unit"].get<std::string>()));
        return base_units(value, unit);
      }) {
  mark_rows(record_);
  machine_ = record_;
}

CorrectionOutcome CorrectedRecord::add_row(const CorrectionInput& correction, const FieldPath& field) {
  if (!correction.same_file) return {CorrectionState::conflict, "the file has changed since the row was added"};
  Record& list = follow(record_, field).holder->at(field.back().name);
  const json row = make_row(field, find_field(field), correction.value);
  if (has_equal_row(list, field.back().name, row)) return {CorrectionState::agrees, "the machine now reads the row"};
  list.push_back(Record(row));
  mark_added(list.back(), correction.id);
  return {};
}

CorrectionOutcome CorrectedRecord::remove_row(const FieldPath& field) {
  Record& list = follow(record_, field).holder->at(field.back().name);
  list.erase(list.begin() + static_cast<long>(*field.back().index));
  return {};
}

CorrectionOutcome CorrectedRecord::apply(const CorrectionInput& correction) {
  const auto found = find_rows(record_, correction.field, correction.anchor);
  const FieldType type = find_field(correction.field);
  const bool removes = type.kind == FieldKind::row && correction.value.is_null();
  if (!found && removes) return {CorrectionState::agrees, "the row is not read any more"};
  if (!found) return {CorrectionState::conflict, "the row is not read any more; look at it and correct it again"};
  const FieldPath& field = *found;
  if (field.back().append) return add_row(correction, field);

  const json machine = machine_value(field);
  const bool unchanged = machine == correction.before, agrees = says_the_same(machine, correction.value, type.kind);
  if (!correction.same_file && !agrees && (machine.is_null() || !unchanged))
    return {CorrectionState::conflict, "the file has changed: it read " + shown(correction.before) +
                                           ", now it reads " + shown(machine) + ", which stands"};
  if (removes) return remove_row(field);
  if (!correction.value.is_null() && says_the_same(current_value(record_, field, type.kind), correction.value, type.kind))
    evidence_of(record_, field)["confidence"] = 1;  // a person says so, too
  else
    set_value(record_, field, type, correction.value, base_units_);
  if (agrees) return {CorrectionState::agrees, "the machine reads the same"};
  if (unchanged) return {};
  return {CorrectionState::differs,
          "the machine read " + shown(correction.before) + ", now it reads " + shown(machine)};
}

json CorrectedRecord::anchor_of(const FieldPath& field) const {
  json anchor = json::array();
  FieldPath part;
  Record record = record_;
  for (const FieldStep& step : field) {
    part.push_back(step);
    if (step.index) anchor.push_back(json(origin_of(*follow(record, part).row)));
  }
  return anchor;
}

json CorrectedRecord::machine_value(const FieldPath& field) const {
  if (field.back().append) return nullptr;
  Record record = record_;
  const Place place = follow(record, field);
  if (!place.row) {
    Record machine = machine_;
    const FieldType type = find_field(field);
    if (type.kind == FieldKind::part && machine.at("document").at(field[1].name).is_null()) return nullptr;
    return current_value(machine, field, type.kind);
  }
  const Record& origin = origin_of(*place.row);
  if (origin.contains("added")) return nullptr;
  json node = origin.at("row");
  size_t last = field.size();
  while (!field[last - 1].index) --last;
  for (; last < field.size() && node.is_object(); ++last) node = node.value(field[last].name, json());
  return node;
}

Record CorrectedRecord::finish() const {
  Record record = record_;
  Record& review = record.at("quality").at("needs_review");
  Record open = Record::array();
  for (const Record& item : review)
    if (auto path = still_open(record, item.get<std::string>())) open.push_back(*path);
  review = open;
  return without_marks(record);
}

}  // namespace planscribe

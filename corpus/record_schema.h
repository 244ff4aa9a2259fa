// record_schema.h: which fields a record has and what may stand in them, read from rules/record.schema.json (compiled in),
// so that a correction never makes a record of another shape. Values only; thread-safe.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "corpus/field_path.h"

namespace planscribe {

enum class FieldKind {
  field,  // a value with evidence of its own, or null: document.number
  part,   // inside a field or a row: targets[3].value, document.period.from
  row,    // of a list: targets[3], document.recipients[+]
};

// What a path names.
struct FieldType {
  FieldKind kind = FieldKind::part;
  const nlohmann::json* node = nullptr;  // of the value: what it must look like when it is not null
  bool nullable = false;                 // may be null; a row: may be removed
};

// Throws Error(bad_arguments) when records have no such field or people do not correct it (source, evidence, ...);
// the message lists the names that would do.
FieldType find_field(const FieldPath& path);

// What was typed on a command line as a value of this type. Throws Error(bad_arguments) when it is none:
// "targets[0].value: '0,8' is not a number; ...".
nlohmann::json parse_typed(const FieldPath& path, const FieldType& type, const std::string& text);

// Throws Error(bad_arguments) when the value may not stand there.
void check_value(const FieldPath& path, const FieldType& type, const nlohmann::json& value);

// A new row made of what was given: missing keys become null (comparator "="), "page" and "line" go into its evidence.
// Throws Error(bad_arguments) for unknown keys and for missing ones that cannot be null.
nlohmann::json make_row(const FieldPath& path, const FieldType& type, const nlohmann::json& given);

// The evidence of what a person wrote where the machine had read nothing.
nlohmann::json evidence_of_person();

}  // namespace planscribe

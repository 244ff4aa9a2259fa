// apply_corrections.h: what the machine read and what people corrected -> the record that everybody sees.
//
// A correction of a list's row does not hang on the row's number, which new rules may shift, but on an anchor: the row as
// the machine had it (or the correction that added it). A row is found again by its evidence (text, page) and by what
// tells rows apart (a target's value and indicator, an act's number ...). Pure; nothing is stored here.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "corpus/field_path.h"

namespace planscribe {

enum class CorrectionState {
  applied,
  agrees,      // the machine now reads the same
  differs,     // applied, but the machine no longer reads what it read when the correction was made
  conflict,    // not applied: the file has changed there, or the row is not read any more
  superseded,  // a later correction of the same value counts
};

struct CorrectionInput {
  std::int64_t id = 0;
  FieldPath field;
  nlohmann::json anchor;  // an array, one entry for each row in the path; null outside lists
  nlohmann::json before;  // what the machine had
  nlohmann::json value;
  bool same_file = true;  // the file that was corrected had the bytes that the record was read from
};

struct CorrectionOutcome {
  CorrectionState state = CorrectionState::applied;
  std::string note;  // for people; "" when applied
};

// A number in another unit: 2 "tỷ đồng" -> 2e9 "đồng"; nullopt when the unit has no base.
using Base = std::optional<std::pair<double, std::string>>;
using BaseUnits = std::function<Base(double value, const std::string& unit)>;

// The record while people's values are put into it; rows know where they come from.
class CorrectedRecord {
 public:
  // base_units is asked about units of which the record itself has no other target.
  CorrectedRecord(const nlohmann::ordered_json& machine, const BaseUnits& base_units);
  CorrectedRecord(const CorrectedRecord&) = delete;
  CorrectedRecord& operator=(const CorrectedRecord&) = delete;

  // In the order in which they were made.
  CorrectionOutcome apply(const CorrectionInput& correction);

  // For a new correction of a field as this record shows it now: the anchor, and what the machine has there. Throws
  // Error(bad_arguments) when there is no such row.
  nlohmann::json anchor_of(const FieldPath& field) const;
  nlohmann::json machine_value(const FieldPath& field) const;

  // The record without the marks of origin; quality.needs_review leaves out what a person has corrected.
  nlohmann::ordered_json finish() const;

 private:
  CorrectionOutcome add_row(const CorrectionInput& correction, const FieldPath& field);
  CorrectionOutcome remove_row(const FieldPath& field);

  nlohmann::ordered_json record_, machine_;  // rows with marks of origin (row_anchor.h)
  BaseUnits base_units_;
};

}  // namespace planscribe

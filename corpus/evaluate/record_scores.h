// record_scores.h: a record against a gold record.
//
// Gold: as the record, but with bare values in place of {value, evidence}. Fields count 1 when they are equal but for
// case, signs and the place of the tone mark, 0.5 when nearly all words agree. A target is found when value, upper value,
// unit and at least half of the indicator's words agree; `full` also wants comparator, direction, whole and per. Gold
// targets with "core": false are neither rewarded nor punished.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace planscribe {

struct Found {
  int right = 0, given = 0, wanted = 0;  // given by the program, wanted by the gold
  double precision() const;
  double recall() const;
  double f1() const;
  Found& operator+=(const Found& other);
};

struct RecordScores {
  std::map<std::string, double> fields;  // "number", "signer.name", ...: 0, 0.5 or 1
  std::map<std::string, Found> lists;    // recipients, references, reference_dates, rounds, occasions, targets, targets_full
  double field_accuracy() const;         // mean of fields
};

// record: one record of the program (planscribe/record/1). Throws nlohmann::json::exception on another shape.
RecordScores compare_records(const nlohmann::json& gold, const nlohmann::json& record);

}  // namespace planscribe

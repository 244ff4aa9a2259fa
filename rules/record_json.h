// record_json.h: a Record as JSON, in the shape of rules/record.schema.json (planscribe/record/1).
//
// Keys come in the order of the contract; what the paper does not say is null. Values only, thread-safe.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "rules/record.h"

namespace planscribe {

nlohmann::ordered_json to_json(const Record& record);

// One line of records.jsonl, without the line feed. Invalid UTF-8 is replaced by U+FFFD.
std::string to_json_line(const Record& record);

}  // namespace planscribe

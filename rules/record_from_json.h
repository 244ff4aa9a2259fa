// record_from_json.h: the way back from a record's JSON to its value: workers send JSON, the corpus stores values.
#pragma once

#include <nlohmann/json.hpp>

#include "rules/record.h"

namespace planscribe {

// Evidence spans are not part of the JSON and stay empty. Throws nlohmann::json::exception on another shape.
Record record_from_json(const nlohmann::json& json);

}  // namespace planscribe

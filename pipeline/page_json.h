// page_json.h: Page <-> JSON: what workers send, what the page cache keeps, what tests replay.
#pragma once

#include <nlohmann/json.hpp>

#include "pipeline/page.h"

namespace planscribe {

nlohmann::json to_json(const Page& page);
Page page_from_json(const nlohmann::json& json);  // throws nlohmann::json::exception on another shape

const char* to_string(RegionKind kind);
const char* to_string(PageStatus status);
const char* to_string(PageOrigin origin);
const char* to_string(ChangeReason reason);

}  // namespace planscribe

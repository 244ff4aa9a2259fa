// row_anchor.h: rows of a record's lists that know where they come from, so that they are found again after new rules
// have added, dropped or moved rows. Private to apply_corrections.cc.
//
// While corrections are applied every row has a key "@origin": {"index": n, "row": the row as the machine had it, without
// boxes} or {"added": id of the correction}. An anchor is such an origin.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace planscribe {

void mark_rows(nlohmann::ordered_json& record);
void mark_added(nlohmann::ordered_json& row, std::int64_t correction);
// The same without marks, also of rows inside.
nlohmann::ordered_json without_marks(const nlohmann::ordered_json& node);

const nlohmann::ordered_json& origin_of(const nlohmann::ordered_json& row);

// The row of the list (of this name) that the anchor means: its evidence is the same and nothing says that it is another
// row, or all that tells rows apart is the same. The nearest of several.
std::optional<size_t> find_row(const nlohmann::ordered_json& list, const std::string& name,
                               const nlohmann::json& anchor);

// A machine's row that says the same as this one.
bool has_equal_row(const nlohmann::ordered_json& list, const std::string& name, const nlohmann::json& row);

}  // namespace planscribe

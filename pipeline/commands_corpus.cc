#include "pipeline/commands_corpus.h"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

namespace planscribe {
namespace {

using Json = nlohmann::ordered_json;

Json hit_json(const Hit& hit) {
  return {{"path", hit.path}, {"page", hit.page}, {"title", hit.title}, {"score", hit.score}, {"snippet", hit.snippet}};
}

Json row_json(const TargetRow& row) {
  const auto or_null = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
  return {{"path", row.path},       {"page", row.page},           {"body", row.body},       {"year", or_null(row.year)},
          {"indicator", row.indicator}, {"comparator", row.comparator}, {"value", row.value}, {"value_max", or_null(row.value_max)},
          {"of", or_null(row.of)},  {"unit", row.unit},           {"per", row.per},         {"direction", row.direction},
          {"due", row.due},         {"evidence", row.evidence}};
}

std::string row_text(const TargetRow& row) {
  std::string value = fmt::format("{}{:g}", row.comparator == "=" ? "" : row.comparator + " ", row.value);
  if (row.value_max) value += fmt::format("-{:g}", *row.value_max);
  if (row.of) value += fmt::format("/{:g}", *row.of);
  value += " " + row.unit + (row.per.empty() ? "" : "/" + row.per);
  return fmt::format("{}\t{}\t{}\t{}\t{}#page={}", value, row.indicator, row.body, row.year ? std::to_string(*row.year) : "", row.path,
                     row.page);
}

}  // namespace

ExitCode search_corpus(const SearchOptions& options) {
  const Store store(options.corpus, true);
  for (const Hit& hit : search(store, options.query, options.filter, options.limit)) {
    if (options.json)
      std::cout << hit_json(hit).dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    else
      std::cout << hit.path << "#page=" << hit.page << "  " << hit.title << "\n    " << hit.snippet << "\n";
  }
  return ExitCode::ok;
}

ExitCode list_targets(const TargetsOptions& options) {
  const Store store(options.corpus, true);
  for (const TargetRow& row : find_targets(store, options.query))
    std::cout << (options.json ? row_json(row).dump(-1, ' ', false, Json::error_handler_t::replace) : row_text(row)) << "\n";
  return ExitCode::ok;
}

}  // namespace planscribe

#include "pipeline/commands_corpus.h"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "corpus/corrections.h"
#include "corpus/duplicates.h"
#include "corpus/export/csv.h"

namespace planscribe {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kKinds[] = {"very_marks", "letters", "misread"};

Json hit_json(const Hit& hit) {
  return {{"path", hit.path}, {"page", hit.page}, {"title", hit.title}, {"score", hit.score}, {"snippet", hit.snippet},
          {"kind", kKinds[static_cast<int>(hit.kind)]}, {"duplicates", hit.duplicates}};
}

Json row_json(const TargetRow& row) {
  const auto or_null = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
  return {{"path", row.path},       {"page", row.page},           {"body", row.body},       {"year", or_null(row.year)},
          {"indicator", row.indicator}, {"comparator", row.comparator}, {"value", row.value}, {"value_max", or_null(row.value_max)},
          {"of", or_null(row.of)},  {"unit", row.unit},           {"per", row.per},         {"direction", row.direction},
          {"due", row.due},         {"evidence", row.evidence}};
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string hit_text(const Hit& hit) {
  std::string text = fmt::format("{}#page={}  {}\n    {}", hit.path, hit.page, hit.title, hit.snippet);
  if (hit.kind == HitKind::misread) text += "\n    (a word of nearly these letters, perhaps misread)";
  for (const std::string& path : hit.duplicates) text += "\n    the same plan: " + path;
  return text;
}

// The columns of --csv are the names of the JSON object.
Row names_of(const Json& row) {
  Row names;
  for (const auto& [name, value] : row.items()) names.push_back(name);
  return names;
}

Row cells_of(const Json& row) {
  Row cells;
  for (const Json& value : row) {
    if (value.is_null())
      cells.push_back(std::monostate());
    else if (value.is_number())
      cells.push_back(value.get<double>());
    else
      cells.push_back(value.get<std::string>());
  }
  return cells;
}

std::string row_text(const TargetRow& row) {
  std::string value = fmt::format("{}{}", row.comparator == "=" ? "" : row.comparator + " ", row.value);
  if (row.value_max) value += fmt::format("-{}", *row.value_max);
  if (row.of) value += fmt::format("/{}", *row.of);
  value += " " + row.unit + (row.per.empty() ? "" : "/" + row.per);
  return fmt::format("{}\t{}\t{}\t{}\t{}#page={}", value, row.indicator, row.body, row.year ? std::to_string(*row.year) : "", row.path,
                     row.page);
}

}  // namespace

ExitCode search_corpus(const SearchOptions& options) {
  const Store store(options.corpus, true);
  for (const Hit& hit : search(store, options.query, options.filter, options.limit))
    std::cout << (options.json ? dump(hit_json(hit)) : hit_text(hit)) << "\n";
  return ExitCode::ok;
}

ExitCode list_targets(const TargetsOptions& options) {
  const Store store(options.corpus, true);
  const std::vector<TargetRow> rows = find_targets(store, options.query);
  if (options.csv && !options.json) std::cout << csv_line(names_of(row_json({})), CellGuard::off);
  for (const TargetRow& row : rows) {
    if (options.json) std::cout << dump(row_json(row)) << "\n";
    else if (options.csv) std::cout << csv_line(cells_of(row_json(row)), CellGuard::on);
    else std::cout << row_text(row) << "\n";
  }
  return ExitCode::ok;
}

ExitCode show_duplicates(const DuplicatesOptions& options) {
  const Store store(options.corpus, true);
  const std::string path = options.document.empty() ? "" : find_path(store, options.document);
  for (const Duplicate& pair : list_duplicates(store, path)) {
    if (options.json)
      std::cout << dump({{"path", pair.path}, {"other", pair.other}, {"same_bytes", pair.same_bytes}, {"similarity", pair.similarity}});
    else
      std::cout << (pair.same_bytes ? "same file" : fmt::format("{:.0f} % alike", pair.similarity * 100)) << "\t" << pair.path << "\t"
                << pair.other;
    std::cout << "\n";
  }
  return ExitCode::ok;
}

}  // namespace planscribe

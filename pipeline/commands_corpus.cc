#include "pipeline/commands_corpus.h"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "corpus/corrections.h"
#include "corpus/duplicates.h"

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

// A line of RFC 4180: the names of the row's columns, or its values.
std::string csv_line(const Json& row, bool values = false) {
  std::string line;
  for (const auto& [name, value] : row.items()) {
    const std::string cell = !values ? name : value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump();
    if (!line.empty() || name != row.begin().key()) line += ',';
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char c : cell) line += c == '"' ? "\"\"" : std::string(1, c);
    line += '"';
  }
  return line;
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
  for (const Hit& hit : search(store, options.query, options.filter, options.limit))
    std::cout << (options.json ? dump(hit_json(hit)) : hit_text(hit)) << "\n";
  return ExitCode::ok;
}

ExitCode list_targets(const TargetsOptions& options) {
  const Store store(options.corpus, true);
  const std::vector<TargetRow> rows = find_targets(store, options.query);
  if (options.csv && !options.json) std::cout << csv_line(row_json({})) << "\r\n";
  for (const TargetRow& row : rows) {
    if (options.json) std::cout << dump(row_json(row)) << "\n";
    else if (options.csv) std::cout << csv_line(row_json(row), true) << "\r\n";
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

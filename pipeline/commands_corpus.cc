#include "pipeline/commands_corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "corpus/corrections.h"
#include "corpus/documents.h"
#include "corpus/duplicates.h"
#include "corpus/export/csv.h"
#include "pipeline/open_corpus.h"
#include "pipeline/wording.h"

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
  std::string text = fmt::format("{}#page={}  {}\n    {}", printable(hit.path), hit.page, printable(hit.title), printable(hit.snippet));
  if (hit.kind == HitKind::misread) text += "\n    (a word of nearly these letters, perhaps misread)";
  for (const std::string& path : hit.duplicates) text += "\n    the same plan: " + printable(path);
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
  return fmt::format("{}\t{}\t{}\t{}\t{}#page={}", printable(value), printable(row.indicator), printable(row.body),
                     row.year ? std::to_string(*row.year) : "", printable(row.path), row.page);
}

// Why nothing came: on stderr, so that what reads the results is not disturbed.
void tell_nothing_found(const Store& store, const SearchFilter& filter, const std::string& advice) {
  const size_t all = list_documents(store, {}).size(), passed = list_documents(store, filter).size();
  std::cerr << "planscribe: nothing found in " << counted(static_cast<long>(passed), "document");
  if (passed < all) std::cerr << " (" << all - passed << " more do not pass the filters)";
  std::cerr << advice << "\n";
}

bool has_marks(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

ExitCode search_corpus(const SearchOptions& options) {
  const Store store = open_corpus(options.corpus);
  const std::vector<Hit> hits = search(store, options.query, options.filter, options.limit);
  for (const Hit& hit : hits) std::cout << (options.json ? dump(hit_json(hit)) : hit_text(hit)) << "\n";
  if (hits.empty())
    tell_nothing_found(store, options.filter, has_marks(options.query) ? "; typed without marks, words are found under any" : "");
  return ExitCode::ok;
}

ExitCode list_targets(const TargetsOptions& options) {
  const Store store = open_corpus(options.corpus);
  const std::vector<TargetRow> rows = find_targets(store, options.query);
  if (options.csv && !options.json) std::cout << csv_line(names_of(row_json({})), CellGuard::off);
  for (const TargetRow& row : rows) {
    if (options.json) std::cout << dump(row_json(row)) << "\n";
    else if (options.csv) std::cout << csv_line(cells_of(row_json(row)), CellGuard::on);
    else std::cout << row_text(row) << "\n";
  }
  if (rows.empty()) tell_nothing_found(store, {.body = options.query.body, .year = options.query.year}, "; fewer or shorter conditions find more");
  if (static_cast<int>(rows.size()) == options.query.limit)
    std::cerr << "planscribe: these are the first " << rows.size() << "; --limit shows more\n";
  return ExitCode::ok;
}

ExitCode show_duplicates(const DuplicatesOptions& options) {
  const Store store = open_corpus(options.corpus);
  const std::string path = options.document.empty() ? "" : find_path(store, options.document);
  const std::vector<Duplicate> pairs = list_duplicates(store, path);
  if (pairs.empty()) std::cerr << "planscribe: no duplicates\n";
  for (const Duplicate& pair : pairs) {
    if (options.json)
      std::cout << dump({{"path", pair.path}, {"other", pair.other}, {"same_bytes", pair.same_bytes}, {"similarity", pair.similarity}});
    else
      std::cout << (pair.same_bytes ? "same file" : fmt::format("{:.0f} % alike", pair.similarity * 100)) << "\t" << printable(pair.path) << "\t"
                << printable(pair.other);
    std::cout << "\n";
  }
  return ExitCode::ok;
}

}  // namespace planscribe

#include "corpus/row_anchor.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <vector>

namespace planscribe {
namespace {

using nlohmann::json;
using Node = nlohmann::ordered_json;

constexpr char kMark[] = "@origin";

// What tells the rows of a list apart, when their evidence does not.
const std::vector<std::string>& identity_of(const std::string& list) {
  static const std::map<std::string, std::vector<std::string>> identities = {
      {"targets", {"value", "indicator"}}, {"references", {"number", "type"}}, {"rounds", {"label"}},
      {"occasions", {"name"}},             {"recipients", {"value"}}};
  return identities.at(list);
}

Node trimmed(Node row) {
  row.erase("occasions");
  const Node evidence = row.at("evidence");
  row["evidence"] = {{"text", evidence.at("text")}, {"raw", evidence.at("raw")},
                     {"page", evidence.at("page")}, {"line", evidence.at("line")}};
  return row;
}

void mark_list(Node& list) {
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i].contains("occasions")) mark_list(list[i]["occasions"]);
    list[i][kMark] = {{"index", i}, {"row", trimmed(list[i])}};
  }
}

// How surely two rows are the same; 0: they are not.
int likeness(const std::string& list, const json& a, const json& b) {
  const json &x = a.at("evidence"), &y = b.at("evidence");
  const bool same_words = x.at("page") == y.at("page") && (x.at("text") == y.at("text") || x.at("raw") == y.at("raw"));
  const auto& identity = identity_of(list);
  const auto equal = std::count_if(identity.begin(), identity.end(),
                                   [&](const std::string& key) { return a.value(key, json()) == b.value(key, json()); });
  const bool all = equal == static_cast<long>(identity.size());
  if (same_words) return all || equal > 0 || identity.size() == 1 ? 10 + static_cast<int>(equal) : 0;
  return all ? 1 + (x.at("page") == y.at("page")) : 0;
}

}  // namespace

void mark_rows(Node& record) {
  for (const char* list : {"references", "rounds", "targets"}) mark_list(record.at(list));
  mark_list(record.at("document").at("recipients"));
}

void mark_added(Node& row, std::int64_t correction) { row[kMark] = {{"added", correction}}; }

Node without_marks(const Node& node) {
  if (!node.is_structured()) return node;
  Node clean = node;
  if (clean.is_object()) clean.erase(kMark);
  for (auto& item : clean) item = without_marks(item);
  return clean;
}

const Node& origin_of(const Node& row) { return row.at(kMark); }

std::optional<size_t> find_row(const Node& list, const std::string& name, const json& anchor) {
  std::optional<size_t> best;
  int best_likeness = 0;
  long best_distance = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    const json origin = origin_of(list[i]);
    if (anchor.contains("added") || origin.contains("added")) {
      if (origin == anchor) return i;
      continue;
    }
    const int like = likeness(name, anchor.at("row"), origin.at("row"));
    const long distance = std::abs(anchor.at("index").get<long>() - origin.at("index").get<long>());
    if (like == 0 || like < best_likeness || (like == best_likeness && distance >= best_distance)) continue;
    best = i;
    best_likeness = like;
    best_distance = distance;
  }
  return best;
}

bool has_equal_row(const Node& list, const std::string& name, const json& row) {
  return std::any_of(list.begin(), list.end(), [&](const Node& other) {
    if (origin_of(other).contains("added")) return false;
    const auto& identity = identity_of(name);
    return std::all_of(identity.begin(), identity.end(),
                       [&](const std::string& key) { return json(other.at(key)) == row.at(key); }) &&
           (!row.contains("unit") || json(other.at("unit")) == row.at("unit"));
  });
}

}  // namespace planscribe

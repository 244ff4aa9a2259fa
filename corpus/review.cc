#include "corpus/review.h"

#include <algorithm>

#include "corpus/field_path.h"
#include "corpus/filter.h"
#include "corpus/sqlite.h"

namespace planscribe {
namespace {

using Json = nlohmann::ordered_json;

// The object that holds the value and its evidence.
const Json* find_holder(const Json& record, const FieldPath& field) {
  const Json* node = &record;
  for (const FieldStep& step : field) {
    if (!node->is_object() || !node->contains(step.name)) return nullptr;
    node = &node->at(step.name);
    if (!step.index) continue;
    if (*step.index >= node->size()) return nullptr;
    node = &node->at(*step.index);
  }
  return node->is_object() && node->contains("evidence") ? node : nullptr;
}

Json value_of(const Json& holder) {
  if (holder.contains("value") && holder.size() == 2) return holder.at("value");
  Json row = holder;
  for (const char* apart : {"evidence", "occasions"}) row.erase(apart);
  return row;
}

ReviewItem item_of(const std::string& path, const std::string& field, const Json& holder) {
  const Json& evidence = holder.at("evidence");
  ReviewItem item{path, field, value_of(holder), evidence.at("confidence"), evidence.at("text"), evidence.at("raw"),
                  evidence.at("page"), evidence.at("line"), {}, "", 0};
  for (const Json& box : evidence.at("boxes")) item.boxes.push_back({box.at(0), box.at(1), box.at(2), box.at(3)});
  return item;
}

void add_page(const Database& database, ReviewItem& item) {
  Statement row(database, R"(
    SELECT d.sha256, p.rotation FROM documents d LEFT JOIN pages p ON p.document_id = d.id AND p.number = ?
    WHERE d.path = ?)");
  row.bind(item.page).bind(item.path);
  if (!row.step()) return;
  item.sha256 = row.text(0);
  item.rotation = static_cast<int>(row.integer(1));
}

}  // namespace

std::vector<ReviewItem> list_review(const Store& store, const SearchFilter& filter, size_t limit) {
  const FilterSql conditions(filter);
  Statement rows(store.database(), R"(
    SELECT d.path, coalesce(j.corrected, j.machine) AS record
    FROM documents d JOIN records r ON r.document_id = d.id JOIN record_json j ON j.document_id = d.id
    WHERE d.status = 'done' AND json_array_length(record, '$.quality.needs_review') > 0)" +
                                       conditions.sql() + " ORDER BY d.path");
  conditions.bind(rows);
  const auto surer = [](const ReviewItem& a, const ReviewItem& b) { return a.confidence < b.confidence; };
  std::vector<ReviewItem> items;
  while (rows.step()) {
    const std::string path = rows.text(0);
    const Json record = Json::parse(rows.text(1));
    for (const Json& entry : record.at("quality").at("needs_review")) {
      const std::string field = entry;
      if (const Json* holder = find_holder(record, parse_field_path(field))) items.push_back(item_of(path, field, *holder));
    }
    if (items.size() < 2 * limit + 1000) continue;  // what can be among the first is kept
    std::stable_sort(items.begin(), items.end(), surer);
    items.resize(limit);
  }
  std::stable_sort(items.begin(), items.end(), surer);
  if (items.size() > limit) items.resize(limit);
  for (ReviewItem& item : items) add_page(store.database(), item);
  return items;
}

}  // namespace planscribe

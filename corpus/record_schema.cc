#include "corpus/record_schema.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <regex>

#include "models/unicode.h"
#include "pipeline/error.h"
#include "rules/value.h"

namespace planscribe {

extern const char* const kRecordSchemaJson;  // made by embed.cmake

namespace {

using nlohmann::json;

constexpr size_t kLongestPattern = 64;  // of text that is checked with a pattern: dates

const json& schema() {
  static const json parsed = json::parse(kRecordSchemaJson);
  return parsed;
}

[[noreturn]] void fail(const FieldPath& path, const std::string& problem) {
  throw Error(ExitCode::bad_arguments, to_text(path) + ": " + problem);
}

// The node behind $ref, with "or null" taken off.
FieldType resolve(const json& node, bool nullable = false) {
  if (const auto ref = node.find("$ref"); ref != node.end())
    return resolve(schema().at(json::json_pointer(ref->get<std::string>().substr(1))), nullable);
  if (const auto either = node.find("oneOf"); either != node.end()) return resolve(either->at(1), true);
  if (const auto type = node.find("type"); type != node.end() && type->is_array()) nullable = true;
  if (const auto values = node.find("enum"); values != node.end())
    for (const json& value : *values) nullable |= value.is_null();
  return {FieldKind::part, &node, nullable};
}

bool has_evidence(const json& node) {
  return node.contains("properties") && node.at("properties").contains("evidence");
}
bool is_field(const json& node) { return has_evidence(node) && node.at("properties").contains("value") && node.at("properties").size() == 2; }

std::string names_in(const json& properties) {
  std::string names;
  for (const auto& [name, node] : properties.items())
    if (name != "evidence") names += (names.empty() ? "" : ", ") + name;
  return names;
}

bool closed_to_people(const FieldPath& path) {
  const std::string& first = path[0].name;
  return first == "schema" || first == "source" || first == "quality" || first == "made_by";
}

// The type of text-like nodes: the one that is not null.
std::string type_name(const json& node) {
  const json type = node.value("type", json("string"));  // an enum without a type holds text
  if (type.is_string()) return type;
  for (const json& one : type)
    if (one != "null") return one;
  return "null";
}

void check_text(const FieldPath& path, const json& node, const std::string& text) {
  if (text.empty()) fail(path, "is empty; use null where the paper says nothing");
  if (const auto values = node.find("enum"); values != node.end()) {
    if (std::find(values->begin(), values->end(), json(text)) == values->end())
      fail(path, "'" + text + "' is none of " + values->dump());
  }
  const auto pattern = node.find("pattern");
  if (pattern == node.end()) return;
  const bool matches = text.size() <= kLongestPattern && std::regex_search(text, std::regex(pattern->get<std::string>()));
  if (!matches) fail(path, "'" + text + "' is no date; write 2024-03-07, 2024-03 or 2024");
  const int year = std::atoi(text.c_str()), month = text.size() >= 7 ? std::atoi(&text[5]) : 1;
  const int day = text.size() >= 10 ? std::atoi(&text[8]) : 1;
  if (!is_calendar_day(year, month, day)) fail(path, "'" + text + "' is not in the calendar");
}

void check_node(const FieldPath& path, const json& node, bool nullable, const json& value);

void check_object(const FieldPath& path, const json& node, const json& value) {
  const json& properties = node.at("properties");
  for (const auto& [name, item] : value.items())
    if (!properties.contains(name)) fail(path, "has no '" + name + "'; it has " + names_in(properties));
  for (const auto& [name, property] : properties.items()) {
    FieldPath inner = path;
    inner.push_back({name, {}, false});
    const FieldType type = resolve(property);
    if (value.contains(name)) check_node(inner, *type.node, type.nullable, value.at(name));
    else if (!type.nullable) fail(inner, "is missing");
  }
}

void check_node(const FieldPath& path, const json& node, bool nullable, const json& value) {
  if (value.is_null()) {
    if (!nullable) fail(path, "cannot be null; remove the row instead: give null for the row itself");
    return;
  }
  const std::string type = type_name(node);
  if (type == "string") {
    if (!value.is_string()) fail(path, value.dump() + " is not text");
    check_text(path, node, value.get<std::string>());
  } else if (type == "integer") {
    if (!value.is_number_integer()) fail(path, value.dump() + " is not a whole number");
  } else if (type == "number") {
    if (!value.is_number()) fail(path, value.dump() + " is not a number");
  } else if (type == "object") {
    if (!value.is_object()) fail(path, value.dump() + " is not an object like {\"" + node.at("required").at(0).get<std::string>() + "\": ...}");
    check_object(path, node, value);
  } else {
    fail(path, "is a list; correct its rows one by one: " + to_text(path) + "[0]");
  }
}

json default_value(const FieldPath& path, const std::string& name, const FieldType& type) {
  if (type.nullable) return nullptr;
  if (name == "comparator") return "=";
  if (type_name(*type.node) == "array") return json::array();
  fail(path, "a new row needs '" + name + "'");
}

}  // namespace

FieldType find_field(const FieldPath& path) {
  if (closed_to_people(path)) fail(path, "is not read from the paper and cannot be corrected");
  FieldType type{FieldKind::part, &schema(), false};
  for (const FieldStep& step : path) {
    if (type.kind == FieldKind::field && type.node->contains("properties")) type.kind = FieldKind::part;
    const json properties = type.node->value("properties", json::object());
    if (step.name == "evidence" || !properties.contains(step.name))
      fail(path, "there is no '" + step.name + "'" + (properties.empty() ? "" : "; known are: " + names_in(properties)));
    type = resolve(type.node->at("properties").at(step.name));
    const bool list = type_name(*type.node) == "array";
    if (list != (step.index || step.append))
      fail(path, list ? "'" + step.name + "' is a list; name a row: " + step.name + "[0], or [+] for a new one"
                      : "'" + step.name + "' is no list");
    if (list) {
      type = resolve(type.node->at("items"));
      type.kind = FieldKind::row;
      type.nullable = true;
    } else if (is_field(*type.node)) {
      const FieldType value = resolve(type.node->at("properties").at("value"));
      type = {FieldKind::field, value.node, true};
    }
  }
  if (type.kind == FieldKind::part && type.node->contains("properties") &&
      std::any_of(type.node->at("properties").begin(), type.node->at("properties").end(),
                  [](const json& node) { return is_field(*resolve(node).node); }))
    fail(path, "holds several fields; name one of " + names_in(type.node->at("properties")));
  return type;
}

json parse_typed(const FieldPath& path, const FieldType& type, const std::string& text) {
  if (text == "null") return nullptr;
  const bool text_row = type.kind == FieldKind::row && is_field(*type.node);
  const std::string name = text_row ? "string" : type_name(*type.node);
  if (name == "string") return to_nfc(replace_invalid_utf8(text));
  json value = json::parse(text, nullptr, false);
  if (name == "number" || name == "integer") {
    if (!value.is_number())
      fail(path, "'" + text + "' is not a number; write a dot before decimals and no dots for thousands: 1571.822");
    return value;
  }
  if (value.is_discarded()) fail(path, "'" + text + "' is not JSON; write {\"key\": value, ...} or null");
  return value;
}

void check_value(const FieldPath& path, const FieldType& type, const json& value) {
  if (type.kind == FieldKind::row) {
    if (!value.is_null()) make_row(path, type, value);
    else if (path.back().append) fail(path, "a new row cannot be null");
    return;
  }
  check_node(path, *type.node, type.nullable, value);
}

json evidence_of_person() {
  return {{"rule", "correction"}, {"text", ""}, {"raw", ""}, {"page", 0}, {"line", 0}, {"boxes", json::array()}, {"confidence", 1}};
}

json make_row(const FieldPath& path, const FieldType& type, const json& given) {
  json row, evidence = evidence_of_person();
  const json& properties = type.node->at("properties");
  const json source = is_field(*type.node) && !given.is_object() ? json{{"value", given}} : given;
  if (!source.is_object()) fail(path, given.dump() + " is not an object; known keys are: " + names_in(properties));
  for (const auto& [name, value] : source.items()) {
    if (name == "page" || name == "line") {
      if (!value.is_number_integer() || value < 1) fail(path, "'" + name + "' is not a number counted from 1");
      evidence[name] = value;
    } else if (name == "evidence" || !properties.contains(name)) {
      fail(path, "there is no '" + name + "'; known are: " + names_in(properties) + ", page, line");
    }
  }
  for (const auto& [name, node] : properties.items()) {
    if (name == "evidence") continue;
    const FieldType item = resolve(node);
    FieldPath inner = path;
    inner.push_back({name, {}, false});
    if (!source.contains(name)) {
      row[name] = default_value(path, name, item);
      continue;
    }
    if (type_name(*item.node) == "array") fail(inner, "is added row by row");
    check_node(inner, *item.node, item.nullable, source.at(name));
    row[name] = source.at(name);
  }
  row["evidence"] = evidence;
  return row;
}

}  // namespace planscribe

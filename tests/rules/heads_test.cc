// Heads and signatures of many kinds of bodies: heads.json holds short plans and the fields a reader finds in them.
#include <fstream>

#include <nlohmann/json.hpp>

#include "catch.h"
#include "rules/extract.h"
#include "rules/record_json.h"

using namespace planscribe;
using nlohmann::json;

namespace {

json value_of(const json& field) { return field.is_object() && field.contains("value") ? field["value"] : field; }

// The fields that an example names, of what was read.
json fields_of(const json& document, const json& wanted) {
  json out = json::object();
  for (const auto& [key, value] : wanted.items()) {
    if (key == "signer") {
      for (const auto& [part, text] : value.items()) out[key][part] = value_of(document.at(key).at(part));
    } else {
      out[key] = value_of(document.at(key));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("heads and signatures of many kinds of bodies") {
  const RuleSet rules = read_rules({SOURCE_DIR "/rules"});
  std::ifstream in(SOURCE_DIR "/tests/rules/heads.json");
  const json examples = json::parse(in);
  CHECK(examples.size() >= 12);
  for (const json& example : examples) {
    std::vector<SourceLine> lines;
    for (const std::string text : example.at("text")) {
      lines.emplace_back().text = text;
      lines.back().number = static_cast<int>(lines.size());
    }
    const json got = to_json(extract(lines, rules));
    INFO(example["text"][0]);
    CHECK(fields_of(got["document"], example["document"]).dump() == example["document"].dump());
  }
}

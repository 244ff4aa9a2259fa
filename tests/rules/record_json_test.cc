#include "rules/record_json.h"

#include <fstream>

#include "catch.h"

using namespace planscribe;

TEST_CASE("an empty record has every key of the contract, null where nothing is known") {
  const auto json = to_json(Record{});
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  CHECK(keys == std::vector<std::string>{"schema", "source", "document", "references", "rounds", "targets", "quality", "made_by"});
  CHECK(json["schema"] == "planscribe/record/1");
  CHECK(json["document"]["number"].is_null());
  CHECK(json["document"]["signer"]["name"].is_null());
  CHECK(json["quality"]["ocr_confidence"].is_null());
  CHECK(json["targets"].is_array());
}

TEST_CASE("numbers are written as printed, evidence in full") {
  Record record;
  Target target;
  target.indicator = "Tỷ lệ hộ nghèo";
  target.value = 0.08;
  target.unit = "%";
  target.amount = Amount{428000000, "đồng"};
  target.evidence.rule = "targets.percentage";
  target.evidence.boxes = {{1, 2, 3, 4}};
  target.evidence.confidence = 0.91;
  record.targets.push_back(target);
  const std::string line = to_json_line(record);
  CHECK(line.find("\"value\":0.08,") != std::string::npos);
  CHECK(line.find("{\"value\":428000000,\"unit\":\"đồng\"}") != std::string::npos);
  CHECK(line.find("\"boxes\":[[1,2,3,4]],\"confidence\":0.91") != std::string::npos);
  CHECK(line.find('\n') == std::string::npos);
}

TEST_CASE("the schema names the same keys as the writer") {
  std::ifstream in(SOURCE_DIR "/rules/record.schema.json");
  const auto schema = nlohmann::json::parse(in);
  const auto json = to_json(Record{});
  CHECK(schema["additionalProperties"] == false);
  for (const auto& [key, value] : json.items()) CHECK(schema["properties"].contains(key));
  for (const auto& [key, value] : json["document"].items()) {
    CHECK(schema["properties"]["document"]["properties"].contains(key));
  }
}

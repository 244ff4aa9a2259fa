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

namespace {

json tail_of(float confidence) {
  static const RuleSet rules = read_rules({SOURCE_DIR "/rules"});
  const char* texts[] = {"UBND XÃ CỐC LẦU", "", "KẾ HOẠCH", "Phát động thi đua năm 2023", "", "Phát động thi đua với chủ đề “Rö việc, rö người”:",
                         "- Trồng 20 ha rừng.", "- Làm 2 km đường.", "- Mở 3 lớp học./.", "", "Nơi nhận:", "- TT Đăng ủv, HDND xã;", "- Hợp đồng, NELĐ, KTNN, BCHQS;",
                         "- Thanh niên, CHQS;", "- Hội CC.B, CCB xã;", "- Lưu: VT.", "", "~ PHÓ CHỦ TỊCH", "`-_ Nguyen Văn Páo"};
  std::vector<SourceLine> lines;
  for (const char* text : texts) {
    lines.emplace_back().text = text;
    lines.back().confidence = confidence;
  }
  const json document = to_json(extract(lines, rules))["document"];
  json out = {{"theme", value_of(document["theme"])}, {"name", value_of(document["signer"]["name"])}, {"position", document["signer"]["position"]["evidence"]["confidence"]}};
  for (const json& item : document["recipients"]) out["recipients"].push_back(value_of(item));
  return out;
}

}  // namespace

TEST_CASE("known bodies and family names are told from misread ones, and typed text stands") {
  const json read = tail_of(0.95f), typed = tail_of(1);
  CHECK(read["recipients"] == json({"TT Đảng ủy, HĐND xã", "Hợp đồng, NLĐ, KTNN, BCHQS", "Thanh niên, CHQS", "Hội CCB, CCB xã", "Lưu: VT"}));
  CHECK(typed["recipients"] == json({"TT Đăng ủv, HDND xã", "Hợp đồng, NELĐ, KTNN, BCHQS", "Thanh niên, CHQS", "Hội CC.B, CCB xã", "Lưu: VT"}));
  CHECK(read["name"] == "Nguyễn Văn Páo");
  CHECK(typed["name"] == "Nguyen Văn Páo");
  CHECK(read["theme"] == "Rõ việc, rõ người");
  CHECK(typed["theme"] == "Rö việc, rö người");
  CHECK(read["position"] < 0.6);
  CHECK(typed["position"] > 0.9);
}

TEST_CASE("a name in a damaged head is told as the body of the text writes it") {
  const RuleSet rules = read_rules({SOURCE_DIR "/rules"});
  std::vector<SourceLine> lines;
  for (const char* text : {"ỦY BAN NHÂN DÂN XÃ", "TÀ RỤT", "", "KẾ HOẠCH", "Thi đua năm 2023", "", "I. CHỈ TIÊU", "- Hộ nghèo của xã Tà Rụt còn 9%.", "- Xã Tà Rụt trồng 5 ha chè."}) {
    lines.emplace_back().text = text;
  }
  lines[1].text = "TẢ RỰT";
  CHECK(extract(lines, rules).document.issuing_body->value == "Ủy ban nhân dân xã Tả Rựt");
  const double typed = extract(lines, rules).document.issuing_body->evidence.confidence;
  for (auto& line : lines) line.confidence = 0.9f;
  const auto read = extract(lines, rules).document.issuing_body;
  CHECK(read->value == "Ủy ban nhân dân xã Tà Rụt");
  CHECK(read->evidence.confidence < typed);
  lines.back().text = "- Trồng 5 ha chè.";  // said once only: that may be what is misread
  CHECK(extract(lines, rules).document.issuing_body->value == "Ủy ban nhân dân xã Tả Rựt");
  lines.back().text = "- Trồng 5 ha chè ở xã Tá Rút.";  // the body does not agree with itself
  CHECK(extract(lines, rules).document.issuing_body->value == "Ủy ban nhân dân xã Tả Rựt");
}

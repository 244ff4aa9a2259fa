// Rounds and occasions in many wordings: rounds.json holds parts of plans of 2024 and what a reader finds in them.
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "catch.h"
#include "rules/extract.h"

using namespace planscribe;
using nlohmann::json;

namespace {

std::vector<SourceLine> plan_with(const json& example) {
  std::vector<SourceLine> lines;
  const auto add = [&](const std::string& text) {
    lines.emplace_back().text = text;
    lines.back().number = static_cast<int>(lines.size());
  };
  add("UBND HUYỆN A LƯỚI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
  add("Số: 15/KH-UBND          A Lưới, ngày " + example.value("issued", "05 tháng 01 năm 2024"));
  add("");
  add("KẾ HOẠCH");
  add(example.value("title", "Phát động phong trào thi đua năm 2024"));
  add("");
  add("Ủy ban nhân dân huyện phát động thi đua như sau:");
  for (const std::string text : example.at("text")) add(text);
  return lines;
}

json value(const std::optional<std::string>& text) { return text ? json(*text) : json(); }

json rounds_of(const Record& record) {
  json out = json::array();
  for (const auto& round : record.rounds) {
    json occasions = json::array();
    for (const auto& o : round.occasions) {
      occasions.push_back({o.name, o.anniversary ? json(*o.anniversary) : json(), value(o.from), value(o.to)});
    }
    out.push_back({round.label, value(round.from), value(round.to), occasions});
  }
  return out;
}

}  // namespace

TEST_CASE("rounds and occasions in many wordings") {
  const RuleSet rules = read_rules({SOURCE_DIR "/rules"});
  std::ifstream in(SOURCE_DIR "/tests/rules/rounds.json");
  const json examples = json::parse(in);
  CHECK(examples.size() >= 40);
  for (const json& example : examples) {
    INFO(example["text"].dump());
    CHECK(rounds_of(extract(plan_with(example), rules)).dump() == example["rounds"].dump());
  }
}

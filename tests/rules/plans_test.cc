// Plans of many kinds (districts, schools, hospitals, police, tax, unions; tables, run-on sentences): each plans/NAME.txt
// against plans/NAME.json, which was written from the text before the program had read it. All places are invented.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "catch.h"
#include "models/unicode.h"
#include "rules/extract.h"
#include "rules/record_json.h"

using namespace planscribe;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string kPlans = SOURCE_DIR "/tests/rules/plans";
constexpr double kSameWords = 0.5;  // share of common words at which two indicators name the same thing

std::vector<SourceLine> lines_of(const fs::path& path) {
  std::ifstream in(path);
  std::vector<SourceLine> lines;
  for (std::string text; std::getline(in, text);) {
    SourceLine& line = lines.emplace_back();
    line.text = text;
    line.number = static_cast<int>(lines.size());
  }
  return lines;
}

std::multiset<std::string> words_of(const std::string& text) {
  std::string plain;
  for (char c : fold(text)) plain += std::ispunct(static_cast<unsigned char>(c)) ? ' ' : c;
  std::istringstream in(plain);
  std::multiset<std::string> words;
  for (std::string word; in >> word;) words.insert(word);
  return words;
}

double common_share(const std::string& a, const std::string& b) {
  const auto left = words_of(a), right = words_of(b);
  std::vector<std::string> both;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(both));
  return left.empty() ? 0 : 2.0 * both.size() / (left.size() + right.size());
}

bool same_target(const json& want, const json& got) {
  for (const char* key : {"value", "value_max", "of", "comparator", "direction", "per"}) {
    if (want.value(key, json()) != got.at(key)) return false;
  }
  if (want.contains("due") && !want["due"].is_null() && want["due"] != got.at("due")) return false;
  return to_lower(want.at("unit").get<std::string>()) == to_lower(got.at("unit").get<std::string>()) &&
         common_share(want.at("indicator"), got.at("indicator")) >= kSameWords;
}

// What differs, one line each; targets with "core": false may be there or not.
std::string compare_targets(const json& want, json got) {
  std::string out;
  for (bool core : {true, false}) {
    for (const json& target : want) {
      if (target.value("core", true) != core) continue;
      const auto found = std::find_if(got.begin(), got.end(), [&](const json& g) { return same_target(target, g); });
      if (found != got.end()) got.erase(found);
      else if (core) out += "missed " + target.dump() + "\n";
    }
  }
  for (json& target : got) {
    target.erase("evidence");
    out += "extra " + target.dump() + "\n";
  }
  return out;
}

json value_of(const json& field) { return field.is_object() && field.contains("value") ? field["value"] : field; }

std::string compare_document(const json& want, const json& got) {
  std::string out;
  for (const auto& [key, value] : want.items()) {
    json found = value_of(got.at(key));
    if (key == "signer") {
      found = json::object();
      for (const char* part : {"authority", "position", "name"}) found[part] = value_of(got[key][part]);
    }
    if (key == "recipients") {
      found = json::array();
      for (const json& item : got[key]) found.push_back(item["value"]);
    }
    if (found != value) out += key + ": expected " + value.dump() + ", got " + found.dump() + "\n";
  }
  return out;
}

std::string compare_rows(const char* what, const json& want, const json& got, std::vector<const char*> keys) {
  const auto cut = [&](const json& rows) {
    json out = json::array();
    for (const json& row : rows) {
      json& item = out.emplace_back();
      for (const char* key : keys) item[key] = row.value(key, json());
    }
    return out;
  };
  const json expected = cut(want), found = cut(got);
  return expected == found ? "" : std::string(what) + ": expected " + expected.dump() + ", got " + found.dump() + "\n";
}

}  // namespace

TEST_CASE("plans of many kinds give the records that a reader wrote down") {
  const RuleSet rules = read_rules({SOURCE_DIR "/rules"});
  int plans = 0;
  for (const auto& entry : fs::directory_iterator(kPlans)) {
    if (entry.path().extension() != ".txt") continue;
    ++plans;
    INFO(entry.path().filename().string());
    std::ifstream in(fs::path(entry.path()).replace_extension(".json"));
    const json want = json::parse(in), got = to_json(extract(lines_of(entry.path()), rules));
    CHECK(compare_document(want["document"], got["document"]) == "");
    CHECK(compare_rows("references", want["references"], got["references"], {"type", "number", "date"}) == "");
    CHECK(compare_rows("rounds", want["rounds"], got["rounds"], {"label", "from", "to"}) == "");
    CHECK(compare_targets(want["targets"], got["targets"]) == "");
  }
  CHECK(plans >= 10);
}

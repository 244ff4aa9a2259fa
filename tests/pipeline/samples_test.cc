// The sample plans from scan to record: valid records, evidence that leads back to the words, targets as in the gold.
// Built twice: with all of them, and with two (PLANSCRIBE_QUICK_SAMPLES) for the quick set.
#include <filesystem>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "catch.h"
#include "corpus/sqlite.h"
#include "program.h"

using namespace planscribe;
using nlohmann::json;

namespace {

const std::string kSamples = SOURCE_DIR "/corpus/samples";

#ifdef PLANSCRIBE_QUICK_SAMPLES  // one plan: as a scan of the worse kind, and as a text without marks
const std::vector<std::string> kInputs = {kSamples + "/plans/lien_hiep_hoi_2019.copy.pdf", kSamples + "/plans/lien_hiep_hoi_2019.english_ocr.txt"};
constexpr size_t kDocuments = 2;
#else
const std::vector<std::string> kInputs = {kSamples + "/plans"};
constexpr size_t kDocuments = 5;
#endif

Outcome run_samples(const std::string& output, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments = {"run", "-o", output};
  arguments.insert(arguments.end(), kInputs.begin(), kInputs.end());
  arguments.insert(arguments.end(), more.begin(), more.end());
  return planscribe::planscribe(arguments);
}

const std::string& output() {
  static const TestFolder folder;
  static const Outcome outcome = run_samples(folder.path());
  static const std::string path = folder.path();
  REQUIRE(outcome.exit_code == 0);
  return path;
}

struct PageWord {
  std::string raw;
  int left, top, right, bottom;
};

std::vector<PageWord> words_of(const Database& database, const std::string& path, int page) {
  Statement query(database,
                  "SELECT w.raw, w.box_left, w.box_top, w.box_right, w.box_bottom FROM words w JOIN pages p ON p.id = w.page_id "
                  "JOIN documents d ON d.id = p.document_id WHERE d.path = ?1 AND p.number = ?2 ORDER BY w.line, w.position");
  query.bind(path).bind(page);
  std::vector<PageWord> words;
  while (query.step())
    words.push_back({query.text(0), static_cast<int>(query.integer(1)), static_cast<int>(query.integer(2)),
                     static_cast<int>(query.integer(3)), static_cast<int>(query.integer(4))});
  return words;
}

// Every raw word of the evidence stands on the evidence's page (or the next, for text over a page break), inside one of
// its boxes where it has boxes.
void check_evidence(const Database& database, const std::string& path, const json& evidence) {
  INFO(path << ": " << evidence.dump());
  CHECK_FALSE(evidence.at("rule").get<std::string>().empty());
  CHECK_FALSE(evidence.at("raw").get<std::string>().empty());
  const double confidence = evidence.at("confidence");
  CHECK((confidence > 0 && confidence <= 1));
  std::vector<PageWord> words = words_of(database, path, evidence.at("page"));
  const auto next = words_of(database, path, evidence.at("page").get<int>() + 1);
  words.insert(words.end(), next.begin(), next.end());
  std::istringstream raw(evidence.at("raw").get<std::string>());
  for (std::string token; raw >> token;) {
    bool found = false;
    for (const PageWord& word : words) {
      if (word.raw != token) continue;
      found |= evidence.at("boxes").empty();
      for (const json& box : evidence.at("boxes"))
        found |= word.left >= box[0] && word.top >= box[1] && word.right <= box[2] && word.bottom <= box[3];
    }
    CHECK(found);
  }
}

void walk(const Database& database, const std::string& path, const json& value) {
  if (value.is_object() && value.contains("evidence")) check_evidence(database, path, value["evidence"]);
  if (value.is_structured())
    for (const json& item : value) walk(database, path, item);
}

// Share of the gold's targets that the record has too, by number and unit.
double recall(const json& gold, const json& record) {
  const auto key = [](const json& t) { return std::pair(t["value"].get<double>(), t["unit"].get<std::string>()); };
  std::multiset<std::pair<double, std::string>> found;
  for (const json& t : record["targets"]) found.insert(key(t));
  int all = 0, hit = 0;
  for (const json& t : gold["targets"]) {
    ++all;
    if (const auto it = found.find(key(t)); it != found.end()) {
      ++hit;
      found.erase(it);
    }
  }
  return all ? static_cast<double>(hit) / all : 1;
}

// Measured on 2026-11-21: 1, 1, 0.875, 1, 1. A guard against getting worse: the rules were mended with these plans.
const std::map<std::string, double> kRecallFloors = {{"cau_da_2024.office", 1.0}, {"lien_hiep_hoi_2019.copy", 1.0},
                                                     {"lien_hiep_hoi_2019.english_ocr", 0.87}, {"nam_lai_2022.photo", 1.0},
                                                     {"tan_phu_giang_2025.low", 1.0}};

}  // namespace

TEST_CASE("every value of every record leads back to its words") {
  const Database database(output() + "/corpus.db", Database::Mode::read);
  const auto records = records_of(output());
  CHECK(records.size() == kDocuments);
  for (const auto& [path, line] : records) walk(database, path, json::parse(line));
}

TEST_CASE("records have the shape of the schema") {
  const std::string command = "python3 " SOURCE_DIR "/tests/pipeline/validate_records.py " SOURCE_DIR "/rules/record.schema.json " +
                              output() + "/records.jsonl";
  CHECK(system(command.c_str()) == 0);
}

TEST_CASE("numbers, dates and targets of the scanned samples are as in the gold") {
  for (const auto& [path, line] : records_of(output())) {
    const std::string name = std::filesystem::path(path).stem().string();
    const json gold = json::parse(read_file(kSamples + "/gold/" + name + ".gold.json")), record = json::parse(line);
    INFO(name);
    CHECK(recall(gold, record) >= kRecallFloors.at(name));
    if (name.ends_with("english_ocr")) continue;  // its head is damaged beyond repair
    const auto value = [&](const char* field) { return record["document"][field].is_null() ? json() : record["document"][field]["value"]; };
    CHECK(value("number") == gold["document"]["number"]);
    CHECK(value("issue_date") == gold["document"]["issue_date"]);
  }
}

TEST_CASE("text comes out page by page, and a second run reads nothing") {
  for (const auto& [path, line] : records_of(output())) {
    const std::string text = read_file(output() + "/text/" + std::filesystem::path(path).stem().string() + ".txt");
    INFO(path);
    CHECK(std::count(text.begin(), text.end(), '\f') + 1 == json::parse(line)["source"]["pages"].get<int>());
  }
  const auto before = records_of(output());
  const Outcome again = run_samples(output(), {"--log-format", "json"});
  CHECK(again.err.find("\"pages_read\":0") != std::string::npos);
  CHECK(records_of(output()) == before);
}

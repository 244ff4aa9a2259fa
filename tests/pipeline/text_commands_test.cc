// restore, extract, search, targets, doctor through the front door.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "catch.h"
#include "program.h"

using namespace planscribe;

TEST_CASE("restore keeps the lines") {
  for (const std::string text : {"Ke hoach\n\n  thi dua nam 2024\r\nkhong co dong cuoi", "", "\n\n\n", "x", "\t\x01\x02 la\n"}) {
    const Outcome outcome = planscribe::planscribe({"restore", "-"}, text);
    CHECK(outcome.exit_code == 0);
    CHECK(std::count(outcome.out.begin(), outcome.out.end(), '\n') == std::count(text.begin(), text.end(), '\n'));
    CHECK(outcome.out.empty() == text.empty());
  }
}

TEST_CASE("restore reads long texts block by block and keeps every line") {
  std::string text;
  for (int i = 0; i < 9000; ++i) text += i % 50 == 49 ? "\fCong hoa\r\n" : "thuc hien ke hoach nam 2024\n";
  const Outcome outcome = planscribe::planscribe({"restore", "-"}, text + "het");
  REQUIRE(outcome.exit_code == 0);
  CHECK(std::count(outcome.out.begin(), outcome.out.end(), '\n') == 9000);
  CHECK(outcome.out.ends_with("\r\nhết"));
}

TEST_CASE("restore says where the text is not UTF-8, and goes on when told so") {
  const std::string text = "Kế hoạch \xFF\xFE thi đua\n";
  const Outcome strict = planscribe::planscribe({"restore"}, text);
  CHECK(strict.exit_code == 2);
  CHECK(strict.err.find("not UTF-8 at byte 13") != std::string::npos);
  CHECK(planscribe::planscribe({"restore", "--lossy"}, text).exit_code == 0);
}

TEST_CASE("extract prints one record a file") {
  const std::string text = "II. CHỈ TIÊU THI ĐUA\n- Tỷ lệ hộ nghèo: dưới 2,5%.\n";
  const Outcome outcome = planscribe::planscribe({"extract", "--no-restore"}, text);
  REQUIRE(outcome.exit_code == 0);
  const auto record = nlohmann::json::parse(outcome.out);
  CHECK(record["schema"] == "planscribe/record/1");
  REQUIRE(record["targets"].size() == 1);
  CHECK(record["targets"][0]["value"] == 2.5);
  CHECK(record["targets"][0]["unit"] == "%");
  CHECK(record["targets"][0]["evidence"]["line"] == 2);
}

TEST_CASE("a run's corpus can be searched and its targets listed") {
  const TestFolder folder;
  folder.write("in/a.txt", "KẾ HOẠCH\nPhát động phong trào thi đua năm 2024\n\nI. CHỈ TIÊU THI ĐUA\n- Tỷ lệ hộ nghèo: dưới 2,5%.\n");
  REQUIRE(planscribe::planscribe({"run", folder / "in", "-o", folder / "out"}).exit_code == 0);
  const std::string corpus = folder / "out/corpus.db";
  CHECK(planscribe::planscribe({"search", "thi dua", "--corpus", corpus}).out.find("a.txt#page=1") != std::string::npos);
  CHECK(planscribe::planscribe({"search", "đua thi \"(", "--corpus", corpus}).exit_code == 0);
  const Outcome targets = planscribe::planscribe({"targets", "--unit", "%", "--max", "3", "--json", "--corpus", corpus});
  CHECK(nlohmann::json::parse(targets.out)["value"] == 2.5);
  CHECK(planscribe::planscribe({"search", "x", "--corpus", folder / "none.db"}).exit_code == 5);
}

TEST_CASE("doctor finds nothing missing where the tests run") {
  const Outcome outcome = planscribe::planscribe({"doctor"});
  INFO(outcome.out);
  CHECK(outcome.exit_code == 0);
  CHECK(planscribe::planscribe({"doctor", "-l", "xyz"}).exit_code == 3);
}

TEST_CASE("a person corrects a value, imports a file of corrections, takes one back") {
  const TestFolder folder;
  const std::string text = "KẾ HOẠCH\nPhát động phong trào thi đua năm 2024\n\nI. CHỈ TIÊU THI ĐUA\n- Tỷ lệ hộ nghèo: dưới 2,5%.\n";
  folder.write("in/a.txt", text);
  const std::vector<std::string> run = {"run", folder / "in", "-o", folder / "out"};
  REQUIRE(planscribe::planscribe(run).exit_code == 0);
  const std::string corpus = folder / "out/corpus.db";
  const auto correct = [&](std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), {"correct", "--corpus", corpus, "--who", "lan"});
    return planscribe::planscribe(arguments, input);
  };
  const auto value = [&] {
    return nlohmann::json::parse(planscribe::planscribe({"targets", "--json", "--corpus", corpus}).out).at("value");
  };
  CHECK(correct({"a.txt", "targets[0].value", "2.3"}).exit_code == 0);
  CHECK(value() == 2.3);
  const Outcome list = correct({"--list", "--json"});
  CHECK(nlohmann::json::parse(list.out)["who"] == "lan");
  CHECK(correct({"--import", "-"}, list.out).exit_code == 0);  // known already
  CHECK(nlohmann::json::parse(correct({"--list", "--json"}).out)["id"] == 1);
  const Outcome import = correct({"--import", "-"}, R"({"path": "a.txt", "field": "document.number", "value": "7/KH-UBND", "who": "huệ"}
{"path": "a.txt", "field": "document.nummer", "value": "7"}
no JSON
)");
  CHECK(import.exit_code == 11);
  CHECK(import.err.find("-:2:") != std::string::npos);
  CHECK(import.err.find("-:3:") != std::string::npos);
  CHECK(import.err.find("1 corrections taken over") != std::string::npos);

  // Another run keeps them, even when everything is read again; a changed file is told.
  std::vector<std::string> again = run;
  again.push_back("--force");
  REQUIRE(planscribe::planscribe(again).exit_code == 0);
  CHECK(value() == 2.3);
  CHECK(records_of(folder / "out").begin()->second.find("\"7/KH-UBND\"") != std::string::npos);
  folder.write("in/a.txt", text.substr(0, text.find("2,5")) + "1,5%.\n");
  const Outcome changed = planscribe::planscribe(run);
  CHECK(changed.err.find("correction 1 of targets[0].value") != std::string::npos);
  CHECK(value() == 1.5);
  folder.write("in/a.txt", text);
  REQUIRE(planscribe::planscribe(run).exit_code == 0);
  CHECK(correct({"--undo", "1"}).exit_code == 0);
  CHECK(value() == 2.5);
  CHECK(correct({"--undo", "1"}).exit_code == 1);
  CHECK(correct({"a.txt", "targets[0].value", "2,3"}).exit_code == 1);
  CHECK(correct({"b.txt", "document.number", "1"}).exit_code == 1);
  CHECK(correct({}).exit_code == 1);
  CHECK(planscribe::planscribe({"correct", "a", "b", "c", "--corpus", folder / "none.db"}).exit_code == 5);
}

TEST_CASE("targets as CSV, duplicates are shown with the hits and by themselves") {
  const TestFolder folder;
  std::string text = "KẾ HOẠCH\nPhát động phong trào thi đua năm 2024\n\nI. CHỈ TIÊU THI ĐUA\n- Tỷ lệ hộ nghèo, cận nghèo: dưới 2,5%.\n"
                     "- Thu ngân sách: 428.000.000 đồng.\n";
  folder.write("in/a.txt", text);
  folder.write("in/b.txt", text);
  REQUIRE(planscribe::planscribe({"run", folder / "in", "-o", folder / "out"}).exit_code == 0);
  const std::string corpus = folder / "out/corpus.db";
  CHECK(planscribe::planscribe({"targets", "--corpus", corpus}).out.find("428000000 đồng") != std::string::npos);
  const std::string csv = planscribe::planscribe({"targets", "--csv", "--corpus", corpus}).out;
  CHECK(csv.starts_with("path,page,body,year,indicator,"));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 5);
  CHECK(csv.find(",428000000,") != std::string::npos);
  CHECK(csv.find("\"Tỷ lệ hộ nghèo, cận nghèo") != std::string::npos);
  CHECK(planscribe::planscribe({"search", "thi dua", "--corpus", corpus}).out.find("the same plan: ") != std::string::npos);
  const auto pair = nlohmann::json::parse(planscribe::planscribe({"duplicates", "a.txt", "--json", "--corpus", corpus}).out);
  CHECK(pair["same_bytes"] == true);
}

TEST_CASE("what is doubtful can be listed, confirmed by an import, and is not listed again") {
  const TestFolder folder;
  // A share of 1200 % is never sure.
  folder.write("in/a.txt", "KẾ HOẠCH\nPhát động phong trào thi đua năm 2024\n\nI. CHỈ TIÊU THI ĐUA\n- Tỷ lệ hộ nghèo: 1200%.\n");
  REQUIRE(planscribe::planscribe({"run", folder / "in", "-o", folder / "out"}).exit_code == 0);
  const std::string corpus = folder / "out/corpus.db";
  const Outcome listed = planscribe::planscribe({"review", "--json", "--corpus", corpus});
  REQUIRE(nlohmann::json::parse(listed.out.substr(0, listed.out.find('\n')))["value"]["value"] == 1200);
  CHECK(planscribe::planscribe({"review", "--corpus", corpus}).out.find("read: Tỷ lệ hộ nghèo: 1200%") != std::string::npos);
  REQUIRE(planscribe::planscribe({"review", "--corpus", corpus, "-o", folder / "review.html"}).exit_code == 0);
  CHECK(read_file(folder / "review.html").find("targets[0]") != std::string::npos);
  REQUIRE(planscribe::planscribe({"correct", "--import", "-", "--corpus", corpus}, listed.out).exit_code == 0);
  CHECK(planscribe::planscribe({"review", "--json", "--corpus", corpus}).out.empty());
}

TEST_CASE("an import calls the rows by the numbers they had before it, also when it takes rows out") {
  const TestFolder folder;
  folder.write("in/a.txt", "KẾ HOẠCH\nPhát động phong trào thi đua\n\nI. CHỈ TIÊU THI ĐUA\n- Tỷ lệ hộ nghèo: 1%.\n- Tỷ lệ hộ dùng điện: 98%.\n- Tỷ lệ học sinh đến lớp: 97%.\n");
  REQUIRE(planscribe::planscribe({"run", folder / "in", "-o", folder / "out"}).exit_code == 0);
  const std::string corpus = folder / "out/corpus.db";
  const std::string lines = R"({"path": "a.txt", "field": "targets[0]", "value": null}
{"path": "a.txt", "field": "targets[1]", "value": null}
{"path": "a.txt", "field": "targets[2].value", "value": 96}
)";
  const Outcome imported = planscribe::planscribe({"correct", "--import", "-", "--corpus", corpus}, lines);
  INFO(imported.err);
  REQUIRE(imported.exit_code == 0);
  const Outcome targets = planscribe::planscribe({"targets", "--json", "--corpus", corpus});
  const auto row = nlohmann::json::parse(targets.out);  // one line: one row is left
  CHECK(row["value"] == 96);
  CHECK(row["indicator"] == "Tỷ lệ học sinh đến lớp");
}

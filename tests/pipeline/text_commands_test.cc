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
  CHECK(planscribe::planscribe({"search", "thi dua", "--corpus", folder / "out"}).out.find("a.txt#page=1") != std::string::npos);
  const Outcome none = planscribe::planscribe({"search", "x", "--corpus", folder / "none.db"});
  CHECK(none.exit_code == 5);
  CHECK(none.err.find("none.db: there is no corpus") != std::string::npos);
}

TEST_CASE("a search that finds nothing says in what it looked") {
  const TestFolder folder;
  folder.write("in/a.txt", "KẾ HOẠCH\nPhát động phong trào thi đua năm 2024\n\nI. CHỈ TIÊU THI ĐUA\n- Tỷ lệ hộ nghèo: dưới 2,5%.\n");
  REQUIRE(planscribe::planscribe({"run", folder / "in", "-o", folder / "out"}).exit_code == 0);
  const auto said = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--corpus", folder / "out"});
    const Outcome outcome = planscribe::planscribe(arguments);
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.out.empty());
    return outcome.err;
  };
  CHECK(said({"search", "không gian"}) == "planscribe: nothing found in 1 document; typed without marks, words are found under any\n");
  CHECK(said({"search", "thi dua", "--year", "1999"}) == "planscribe: nothing found in 0 documents (1 more do not pass the filters)\n");
  CHECK(said({"targets", "--min", "99"}).find("nothing found in 1 document") != std::string::npos);
  CHECK(said({"duplicates"}) == "planscribe: no duplicates\n");
}

TEST_CASE("values that an option cannot take are refused with those it can") {
  const auto refused = [](const std::vector<std::string>& arguments) {
    const Outcome outcome = planscribe::planscribe(arguments);
    CHECK(outcome.exit_code == 1);
    return outcome.err;
  };
  CHECK(refused({"export", "--format", "nope"}).find("--format: 'nope' is unknown; use one of alto, csv,") == 0);
  CHECK(refused({"run", "x", "--mode", "nope"}).find("'nope' is unknown; use one of auto, ocr, text") != std::string::npos);
  for (const char* date : {"07/03/2024", "2024-13-01", "2024-02-30", "2024-3-7", "2024-03-07x", ""})
    CHECK(refused({"search", "x", "--from", date}).find("is no date; write it as 2024-03-07") != std::string::npos);
  CHECK(refused({"search", "x", "--limit", "0"}).find("--limit") == 0);
  CHECK(refused({"rules", "test", "--rules", "a", "b"}).find("b") != std::string::npos);  // an option takes one value, files may follow
  CHECK(refused({}).find("Subcommands:") != std::string::npos);
}

TEST_CASE("results that cannot be written are a failure") {
  CHECK(planscribe::planscribe({"restore", "-"}, "ke hoach\n").exit_code == 0);
  const TestFolder folder;
  const std::string err = folder / "err";
  const pid_t pid = start_planscribe({"doctor"}, err, "/dev/full");
  CHECK(wait_for(pid) == 5);
  CHECK(read_file(err).find("standard output: cannot be written") != std::string::npos);
}

TEST_CASE("doctor finds nothing missing where the tests run") {
  const Outcome outcome = planscribe::planscribe({"doctor"});
  INFO(outcome.out);
  CHECK(outcome.exit_code == 0);
  const Outcome missing = planscribe::planscribe({"doctor", "-l", "xyz"});
  CHECK(missing.exit_code == 3);
  CHECK(missing.out.find("MISSING  Tesseract and its language data: ") == 0);
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
  CHECK(import.err.find("1 correction taken over") != std::string::npos);

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
  const Outcome mangled = correct({"a.txt", "document.number", "34/\xFF\xFE"});
  CHECK(mangled.exit_code == 1);
  CHECK(mangled.err.find("not UTF-8") != std::string::npos);
  for (const char* line : {"[1,2]", "{\"path\": 1}", "{\"path\": \"a.txt\"", "3"})
    CHECK(correct({"--import", "-"}, line).err.find("-:1: is no correction; a line is {") != std::string::npos);
  const Outcome folder_import = correct({"--import", folder.path()});
  CHECK(folder_import.exit_code == 5);
  CHECK(folder_import.err.find("is it a folder?") != std::string::npos);
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

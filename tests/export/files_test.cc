// Every format but PDF, written by the program and read by another one.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "catch.h"
#include "documents.h"
#include "pipeline/hash.h"

using namespace planscribe;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

// A corpus with a scan that is there, one that is gone, and a plain text.
class Corpus {
 public:
  Corpus() {
    fs::create_directories(folder / "scans");
    std::ofstream(scan, std::ios::binary) << pdf_of("");
    Store store(db);
    Page second = page_of(2, "Tỷ lệ hộ nghèo: dưới 0,08%");
    second.regions[0].lines[0].words[1].text = "lệ <&\"> hộ";
    second.rotation = 180;
    Page failed;
    failed.number = 3;
    failed.status = PageStatus::failed;
    Record record = full_record(scan);
    record.source.sha256 = sha256_of_file(scan);
    put(store, scan, {page_of(1, "ỦY BAN NHÂN DÂN\nSố: 34/KH-UBND"), second, failed}, record);
    Record gone = full_record("gone/plan.pdf");
    gone.document.issuing_body->value = "Ủy ban nhân dân xã Núi Voi";
    put(store, "gone/plan.pdf", {page_of(1, "Núi Voi")}, gone);
    Page text = page_of(1, "chữ suông");
    for (Word& word : text.regions[0].lines[0].words) word.box = {};
    text.origin = PageOrigin::plain_text;
    put(store, "text/plan.txt", {text}, full_record("text/plan.txt"));
  }

  Outcome run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "export");
    arguments.insert(arguments.end(), {"--corpus", db});
    return planscribe::planscribe(arguments);
  }

  TestFolder folder;
  std::string db = folder / "corpus.db", scan = folder / "scans/kế hoạch.pdf", out = folder / "out";
};

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(folder).string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("tables are read by Python's csv and by openpyxl") {
  const Corpus corpus;
  CHECK(corpus.run({"--format", "csv", "--bom", "-o", corpus.out, "--body", "nhơn hưng"}).exit_code == 0);
  // The filter left the scan and the plain text; XLSX the same.
  CHECK(corpus.run({"--format", "xlsx", "-o", corpus.out + "/plans.xlsx", "--body", "nhơn hưng"}).exit_code == 0);
  const Command check = run_command("/usr/bin/python3 " SOURCE_DIR "/tests/export/check_tables.py '" + corpus.out + "' '" + corpus.out + "/plans.xlsx'");
  INFO(check.out);
  CHECK(check.exit_code == 0);
}

TEST_CASE("records come out line by line, filtered, to a file or to stdout") {
  const Corpus corpus;
  const Outcome all = corpus.run({"--format", "jsonl"});
  CHECK(std::count(all.out.begin(), all.out.end(), '\n') == 3);
  const Outcome one = corpus.run({"--format", "jsonl", "--document", "gone/plan.pdf"});
  CHECK(json::parse(one.out).at("document").at("issuing_body").at("value") == "Ủy ban nhân dân xã Núi Voi");
  CHECK(corpus.run({"--format", "jsonl", "-o", corpus.out}).exit_code == 0);  // no suffix: a folder
  CHECK(read_file(corpus.out + "/records.jsonl") == all.out);
  CHECK(corpus.run({"--format", "jsonl", "-o", corpus.folder / "some.jsonl"}).exit_code == 0);
  CHECK(read_file(corpus.folder / "some.jsonl") == all.out);
  const Outcome none = corpus.run({"--format", "jsonl", "--year", "1999"});
  CHECK((none.exit_code == 0 && none.out.empty() && none.err.find("no document") != std::string::npos));
}

TEST_CASE("hOCR and ALTO are valid, have the restored words in their boxes and the confidence as it is") {
  const Corpus corpus;
  const Outcome hocr = corpus.run({"--format", "hocr", "-o", corpus.out}), alto = corpus.run({"--format", "alto", "-o", corpus.out});
  CHECK((hocr.exit_code == 0 && alto.exit_code == 0));
  CHECK(alto.err.find("text/plan.txt: left out") != std::string::npos);
  std::string scan = corpus.scan.substr(1, corpus.scan.size() - 5);  // names begin where all paths part: at the root
  REQUIRE(files_in(corpus.out) == std::vector<std::string>{"gone/plan.alto.xml", "gone/plan.hocr", scan + ".alto.xml", scan + ".hocr"});
  scan = corpus.out + "/" + scan;
  const Command valid = run_command("xmllint --noout --relaxng " SOURCE_DIR "/tests/export/alto.rng '" + scan + ".alto.xml' '" + corpus.out + "/gone/plan.alto.xml'");
  INFO(valid.out);
  CHECK(valid.exit_code == 0);
  if (const char* schema = std::getenv("PLANSCRIBE_ALTO_XSD"))
    CHECK(run_command(std::string("xmllint --noout --schema ") + schema + " '" + scan + ".alto.xml'").exit_code == 0);
  const auto xpath = [&](const std::string& file, const std::string& path) {
    return run_command("xmllint --xpath '" + path + "' '" + file + "'").out;
  };
  const std::string string = "//*[local-name()=\"String\"]", word = "//*[@class=\"ocrx_word\"]";
  CHECK(xpath(scan + ".alto.xml", "count(" + string + ")") == "14\n");
  CHECK(xpath(scan + ".alto.xml", "string(" + string + "[1]/@CONTENT)") == "ỦY\n");
  CHECK(xpath(scan + ".alto.xml", "string(" + string + "[1]/@WC)") == "0.090\n");
  CHECK(xpath(scan + ".alto.xml", "string(" + string + "[1]/@HPOS)") == "100\n");
  CHECK(run_command("xmllint --noout '" + scan + ".hocr'").exit_code == 0);
  CHECK(xpath(scan + ".hocr", "count(" + word + ")") == "14\n");
  CHECK(xpath(scan + ".hocr", "string((" + word + ")[1]/@title)") == "bbox 100 100 156 130; x_wconf 9\n");
  CHECK(xpath(scan + ".hocr", "count(//*[@class=\"ocr_page\"])") == "3\n");
  CHECK(xpath(scan + ".hocr", "string((//*[@class=\"ocr_line\"])[3]/@title)").find("textangle 180") != std::string::npos);
}

TEST_CASE("text comes as run writes it") {
  const Corpus corpus;
  CHECK(corpus.run({"--format", "txt", "-o", corpus.out}).exit_code == 0);
  CHECK(read_file(corpus.out + "/gone/plan.txt") == "Núi Voi\n");
  CHECK(read_file(corpus.out + "/text/plan.txt") == "chữ suông\n");
}

TEST_CASE("an output that cannot be written is an error with its name, and no half file") {
  const Corpus corpus;
  const std::string file = corpus.folder.write("file", "");
  for (const char* format : {"jsonl", "csv", "xlsx", "txt", "hocr"}) {
    INFO(format);
    const Outcome outcome = corpus.run({"--format", format, "-o", file + "/x/out.d"});
    CHECK((outcome.exit_code == 5 || outcome.exit_code == 1));
    CHECK(outcome.err.find(file) != std::string::npos);
  }
}

TEST_CASE("a disk that is full in the middle leaves no half file") {
  const Corpus corpus;
  Record large = full_record("large/plan.pdf");
  for (int i = 0; i < 500; ++i) large.targets.push_back(large.targets[0]);
  std::string text;
  for (int i = 0; i < 2000; ++i) text += i % 10 ? "chữ " : "\n";
  {
    Store store(corpus.db);
    put(store, "large/plan.pdf", {page_of(1, text)}, large);
  }
  fs::create_directories(corpus.out);
  for (const char* format : {"jsonl", "csv", "hocr", "alto", "xlsx"}) {
    INFO(format);
    // Files end at 80 blocks of 512 bytes: enough for what SQLite keeps beside a corpus.
    const Command full = run_command("sh -c 'trap \"\" XFSZ; ulimit -f 80; exec " PLANSCRIBE_PROGRAM " export --format " + std::string(format) +
                                     " --document large/plan.pdf --corpus " + corpus.db + " -o " + corpus.out + "/small.d'");
    INFO(full.out);
    CHECK(full.exit_code == 5);
    CHECK(full.out.find("small.d") != std::string::npos);
    CHECK(files_in(corpus.out).empty());
  }
}

TEST_CASE("the documents themselves are never written to") {
  const Corpus corpus;
  const std::string before = read_file(corpus.scan);
  std::vector<std::vector<std::string>> lines = {{"--format", "jsonl", "-o", corpus.scan}};
  if (access("/", W_OK) == 0) lines.push_back({"--format", "pdf", "-o", "/"});  // only root's files can be hit so
  for (std::vector<std::string>& line : lines) {
    line.insert(line.end(), {"--document", corpus.scan});
    const Outcome outcome = corpus.run(line);
    INFO(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("would be overwritten") != std::string::npos);
    CHECK(read_file(corpus.scan) == before);
  }
}

TEST_CASE("options that make no sense are refused") {
  const Corpus corpus;
  CHECK(corpus.run({"--format", "docx"}).exit_code == 1);
  CHECK(corpus.run({}).exit_code == 1);
  const Outcome file = corpus.run({"--format", "csv", "-o", corpus.folder.write("targets.csv", "")});
  CHECK(file.exit_code == 1);
  CHECK(file.err.find("folder") != std::string::npos);
  CHECK(planscribe::planscribe({"export", "--format", "csv", "--corpus", corpus.folder / "none.db"}).exit_code != 0);
}

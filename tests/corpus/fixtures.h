// fixtures.h: what the tests of the corpus share: a folder of their own, and small documents.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "corpus/sqlite.h"
#include "corpus/store.h"
#include "pipeline/error.h"

namespace planscribe {

// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "planscribe-corpus-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// One page, one region; lines parted by \n, words by spaces. Every word gets a box.
inline Page make_page(int number, const std::string& text) {
  Page page;
  page.number = number;
  page.width = 1654;
  page.height = 2339;
  page.dpi = 200;
  Region region;
  std::istringstream lines(text);
  int top = 100;
  for (std::string line_text; std::getline(lines, line_text); top += 40) {
    Line line;
    std::istringstream words(line_text);
    int left = 200;
    for (std::string word_text; words >> word_text; left += 100) {
      Word word;
      word.raw = word.text = word_text;
      word.box = {left, top, left + 90, top + 30};
      word.confidence = 0.9f;
      line.words.push_back(word);
    }
    region.lines.push_back(line);
  }
  page.regions.push_back(region);
  return page;
}

inline StoredDocument make_document(const std::string& path) {
  return {path, "sha-" + path, "application/pdf", "done", "", "input-" + path, "record-" + path};
}

inline Target make_target(const std::string& indicator, double value, const std::string& unit) {
  Target target;
  target.indicator = indicator;
  target.value = value;
  target.unit = unit;
  target.evidence.page = 1;
  target.evidence.line = 1;
  target.evidence.text = indicator;
  return target;
}

inline Record make_record(const std::string& body, int year) {
  Record record;
  record.document.issuing_body = Field<std::string>{body, {}};
  record.document.plan_year = Field<int>{year, {}};
  record.document.title = Field<std::string>{"Phát động phong trào thi đua năm " + std::to_string(year), {}};
  return record;
}

inline std::int64_t count(const Store& store, const std::string& from) {
  Statement statement(store.database(), "SELECT count(*) FROM " + from);
  statement.step();
  return statement.integer(0);
}

// The message of the Error that opening the file throws; "" when it opens.
inline std::string opening_error(const std::string& file, bool read_only, ExitCode code) {
  try {
    Store store(file, read_only);
    store.records();
  } catch (const Error& error) {
    return error.code() == code ? error.what() : "another code: " + std::string(error.what());
  }
  return "";
}

}  // namespace planscribe

#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.h"
#include "pipeline/error.h"
#include "rules/check.h"

using namespace planscribe;
namespace fs = std::filesystem;

namespace {

// A folder with one rule file, removed at the end.
struct RuleFolder {
  fs::path path;
  RuleFolder(const std::string& name, const std::string& content) {
    path = fs::temp_directory_path() / ("planscribe_rules_" + name);
    fs::create_directories(path);
    std::ofstream(path / "r.toml") << content;
  }
  ~RuleFolder() { fs::remove_all(path); }
  std::string file() const { return (path / "r.toml").string(); }
};

std::string error_of(const RuleFolder& folder) {
  try {
    read_rules({folder.path.string()});
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::invalid_data);
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("every example of the shipped rules holds") {
  const RuleSet rules = read_rules({SOURCE_DIR "/rules"});
  std::ostringstream out;
  const int failures = run_rule_examples(rules, out);
  INFO(out.str());
  CHECK(failures == 0);
}

TEST_CASE("the shipped rules have no lint findings") {
  const RuleSet rules = read_rules({SOURCE_DIR "/rules"});
  std::ostringstream out;
  const int findings = lint_rules(rules, out);
  INFO(out.str());
  CHECK(findings == 0);
}

TEST_CASE("a wrong rule file is told with place, line and caret") {
  const RuleFolder syntax("syntax", "[[rule]]\nid = \n");
  CHECK(error_of(syntax).find(syntax.file() + ":2:6: ") == 0);

  const RuleFolder field("field", "[[rule]]\nid = \"a\"\nfield = \"colour\"\npattern = '''x'''\n");
  CHECK(error_of(field) == field.file() + ":3:9: unknown field \"colour\"\nfield = \"colour\"\n        ^");

  const RuleFolder part("part", "[[rule]]\nid = \"a\"\nfield = \"references\"\npattern = '''{{nothing}}'''\n");
  CHECK(error_of(part) ==
        part.file() + ":4:11: there is no part or list {{nothing}}\npattern = '''{{nothing}}'''\n          ^");

  const RuleFolder pattern("pattern", "[[rule]]\nid = \"a\"\nfield = \"references\"\npattern = '''(x'''\n");
  CHECK(error_of(pattern) == pattern.file() + ":4:11: rule \"a\": missing ): (x in \"(x\"\npattern = '''(x'''\n          ^");

  const RuleFolder group("group",
                         "[[rule]]\nid = \"a\"\nfield = \"references\"\npattern = '''x'''\nvalues = { n = \"number\" }\n");
  CHECK(error_of(group) == group.file() + ":5:16: rule \"a\" has no group \"n\" in its pattern\nvalues = { n = \"number\" }\n" +
                               "               ^");

  const RuleFolder points("points", "[calibration.target]\npoints = [[0.5, 0.6], [0.4, 0.7]]\n");
  CHECK(error_of(points) == points.file() + ":2:23: points are from 0 to 1 and rise\npoints = [[0.5, 0.6], [0.4, 0.7]]\n" +
                                std::string(22, ' ') + "^");

  const RuleFolder key("key", "[[rule]]\nid = \"a\"\nfeild = \"references\"\n");
  CHECK(error_of(key) == key.file() + ":3:1: unknown key \"feild\" in a rule\nfeild = \"references\"\n^");
}

TEST_CASE("a later folder adds rules and replaces those of the same id") {
  const RuleFolder mine("mine",
                        "[[rule]]\nid = \"references.named\"\nfield = \"references\"\npattern = '''(?P<number>XX{{number}})'''\n"
                        "values = { number = \"code\" }\n[[rule.example]]\ntext = \"XX5\"\nexpect = { number = \"XX5\" }\n");
  const RuleSet rules = read_rules({SOURCE_DIR "/rules", mine.path.string()});
  CHECK(rules.version() != read_rules({SOURCE_DIR "/rules"}).version());
  const Record record = extract({{"I. CĂN CỨ"}, {"Thực hiện Chỉ thị XX7."}}, rules);
  REQUIRE(record.references.size() == 1);
  CHECK(record.references[0].number == "XX7");
}

TEST_CASE("a calibration of a later folder takes the place of the shipped one") {
  const RuleFolder half("half", "[calibration.reference]\npoints = [[0.5, 0.25], [1.0, 0.5]]\n");
  const RuleSet rules = read_rules({SOURCE_DIR "/rules", half.path.string()});
  const Record record = extract({{"I. CĂN CỨ"}, {"Thực hiện Chỉ thị số 19/CT-TTg ngày 16/7/2021."}}, rules);
  REQUIRE(record.references.size() == 1);
  CHECK(record.references[0].evidence.confidence == Approx(0.475));
}

TEST_CASE("a folder without rules is an error") {
  try {
    read_rules({"/nonexistent"});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) ==
          "/nonexistent: cannot be read (No such file or directory); name a folder of rules");
  }
}

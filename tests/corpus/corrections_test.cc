// What people correct: survives runs and rules, is found, is taken back, is never lost.
#include "corpus/corrections.h"

#include "catch.h"
#include "corpus/documents.h"
#include "rules/record_json.h"
#include "tests/corpus/fixtures.h"

using namespace planscribe;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

Target read_target(const std::string& indicator, double value, const std::string& unit, int line) {
  Target target = make_target(indicator, value, unit);
  target.evidence.text = target.evidence.raw = indicator + " " + std::to_string(value);
  target.evidence.line = line;
  target.evidence.confidence = 0.5;
  return target;
}

Record plan() {
  Record record = make_record("Ủy ban nhân dân xã Suối Đá", 2024);
  record.document.number = Field<std::string>{"12/KH-UBND", {}};
  record.document.number->evidence.text = "Số: 12/KH-UBND";
  record.targets = {read_target("Tỷ lệ hộ nghèo", 8, "%", 3), read_target("Thu ngân sách", 790, "tỷ đồng", 4),
                    read_target("Trường đạt chuẩn", 2, "trường", 5)};
  record.targets[1].amount = Amount{790e9, "đồng"};
  Round round;
  round.label = "Đợt 1";
  round.occasions.push_back({"Quốc khánh", 79, {}, {}, {}});
  record.rounds.push_back(round);
  record.quality.needs_review = {"targets[0]", "targets[1]", "targets[2]", "document.number"};
  return record;
}

class Corpus {
 public:
  Corpus() : store(folder_.file("corpus.db")) { put(plan()); }

  void put(const Record& record, const std::string& sha = "sha-a", const std::string& path = "a.pdf") {
    StoredDocument document = make_document(path);
    document.sha256 = sha;
    store.put_document(document, {make_page(1, "Kế hoạch")}, record, to_json_line(record));
  }
  std::optional<std::int64_t> fix(const std::string& field, const json& value) {
    return correct(store, {.path = "a.pdf", .field = field, .value = value, .who = "lan", .made = {}, .before = {}});
  }
  std::string refused(const std::string& field, const json& value) {
    try {
      fix(field, value);
    } catch (const Error& error) {
      CHECK(error.code() == ExitCode::bad_arguments);
      return error.what();
    }
    return "";
  }
  Record record() const { return read_record(store, "a.pdf"); }
  Correction last() const { return list_corrections(store).back(); }

 private:
  TemporaryFolder folder_;

 public:
  Store store;
};

}  // namespace

TEST_CASE("a corrected value counts in records, search and targets, the machine's stays", "[corrections]") {
  Corpus corpus;
  CHECK(corpus.fix("document.number", "34/KH-UBND"));
  CHECK(corpus.fix("targets[0].value", 0.8));
  CHECK(corpus.fix("document.place", "Suối Đá"));
  CHECK(corpus.fix("document.period", {{"from", "2024"}, {"to", "2024"}}));
  CHECK(corpus.fix("document.period.to", "2025"));
  CHECK(corpus.fix("document.title", nullptr));
  CHECK(corpus.fix("rounds[0].occasions[0].anniversary", 80));
  const Record record = corpus.record();
  CHECK(record.document.number->value == "34/KH-UBND");
  CHECK(record.document.number->evidence.rule == "correction");
  CHECK(record.document.number->evidence.text == "Số: 12/KH-UBND");
  CHECK(record.document.place->value == "Suối Đá");
  CHECK(record.document.period->value.to == "2025");
  CHECK_FALSE(record.document.title);
  CHECK(record.targets[0].value == 0.8);
  CHECK(record.rounds[0].occasions[0].anniversary == 80);
  CHECK(record.quality.needs_review == std::vector<std::string>{"targets[1]", "targets[2]"});
  SearchFilter filter;
  filter.number = "34/KH";
  CHECK(search(corpus.store, "kế hoạch", filter, 5).size() == 1);
  CHECK(find_targets(corpus.store, {.unit = "%", .max = 1}).size() == 1);
  CHECK(corpus.store.records()[0].second == to_json_line(record));
  CHECK(count(corpus.store, "record_json WHERE json_extract(machine, '$.document.number.value') = '12/KH-UBND'") == 1);
  const auto all = list_corrections(corpus.store, "a.pdf");
  REQUIRE(all.size() == 7);
  CHECK(all[0].before == "12/KH-UBND");
  CHECK(all[0].who == "lan");
  CHECK(all[0].state == "applied");
}

TEST_CASE("an amount follows its value and unit", "[corrections]") {
  Corpus corpus;
  corpus.fix("targets[1].value", 97);
  CHECK(corpus.record().targets[1].amount->value == 97e9);
  corpus.fix("targets[2].unit", "tỷ đồng");
  CHECK(corpus.record().targets[2].amount->value == 2e9);
  CHECK(find_targets(corpus.store, {.unit = "đồng"}).size() == 2);
  corpus.fix("targets[1].unit", "cây");
  CHECK_FALSE(corpus.record().targets[1].amount);
}

TEST_CASE("corrections survive new runs and new rules that move rows", "[corrections]") {
  Corpus corpus;
  corpus.fix("targets[1].value", 97);
  corpus.fix("document.number", "34/KH-UBND");
  Record moved = plan();
  moved.targets.insert(moved.targets.begin(), read_target("Hộ cận nghèo", 5, "%", 2));
  moved.targets[2].indicator = "Tổng thu ngân sách";
  for (int i = 0; i < 2; ++i) {
    corpus.put(moved);
    const Record record = corpus.record();
    CHECK(record.targets[1].value == 8);
    CHECK(record.targets[2].value == 97);
    CHECK(record.document.number->value == "34/KH-UBND");
  }
  for (const Correction& correction : list_corrections(corpus.store)) CHECK(correction.state == "applied");
}

TEST_CASE("what the machine reads differently is told, and the person's value stands", "[corrections]") {
  Corpus corpus;
  corpus.fix("document.number", "34/KH-UBND");
  Record other = plan();
  other.document.number->value = "84/KH-UBND";
  corpus.put(other);
  CHECK(corpus.record().document.number->value == "34/KH-UBND");
  CHECK(corpus.last().state == "differs");
  CHECK_THAT(corpus.last().note, Contains("84/KH-UBND") && Contains("12/KH-UBND"));
  other.document.number->value = "34/KH-UBND";
  corpus.put(other);
  CHECK(corpus.last().state == "agrees");
}

TEST_CASE("a row that is not read any more is a conflict, never another row", "[corrections]") {
  Corpus corpus;
  corpus.fix("targets[0].value", 0.8);
  Record fewer = plan();
  fewer.targets.erase(fewer.targets.begin());
  corpus.put(fewer);
  CHECK(corpus.last().state == "conflict");
  CHECK(corpus.record().targets[0].value == 790);
  corpus.put(plan());
  CHECK(corpus.last().state == "applied");
  CHECK(corpus.record().targets[0].value == 0.8);
}

TEST_CASE("another file under the same path keeps what it says, the correction waits", "[corrections]") {
  Corpus corpus;
  corpus.fix("document.number", "34/KH-UBND");
  corpus.fix("document.place", "Suối Đá");
  Record other = plan();
  other.document.number->value = "99/KH-UBND";
  corpus.put(other, "sha-other");
  CHECK(corpus.record().document.number->value == "99/KH-UBND");
  CHECK_FALSE(corpus.record().document.place);
  for (const Correction& correction : list_corrections(corpus.store)) CHECK(correction.state == "conflict");
  corpus.put(plan(), "sha-rescanned");  // the same misreading: the correction still fits
  CHECK(corpus.record().document.number->value == "34/KH-UBND");
  corpus.put(plan());
  CHECK(corpus.record().document.place->value == "Suối Đá");
}

TEST_CASE("a copy or renamed file of the same bytes has the corrections, too", "[corrections]") {
  Corpus corpus;
  corpus.put(plan(), "sha-a", "copy.pdf");
  corpus.fix("document.number", "34/KH-UBND");
  CHECK(read_record(corpus.store, "copy.pdf").document.number->value == "34/KH-UBND");
  corpus.put(plan(), "sha-a", "renamed.pdf");
  CHECK(read_record(corpus.store, "renamed.pdf").document.number->value == "34/KH-UBND");
  corpus.put(plan(), "sha-b", "else.pdf");
  CHECK(read_record(corpus.store, "else.pdf").document.number->value == "12/KH-UBND");
}

TEST_CASE("rows are removed, added, replaced, later corrections mean the rows as shown", "[corrections]") {
  Corpus corpus;
  corpus.fix("targets[0]", nullptr);
  CHECK(corpus.record().targets.size() == 2);
  corpus.fix("targets[0].value", 97);  // now the row of the budget
  corpus.fix("targets[+]", {{"indicator", "Hộ thoát nghèo"}, {"value", 12}, {"unit", "hộ"}, {"page", 2}});
  corpus.fix("targets[2].value", 13);
  corpus.fix("document.recipients[+]", "Các thôn");
  Record record = corpus.record();
  REQUIRE(record.targets.size() == 3);
  CHECK(record.targets[0].value == 97);
  CHECK(record.targets[2].value == 13);
  CHECK(record.targets[2].comparator == "=");
  CHECK(record.targets[2].evidence.page == 2);
  CHECK(record.document.recipients[0].value == "Các thôn");
  CHECK(record.quality.needs_review == std::vector<std::string>{"targets[1]", "document.number"});
  corpus.put(plan());
  CHECK(to_json_line(corpus.record()) == to_json_line(record));
  corpus.fix("targets[1]", {{"indicator", "Trường học"}, {"value", 3}, {"unit", "trường"}});
  CHECK(corpus.record().targets[1].indicator == "Trường học");
  CHECK(corpus.record().targets[1].evidence.line == 5);
  // Rules that now find the added row themselves do not make it two.
  Record more = plan();
  more.targets.push_back(read_target("Hộ thoát nghèo", 12, "hộ", 6));
  corpus.put(more);
  CHECK(corpus.record().targets.size() == 3);
}

TEST_CASE("a correction is taken back, the one before it counts again", "[corrections]") {
  Corpus corpus;
  const auto first = corpus.fix("document.number", "34/KH-UBND"), second = corpus.fix("document.number", "35/KH-UBND");
  CHECK(list_corrections(corpus.store)[0].state == "superseded");
  CHECK(corpus.record().document.number->value == "35/KH-UBND");
  withdraw_correction(corpus.store, *second);
  CHECK(corpus.record().document.number->value == "34/KH-UBND");
  withdraw_correction(corpus.store, *first);
  CHECK(to_json_line(corpus.record()) == to_json_line(plan()));
  CHECK(list_corrections(corpus.store).size() == 2);
  CHECK(corpus.last().state == "withdrawn");
  CHECK_THROWS_AS(withdraw_correction(corpus.store, *first), Error);
  CHECK_THROWS_AS(withdraw_correction(corpus.store, 99), Error);
}

TEST_CASE("the same correction again changes nothing, confirming a value clears its review", "[corrections]") {
  Corpus corpus;
  CHECK(corpus.fix("document.number", "34/KH-UBND"));
  CHECK_FALSE(corpus.fix("document.number", "34/KH-UBND"));
  CHECK(corpus.fix("targets[0].value", 8));
  CHECK(corpus.last().state == "agrees");
  CHECK(corpus.record().quality.needs_review == std::vector<std::string>{"targets[1]", "targets[2]"});
  const auto added = corpus.fix("targets[+]", {{"indicator", "x"}, {"value", 1}, {"unit", "hộ"}});
  CHECK(added);
  CHECK_FALSE(corpus.fix("targets[+]", {{"indicator", "x"}, {"value", 1}, {"unit", "hộ"}}));
}

TEST_CASE("a correction that fits no record is refused, says why, and changes nothing", "[corrections]") {
  Corpus corpus;
  CHECK_THAT(corpus.refused("document.nummer", "1"), Contains("nummer") && Contains("number"));
  CHECK_THAT(corpus.refused("document", "1"), Contains("several fields"));
  CHECK_THAT(corpus.refused("document.number.value", "1"), Contains("no 'value'"));
  CHECK_THAT(corpus.refused("targets", "1"), Contains("list"));
  CHECK_THAT(corpus.refused("targets.value", 1), Contains("list"));
  CHECK_THAT(corpus.refused("document.number[0]", "1"), Contains("no list"));
  CHECK_THAT(corpus.refused("targets[9].value", 1), Contains("no such row") && Contains("3"));
  CHECK_THAT(corpus.refused("targets[-1].value", 1), Contains("row number"));
  CHECK_THAT(corpus.refused("targets[0", 1), Contains("]"));
  CHECK_THAT(corpus.refused("targets[0].evidence", 1), Contains("evidence"));
  CHECK_THAT(corpus.refused("source.path", "x"), Contains("cannot be corrected"));
  CHECK_THAT(corpus.refused("", "x"), Contains("name is missing"));
  CHECK_THAT(corpus.refused("targets[0].value", "0,8"), Contains("not a number"));
  CHECK_THAT(corpus.refused("targets[0].value", nullptr), Contains("cannot be null"));
  CHECK_THAT(corpus.refused("targets[0].comparator", "=>"), Contains(">="));
  CHECK_THAT(corpus.refused("targets[0].due", "2024-02-30"), Contains("calendar"));
  CHECK_THAT(corpus.refused("document.issue_date", "7/3/2024"), Contains("2024-03-07"));
  CHECK_THAT(corpus.refused("document.issue_date", std::string(100000, '1')), Contains("no date"));
  CHECK_THAT(corpus.refused("document.plan_year", 2024.5), Contains("whole number"));
  CHECK_THAT(corpus.refused("document.number", ""), Contains("empty"));
  CHECK_THAT(corpus.refused("document.period.to", "2025"), Contains("as a whole"));
  CHECK_THAT(corpus.refused("document.period", {{"from", "2024"}}), Contains("to"));
  CHECK_THAT(corpus.refused("targets[+]", {{"value", 1}}), Contains("needs 'indicator'"));
  CHECK_THAT(corpus.refused("targets[+]", {{"wert", 1}}), Contains("wert"));
  CHECK_THAT(corpus.refused("targets[+]", nullptr), Contains("cannot be null"));
  CHECK_THROWS_AS(correct(corpus.store, {.path = "none.pdf", .field = "document.number", .value = "1", .who = "x", .made = {}, .before = {}}), Error);
  CHECK_THROWS_AS(correct(corpus.store, {.path = "a.pdf", .field = "document.number", .value = "1", .who = "x", .made = {}, .before = "13/KH"}), Error);
  CHECK(list_corrections(corpus.store).empty());
  CHECK(to_json_line(corpus.record()) == to_json_line(plan()));
}

TEST_CASE("what is typed becomes a value of the field's type", "[corrections]") {
  CHECK(typed_value("targets[0].value", "1571.822") == 1571.822);
  CHECK(typed_value("document.plan_year", "2024") == 2024);
  CHECK(typed_value("document.number", "2024") == "2024");
  CHECK(typed_value("document.number", "null").is_null());
  CHECK(typed_value("targets[0]", "null").is_null());
  CHECK(typed_value("document.recipients[+]", "Các thôn") == "Các thôn");
  CHECK_THROWS_AS(typed_value("targets[0].value", "1.571,822"), Error);
  CHECK_THROWS_AS(typed_value("targets[+]", "{"), Error);
}

TEST_CASE("every part of every field can be named and set to what it is", "[corrections]") {
  Corpus corpus;
  Record full = plan();
  full.document.recipients.push_back({"Các thôn", {}});
  full.references.push_back({"Chỉ thị", "34-CT/TW", "2014-04-07", "Bộ Chính trị", {}});
  corpus.put(full);
  const json record = json::parse(to_json_line(full));
  int fields = 0;
  const json flat = record.flatten();
  for (const auto& [pointer, value] : flat.items()) {
    std::string field = pointer.substr(1);
    if (field.find("evidence") != std::string::npos || field.starts_with("source") || field.starts_with("quality") ||
        field.starts_with("made_by") || field == "schema")
      continue;
    for (size_t at = 0; (at = field.find('/', at)) != std::string::npos;) {
      const size_t next = std::min(field.find('/', at + 1), field.size());
      const std::string part = field.substr(at + 1, next - at - 1);
      const bool number = std::isdigit(static_cast<unsigned char>(part[0]));
      const bool wrapped = part == "value" && field.starts_with("document");
      field = field.substr(0, at) + (number ? "[" + part + "]" : wrapped ? "" : "." + part) + field.substr(next);
    }
    INFO(field);
    if (value.is_object() || value.is_array()) continue;  // an empty list
    CHECK_NOTHROW(corpus.fix(field, value));
    ++fields;
  }
  CHECK(fields > 40);
  Record again = corpus.record();
  again.quality = full.quality;
  CHECK(again.targets.size() == full.targets.size());
  CHECK(again.document.number->value == full.document.number->value);
}

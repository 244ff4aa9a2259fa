// Scores of small texts and records whose figures are counted by hand, and the command that prints them.
#include <nlohmann/json.hpp>

#include "catch.h"
#include "corpus/evaluate/record_scores.h"
#include "corpus/evaluate/text_scores.h"
#include "tests/pipeline/program.h"

using namespace planscribe;
using nlohmann::json;

namespace {

TextScores scores(const std::string& truth, const std::string& text) { return scores_of(compare_texts(truth, text)); }

}  // namespace

TEST_CASE("errors of characters and words are shares of the truth") {
  const TextScores s = scores("hộ nghèo giảm 5 %", "hô nghèo giam 5 %");  // 17 characters, 5 words
  CHECK(s.cer == Approx(2.0 / 17));
  CHECK(s.wer == Approx(2.0 / 5));
  CHECK(s.wer_blocks == Approx(2.0 / 5));
  CHECK(s.wer_blind == 0);
  CHECK(s.f1 == Approx(0.6));
  CHECK(s.syllables == Approx(3.0 / 5));
  CHECK(s.diacritics == Approx(1.0 / 3));  // ộ è ả
  const TextScores all = scores("a b", "");
  CHECK(all.cer == 1);
  CHECK(all.wer == 1);
  CHECK(scores("", "").cer == 0);
}

TEST_CASE("white space, Unicode form and soft hyphens do not count, case does") {
  CHECK(scores("thi đua", " thi\n\u00A0\fđu\u00ADa ").cer == 0);
  CHECK(scores("kế", "ke\u0302\u0301").cer == 0);
  CHECK(scores("Kế", "kế").wer == 1);
  CHECK(scores("Kế", "kê").wer_blind == 0);
  CHECK(scores("đỏ", "do").diacritics == 0);
}

TEST_CASE("columns in another order are errors of order alone") {
  const TextScores s = scores("một hai ba bốn năm sáu bảy tám chín mười", "sáu bảy tám chín mười một hai ba bốn nãm");
  CHECK(s.wer > 0.8);
  CHECK(s.wer_blocks == Approx(1.0));  // hopeless by the words: left as it is
  const TextScores t = scores("a b c d e f g h i k l m n o p q", "a b c g h i k l m n o p q d e x");
  CHECK(t.wer == Approx(6.0 / 16));
  CHECK(t.wer_blocks == Approx(2.0 / 16));  // f for x, still in two places
}

TEST_CASE("records are compared field by field and list by list") {
  const json gold = json::parse(R"({"document": {"number": "34/KH-UBND", "issuing_body": "UBND phường Hoà Bình", "title": "Thi đua 2024 của xã",
      "plan_year": 2024, "signer": {"name": ["Nguyễn Văn An", "Nguyễn An"]}, "recipients": ["Như trên", "Lưu: VT"]},
    "references": [{"number": "34-CT/TW", "date": "2014-04-07"}, {"number": "1/QĐ"}], "rounds": [{"label": "Đợt 1", "from": "2024-01", "to": "2024-06-30"}],
    "targets": [{"indicator": "hộ nghèo", "value": 5, "unit": "%"}, {"indicator": "hộ nghèo", "value": 7, "unit": "hộ", "core": false},
                {"indicator": "số xã", "value": 2, "unit": "xã"}]})");
  const json record = json::parse(R"({"document": {"number": {"value": "34/kh-ubnd"}, "issuing_body": {"value": "Ủy ban nhân dân phường Hòa Bình"},
      "title": {"value": "Thi dua 2024 cua xa"}, "plan_year": {"value": 2023}, "signer": {"name": {"value": "nguyen an"}},
      "recipients": [{"value": "Như trên;"}, {"value": "Khác"}]},
    "references": [{"number": "34 - CT/TW", "date": "2014-04-08"}], "rounds": [{"label": "Đợt 1", "from": "2024-01", "to": "2024-06"}],
    "targets": [{"indicator": "Tỷ lệ hộ nghèo", "value": 5.0, "unit": "%", "comparator": "<"}, {"indicator": "hộ nghèo", "value": 7, "unit": "hộ"},
                {"indicator": "số xã", "value": 3, "unit": "xã"}]})");
  const RecordScores s = compare_records(gold, record);
  CHECK(s.fields.at("number") == 1);
  CHECK(s.fields.at("issuing_body") == 1);
  CHECK(s.fields.at("title") == 0.5);
  CHECK(s.fields.at("plan_year") == 0);
  CHECK(s.fields.at("signer.name") == 0.5);
  CHECK(s.fields.at("theme") == 1);  // neither says one
  CHECK(s.lists.at("recipients").right == 1);
  CHECK(s.lists.at("references").f1() == Approx(2.0 / 3));
  CHECK(s.lists.at("reference_dates").right == 0);
  CHECK(s.lists.at("rounds").right == 1);
  const Found& targets = s.lists.at("targets");
  CHECK((targets.right == 1 && targets.given == 2 && targets.wanted == 2));
  CHECK(s.lists.at("targets_full").right == 0);
  CHECK(compare_records(gold, json::object()).lists.at("targets").recall() == 0);
}

TEST_CASE("evaluate reads pages and whole documents, and counts what is missing as unread") {
  const TestFolder folder;
  folder.write("truth/a.p01.txt", "một hai");
  folder.write("truth/a.p02.txt", "ba bốn");
  folder.write("truth/b.txt", "năm");
  folder.write("text/a.txt", "một hai\fba bôn");
  const Outcome outcome = planscribe::planscribe({"evaluate", "--truth", folder / "truth", "--text", folder / "text", "--json"});
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const json result = json::parse(outcome.out);
  const json& documents = result.at("text").at("documents");
  REQUIRE(documents.size() == 2);
  CHECK(documents[0].at("truth") == "a");
  CHECK(documents[0].at("wer") == 0.25);
  CHECK(documents[1].at("wer") == 1.0);
  CHECK(result.at("text").at("all").at("wer") == 0.4);
  CHECK(outcome.err.find("b: not among the results") != std::string::npos);
  CHECK(planscribe::planscribe({"evaluate"}).exit_code == 1);
  CHECK(planscribe::planscribe({"evaluate", "--truth", folder / "none", "--text", folder / "text"}).exit_code == 5);
  folder.write("gold/a.gold.json", "{broken");
  folder.write("records.jsonl", R"({"source": {"path": "x/a.pdf"}, "document": {}})" "\n");
  for (const char* line : {"{}", "5", R"({"source": "a.pdf"})"}) {
    folder.write("stranger.jsonl", line);
    const Outcome stranger = planscribe::planscribe({"evaluate", "--truth", folder / "truth", "--records", folder / "stranger.jsonl"});
    CHECK(stranger.exit_code == 2);
    CHECK(stranger.err.find("no record") != std::string::npos);
  }
  const Outcome broken = planscribe::planscribe({"evaluate", "--gold", folder / "gold", "--records", folder / "records.jsonl"});
  CHECK(broken.exit_code == 2);
  CHECK(broken.err.find("a.gold.json") != std::string::npos);
}

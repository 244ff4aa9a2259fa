#include "corpus/search.h"

#include <algorithm>
#include <map>

#include "catch.h"
#include "corpus/query.h"
#include "corpus/snippet.h"
#include "tests/corpus/fixtures.h"

using namespace planscribe;

namespace {

// A corpus of one-page plans that tests only read.
class Plans {
 public:
  Plans() : store_(folder_.file("corpus.db")) {
    add("dong-nai", "Kế hoạch phát động đợt thi đua\nĐảng bộ tỉnh Đồng Nai, Số: 12/KH-UBND", 2024);
    add("hoa-an", "Ủy ban nhân dân xã Hòa An; thu 1.234.567 đồng, đạt 95,5 %", 2023);
    add("hoa-lac", "Ủy ban nhân dân xã Hoà Lạc: không có gì", 2023);
    add("damaged", "KE HOACH cua UBND xa", 2022);
    add("tones", "kề hoách thì dưa đằng bò họ ngheo", 2022);
    add("near", "hàng NEAR chục từ chen vào giữa: thi rồi mới đua", 2022);
  }

  std::vector<std::string> find(const std::string& query, const SearchFilter& filter = {}) const {
    std::vector<std::string> paths;
    for (const Hit& hit : search(store_, query, filter, 100)) paths.push_back(hit.path);
    return paths;
  }
  bool has(const std::string& query, const std::string& path) const {
    const auto paths = find(query);
    return std::find(paths.begin(), paths.end(), path) != paths.end();
  }
  const Store& store() const { return store_; }

 private:
  void add(const std::string& path, const std::string& text, int year) {
    Record record = make_record("Ủy ban nhân dân xã " + path, year);
    record.document.number = Field<std::string>{"12/KH-UBND", {}};
    record.document.issue_date = Field<std::string>{std::to_string(year) + "-03-07", {}};
    if (path == "dong-nai") record.references.push_back({"Chỉ thị", "34-CT/TW", {}, {}, {}});
    store_.put_document(make_document(path), {make_page(1, text)}, record, "{}");
  }

  TemporaryFolder folder_;
  Store store_;
};

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("words are found with marks, without, decomposed, in capitals", "[search]") {
  const Plans plans;
  for (const char* query :
       {"ke hoach", "kế hoạch", "KẾ HOẠCH", "Kế hoạch", "Ke\u0302\u0301 hoa\u0323ch", "chi doi OR dang bo",
        "dang bo", "Đảng bộ", "DANG BO", "thi dua", "thi đua", "dong nai", "ke hoạch"}) {
    INFO(query);
    CHECK(plans.has(query, "dong-nai"));
  }
  CHECK(plans.has("ke hoach", "damaged"));
}

TEST_CASE("a word typed with marks returns no other word of the same letters", "[search]") {
  const Plans plans;
  CHECK(plans.find("kế hoạch") == Paths{"dong-nai"});
  CHECK(plans.find("kề hoạch").empty());
  CHECK(plans.find("đang bo").empty());
  CHECK(plans.find("đăng bộ").empty());
  CHECK(plans.find("hộ nghèo").empty());
  CHECK(plans.find("ho ngheo") == Paths{"tones"});
  CHECK(plans.find("\"thi đua\"") == Paths{"dong-nai"});
}

TEST_CASE("the place of the tone mark does not matter", "[search]") {
  const Plans plans;
  for (const char* query : {"hoà", "hòa", "HOÀ", "HÒA"}) {
    auto paths = plans.find(query);
    std::sort(paths.begin(), paths.end());
    {
      INFO(query);
      CHECK(paths == Paths{"hoa-an", "hoa-lac"});
    }
  }
}

TEST_CASE("what has the very words ranks first", "[search]") {
  const Plans plans;
  CHECK(plans.find("ke hoach").front() == "damaged");
  const auto hits = search(plans.store(), "ke hoach", {}, 10);
  REQUIRE(hits.size() == 3);
  CHECK(hits[0].kind == HitKind::very_marks);
  CHECK(hits[1].kind == HitKind::letters);
  CHECK(search(plans.store(), "ke hoach", {}, 1).size() == 1);
}

TEST_CASE("numbers and symbols are found as they are printed", "[search]") {
  const Plans plans;
  for (const char* query : {"\"12/KH-UBND\"", "12/KH-UBND", "12/kh-ubnd", "“12/KH-UBND”"}) {
    INFO(query);
    CHECK(plans.find(query) == Paths{"dong-nai"});
  }
  for (const char* query : {"1.234.567", "\"1.234.567 đồng\"", "95,5 %", "95,5%"}) {
    INFO(query);
    CHECK(plans.find(query) == Paths{"hoa-an"});
  }
  CHECK(plans.find("\"234 1\"").empty());
}

TEST_CASE("operators, phrases, prefixes", "[search]") {
  const Plans plans;
  CHECK(plans.find("\"thi dua\"").size() == 2);  // dong-nai, and thì dưa
  CHECK(plans.find("thi AND đua").size() == 2);
  CHECK(plans.find("thi đua NOT chục") == Paths{"dong-nai"});
  CHECK(plans.find("hòa NOT lac") == Paths{"hoa-an"});
  CHECK(plans.find("lạc OR nai").size() == 2);
  CHECK(plans.find("hoac*").size() == 3);
  CHECK(plans.find("hoạc*") == Paths{"dong-nai"});
  CHECK(plans.find("\"phát đ\"*") == Paths{"dong-nai"});
  CHECK(plans.find("NOT kế").empty());
}

TEST_CASE("no text is a syntax error", "[search]") {
  const Plans plans;
  for (const char* query : {"",
                            " ",
                            "%",
                            "\"",
                            "\"\"",
                            "\"\"\"",
                            "*",
                            "**",
                            "\"*\"",
                            "a*b",
                            "NEAR",
                            "NEAR(thi đua, 2)",
                            "(",
                            ")",
                            "((thi)",
                            "thi)",
                            "AND",
                            "OR",
                            "NOT",
                            "AND OR NOT",
                            "thi AND",
                            "OR thi",
                            "NOT NOT thi",
                            "thi NOT",
                            "exact:thi",
                            "{exact folded}:thi",
                            "^thi",
                            "thi + đua",
                            "-thi",
                            "thi:",
                            "'",
                            "thi'--",
                            ";",
                            "\\",
                            "…",
                            "–",
                            "“",
                            "\xff\xfe",
                            "\xe1\xba",
                            "a\"b",
                            "a \"*",
                            "\"a\"*",
                            "\"a\" *",
                            "😀",
                            "\xe2\x80\xa8",
                            "\xc2\xaa",
                            "١٢",
                            "中文",
                            "ก่"}) {
    INFO(query);
    CHECK_NOTHROW(search(plans.store(), query, {}, 10));
  }
  CHECK_NOTHROW(search(plans.store(), std::string("thi\0đua", 8), {}, 10));
  std::string many, negated = "thi";
  for (int i = 0; i < 2000; ++i) {
    many += "(từ" + std::to_string(i) + " OR ";
    negated += " NOT x" + std::to_string(i);
  }
  CHECK_NOTHROW(search(plans.store(), many, {}, 10));
  CHECK(search(plans.store(), negated, {}, 10).size() > 0);
  CHECK_NOTHROW(search(plans.store(), "\"" + std::string(100000, 'a') + "\"", {}, 10));
  CHECK(plans.find("NEAR chục") == Paths{"near"});
  CHECK(plans.find("%").empty());
}

TEST_CASE("filters narrow the hits", "[search]") {
  const Plans plans;
  SearchFilter filter;
  filter.year = 2024;
  CHECK(plans.find("ke hoach", filter) == Paths{"dong-nai"});
  filter = {};
  filter.cited = "34-ct/tw";
  CHECK(plans.find("ke hoach", filter) == Paths{"dong-nai"});
  filter = {};
  filter.body = "xã damaged";
  CHECK(plans.find("ke hoach", filter) == Paths{"damaged"});
  filter = {};
  filter.issued_from = "2022-03-07";
  filter.issued_to = "2022";
  CHECK(plans.find("ke hoach", filter) == Paths{"damaged", "tones"});
  filter = {};
  filter.path = "tones";
  filter.number = "12/KH";
  CHECK(plans.find("ke hoach", filter) == Paths{"tones"});
}

TEST_CASE("snippets mark what was found, in the spelling of the page", "[search]") {
  const Plans plans;
  CHECK(search(plans.store(), "thi dua dang", {}, 10)[0].title == "Phát động phong trào thi đua năm 2024");
  CHECK(search(plans.store(), "Đảng \"đợt thi\"", {}, 10)[0].snippet ==
        "Kế hoạch phát động [đợt thi] đua [Đảng] bộ tỉnh Đồng Nai, Số: 12/KH-UBND");
  CHECK(search(plans.store(), "hòa lạc", {}, 10)[0].snippet == "Ủy ban nhân dân xã [Hoà] [Lạc]: không có gì");
  SnippetStyle style;
  style.words = 4;
  CHECK(make_snippet("một hai ba bốn năm sáu bảy tám", parse_query("sáu"), style) == "…năm [sáu] bảy tám");
  CHECK(make_snippet("", parse_query("sáu")) == "");
  CHECK(make_snippet("không có", parse_query("sáu")) == "không có");
}

TEST_CASE("targets are found by indicator, unit, size, year and body", "[targets]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  Record ward = make_record("Ủy ban nhân dân phường Hoà An", 2024);
  ward.targets = {make_target("Tỷ lệ hộ nghèo", 0.8, "%"), make_target("Tỷ lệ hộ cận nghèo", 2, "%"),
                  make_target("Thu ngân sách", 790, "tỷ đồng"), make_target("Trường đạt chuẩn", 2, "trường")};
  ward.targets[2].amount = Amount{790e9, "đồng"};
  ward.targets[3].value_max = 3;
  Record commune = make_record("Ủy ban nhân dân xã Suối Đá", 2023);
  commune.targets = {make_target("Hộ nghèo", 1.5, "%"), make_target("Vận động quỹ", 460, "triệu đồng")};
  commune.targets[1].amount = Amount{460e6, "đồng"};
  commune.document.period = Field<Period>{{"2021", "2025"}, {}};
  store.put_document(make_document("ward.pdf"), {}, ward, "{}");
  store.put_document(make_document("commune.pdf"), {}, commune, "{}");

  const auto values = [&](const TargetQuery& query) {
    std::vector<double> result;
    for (const TargetRow& row : find_targets(store, query)) result.push_back(row.value);
    return result;
  };
  using Values = std::vector<double>;
  CHECK(values({.indicator = "\"hộ nghèo\"", .unit = "%", .max = 1}) == Values{0.8});
  CHECK(values({.indicator = "ho ngheo"}) == Values{0.8, 1.5, 2});
  CHECK(values({.indicator = "họ nghèo"}).empty());
  CHECK(values({.indicator = "%"}).empty());
  CHECK(values({.unit = "đồng", .min = 1e9}) == Values{790});
  CHECK(values({.unit = "đồng"}) == Values{460, 790});
  CHECK(values({.unit = "tỷ đồng"}) == Values{790});
  CHECK(values({.unit = "trường", .min = 3}) == Values{2});
  CHECK(values({.indicator = "nghèo", .year = 2022}) == Values{1.5});
  CHECK(values({.body = "hoà an"}).size() == 4);
  CHECK(values({}).size() == 6);
  CHECK(values({.limit = 2}).size() == 2);
  const auto rows = find_targets(store, {.unit = "trường"});
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].path == "ward.pdf");
  CHECK(rows[0].value_max == 3);
  CHECK(rows[0].year == 2024);
  CHECK(rows[0].body == "Ủy ban nhân dân phường Hoà An");
}

TEST_CASE("targets of few and of very many indicators are found alike, in order", "[targets]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  for (int plan = 0; plan < 3; ++plan) {
    Record record = make_record("Ủy ban nhân dân xã Suối Đá", 2022 + plan);
    for (int i = 0; i < 100; ++i) {
      record.targets.push_back(make_target("Tỷ lệ số " + std::to_string(i), 100 * plan - i, i % 2 ? "%" : "tỷ đồng"));
      if (i % 2 == 0) record.targets.back().amount = Amount{record.targets.back().value * 1e9, "đồng"};
    }
    store.put_document(make_document(std::to_string(plan)), {}, record, "{}");
  }
  for (const char* unit : {"", "%", "tỷ đồng", "đồng"}) {
    INFO(unit);
    const auto vague = find_targets(store, {.indicator = "tỷ lệ", .unit = unit, .min = -50, .max = 150, .year = 2023});
    std::vector<double> expected;
    for (int i = 99; i >= 0; --i)
      if (std::string(unit).empty() || (i % 2 == 1) == (std::string(unit) == "%")) expected.push_back(100 - i);
    std::vector<double> values;
    for (const TargetRow& row : vague) values.push_back(row.value);
    if (std::string(unit) != "đồng") CHECK(values == expected);  // of đồng the bounds are others
    // One indicator at a time gives the same.
    size_t singly = 0;
    for (int i = 0; i < 100; ++i)
      singly += find_targets(store, {.indicator = "\"số " + std::to_string(i) + "\"", .unit = unit, .min = -50, .max = 150, .year = 2023}).size();
    CHECK(singly == vague.size());
  }
}

TEST_CASE("the example SQL of corpus/README.md runs", "[schema]") {
  const Plans plans;
  std::ifstream readme(SOURCE_DIR "/corpus/README.md");
  std::string sql;
  bool inside = false;
  int blocks = 0;
  for (std::string line; std::getline(readme, line);) {
    if (line.starts_with("```")) {
      inside = line == "```sql";
      blocks += inside;
    } else if (inside) {
      sql += line + "\n";
    }
  }
  CHECK(blocks > 0);
  CHECK_NOTHROW(plans.store().database().execute(sql));
}

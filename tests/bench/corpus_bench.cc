// corpus_bench: how fast a corpus of many plans is built and asked, and how large it is. Nothing is asserted.
//
//   corpus_bench FOLDER 1000 10000 100000
//
// Text and records are generated (no OCR), the same in every run: two pages of 350 words from a vocabulary with the usual
// few very frequent words, one in 200 misread; 15 targets of 400 indicators a plan. A corpus that FOLDER has already is
// asked, not built again. Every query runs once, then is timed 20 times. Times are processor time, so that other work on
// the machine does not count; building leaves out waiting for the disk (synchronous = OFF).
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "corpus/search.h"
#include "corpus/sqlite.h"
#include "corpus/store.h"
#include "rules/record_json.h"

using namespace planscribe;

namespace {

constexpr int kWordsAPage = 350, kPages = 2, kTargets = 15, kRepeats = 20;

// Processor time: other programs on the machine do not count, nor do waits for a disk (the file is in memory by then).
double seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

const std::vector<std::string> kFrequent = {"kế", "hoạch", "thi", "đua", "nhân", "dân", "ủy", "ban", "xã", "năm", "và", "của",
                                            "các", "thực", "hiện", "phong", "trào", "công", "tác", "đảng"};

// Made-up syllables with marks: as many different words as a corpus has.
std::vector<std::string> make_syllables() {
  std::vector<std::string> words = kFrequent;
  for (const char* onset : {"b", "ch", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"})
    for (const char* rime : {"á", "ạnh", "ảo", "ấm", "ậc", "ên", "ếch", "iệt", "ĩnh", "ò", "óng", "ổi", "ộng", "ươi", "ượng", "ừ", "ý", "uyết", "oàn", "ẹp"})
      words.push_back(std::string(onset) + rime);
  return words;
}

class Generator {
 public:
  std::string word() {
    // Zipf-like: the rank is the exponential of a uniform number.
    const double u = std::uniform_real_distribution<>(0, 1)(random_);
    const auto rank = static_cast<size_t>(std::exp(u * std::log(static_cast<double>(syllables_.size()))) - 1);
    std::string word = syllables_[std::min(rank, syllables_.size() - 1)];
    if (number(200) == 0) word[static_cast<size_t>(number(static_cast<int>(word.size())))] = static_cast<char>('a' + number(26));
    return to_valid(word);
  }
  int number(int below) { return std::uniform_int_distribution<>(0, below - 1)(random_); }
  std::string name(int i) const { return syllables_[20 + static_cast<size_t>(i) % 400] + " " + syllables_[20 + static_cast<size_t>(i / 400) % 400]; }

 private:
  static std::string to_valid(const std::string& word) {
    std::string out;
    for (size_t i = 0; i < word.size(); ++i) {
      const auto c = static_cast<unsigned char>(word[i]);
      const size_t length = c < 0x80 ? 1 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 0;
      if (length == 1) out += word[i];
      bool whole = length > 1 && i + length <= word.size();
      for (size_t k = 1; whole && k < length; ++k) whole = (word[i + k] & 0xc0) == 0x80;
      if (whole) {
        out += word.substr(i, length);
        i += length - 1;
      }
    }
    return out.empty() ? "x" : out;
  }

  std::vector<std::string> syllables_ = make_syllables();
  std::mt19937 random_{1};
};

Page make_page(Generator& g, int number, const std::string& head) {
  Page page{.number = number, .width = 1654, .height = 2339, .dpi = 200};
  Region region;
  std::string text = head;
  for (int i = 0; i < kWordsAPage / 10; ++i) {
    Line line;
    int left = 200;
    const auto put = [&](const std::string& value) {
      Word word{.raw = value, .text = value, .box = {left, 100 + 50 * i, left + 90, 130 + 50 * i}, .confidence = 0.93f};
      left += 100;
      line.words.push_back(word);
    };
    if (i == 0)
      for (const char* value : {"kế", "hoạch", "phát", "động", "phong", "trào", "thi", "đua"}) put(value);
    if (i == 0) put(head);
    for (int k = 0; k < 10; ++k) put(g.word());
    region.lines.push_back(line);
  }
  page.regions.push_back(region);
  return page;
}

Record make_record(Generator& g, int i) {
  Record record;
  const auto field = [](const std::string& value) { return Field<std::string>{value, {}}; };
  record.document.type = field("KẾ HOẠCH");
  record.document.number = field(std::to_string(i % 500 + 1) + "/KH-UBND");
  record.document.issuing_body = field("Ủy ban nhân dân xã " + g.name(i % 3000));
  record.document.plan_year = Field<int>{2010 + i % 15, {}};
  record.document.issue_date = field(std::to_string(2010 + i % 15) + "-0" + std::to_string(i % 9 + 1) + "-1" + std::to_string(i % 10));
  record.document.title = field("Phát động phong trào thi đua năm " + std::to_string(2010 + i % 15));
  record.references.push_back({"Chỉ thị", std::to_string(i % 200 + 1) + "-CT/TW", {}, {}, {}});
  for (int t = 0; t < kTargets; ++t) {
    Target target;
    const int indicator = g.number(400);
    target.indicator = indicator == 0 ? "Tỷ lệ hộ nghèo" : "Tỷ lệ " + g.name(indicator * 7);
    target.value = g.number(10000) / 100.0;
    target.unit = indicator % 4 == 0 ? "%" : indicator % 4 == 1 ? "tỷ đồng" : indicator % 4 == 2 ? "ha" : "hộ";
    if (indicator % 4 == 1) target.amount = Amount{target.value * 1e9, "đồng"};
    target.evidence.text = target.evidence.raw = target.indicator + ": " + std::to_string(target.value);
    target.evidence.page = 1;
    record.targets.push_back(target);
  }
  return record;
}

struct Timing {
  std::string what;
  std::vector<double> milliseconds;
  size_t found = 0;
};

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
}

Timing time_query(const std::string& what, const std::function<size_t()>& query) {
  Timing timing{what, {}, query()};
  for (int i = 0; i < kRepeats; ++i) {
    const double start = seconds();
    query();
    timing.milliseconds.push_back((seconds() - start) * 1000);
  }
  return timing;
}

std::vector<Timing> ask(const Store& store) {
  std::vector<Timing> timings;
  const auto find = [&](const std::string& what, const std::string& query, const SearchFilter& filter) {
    timings.push_back(time_query("search " + what, [&store, query, filter] { return search(store, query, filter, 20).size(); }));
  };
  const auto targets = [&](const std::string& what, const TargetQuery& query) {
    timings.push_back(time_query("targets " + what, [&store, query] { return find_targets(store, query).size(); }));
  };
  SearchFilter none, year, body, number;
  year.year = 2020;
  body.body = "xã bạnh";
  number.number = "123/KH-UBND";
  number.year = 2017;
  find("frequent words", "kế hoạch thi đua", none);
  find("without marks", "ke hoach thi dua", none);
  find("phrase", "\"phong trào thi đua\"", none);
  find("phrase that is nowhere", "\"đua phong kế\"", none);
  find("rare word", "phuyết", none);
  find("frequent and rare", "kế hoạch phuyết quẹp", none);
  find("OR", "phuyết OR quẹp OR xoàn", none);
  find("NOT", "thi đua NOT đảng", none);
  find("prefix", "khuy*", none);
  find("misread only", "hoavh kwế", none);
  find("unknown word", "zzyzx", none);
  find("frequent, one year", "kế hoạch", year);
  find("frequent, one body", "kế hoạch", body);
  find("frequent, one plan", "kế hoạch", number);
  targets("indicator, unit, max", {.indicator = "hộ nghèo", .unit = "%", .max = 1});
  targets("indicator, unit, max, year", {.indicator = "hộ nghèo", .unit = "%", .max = 1, .year = 2024});
  targets("indicator", {.indicator = "hộ nghèo"});
  targets("vague indicator", {.indicator = "tỷ lệ", .unit = "%", .year = 2020});
  targets("unit of amounts", {.unit = "đồng", .min = 5e10, .year = 2015});
  targets("body, year", {.year = 2015, .body = "xã bạnh"});
  return timings;
}

void build(const std::string& file, int plans) {
  Generator g;
  const double start = seconds();
  {
    Store store(file);
    store.database().execute("PRAGMA synchronous = OFF");
    for (int i = 0; i < plans; ++i) {
      const Record record = make_record(g, i);
      const std::string path = "plan-" + std::to_string(i) + ".pdf";
      std::vector<Page> pages;
      for (int p = 1; p <= kPages; ++p) pages.push_back(make_page(g, p, g.name(i)));
      store.put_document({path, "sha-" + path, "application/pdf", "done", "", path, path}, pages, record, to_json_line(record));
    }
  }
  const double built = seconds() - start;
  std::printf("%d plans: built in %.0f s of processor time (%.1f ms a plan)\n", plans, built, built * 1000 / plans);
}

void measure(const std::string& folder, int plans) {
  const std::string file = folder + "/corpus-" + std::to_string(plans) + ".db";
  if (!std::filesystem::exists(file)) build(file, plans);
  const double megabytes = static_cast<double>(std::filesystem::file_size(file)) / 1e6;
  std::printf("%d plans: %.0f MB (%.1f kB a plan)\n", plans, megabytes, megabytes * 1000 / plans);
  const Store store(file, true);
  std::vector<double> all;
  for (const Timing& timing : ask(store)) {
    std::printf("  %-34s %4zu found  median %7.2f ms  p99 %7.2f ms\n", timing.what.c_str(), timing.found,
                percentile(timing.milliseconds, 0.5), percentile(timing.milliseconds, 0.99));
    all.insert(all.end(), timing.milliseconds.begin(), timing.milliseconds.end());
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("  %-34s             median %7.2f ms  p99 %7.2f ms, memory at most %ld MB\n", "all", percentile(all, 0.5),
              percentile(all, 0.99), usage.ru_maxrss / 1024);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: corpus_bench FOLDER PLANS...\n");
    return 1;
  }
  std::filesystem::create_directories(argv[1]);
  for (int i = 2; i < argc; ++i) measure(argv[1], std::atoi(argv[i]));
}

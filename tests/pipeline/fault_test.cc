// Faults injected into the running program: killed, crashed, stuck. Nothing stored is lost, and the next run ends with
// the records of an undisturbed one.
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <random>
#include <thread>

#include <nlohmann/json.hpp>

#include "catch.h"
#include "corpus/sqlite.h"
#include "program.h"

using namespace planscribe;
using namespace std::chrono_literals;

namespace {

constexpr int kDocuments = 24, kPagesEach = 4;

void write_documents(const TestFolder& folder) {
  for (int d = 0; d < kDocuments; ++d) {
    std::string text;
    for (int p = 0; p < kPagesEach; ++p) {
      if (p) text += '\f';
      text += "KẾ HOẠCH\nPhát động phong trào thi đua năm " + std::to_string(2001 + d) + "\nChỉ tiêu thi đua:\n- Tỷ lệ hộ nghèo: dưới " +
              std::to_string(d * 10 + p + 1) + "%.\n- Trồng mới " + std::to_string(100 + d) + " ha rừng.\n";
    }
    folder.write("in/plan" + std::to_string(d) + ".txt", text);
  }
}

int stored_pages(const std::string& corpus) {
  if (!std::filesystem::exists(corpus)) return 0;
  try {
    const Database database(corpus, Database::Mode::read);
    Statement count(database, "SELECT count(*) FROM page_cache");
    return count.step() ? static_cast<int>(count.integer(0)) : 0;
  } catch (const std::exception&) {
    return 0;  // killed before the first table was made
  }
}

bool is_sound(const std::string& corpus) {
  const Database database(corpus, Database::Mode::write);
  Statement check(database, "PRAGMA integrity_check");
  return check.step() && check.text(0) == "ok";
}

nlohmann::json summary_of(const std::string& err) { return nlohmann::json::parse(err.substr(err.rfind('\n', err.size() - 2) + 1)); }

}  // namespace

TEST_CASE("killed at random moments, the run is taken up again and ends with the same records") {
  const TestFolder folder;
  write_documents(folder);
  const std::vector<std::string> base = {"run", folder / "in", "-j", "2", "--log-format", "json", "-o"};
  auto with = [&](const std::string& out) { auto a = base; a.push_back(out); return a; };
  const auto started = std::chrono::steady_clock::now();
  REQUIRE(planscribe::planscribe(with(folder / "undisturbed")).exit_code == 0);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
  const auto expected = records_of(folder / "undisturbed");
  REQUIRE(expected.size() == kDocuments);

  std::mt19937 random(20260301);
  for (int round = 0; round < 4; ++round) {
    const std::string out = folder / ("out" + std::to_string(round));
    for (int n = 0; n < 3; ++n) {
      const pid_t pid = start_planscribe(with(out), folder / "err");
      std::this_thread::sleep_for(std::chrono::microseconds(random() % whole.count()));
      kill(pid, SIGKILL);
      wait_for(pid);
      if (std::filesystem::exists(out + "/corpus.db")) CHECK(is_sound(out + "/corpus.db"));
    }
    const int before = stored_pages(out + "/corpus.db");
    const Outcome last = planscribe::planscribe(with(out));
    INFO("pages stored before: " << before << "\n" << last.err);
    CHECK(last.exit_code == 0);
    CHECK(records_of(out) == expected);
    CHECK(summary_of(last.err)["pages_read"].get<int>() == kDocuments * kPagesEach - before);  // no stored page is read again
    const Outcome again = planscribe::planscribe(with(out));
    CHECK(summary_of(again.err)["unchanged"] == kDocuments);
    CHECK(summary_of(again.err)["pages_read"] == 0);
  }
}

TEST_CASE("workers that are killed again and again cost what they were on, the next run mends it") {
  const TestFolder folder;
  write_documents(folder);
  const std::vector<std::string> arguments = {"run", folder / "in", "-j", "2", "-o", folder / "out"};
  REQUIRE(planscribe::planscribe({"run", folder / "in", "-j", "2", "-o", folder / "undisturbed"}).exit_code == 0);
  std::mt19937 random(7);
  const pid_t pid = start_planscribe(arguments, folder / "err");
  for (int n = 0; n < 6; ++n) {
    std::this_thread::sleep_for(200ms);
    const auto workers = children_of(pid);
    if (!workers.empty()) kill(workers[random() % workers.size()], n % 2 ? SIGKILL : SIGSEGV);
  }
  const int code = wait_for(pid);
  INFO(read_file(folder / "err"));
  CHECK((code == 0 || code == 11));
  CHECK(planscribe::planscribe(arguments).exit_code == 0);
  CHECK(records_of(folder / "out") == records_of(folder / "undisturbed"));
}

TEST_CASE("a worker that dies once costs nothing: its task is given to another") {
  const TestFolder folder;
  write_documents(folder);
  REQUIRE(planscribe::planscribe({"run", folder / "in", "-j", "2", "-o", folder / "undisturbed"}).exit_code == 0);
  const pid_t pid = start_planscribe({"run", folder / "in", "-j", "2", "-o", folder / "out"}, folder / "err");
  std::this_thread::sleep_for(400ms);
  const auto workers = children_of(pid);
  if (!workers.empty()) kill(workers.front(), SIGKILL);
  const int code = wait_for(pid);
  INFO(read_file(folder / "err"));
  CHECK(code == 0);
  CHECK(records_of(folder / "out") == records_of(folder / "undisturbed"));
}

TEST_CASE("a worker that hangs is replaced when its time is over") {
  const TestFolder folder;
  const std::string input = folder.write("in/page.pdf", read_file(SOURCE_DIR "/corpus/samples/plans/cau_da_2024.office.pdf"));
  folder.write("in/zzz.txt", "KẾ HOẠCH\nPhát động thi đua năm 2024\n");
  const pid_t pid = start_planscribe({"run", folder / "in", "-j", "1", "--mode", "ocr", "--time-limit", "4", "-o", folder / "out"}, folder / "err");
  // When the first page is stored the worker is reading the second.
  for (int i = 0; i < 2000 && stored_pages(folder / "out/corpus.db") == 0; ++i) std::this_thread::sleep_for(10ms);
  for (pid_t worker : children_of(pid)) kill(worker, SIGSTOP);
  const int code = wait_for(pid);
  const std::string err = read_file(folder / "err");
  INFO(err);
  CHECK(code == 11);
  CHECK(err.find("took longer than 4 s") != std::string::npos);
  CHECK(records_of(folder / "out").contains(folder / "in/zzz.txt"));
}

TEST_CASE("a wrong rule file ends the run, and no document is recorded as bad") {
  const TestFolder folder;
  write_documents(folder);
  folder.write("rules/mine.toml", "[[rule]]\nid = \"mine\"\nfield = \"document.number\"\npattern = '(?P<value>'\n");
  const auto result = planscribe::planscribe({"run", folder / "in", "-j", "2", "--rules", folder / "rules", "-o", folder / "out"});
  INFO(result.err);
  CHECK(result.exit_code == 9);
  CHECK(result.err.find("mine.toml:") != std::string::npos);
  CHECK(!std::filesystem::exists(folder / "out/records.jsonl"));
}

TEST_CASE("Ctrl-C ends the run with 130 and keeps what is done") {
  const TestFolder folder;
  write_documents(folder);
  const pid_t pid = start_planscribe({"run", folder / "in", "-j", "1", "-o", folder / "out"}, folder / "err");
  for (int i = 0; i < 1000 && !std::filesystem::exists(folder / "out/corpus.db"); ++i) std::this_thread::sleep_for(10ms);
  std::this_thread::sleep_for(200ms);
  kill(pid, SIGINT);
  const int code = wait_for(pid);
  CHECK((code == 130 || code == 0));  // 0 when it was faster
  CHECK(is_sound(folder / "out/corpus.db"));
}

TEST_CASE("two runs into one folder: the second is turned away") {
  const TestFolder folder;
  write_documents(folder);
  const pid_t first = start_planscribe({"run", folder / "in", "-j", "1", "-o", folder / "out"}, folder / "err");
  for (int i = 0; i < 200 && !std::filesystem::exists(folder / "out/corpus.db"); ++i) std::this_thread::sleep_for(5ms);
  kill(first, SIGSTOP);
  const Outcome second = planscribe::planscribe({"run", folder / "in", "-o", folder / "out"});
  CHECK(second.exit_code == 5);
  CHECK(second.err.find("another planscribe run") != std::string::npos);
  kill(first, SIGCONT);
  CHECK(wait_for(first) == 0);
}

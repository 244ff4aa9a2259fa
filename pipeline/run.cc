// run.cc: one loop hands tasks to worker processes and stores their answers.
//
// The rules are read by one worker while the others begin with the pages, so that a wrong rule file ends the run early.
// A document goes through: open (hash, known already?) -> inspect (page keys) -> a task a page that is not in the cache
// -> finish (restore, extract) -> stored in one transaction. Every page is stored when it arrives, so that a run which is
// killed loses only the pages that were being read.
#include "pipeline/run.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <list>
#include <map>
#include <set>
#include <thread>

#include "corpus/corrections.h"
#include "corpus/store.h"
#include "pipeline/hash.h"
#include "pipeline/inputs.h"
#include "pipeline/outputs.h"
#include "pipeline/page_json.h"
#include "pipeline/text_files.h"
#include "pipeline/worker_pool.h"
#include "rules/record_from_json.h"

namespace planscribe {

std::atomic<bool> interrupted{false};

namespace {

constexpr long kFinisherBehind = 2;  // documents that wait to be finished

using nlohmann::json;

constexpr const char* kModeNames[] = {"auto", "ocr", "text"};

// Keeps a second run from writing into the same folder; the system lifts it when the process ends in any way.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder) : fd_(open((folder + "/.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (fd_ < 0 || flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      if (fd_ >= 0) close(fd_);
      throw Error(ExitCode::file_access, folder + ": another planscribe run is writing here; wait for it or choose another folder with -o");
    }
  }
  ~FolderLock() { close(fd_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int fd_;
};

// A document on its way through the workers.
struct Job {
  InputDocument input;
  StoredDocument stored;              // path, hash and keys; status when it is known
  std::vector<std::string> keys;      // of all pages
  std::vector<int> pages;             // numbers of the pages asked for
  std::vector<int> to_read;           // those of them not yet given to a worker
  std::map<int, std::string> failed;  // page -> reason
  int reading = 0;                    // pages with workers
  bool inspected = false, finishing = false;

  bool ready_to_finish() const { return inspected && !finishing && to_read.empty() && reading == 0; }
};

class Run {
 public:
  explicit Run(const RunOptions& options)
      : options_(options),
        lock_((prepare_output_folder(options.output_folder), options.output_folder)),
        store_(options.output_folder + "/corpus.db"),
        progress_(options.log_format, options.verbosity),
        inputs_(list_inputs(options.inputs, options.output_folder)) {
    name_texts(inputs_.documents, store_.text_names());
  }

  ExitCode execute();

 private:
  WorkerPool make_pool() const;
  void give_tasks(WorkerPool& pool);
  json next_task(int worker);
  bool may_finish(int worker) const;
  bool open_next_document();
  bool try_again(const PoolEvent& event);
  void handle(PoolEvent& event);
  static void rules_read(const PoolEvent& event, const json& answer);
  void inspected(Job& job, const json& answer);
  void page_read(Job& job, int number, const json& answer);
  void finished(Job& job, const json& answer);
  json finish_task(Job& job);
  void fail(Job& job, ExitCode code, const std::string& reason);
  void close_job(Job& job);
  Job* find_job(const std::string& path);
  ExitCode result() const;

  const RunOptions& options_;
  FolderLock lock_;
  Store store_;
  Progress progress_;
  InputList inputs_;
  size_t next_input_ = 0;
  std::list<Job> jobs_;  // open documents, oldest first
  std::vector<json> waiting_;        // tasks that come before all others: the rules; those whose worker died
  bool rules_asked_for_ = false;
  int finisher_ = -1;                // the worker that has compiled the rules
  std::set<std::string> given_twice_;
  std::string reading_settings_, extraction_settings_;
  RunCounts counts_;
  std::string current_;
  ExitCode first_failure_ = ExitCode::ok;
  bool stop_ = false;
};

WorkerPool Run::make_pool() const {
  const ProcessOptions& p = options_.process;
  std::vector<std::string> arguments = {"worker", "--data", p.data_folder, "-l", p.language, "--mode",
                                        kModeNames[static_cast<int>(p.mode)], "--memory-limit", std::to_string(options_.memory_limit_mb)};
  if (!p.restore) arguments.push_back("--no-restore");
  for (const std::string& folder : p.rule_folders) {
    arguments.push_back("--rules");
    arguments.push_back(folder);
  }
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  return WorkerPool({.count = options_.jobs > 0 ? options_.jobs : cores, .arguments = arguments, .time_limit = options_.time_limit});
}

ExitCode Run::execute() {
  counts_.documents = static_cast<int>(inputs_.documents.size());
  if (inputs_.documents.empty())
    throw Error(ExitCode::input_file, "nothing to read: no PDF, image or text file in the inputs");
  for (const std::string& path : inputs_.ignored) progress_.detail("ignored: " + path);
  const std::int64_t run_id = store_.begin_run(options_.command_line);
  {
    WorkerPool pool = make_pool();
    reading_settings_ = pool.hello().at("reading");
    extraction_settings_ = pool.hello().at("extraction");
    for (;;) {
      if (!stop_ && !interrupted) give_tasks(pool);
      if (interrupted || (!pool.busy() && (stop_ || jobs_.empty()) && (stop_ || next_input_ == inputs_.documents.size()))) break;
      for (PoolEvent& event : pool.wait(std::chrono::milliseconds(100))) handle(event);
      progress_.update(counts_, counts_.pages, current_);
    }
  }
  counts_.not_reached = counts_.documents - counts_.done - counts_.unchanged - counts_.failed - counts_.encrypted;
  if (options_.write_records) {
    std::string lines;
    for (const auto& [path, record] : store_.records()) lines += record + "\n";
    write_file_atomically(options_.output_folder + "/records.jsonl", lines);
  }
  store_.end_run(run_id, to_json(counts_).dump());
  progress_.summary(counts_, options_.output_folder);
  return result();
}

ExitCode Run::result() const {
  if (interrupted) return ExitCode::interrupted;
  if (counts_.failed + counts_.encrypted + counts_.pages_failed == 0) return ExitCode::ok;
  if (counts_.documents == 1 && counts_.done == 0) return first_failure_;  // the one input: say what was wrong with it
  return ExitCode::some_failed;
}

void Run::give_tasks(WorkerPool& pool) {
  for (int worker : pool.idle()) {
    json task = next_task(worker);
    if (task.is_null()) continue;
    const std::string kind = task.at("task");
    if (finisher_ < 0 && (kind == "rules" || kind == "finish")) finisher_ = worker;
    current_ = task.value("path", current_);
    pool.submit(worker, std::move(task));
  }
}

// Compiling the rules takes half a second, so one worker finishes the documents, and the others only when it falls behind.
bool Run::may_finish(int worker) const {
  if (finisher_ < 0 || worker == finisher_) return true;
  return std::count_if(jobs_.begin(), jobs_.end(), [](const Job& job) { return job.ready_to_finish(); }) > kFinisherBehind;
}

// Older documents first, so that few are open at a time.
json Run::next_task(int worker) {
  if (!waiting_.empty()) {
    json task = std::move(waiting_.back());
    waiting_.pop_back();
    return task;
  }
  for (auto it = jobs_.begin(); it != jobs_.end();) {
    Job& job = *it++;  // finish_task() may close the job
    if (job.ready_to_finish()) {
      if (!may_finish(worker)) continue;
      json task = finish_task(job);
      if (!task.is_null()) return task;
    } else if (!job.to_read.empty()) {
      const int number = job.to_read.front();
      job.to_read.erase(job.to_read.begin());
      ++job.reading;
      return {{"task", "page"}, {"path", job.input.path}, {"number", number}};
    }
  }
  while (next_input_ < inputs_.documents.size()) {
    if (!open_next_document()) continue;
    if (!rules_asked_for_) waiting_.push_back({{"task", "rules"}});
    rules_asked_for_ = true;
    return {{"task", "inspect"}, {"path", jobs_.back().input.path}};
  }
  return nullptr;
}

// True when the document has to be looked into; false when it is known already or cannot be read.
bool Run::open_next_document() {
  Job job;
  job.input = inputs_.documents[next_input_++];
  StoredDocument& stored = job.stored;
  stored.path = job.input.path;
  stored.text_name = job.input.name;
  try {
    stored.sha256 = sha256_of_file(job.input.path);
    sniff(job.input.path);
  } catch (const Error& e) {
    fail(job, e.code(), e.what());
    return false;
  }
  stored.input_key = Hash().add(stored.sha256).add(reading_settings_).add(options_.pages.text()).hex();
  stored.record_key = Hash().add(stored.input_key).add(extraction_settings_).hex();
  const auto known = options_.force ? std::nullopt : store_.find_document(job.input.path);
  const bool has_text = !options_.write_text || std::filesystem::exists(options_.output_folder + "/text/" + job.input.name + ".txt");
  if (known && known->status == "done" && (options_.no_overwrite || (known->record_key == stored.record_key && known->error.empty() && has_text))) {
    ++counts_.unchanged;
    counts_.pages += known->pages;  // taken from the corpus as they are
    counts_.cached += known->pages;
    return false;
  }
  if (known && known->status == "encrypted" && known->sha256 == stored.sha256) {
    fail(job, ExitCode::encrypted, known->error);
    return false;
  }
  jobs_.push_back(std::move(job));
  return true;
}

Job* Run::find_job(const std::string& path) {
  for (Job& job : jobs_)
    if (job.input.path == path) return &job;
  return nullptr;
}

// A worker may have died of something that is not the page's fault (out of memory, killed): its task is given once more.
// What took too long would take as long again.
bool Run::try_again(const PoolEvent& event) {
  if (event.lost.empty() || event.late) return false;
  const std::string what = event.task.at("task").get<std::string>() + " " + std::to_string(event.task.value("number", 0)) + " " +
                           event.task.value("path", "");
  if (!given_twice_.insert(what).second) return false;
  waiting_.push_back(event.task);
  return true;
}

void Run::handle(PoolEvent& event) {
  if (event.task.is_null() || try_again(event)) return;
  const std::string task = event.task.at("task");
  json answer = std::move(event.answer);
  if (!event.lost.empty()) answer = {{"error", "the worker " + event.lost}, {"code", static_cast<int>(ExitCode::other)}};
  if (task == "rules") return rules_read(event, answer);
  Job* job = find_job(event.task.at("path"));
  if (!job) return;
  if (task == "page") return page_read(*job, event.task.at("number"), answer);
  if (answer.contains("error")) return fail(*job, static_cast<ExitCode>(answer.at("code").get<int>()), answer.at("error"));
  if (task == "inspect") return inspected(*job, answer);
  finished(*job, answer);
}

// A lost worker says nothing about the rules: the next that needs them reads them.
void Run::rules_read(const PoolEvent& event, const json& answer) {
  if (event.lost.empty() && answer.contains("error")) throw Error(static_cast<ExitCode>(answer.at("code").get<int>()), answer.at("error"));
}

void Run::inspected(Job& job, const json& answer) {
  job.keys = answer.at("pages").get<std::vector<std::string>>();
  for (int number = 1; number <= static_cast<int>(job.keys.size()); ++number) {
    if (!options_.pages.contains(number)) continue;
    job.pages.push_back(number);
    if (!options_.force && store_.find_page(job.keys[number - 1]))
      ++counts_.cached;
    else
      job.to_read.push_back(number);
  }
  counts_.pages += static_cast<int>(job.pages.size());
  job.inspected = true;
  if (job.pages.empty()) fail(job, ExitCode::bad_arguments, "has " + std::to_string(job.keys.size()) + " pages, none of those asked for with --pages");
}

void Run::page_read(Job& job, int number, const json& answer) {
  --job.reading;
  if (answer.contains("error")) {
    job.failed[number] = answer.at("error");
    ++counts_.pages_failed;
    progress_.page_failed(job.input.path, number, job.failed[number]);
    return;
  }
  ++counts_.read;
  store_.put_page(job.keys[number - 1], answer.at("page").dump());
}

json Run::finish_task(Job& job) {
  if (job.failed.size() == job.pages.size()) {
    fail(job, ExitCode::input_file, "no page could be read: page " + std::to_string(job.failed.begin()->first) + ": " + job.failed.begin()->second);
    return nullptr;
  }
  json pages = json::array();
  for (int number : job.pages) {
    json page;
    if (const auto reason = job.failed.find(number); reason != job.failed.end()) {
      Page failed;
      failed.status = PageStatus::failed;
      failed.error = reason->second;
      page = to_json(failed);
    } else {
      page = json::parse(store_.find_page(job.keys[number - 1]).value());
    }
    page["number"] = number;  // the same page may stand elsewhere in another document
    counts_.blank += page.at("status") == "blank";
    pages.push_back(std::move(page));
  }
  job.finishing = true;
  return {{"task", "finish"}, {"path", job.input.path}, {"sha256", job.stored.sha256}, {"pages", std::move(pages)}};
}

void Run::finished(Job& job, const json& answer) {
  std::vector<Page> pages;
  for (const json& page : answer.at("pages")) pages.push_back(page_from_json(page));
  const std::string record_json = answer.at("record");
  const Record record = record_from_json(json::parse(record_json));
  job.stored.status = "done";
  job.stored.media_type = record.source.media_type;
  if (!job.failed.empty())
    job.stored.error = std::to_string(job.failed.size()) + " of " + std::to_string(job.pages.size()) + " pages failed";
  if (options_.write_text)
    write_file_atomically(options_.output_folder + "/text/" + job.input.name + ".txt",
                          join_pages(answer.at("text").get<std::vector<std::string>>()));
  store_.put_document(job.stored, pages, record, record_json);
  for (const Correction& correction : list_corrections(store_, job.input.path))
    if (correction.state == "conflict" || correction.state == "differs")
      progress_.warning(job.input.path, "correction " + std::to_string(correction.id) + " of " + correction.field + ": " + correction.note);
  ++counts_.done;
  progress_.document_done(job.input.path, static_cast<int>(pages.size()),
                          std::to_string(record.targets.size()) + " targets" + (job.stored.error.empty() ? "" : ", " + job.stored.error));
  close_job(job);
}

void Run::fail(Job& job, ExitCode code, const std::string& reason) {
  job.stored.status = code == ExitCode::encrypted ? "encrypted" : "failed";
  job.stored.error = reason;
  store_.put_failed_document(job.stored);
  ++(code == ExitCode::encrypted ? counts_.encrypted : counts_.failed);
  if (first_failure_ == ExitCode::ok) first_failure_ = code;
  if (options_.fail_fast) stop_ = true;
  progress_.document_failed(job.input.path, reason);
  close_job(job);
}

void Run::close_job(Job& job) {
  jobs_.remove_if([&](const Job& other) { return &other == &job; });
}

}  // namespace

ExitCode run(const RunOptions& options) { return Run(options).execute(); }

}  // namespace planscribe

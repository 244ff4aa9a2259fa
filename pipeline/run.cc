// run.cc: one loop hands tasks to worker processes and stores their answers.
//
// The rules are read by one worker while the others begin with the pages, so that a wrong rule file ends the run early.
// A document goes through: open (hash, known already?) -> inspect (page keys) -> a task a page that is not in the cache
// -> finish (restore, extract) -> stored in one transaction. Every page is stored when it arrives, so that a run which is
// killed loses only the pages that were being read.
#include "pipeline/run.h"

#include <algorithm>
#include <thread>

#include "pipeline/run_state.h"
#include "pipeline/wording.h"

namespace planscribe {

std::atomic<bool> interrupted{false};

namespace {

constexpr const char* kModeNames[] = {"auto", "ocr", "text"};

}  // namespace

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
  return WorkerPool({.count = options_.jobs > 0 ? options_.jobs : cores, .arguments = arguments, .noisy = options_.verbosity == Verbosity::verbose, .time_limit = options_.time_limit});
}

ExitCode Run::execute() {
  counts_.documents = static_cast<int>(inputs_.documents.size());
  counts_.unreadable = static_cast<int>(inputs_.unreadable.size());
  counts_.passed_over = static_cast<int>(inputs_.ignored.size());
  for (const std::string& path : inputs_.ignored) progress_.detail("passed over: " + path);
  for (const auto& [path, reason] : inputs_.unreadable) progress_.document_failed(path, reason);
  if (inputs_.documents.empty())
    throw Error(ExitCode::input_file, "nothing to read: no PDF, image or text file in the inputs" +
                                          (inputs_.ignored.empty() ? "" : "; " + counted(counts_.passed_over, "other file") + " passed over"));
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
  if (counts_.failed + counts_.encrypted + counts_.pages_failed + counts_.unreadable == 0) return ExitCode::ok;
  if (counts_.documents == 1 && counts_.done == 0 && counts_.unreadable == 0) return first_failure_;  // the one input: say what was wrong with it
  return ExitCode::some_failed;
}

ExitCode run(const RunOptions& options) { return Run(options).execute(); }

}  // namespace planscribe

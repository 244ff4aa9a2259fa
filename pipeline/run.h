// run.h: the main job: inputs -> corpus.db, records.jsonl, text/. The main process alone writes; workers read.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include "pipeline/error.h"
#include "pipeline/page_ranges.h"
#include "pipeline/process.h"
#include "pipeline/progress.h"

namespace planscribe {

struct RunOptions {
  std::vector<std::string> inputs;
  std::string output_folder = "planscribe-out";
  int jobs = 0;               // 0 = number of cores
  ProcessOptions process;
  PageRanges pages;
  bool write_text = true;     // text/NAME.txt
  bool write_records = true;  // records.jsonl
  bool no_overwrite = false;  // documents that the corpus already has are left as they are
  bool force = false;         // read every page again
  bool fail_fast = false;     // stop at the first document that fails
  std::chrono::seconds time_limit{120};  // a page
  long memory_limit_mb = 2048;           // a worker
  LogFormat log_format = LogFormat::text;
  Verbosity verbosity = Verbosity::normal;
  std::string command_line;   // for the history of runs
};

// Set by the signal handler of main(); the run stops at once, what is stored stays.
extern std::atomic<bool> interrupted;

ExitCode run(const RunOptions& options);

}  // namespace planscribe

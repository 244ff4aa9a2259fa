// run_state.h: what a run knows while it goes on. Private to run.cc (the loop), run_tasks.cc (what a worker is given) and
// run_answers.cc (what is done with what it answers).
#pragma once

#include <list>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "corpus/store.h"
#include "pipeline/folder_lock.h"
#include "pipeline/inputs.h"
#include "pipeline/outputs.h"
#include "pipeline/progress.h"
#include "pipeline/run.h"
#include "pipeline/worker_pool.h"

namespace planscribe {

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
  nlohmann::json next_task(int worker);
  bool may_finish(int worker) const;
  bool open_next_document();
  bool try_again(const PoolEvent& event);
  void handle(PoolEvent& event);
  static void rules_read(const PoolEvent& event, const nlohmann::json& answer);
  void inspected(Job& job, const nlohmann::json& answer);
  void page_read(Job& job, int number, const nlohmann::json& answer);
  void finished(Job& job, const nlohmann::json& answer);
  nlohmann::json finish_task(Job& job);
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
  std::vector<nlohmann::json> waiting_;        // tasks that come before all others: the rules; those whose worker died
  bool rules_asked_for_ = false;
  int finisher_ = -1;                // the worker that has compiled the rules
  std::set<std::string> given_twice_;
  std::string reading_settings_, extraction_settings_;
  RunCounts counts_;
  std::string current_;
  ExitCode first_failure_ = ExitCode::ok;
  bool stop_ = false;
};

}  // namespace planscribe

// worker_pool.h: starts worker processes, hands them tasks, watches over them. Used by one thread.
//
//   WorkerPool pool({.count = 2, .arguments = {"worker", ...}});
//   pool.submit(worker, task);
//   for (PoolEvent& event : pool.wait(100ms)) ...        // an answer, or the death of a worker
//
// A worker that dies (crash, kill, out of memory) or exceeds the time limit of its task gives an event with the reason
// and is replaced by a new one.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "pipeline/message.h"

namespace planscribe {

struct PoolOptions {
  int count = 1;
  std::vector<std::string> arguments;            // of this program, to make it a worker
  bool noisy = false;                            // what C libraries print in workers goes to stderr; else it is dropped
  std::chrono::seconds time_limit{120};          // a task
  std::chrono::seconds start_limit{60};          // until a worker says hello
};

struct PoolEvent {
  int worker = 0;
  nlohmann::json task;    // null when the worker had none
  nlohmann::json answer;  // null when the worker was lost
  std::string lost;       // why it was lost: "crashed (segmentation fault)", "took longer than 120 s", ...
  bool late = false;      // lost because it exceeded the time limit
};

class WorkerPool {
 public:
  // Starts the workers and waits for the first hello, which tells the settings all of them read with.
  // Throws Error with the worker's own message when it cannot start.
  explicit WorkerPool(PoolOptions options);
  ~WorkerPool();  // kills what still runs
  WorkerPool(const WorkerPool&) = delete;  // owns processes
  WorkerPool& operator=(const WorkerPool&) = delete;

  const nlohmann::json& hello() const { return hello_; }
  std::vector<int> idle() const;  // numbers of workers without a task
  bool busy() const;
  void submit(int worker, nlohmann::json task);
  // Waits until something happens, at most so long. Interrupted by signals.
  std::vector<PoolEvent> wait(std::chrono::milliseconds at_most);

 private:
  struct Process {
    pid_t pid = -1;
    int to = -1, from = -1;  // pipes, owned
    bool greeted = false;
    std::optional<nlohmann::json> task;
    std::chrono::steady_clock::time_point deadline;
    MessageReader reader;
  };

  void start(Process& process);
  std::string stop(Process& process);  // how it ended
  void stop_all();
  void collect(int number, std::vector<PoolEvent>& events);
  void lose(int number, const std::string& late_reason, std::vector<PoolEvent>& events);

  PoolOptions options_;
  std::vector<Process> processes_;
  nlohmann::json hello_;
  int lost_before_hello_ = 0;
};

}  // namespace planscribe

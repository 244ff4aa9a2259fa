#include "pipeline/worker_pool.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "pipeline/error.h"

namespace planscribe {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kMaxLostStarts = 10;  // workers in a row that die before they say hello

std::string describe(int status) {
  if (WIFSIGNALED(status)) return std::string("crashed (") + strsignal(WTERMSIG(status)) + ")";
  return "ended with exit code " + std::to_string(WEXITSTATUS(status));
}

void silence(int descriptor) {
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) dup2(nowhere, descriptor);
}

// OMP_THREAD_LIMIT is for builds of Tesseract whose OpenMP is not GCC's (serial_openmp.cc): teams cost more than they give.
void become_worker(const std::vector<std::string>& arguments) {
  setenv("OMP_THREAD_LIMIT", "1", 1);
  std::vector<char*> argv;
  std::string self = "/proc/self/exe";
  argv.push_back(self.data());
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(self.c_str(), argv.data());
  _exit(127);
}

}  // namespace

WorkerPool::WorkerPool(PoolOptions options) : options_(std::move(options)) {
  std::signal(SIGPIPE, SIG_IGN);
  processes_.resize(static_cast<size_t>(options_.count));
  try {
    for (Process& process : processes_) start(process);
    while (hello_.is_null()) wait(std::chrono::milliseconds(1000));  // the first error, a missing package, ends the run
  } catch (...) {
    stop_all();
    throw;
  }
}

WorkerPool::~WorkerPool() { stop_all(); }

void WorkerPool::stop_all() {
  for (Process& process : processes_) {
    if (process.pid > 0 && (process.task || !process.greeted)) kill(process.pid, SIGKILL);
    if (process.pid > 0) stop(process);
  }
}

void WorkerPool::start(Process& process) {
  int to[2], from[2];
  if (pipe2(to, O_CLOEXEC) != 0) throw Error(ExitCode::other, std::string("cannot make a pipe: ") + std::strerror(errno));
  if (pipe2(from, O_CLOEXEC) != 0) {
    close(to[0]), close(to[1]);
    throw Error(ExitCode::other, std::string("cannot make a pipe: ") + std::strerror(errno));
  }
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(to[0], STDIN_FILENO);
    dup2(from[1], STDOUT_FILENO);
    if (!options_.noisy) silence(STDERR_FILENO);
    become_worker(options_.arguments);
  }
  close(to[0]), close(from[1]);
  process = Process{};
  process.pid = pid;
  process.to = to[1];
  process.from = from[0];
  process.deadline = Clock::now() + options_.start_limit;
  if (pid < 0) throw Error(ExitCode::other, std::string("cannot start a worker process: ") + std::strerror(errno));
}

std::string WorkerPool::stop(Process& process) {
  if (process.to >= 0) close(process.to);
  if (process.from >= 0) close(process.from);
  int status = 0;
  while (waitpid(process.pid, &status, 0) < 0 && errno == EINTR) {
  }
  process.pid = process.to = process.from = -1;
  return describe(status);
}

std::vector<int> WorkerPool::idle() const {
  std::vector<int> numbers;
  for (size_t i = 0; i < processes_.size(); ++i)
    if (processes_[i].greeted && !processes_[i].task) numbers.push_back(static_cast<int>(i));
  return numbers;
}

bool WorkerPool::busy() const {
  for (const Process& process : processes_)
    if (process.task) return true;
  return false;
}

void WorkerPool::submit(int worker, nlohmann::json task) {
  Process& process = processes_.at(static_cast<size_t>(worker));
  process.deadline = Clock::now() + options_.time_limit;
  process.task = std::move(task);
  send_message(process.to, *process.task);  // a worker that is gone is noticed by wait()
}

std::vector<PoolEvent> WorkerPool::wait(std::chrono::milliseconds at_most) {
  std::vector<pollfd> fds;
  for (const Process& process : processes_) fds.push_back({process.from, POLLIN, 0});
  const int ready = poll(fds.data(), fds.size(), static_cast<int>(at_most.count()));
  std::vector<PoolEvent> events;
  for (size_t i = 0; i < processes_.size(); ++i) {
    Process& process = processes_[i];
    if (process.pid < 0) continue;
    if (ready > 0 && fds[i].revents != 0) {
      collect(static_cast<int>(i), events);
    } else if ((process.task || !process.greeted) && Clock::now() > process.deadline) {
      kill(process.pid, SIGKILL);
      const auto limit = process.greeted ? options_.time_limit : options_.start_limit;
      lose(static_cast<int>(i), "took longer than " + std::to_string(limit.count()) + " s", events);
    }
  }
  return events;
}

void WorkerPool::collect(int number, std::vector<PoolEvent>& events) {
  Process& process = processes_[static_cast<size_t>(number)];
  if (!process.reader.read_some(process.from)) {
    lose(number, "", events);
    return;
  }
  while (auto message = process.reader.next()) {
    if (!process.greeted) {
      if (message->contains("error"))
        throw Error(static_cast<ExitCode>(message->at("code").get<int>()), message->at("error"));
      process.greeted = true;
      lost_before_hello_ = 0;
      hello_ = message->at("hello");
    } else if (process.task) {
      events.push_back({number, std::move(*process.task), std::move(*message), "", false});
      process.task.reset();
    }
  }
}

void WorkerPool::lose(int number, const std::string& late_reason, std::vector<PoolEvent>& events) {
  Process& process = processes_[static_cast<size_t>(number)];
  const bool greeted = process.greeted;
  nlohmann::json task = process.task ? std::move(*process.task) : nlohmann::json();
  const std::string ended = stop(process);
  events.push_back({number, std::move(task), nullptr, late_reason.empty() ? ended : late_reason, !late_reason.empty()});
  if (!greeted && ++lost_before_hello_ >= kMaxLostStarts)
    throw Error(ExitCode::other, "worker processes end before they are ready: " + ended);
  start(process);
}

}  // namespace planscribe

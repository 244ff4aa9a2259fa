#include "pipeline/worker.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <new>

#include "pipeline/error.h"
#include "pipeline/extract_pages.h"
#include "pipeline/hash.h"
#include "pipeline/message.h"
#include "pipeline/page_json.h"
#include "rules/record_json.h"

namespace planscribe {
namespace {

using nlohmann::json;

void limit_memory(long megabytes) {
#ifdef __SANITIZE_ADDRESS__
  megabytes = 0;  // its shadow memory takes terabytes of address space
#endif
  if (megabytes <= 0) return;
  const rlim_t bytes = static_cast<rlim_t>(megabytes) << 20;
  const rlimit limit{bytes, bytes};
  setrlimit(RLIMIT_AS, &limit);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
}

// Page images come and go; memory that is given back to the system each time is filled with zeros each time.
void keep_freed_memory() {
  constexpr int kLargest = 32 << 20, kKept = 128 << 20;  // bytes; mallopt takes no more than the former
  mallopt(M_MMAP_THRESHOLD, kLargest);
  mallopt(M_TRIM_THRESHOLD, kKept);
}

// Libraries print to stdout now and then; the stream of answers must stay clean.
int claim_stdout() {
  const int answers = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  return answers;
}

class Worker {
 public:
  explicit Worker(const ProcessOptions& options) : tools_(options) {}

  json hello() {
    return {{"hello", {{"reading", reading_settings(tools_)}, {"extraction", extraction_settings(tools_)}}}};
  }

  json answer(const json& task) {
    const std::string kind = task.at("task");
    if (kind == "rules") return {{"rules", tools_.rules().version()}};
    const std::string path = task.at("path");
    const InputFile& input = open(path);
    if (kind == "inspect") return inspect(input);
    if (kind == "page") return {{"page", to_json(read_page(input, task.at("number"), tools_))}};
    return finish(task, input, path);
  }

 private:
  const InputFile& open(const std::string& path) {
    if (!input_ || path != path_) {
      input_.reset();
      input_ = std::make_unique<InputFile>(path);
      path_ = path;
    }
    return *input_;
  }

  json inspect(const InputFile& input) {
    const std::string settings = reading_settings(tools_);
    json keys = json::array();
    for (int page = 1; page <= input.page_count(); ++page)
      keys.push_back(Hash().add(settings).add(input.page_hash(page)).hex());
    return {{"pages", std::move(keys)}};
  }

  json finish(const json& task, const InputFile& input, const std::string& path) {
    std::vector<Page> read;
    for (const json& page : task.at("pages")) read.push_back(page_from_json(page));
    const Finished done = finish_document(std::move(read), input, path, task.at("sha256"), tools_);
    json pages = json::array(), text = json::array();
    for (const Page& page : done.pages) {
      pages.push_back(to_json(page));
      text.push_back(page_text(page));
    }
    return {{"pages", std::move(pages)}, {"text", std::move(text)}, {"record", record_to_message(done.record)}};
  }

  static json record_to_message(const Record& record) { return to_json_line(record); }

  Tools tools_;
  std::string path_;
  std::unique_ptr<InputFile> input_;
};

json error_answer(ExitCode code, const std::string& message) {
  return {{"error", message}, {"code", static_cast<int>(code)}};
}

template <typename Work>
json guarded(Work work) {
  try {
    return work();
  } catch (const Error& e) {
    return error_answer(e.code(), e.what());
  } catch (const std::bad_alloc&) {
    return error_answer(ExitCode::input_file, "needs more memory than a worker may use; raise --memory-limit");
  } catch (const std::exception& e) {
    return error_answer(ExitCode::other, std::string("unexpected: ") + e.what());
  }
}

}  // namespace

int run_worker(const ProcessOptions& options, const WorkerLimits& limits) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // never outlive the main process
  std::signal(SIGINT, SIG_IGN);      // Ctrl-C reaches the whole group; the main process decides
  std::signal(SIGPIPE, SIG_IGN);
  const int answers = claim_stdout();
  limit_memory(limits.memory_mb);
  keep_freed_memory();
  std::unique_ptr<Worker> worker;
  const json hello = guarded([&] {
    worker = std::make_unique<Worker>(options);
    return worker->hello();
  });
  if (!send_message(answers, hello) || !worker || hello.contains("error")) return static_cast<int>(ExitCode::other);
  while (const auto task = receive_message(STDIN_FILENO))
    if (!send_message(answers, guarded([&] { return worker->answer(*task); }))) break;
  return 0;
}

}  // namespace planscribe

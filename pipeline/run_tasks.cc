// run_tasks.cc: which task a worker is given next.
#include <algorithm>
#include <filesystem>

#include "pipeline/hash.h"
#include "pipeline/input_file.h"
#include "pipeline/page_json.h"
#include "pipeline/run_state.h"

namespace planscribe {

using nlohmann::json;

namespace {

constexpr long kFinisherBehind = 2;  // documents that wait to be finished

}  // namespace

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

// The rules take 0.2 s and tens of megabytes, so one worker finishes the documents, and the others only when it falls behind.
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

}  // namespace planscribe

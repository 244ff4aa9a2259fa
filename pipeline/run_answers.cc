// run_answers.cc: what a worker answers is stored, and the document goes on.
#include "corpus/corrections.h"
#include "pipeline/page_json.h"
#include "pipeline/run_state.h"
#include "pipeline/text_files.h"
#include "pipeline/wording.h"
#include "rules/record_from_json.h"

namespace planscribe {

using nlohmann::json;

Job* Run::find_job(const std::string& path) {
  for (Job& job : jobs_)
    if (job.input.path == path) return &job;
  return nullptr;
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
    job.failed[number] = without_place(answer.at("error"), job.input.path, number);
    ++counts_.pages_failed;
    progress_.page_failed(job.input.path, number, job.failed[number]);
    return;
  }
  ++counts_.read;
  store_.put_page(job.keys[number - 1], answer.at("page").dump());
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
                          counted(static_cast<long>(record.targets.size()), "target") + (job.stored.error.empty() ? "" : ", " + job.stored.error));
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

}  // namespace planscribe

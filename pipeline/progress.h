// progress.h: tells the user how a run goes, on stderr: a progress line on a terminal, plain lines elsewhere, JSON lines
// for machines.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace planscribe {

enum class LogFormat { text, json };
enum class Verbosity { quiet, normal, verbose };

// What a run did. documents = done + unchanged + failed + encrypted + not_reached;
// pages = read + cached + failed; blank pages are among read and cached.
struct RunCounts {
  int documents = 0, done = 0, unchanged = 0, failed = 0, encrypted = 0, not_reached = 0;
  int pages = 0, read = 0, cached = 0, pages_failed = 0, blank = 0;
  int unreadable = 0;   // folders that cannot be read, names that are not UTF-8
  int passed_over = 0;  // files in folders that are no documents, links
};

nlohmann::ordered_json to_json(const RunCounts& counts);

class Progress {
 public:
  Progress(LogFormat format, Verbosity verbosity);
  ~Progress();  // clears the progress line

  void update(const RunCounts& counts, int pages_known, const std::string& current);
  void document_done(const std::string& path, int pages, const std::string& note);
  void document_failed(const std::string& path, const std::string& reason);
  void page_failed(const std::string& path, int page, const std::string& reason);
  void warning(const std::string& path, const std::string& message);
  void detail(const std::string& message);  // shown with -v only
  // With the failures once more, where they have scrolled away.
  void summary(const RunCounts& counts, const std::string& output_folder);

 private:
  void line(const std::string& text, const nlohmann::ordered_json& event);
  void failure(const std::string& text, const nlohmann::ordered_json& event);
  std::string failures_again() const;
  void clear();

  LogFormat format_;
  Verbosity verbosity_;
  bool terminal_;
  bool drawn_ = false;
  std::vector<std::string> failures_;  // what was told of them
  size_t lines_since_failure_ = 0;     // since the first
  std::chrono::steady_clock::time_point started_, last_drawn_;
};

}  // namespace planscribe

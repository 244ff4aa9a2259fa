#include "pipeline/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "pipeline/wording.h"

namespace planscribe {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;
constexpr auto kRedraw = std::chrono::milliseconds(200);
constexpr size_t kStillSeen = 15;     // lines that still stand on a terminal
constexpr size_t kMostFailures = 50;  // told again at the end

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string duration(double seconds) {
  const int s = static_cast<int>(seconds);
  return s >= 3600 ? fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60) : fmt::format("{}:{:02}", s / 60, s % 60);
}

// Columns of the terminal: a progress line that wraps cannot be taken back.
size_t terminal_width() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

void print(const std::string& text) {
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace

Json to_json(const RunCounts& c) {
  return {{"documents", c.documents}, {"done", c.done},   {"unchanged", c.unchanged}, {"failed", c.failed},
          {"encrypted", c.encrypted}, {"not_reached", c.not_reached}, {"pages", c.pages}, {"pages_read", c.read},
          {"pages_cached", c.cached}, {"pages_failed", c.pages_failed}, {"pages_blank", c.blank}, {"unreadable", c.unreadable},
          {"passed_over", c.passed_over}};
}

Progress::Progress(LogFormat format, Verbosity verbosity)
    : format_(format), verbosity_(verbosity), terminal_(isatty(STDERR_FILENO) != 0), started_(Clock::now()) {}

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (drawn_) print("\r\x1b[K");
  drawn_ = false;
}

void Progress::line(const std::string& text, const Json& event) {
  clear();
  if (!failures_.empty()) ++lines_since_failure_;
  print(format_ == LogFormat::json ? event.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n" : text + "\n");
}

void Progress::failure(const std::string& text, const Json& event) {
  failures_.push_back(text);
  line(text, event);
}

std::string Progress::failures_again() const {
  if (lines_since_failure_ < kStillSeen) return "";
  std::string text;
  for (size_t i = 0; i < std::min(failures_.size(), kMostFailures); ++i) text += failures_[i] + "\n";
  if (failures_.size() > kMostFailures) text += fmt::format("... and {} more\n", failures_.size() - kMostFailures);
  return text;
}

void Progress::update(const RunCounts& counts, int pages_known, const std::string& current) {
  if (!terminal_ || format_ == LogFormat::json || verbosity_ == Verbosity::quiet) return;
  if (drawn_ && Clock::now() - last_drawn_ < kRedraw) return;
  const double rate = counts.read / std::max(0.1, seconds_since(started_));
  const int done = counts.read + counts.cached + counts.pages_failed, left = pages_known - done;
  const int finished = counts.done + counts.unchanged + counts.failed + counts.encrypted;
  std::string text = fmt::format("{}/{} documents, {}/{} pages, {:.1f} pages/s", finished, counts.documents, done, pages_known, rate);
  if (rate > 0 && left > 0) text += ", " + duration(left / rate) + " left";
  if (counts.failed + counts.pages_failed > 0) text += fmt::format(", {} failed", counts.failed + counts.pages_failed);
  const size_t width = terminal_width() - 1;
  if (text.size() + 2 < width) text += "  " + last_characters(printable(current), width - text.size() - 2);
  print("\r\x1b[K" + text);
  drawn_ = true;
  last_drawn_ = Clock::now();
}

void Progress::document_done(const std::string& path, int pages, const std::string& note) {
  if (verbosity_ == Verbosity::quiet) return;
  line(printable(path) + ": " + counted(pages, "page") + (note.empty() ? "" : ", " + note),
       {{"event", "document"}, {"path", path}, {"pages", pages}, {"note", note}});
}

void Progress::document_failed(const std::string& path, const std::string& reason) {
  const std::string why = without_place(reason, path, 0);
  failure("failed: " + printable(path) + ": " + printable(why), {{"event", "document_failed"}, {"path", path}, {"reason", why}});
}

void Progress::page_failed(const std::string& path, int page, const std::string& reason) {
  failure(fmt::format("failed: {}: page {}: {}", printable(path), page, printable(reason)),
       {{"event", "page_failed"}, {"path", path}, {"page", page}, {"reason", reason}});
}

void Progress::warning(const std::string& path, const std::string& message) {
  line(fmt::format("warning: {}: {}", printable(path), printable(message)), {{"event", "warning"}, {"path", path}, {"message", message}});
}

void Progress::detail(const std::string& message) {
  if (verbosity_ == Verbosity::verbose) line(printable(message), {{"event", "detail"}, {"message", message}});
}

void Progress::summary(const RunCounts& c, const std::string& output_folder) {
  if (verbosity_ == Verbosity::quiet && c.failed + c.pages_failed + c.unreadable == 0) return;
  const double seconds = seconds_since(started_);
  Json event = to_json(c);
  event["event"] = "summary";
  event["seconds"] = seconds;
  std::string text = fmt::format("{}: {} done, {} unchanged, {} failed, {} encrypted", counted(c.documents, "document"), c.done,
                                 c.unchanged, c.failed, c.encrypted);
  if (c.not_reached > 0) text += fmt::format(", {} not reached", c.not_reached);
  if (c.unreadable > 0) text += fmt::format("; {} could not be looked into", counted(c.unreadable, "place"));
  if (c.passed_over > 0)
    text += fmt::format("; {} passed over{}", counted(c.passed_over, "other file"), verbosity_ == Verbosity::verbose ? "" : " (-v names them)");
  text += fmt::format("\n{}: {} read, {} from cache, {} failed ({} blank); {}", counted(c.pages, "page"), c.read, c.cached,
                      c.pages_failed, c.blank, duration(seconds));
  if (c.read > 0) text += fmt::format(", {:.2f} pages/s", c.read / std::max(0.001, seconds));
  text += "\nresults in " + output_folder + "/: records.jsonl, text/, corpus.db";
  line(failures_again() + text, event);
}

}  // namespace planscribe

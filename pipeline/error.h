// error.h: one exception type and the exit codes of the program.
//
// Throw Error when the work at hand cannot go on. The message reads "thing: problem; remedy", lower case, no full stop.
// It is caught in two places: around a page or document (which then counts as failed) and in main().
#pragma once

#include <stdexcept>
#include <string>

namespace planscribe {

// Exit codes; numbers shared with OCRmyPDF have its meaning. Stable: documented in README.md.
enum class ExitCode {
  ok = 0,
  bad_arguments = 1,
  input_file = 2,
  missing_dependency = 3,
  file_access = 5,
  encrypted = 8,
  invalid_data = 9,      // a rule, model or configuration file is wrong
  some_failed = 11,
  other = 15,
  interrupted = 130,
};

class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

}  // namespace planscribe

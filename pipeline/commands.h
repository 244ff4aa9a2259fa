// commands.h: what the commands of the program do, apart from `run` (run.h) and those on a corpus
// (commands_corpus.h). Results go to stdout, messages to stderr.
#pragma once

#include <string>
#include <vector>

#include "pipeline/error.h"
#include "pipeline/process.h"

namespace planscribe {

struct TextOptions {
  std::vector<std::string> files;  // "-" or none: standard input
  ProcessOptions process;
  bool explain = false;            // print every change or every rule that fired, on stderr
  bool lossy = false;              // invalid UTF-8 becomes U+FFFD instead of an error
};

// Damaged text in, restored text out, line for line.
ExitCode restore_files(const TextOptions& options);
// Text in, one record JSON a file on stdout.
ExitCode extract_files(const TextOptions& options);

struct RuleOptions {
  std::vector<std::string> folders;  // all of them, the program's own first
};
ExitCode test_rules(const RuleOptions& options);
ExitCode check_rules(const RuleOptions& options);

// What is missing and the command that mends it.
ExitCode doctor(const ProcessOptions& options, const std::string& output_folder);

}  // namespace planscribe

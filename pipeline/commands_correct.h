// commands_correct.h: people put right what the machine read wrong. Results go to stdout, messages to stderr.
#pragma once

#include <string>

#include "pipeline/error.h"

namespace planscribe {

struct CorrectOptions {
  std::string corpus = "planscribe-out/corpus.db";
  std::string document, field, value;  // value as typed; "null": the paper does not say it
  bool value_given = false;
  std::string import_file;   // JSONL, - is standard input: {"path", "field", "value", "who"?, "made"?, "before"?}
  long long undo = 0;        // number of a correction; 0: none
  bool list = false;
  bool json = false;         // the list in the form that import reads
  std::string who;           // default: the user's login name
};

// One correction, a file of them, the list, or one taken back.
ExitCode correct_corpus(const CorrectOptions& options);

}  // namespace planscribe

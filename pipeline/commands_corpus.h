// commands_corpus.h: the commands that ask and correct a corpus. Results go to stdout, messages to stderr.
#pragma once

#include <string>

#include "corpus/search.h"
#include "pipeline/error.h"

namespace planscribe {

struct SearchOptions {
  std::string corpus = "planscribe-out/corpus.db";
  std::string query;
  SearchFilter filter;
  int limit = 20;
  bool json = false;  // one object a line instead of text
};
ExitCode search_corpus(const SearchOptions& options);

struct TargetsOptions {
  std::string corpus = "planscribe-out/corpus.db";
  TargetQuery query;
  bool json = false;  // one object a line instead of a table
  bool csv = false;   // RFC 4180 with a header
};
ExitCode list_targets(const TargetsOptions& options);

struct DuplicatesOptions {
  std::string corpus = "planscribe-out/corpus.db";
  std::string document;  // only those of it; "" for all
  bool json = false;
};
// Pairs of documents that are the same file or the same plan.
ExitCode show_duplicates(const DuplicatesOptions& options);

}  // namespace planscribe

// commands_review.h: what a person should look at first.
#pragma once

#include <string>

#include "corpus/search.h"
#include "pipeline/error.h"

namespace planscribe {

struct ReviewOptions {
  std::string corpus = "planscribe-out/corpus.db";
  std::string document;  // only of this document: its path or the end of it
  SearchFilter filter;
  size_t limit = 200;
  bool json = false;   // one object a line, in the form that `correct --import` reads
  std::string output;  // an HTML page with the places cut out of the scans; "" lists on stdout
};

// Least certain values first. Documents that are not where the corpus says are shown without pictures.
ExitCode review_corpus(const ReviewOptions& options);

}  // namespace planscribe

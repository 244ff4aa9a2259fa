// commands_evaluate.h: how good the results of a run are, against known truth.
#pragma once

#include <string>

#include "pipeline/error.h"

namespace planscribe {

struct EvaluateOptions {
  std::string truth;    // folder of NAME.txt (pages parted by form feeds) or NAME.pNN.txt (page NN); "" = no texts
  std::string gold;     // folder of NAME.gold.json; "" = no records
  std::string corpus = "planscribe-out/corpus.db";  // documents by their file name without suffix
  std::string text;     // folder of texts named as the truth, in place of the corpus
  std::string records;  // records.jsonl, in place of the corpus
  bool json = false;
};

// A table (per cent), or JSON (shares, four digits), on stdout; definitions: corpus/evaluate/*.h. What the truth has and
// the results have not counts as read empty and is named on stderr.
ExitCode evaluate(const EvaluateOptions& options);

}  // namespace planscribe

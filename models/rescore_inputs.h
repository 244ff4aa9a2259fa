// rescore_inputs.h: the features of every reading of the places of a corpus, as fitting sees them. Training only.
#pragma once

#include <vector>

#include "models/rescore_corpus.h"

namespace planscribe {

// A place with its features; those of one reading are contiguous.
struct Example {
  std::vector<uint64_t> features;  // 0 for none
  size_t per_reading = 0;
  std::vector<float> gradient;  // of the score of each reading; the fitting's own
};

// A corpus with what its documents say about each reading. Const once made, shared by threads.
class RescoreInputs {
 public:
  // Borrows the corpus.
  explicit RescoreInputs(const RescoreCorpus& corpus) : corpus_(corpus) { ask_documents(); }

  const RescoreCorpus& corpus() const { return corpus_; }
  void make(const RescoreCorpus::Place& place, Example& example) const;

 private:
  void ask_documents();
  void ask(const DocumentCounts& counts, const RescoreCorpus::Place& place);

  const RescoreCorpus& corpus_;
  std::vector<DocumentKeys> documents_;  // one a reading of the corpus
};

}  // namespace planscribe

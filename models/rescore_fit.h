// rescore_fit.h: fits the weights of the rescorer to doubtful places. Training only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/rescore_corpus.h"

namespace planscribe {

struct FitOptions {
  double megabytes = 9;       // of the file
  int epochs = 1;             // over all features, before the best are chosen
  int more_epochs = 1;        // and after
  float rate = 0.1f;          // of AdaGrad
  unsigned min_count = 4;     // a feature enters when it is seen so often
  uint32_t seed = 1;          // of the order of the places
  size_t threads = 2;         // the result is the same with any number
  float doubt = 5;            // readings more nats behind the best are left out, here and when restoring
  float cost_scale = 1;       // weight of the n-gram costs when restoring
  std::vector<float> scales = {0.6f, 0.8f, 1.0f, 1.25f};  // tried on the corpora kept aside
};

// A log-linear model over the readings of a place: minus the n-gram cost plus the weights of the features fitted by stochastic gradient descent (AdaGrad, Duchi et al. 2011). Features whose loss would
// cost least are dropped in two steps until the rest fits, which is fitted again after each. The corpora in dev are measured after every step
// (standard error).
void fit_rescorer(const RescoreCorpus& corpus, const std::vector<RescoreCorpus>& dev, const FitOptions& options, const std::string& path);

}  // namespace planscribe

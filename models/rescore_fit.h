// rescore_fit.h: fits the weights of the rescorer to doubtful places. Training only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/rescore_corpus.h"

namespace planscribe {

struct FitOptions {
  size_t megabytes = 9;
  int epochs = 1;         // over all features, before the best are chosen
  float rate = 0.1f;      // of AdaGrad
  int min_count = 4;      // rarer features are left out
  uint32_t seed = 1;      // of the order of the places
  size_t threads = 2;
  float cost_scale = 1;       // written into the file
  std::vector<float> scales = {0.8f, 1.0f, 1.25f};  // tried on the corpus kept aside
};

// A log-linear model over the readings of a place: minus the n-gram cost plus the weights of the features, fitted by
// stochastic gradient descent (AdaGrad, Duchi et al. 2011). Features whose loss would cost least are dropped until the
// rest fits, which is fitted once more. dev, when not empty, is measured after every step (standard error).
void fit_rescorer(const RescoreCorpus& corpus, const RescoreCorpus& dev, const FitOptions& options,
                  const std::string& path);

}  // namespace planscribe

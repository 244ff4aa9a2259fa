// train_model.h: from counts to the model file: estimation, pruning to a size, writing. planscribe-train only.
#pragma once

#include <string>

#include "models/train_counts.h"

namespace planscribe {

// Drops the n-grams whose loss changes the likelihood of the training text least, until the file takes at most
// max_bytes.
void prune(Counts& counts, size_t max_bytes);

// Estimates by interpolated absolute discounting and writes the file read by NgramModel.
void write_model(const Counts& counts, const std::string& path);

}  // namespace planscribe

// decoder.h: the cheapest way through columns of options under the language model, and how sure it is.
#pragma once

#include <vector>

#include "models/beam.h"

namespace planscribe {

// One value a column.
struct Decoded {
  std::vector<int> chosen;       // index of the option, or kJoined
  std::vector<float> margin;     // nats by which the choice beats the next, the input's own or another; 0 if it is its own
  std::vector<uint64_t> rivals;  // options that were near, as rival_bit

  void append(const Decoded& more);
  Decoded part(size_t begin, size_t size) const;
};

// Not shared by threads.
class Decoder {
 public:
  Decoder(const NgramModel& model, const BeamLimits& limits) : model_(model), search_(model, limits) {}
  Decoder(const Decoder&) = delete;
  // Borrows the columns for the call only. among: as for BeamSearch::run.
  Decoded decode(const std::vector<const Column*>& columns, const std::vector<uint64_t>& among = {});

 private:
  const NgramModel& model_;
  BeamSearch search_;
};

}  // namespace planscribe

// align.h: aligns a printed line with what was read there, letter group by letter group. Used for learning the error
// model; const once its costs are set.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace planscribe {

using LetterPair = std::pair<std::u32string, std::u32string>;  // truth, reading

class Aligner {
 public:
  // Groups of the cheapest alignment, in order; empty when the lines are too unlike.
  std::vector<LetterPair> align(const std::u32string& truth, const std::u32string& reading) const;

  // Costs in nats; a group without one costs as by hand (same base letter little, others much).
  void set_costs(std::map<LetterPair, float> costs) { costs_ = std::move(costs); }

 private:
  float cost(const std::u32string& truth, const std::u32string& reading) const;
  std::map<LetterPair, float> costs_;
};

}  // namespace planscribe

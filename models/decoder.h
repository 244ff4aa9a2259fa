// decoder.h: the cheapest way through columns of options under the language model: a beam search.
#pragma once

#include <string_view>
#include <vector>

#include "models/ngram.h"
#include "pipeline/page.h"

namespace planscribe {

// One reading of one piece of text, or of a piece and the next one together.
struct Option {
  std::u32string_view text;              // kept by the lexicon or the maker of the option
  WordId ids[2] = {kUnknown, kUnknown};  // what the language model sees
  int size = 1;                          // how many of them; 0 for text that is dropped
  float cost = 0;                        // nats, without the language model
  int entry = -1;                        // of the lexicon
  bool own = false;                      // the text as it stands in the input
  bool joins = false;                    // stands for the next column too
  ChangeReason reason = ChangeReason::none;
  float bonus = 0;                       // nats taken off cost because the document decided so elsewhere
};

using Column = std::vector<Option>;  // never empty; the input's own reading, where there is one, comes first

inline constexpr int kJoined = -1;  // chosen in a column that belongs to the one before

struct Decoded {
  std::vector<int> chosen;    // index of the option of each column, or kJoined
  std::vector<float> margin;  // nats by which the choice beats the input's own reading in its place; 0 if same
};

struct BeamLimits {
  size_t most = 30;   // hypotheses kept after each column
  float width = 14;   // nats behind the best that may still win
};

// Pairs of words looked up before: the same candidates meet again and again in one document.
class PairCache {
 public:
  NgramModel::Found find(const NgramModel& model, WordId first, WordId second);

 private:
  static constexpr int kBits = 13;
  struct Slot {
    uint32_t key = 0;
    bool used = false;
    NgramModel::Found found;
  };
  std::vector<Slot> slots_ = std::vector<Slot>(size_t{1} << kBits);
};

// Not shared by threads.
class Decoder {
 public:
  Decoder(const NgramModel& model, const BeamLimits& limits) : model_(model), limits_(limits) {}
  // Borrows the columns for the call only.
  Decoded decode(const std::vector<const Column*>& columns);

 private:
  const NgramModel& model_;
  BeamLimits limits_;
  PairCache pairs_;
};

}  // namespace planscribe

// decoder.h: the cheapest way through columns of options under the language model: a beam search. Stateless.
#pragma once

#include <string>
#include <vector>

#include "models/ngram.h"
#include "pipeline/page.h"

namespace planscribe {

// One reading of one piece of text.
struct Option {
  std::u32string text;
  WordId ids[2] = {kUnknown, kUnknown};  // what the language model sees
  int size = 1;                          // how many of them; 0 for text that is dropped
  float cost = 0;                        // nats, without the language model
  bool own = false;                      // the text as it stands in the input
  ChangeReason reason = ChangeReason::none;
};

using Column = std::vector<Option>;  // never empty

struct Decoded {
  std::vector<int> chosen;    // index of the option of each column
  std::vector<float> margin;  // nats by which the choice beats the input's own reading in its place; 0 if same
};

// Borrows the columns for the call only.
Decoded decode(const NgramModel& model, const std::vector<const Column*>& columns, size_t beam);

}  // namespace planscribe

// column.h: what a piece of text may be read as: a column of options for the decoder.
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

}  // namespace planscribe

// fluency.h: how likely a text is as Vietnamese. Pure function over the language model.
#pragma once

#include <string_view>

#include "models/ngram.h"

namespace planscribe {

// The cost of the words of a text one after the other, nats (>= 0, lower = more likely). Numbers, document symbols and
// signs count as their kind; a word that the model does not know costs more than nearly all that it knows.
double text_cost(const NgramModel& model, std::u32string_view text);

}  // namespace planscribe

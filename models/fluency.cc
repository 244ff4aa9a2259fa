#include "models/fluency.h"

#include <algorithm>

#include "models/lexicon.h"
#include "models/tokens.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr float kUnknownCost = 14;  // nats, at least

WordId id_of(const NgramModel& model, const Token& token, std::u32string_view part) {
  switch (token.kind) {
    case TokenKind::word: return model.id(encode(lower_text(part)));
    case TokenKind::number: return model.id(kNumberWord);
    case TokenKind::code: return model.id(kCodeWord);
    case TokenKind::sign: return model.id(sign_word(part[0]));
  }
  return kUnknown;
}

}  // namespace

double text_cost(const NgramModel& model, std::u32string_view text) {
  double sum = 0;
  NgramModel::State state = model.begin_state(), next;
  for (const Token& token : tokenise(text)) {
    const WordId id = id_of(model, token, text.substr(token.begin, token.end - token.begin));
    const float cost = model.extend(state, id, next);
    sum += id == kUnknown ? std::max(cost, kUnknownCost) : cost;
    state = next;
  }
  return sum;
}

}  // namespace planscribe

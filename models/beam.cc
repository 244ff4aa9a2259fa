// beam.cc: the search column by column, the races between readings, the way that won; beam_words.cc extends the hypotheses.
#include "models/beam.h"

#include <algorithm>

namespace planscribe {
namespace {

constexpr size_t kLookBack = 1;     // columns after which rivals are counted; after two, their ways have met
constexpr size_t kMostKept = 64;     // as many as a mask has bits: of hypotheses that cost the same there may be more
constexpr float kRival = 6;          // nats behind the best of one that is still in the race

}  // namespace

std::vector<BeamSearch::Place> BeamSearch::run(const std::vector<const Column*>& columns, const std::vector<uint64_t>& among) {
  start();
  for (size_t i = 0; i < columns.size(); ++i) {
    step(*columns[i], among.empty() ? ~uint64_t{0} : among[i]);
    if (i < kLookBack) continue;
    races_.push_back(race(kLookBack));
    races_.back().rivals |= met();
  }
  for (size_t back = std::min(kLookBack, columns.size()); back-- > 0;) races_.push_back(race(back));
  return finish(columns.size());
}

void BeamSearch::start() {
  kept_.assign(1, {0, model_.begin_state(), -1, kJoined});
  waiting_.clear(), trail_.clear(), races_.clear();
}

void BeamSearch::step(const Column& column, uint64_t among) {
  next_.clear(), joined_.clear();
  best_ = 1e30f;
  gather(column, among);
  look_ahead();
  states_meet_ = !waiting_.empty() || !others_.empty();
  for (bool known : {true, false}) {  // those that follow make the limit before the many that do not are tried
    for (size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i].known != 0) == known) extend_word(words_[i], pairs_.data() + i * groups_.size());
    }
  }
  for (int option : others_) extend_other(column[option], option);
  for (const Word& word : words_) place_of_[word.id] = 0;
  for (const Hypothesis& h : waiting_) add(h);
  waiting_.swap(joined_);
  for (Hypothesis& h : waiting_) h.back = remember(h), h.option = kJoined;
  keep_best();
}

// Readings of the column before that are still in the race, but whose ways met with a better one's, as rival_bit.
uint64_t BeamSearch::met() const {
  uint64_t out = 0;
  for (const Group& group : groups_) {
    if (group.met <= best_ + kRival) out |= rival_bit(trail_[group.base_back].option);
  }
  return out;
}

// The order stays: hypotheses with the same last word stand together.
void BeamSearch::keep_best() {
  float most = limit();
  if (next_.size() > limits_.most) {
    costs_.clear();
    for (const Hypothesis& h : next_) costs_.push_back(h.cost);
    std::nth_element(costs_.begin(), costs_.begin() + static_cast<long>(limits_.most) - 1, costs_.end());
    most = std::min(most, costs_[limits_.most - 1]);
  }
  kept_.clear();
  for (const Hypothesis& h : next_) {
    if (h.cost > most) continue;
    if (kept_.size() == kMostKept) break;
    kept_.push_back(h);
    kept_.back().back = remember(h);
    model_.prefetch(h.state.pair);
  }
}

int BeamSearch::remember(const Hypothesis& h) {
  trail_.push_back({h.back, h.option, h.cost, h.state});
  return static_cast<int>(trail_.size()) - 1;
}

// How the kept hypotheses read a column.
BeamSearch::Race BeamSearch::race(size_t columns_back) const {
  Race out;
  auto option_of = [&](const Hypothesis& h) {
    int at = h.back;
    for (size_t i = 0; i < columns_back; ++i) at = trail_[at].back;
    return trail_[at].option;
  };
  const Hypothesis* first = &kept_[0];
  for (const Hypothesis& h : kept_) first = h.cost < first->cost ? &h : first;
  out.leader = option_of(*first);
  if (columns_back == 1) out.lead = std::min(out.lead, first->second - first->cost);
  for (const Hypothesis& h : kept_) {
    if (h.cost > best_ + kRival) continue;
    int option = option_of(h);
    out.rivals |= rival_bit(option);
    if (option != out.leader) out.lead = std::min(out.lead, h.cost - first->cost);
  }
  return out;
}

std::vector<BeamSearch::Place> BeamSearch::finish(size_t columns) {
  for (Hypothesis& h : kept_) {
    NgramModel::State state;
    h.cost += model_.extend(h.state, kEnd, state);
  }
  auto best = std::min_element(kept_.begin(), kept_.end(), [](auto& a, auto& b) { return a.cost < b.cost; });
  std::vector<Place> places(columns);
  int at = best->back;
  for (size_t i = columns; i-- > 0; at = trail_[at].back) {
    const Step& step = trail_[at];
    const Race& race = races_[i];
    places[i] = {step.option, step.cost, step.state, race.rivals, race.leader == step.option ? race.lead : 0};
  }
  return places;
}

}  // namespace planscribe

#include "models/beam.h"

#include <algorithm>

namespace planscribe {
namespace {

constexpr size_t kLookBack = 1;     // columns after which rivals are counted; after two, their ways have met
constexpr float kRival = 6;          // nats behind the best of one that is still in the race
constexpr uint32_t kFewWords = 24;  // followers of a context that are worth a mask

uint64_t bit_of(WordId word) { return uint64_t{1} << (word & 63); }

}  // namespace

std::vector<BeamSearch::Place> BeamSearch::run(const std::vector<const Column*>& columns, const std::vector<uint64_t>& among) {
  start();
  for (size_t i = 0; i < columns.size(); ++i) {
    step(*columns[i], among.empty() ? ~uint64_t{0} : among[i]);
    if (i >= kLookBack) rivals_.push_back(rivals(kLookBack) | met_);
  }
  for (size_t back = std::min(kLookBack, columns.size()); back-- > 0;) rivals_.push_back(rivals(back));
  return finish(columns.size());
}

void BeamSearch::start() {
  kept_.assign(1, {0, model_.begin_state(), -1, kJoined});
  waiting_.clear(), trail_.clear(), rivals_.clear();
}

void BeamSearch::step(const Column& column, uint64_t among) {
  next_.clear(), joined_.clear(), options_.clear();
  for (int o = 0; o < static_cast<int>(column.size()); ++o) {
    if (among & rival_bit(o)) options_.push_back(o);
  }
  best_ = 1e30f, met_ = 0;
  look_ahead();
  look_up_pairs(column);
  states_meet_ = !waiting_.empty();
  for (int o : options_) states_meet_ |= column[o].size != 1 || (o > 0 && column[o].ids[0] == column[0].ids[0]);
  for (size_t i = 0; i < options_.size(); ++i) {
    const Option& option = column[options_[i]];
    bool word = option.size == 1 && !option.joins;
    word ? extend_word(option, options_[i], &pairs_[i * groups_.size()]) : extend_other(option, options_[i]);
  }
  for (const Hypothesis& h : waiting_) add(h);
  waiting_.swap(joined_);
  for (Hypothesis& h : waiting_) h.back = remember(h), h.option = kJoined;
  keep_best();
}

// Groups the kept hypotheses by their last word, which stand together, and looks up what may follow each.
void BeamSearch::look_ahead() {
  groups_.clear();
  for (uint32_t begin = 0, end = 0; begin < kept_.size(); begin = end) {
    while (end < kept_.size() && kept_[end].state.word == kept_[begin].state.word) ++end;
    groups_.push_back({begin, end, model_.row_of(kept_[begin].state.word)});
    auto cheaper = [](const Hypothesis& a, const Hypothesis& b) { return a.cost < b.cost; };
    if (end - begin > 1) std::sort(kept_.begin() + begin, kept_.begin() + end, cheaper);
  }
  futures_.clear();
  for (const Hypothesis& h : kept_) futures_.push_back(future_of(h.state.pair));
}

BeamSearch::Future BeamSearch::future_of(uint32_t pair) const {
  Future future = {model_.context(pair), 0};
  uint32_t size = future.context.end - future.context.begin;
  if (size > kFewWords) {
    future.words = ~uint64_t{0};
    model_.prefetch(future.context);
  } else {
    for (uint32_t i = 0; i < size; ++i) future.words |= bit_of(model_.word_after(future.context, i));
  }
  return future;
}

// All at once, since most wait for memory; what the filter lets through is sorted out without a branch.
void BeamSearch::look_up_pairs(const Column& column) {
  pairs_.resize(options_.size() * groups_.size()), asked_.resize(pairs_.size());
  uint32_t at = 0, asked = 0;
  for (int o : options_) {
    WordId second = column[o].ids[0];
    for (const Group& group : groups_) {
      pairs_[at] = model_.absent(group.row, second);
      asked_[asked] = at++;
      asked += model_.may_hold(group.row, second);
    }
  }
  queries_.clear();
  uint32_t missing = 0;
  for (uint32_t i = 0; i < asked; ++i) {
    at = asked_[i];
    WordId first = kept_[groups_[at % groups_.size()].begin].state.word, second = column[options_[at / groups_.size()]].ids[0];
    if (const NgramModel::Found* known = cache_.find(first, second)) {
      pairs_[at] = *known;
    } else {
      queries_.push_back({first, second, 0, 0, {}}), asked_[missing++] = at;
    }
  }
  model_.find_pairs(queries_);
  for (size_t i = 0; i < queries_.size(); ++i) {
    const NgramModel::Query& query = queries_[i];
    pairs_[asked_[i]] = query.found;
    cache_.keep(query.first, query.second, query.found);
  }
}

// All hypotheses of a group come to the same state. So do all for which the model does not know the pair.
void BeamSearch::extend_word(const Option& option, int index, const NgramModel::Found* pairs) {
  Hypothesis stranger = {1e30f, {option.ids[0], kNone}, -1, index};
  for (size_t g = 0; g < groups_.size(); ++g) {
    if (kept_[groups_[g].begin].cost + option.cost > limit()) continue;
    Hypothesis to = cheapest(groups_[g], option.ids[0], pairs[g]);
    to.cost += option.cost, to.option = index;
    if (to.cost > limit()) continue;
    if (pairs[g].entry != kNone) {
      add(to);
      continue;
    }
    if (to.cost <= best_ + kRival) met_ |= rival_bit(trail_.empty() ? kJoined : trail_[to.back].option);
    if (to.cost < stranger.cost) stranger = to;
  }
  if (stranger.cost <= limit()) add(stranger);
}

BeamSearch::Hypothesis BeamSearch::cheapest(const Group& group, WordId word, const NgramModel::Found& pair) const {
  Hypothesis best = {1e30f, {word, pair.entry}, -1, kJoined};
  for (uint32_t i = group.begin; i < group.end && kept_[i].cost < best.cost; ++i) {
    const Future& future = futures_[i];
    float cost = future.words & bit_of(word) ? model_.cost_after(future.context, word) : -1;
    if (cost < 0) cost = pair.cost + future.context.backoff;
    cost += kept_[i].cost;
    if (cost < best.cost) best.cost = cost, best.back = kept_[i].back;
  }
  return best;
}

// Two words, none, or a word that stands for two columns.
void BeamSearch::extend_other(const Option& option, int index) {
  for (const Hypothesis& from : kept_) {
    Hypothesis to = {from.cost + option.cost, from.state, from.back, index};
    for (int i = 0; i < option.size && to.cost <= limit(); ++i) {
      NgramModel::State state = to.state;
      to.cost += model_.extend(state, option.ids[i], to.state);
    }
    if (to.cost > limit()) continue;
    if (option.joins) {
      joined_.push_back(to);
    } else {
      add(to);
    }
  }
}

void BeamSearch::add(const Hypothesis& hypothesis) {
  best_ = std::min(best_, hypothesis.cost);
  if (states_meet_) {
    for (Hypothesis& known : next_) {
      if (!(known.state == hypothesis.state)) continue;
      if (hypothesis.cost < known.cost) known = hypothesis;
      return;
    }
  }
  next_.push_back(hypothesis);
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
uint64_t BeamSearch::rivals(size_t columns_back) const {
  uint64_t out = 0;
  for (const Hypothesis& h : kept_) {
    if (h.cost > best_ + kRival) continue;
    int at = h.back;
    for (size_t i = 0; i < columns_back; ++i) at = trail_[at].back;
    out |= rival_bit(trail_[at].option);
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
    places[i] = {step.option, step.cost, step.state, rivals_[i]};
  }
  return places;
}

}  // namespace planscribe

#include "models/beam.h"

#include <algorithm>

namespace planscribe {
namespace {

constexpr size_t kLookBack = 1;     // columns after which rivals are counted; after two, their ways have met
constexpr float kRival = 6;          // nats behind the best of one that is still in the race

uint64_t bit_of(WordId word) { return uint64_t{1} << (word & 63); }
bool is_word(const Option& option) { return option.size == 1 && !option.joins; }

}  // namespace

std::vector<BeamSearch::Place> BeamSearch::run(const std::vector<const Column*>& columns, const std::vector<uint64_t>& among) {
  start();
  for (size_t i = 0; i < columns.size(); ++i) {
    step(*columns[i], among.empty() ? ~uint64_t{0} : among[i]);
    if (i < kLookBack) continue;
    races_.push_back(race(kLookBack));
    races_.back().rivals |= met_;
  }
  for (size_t back = std::min(kLookBack, columns.size()); back-- > 0;) races_.push_back(race(back));
  return finish(columns.size());
}

void BeamSearch::start() {
  kept_.assign(1, {0, model_.begin_state(), -1, kJoined});
  waiting_.clear(), trail_.clear(), races_.clear();
}

void BeamSearch::step(const Column& column, uint64_t among) {
  next_.clear(), joined_.clear(), options_.clear();
  for (int o = 0; o < static_cast<int>(column.size()); ++o) {
    if (among & rival_bit(o)) options_.push_back(o);
  }
  best_ = 1e30f, met_ = 0;
  look_ahead();
  ask_pairs(column);
  states_meet_ = !waiting_.empty();
  for (int o : options_) states_meet_ |= column[o].size != 1 || (o > 0 && column[o].ids[0] == column[0].ids[0]);
  size_t asked = 0;
  for (size_t i = 0; i < options_.size(); ++i) {
    const Option& option = column[options_[i]];
    is_word(option) ? extend_word(option, options_[i], asked) : extend_other(option, options_[i]);
  }
  for (const Hypothesis& h : waiting_) add(h);
  waiting_.swap(joined_);
  for (Hypothesis& h : waiting_) h.back = remember(h), h.option = kJoined;
  keep_best();
}

// Looks up what may follow each of the kept hypotheses.
void BeamSearch::look_ahead() {
  make_groups();
  futures_.clear();
  for (const Hypothesis& h : kept_) {
    futures_.push_back({model_.context(h.state.pair), 0});
    model_.prefetch(futures_.back().context);
  }
  for (Future& future : futures_) mask_words(future);
  least_stranger_ = 1e30f, followers_ = 0;
  for (Group& group : groups_) {
    sum_up(group);
    least_stranger_ = std::min(least_stranger_, group.stranger), followers_ |= group.words;
  }
}

// Hypotheses with the same last word stand together.
void BeamSearch::make_groups() {
  groups_.clear();
  for (uint32_t begin = 0, end = 0; begin < kept_.size(); begin = end) {
    while (end < kept_.size() && kept_[end].state.word == kept_[begin].state.word) ++end;
    auto cheaper = [](const Hypothesis& a, const Hypothesis& b) { return a.cost < b.cost; };
    if (end - begin > 1) std::sort(kept_.begin() + begin, kept_.begin() + end, cheaper);
    uint32_t near = end;
    while (kept_[near - 1].cost > kept_[begin].cost + limits_.history) --near;
    groups_.push_back({begin, near, model_.row_of(kept_[begin].state.word), 0, 0, 0, 0, 0});
  }
}

void BeamSearch::sum_up(Group& group) const {
  group.least = kept_[group.begin].cost, group.base = 1e30f, group.words = 0;
  for (uint32_t i = group.begin; i < group.end; ++i) {
    float base = kept_[i].cost + futures_[i].context.backoff;
    if (base < group.base) group.base = base, group.base_back = kept_[i].back;
    group.words |= futures_[i].words;
  }
  group.stranger = group.base + group.row.backoff;
}

void BeamSearch::mask_words(Future& future) const {
  uint32_t size = future.context.end - future.context.begin;
  if (size > NgramModel::kFewChildren) {
    future.words = ~uint64_t{0};
  } else {
    for (uint32_t i = 0; i < size; ++i) future.words |= bit_of(model_.word_after(future.context, i));
  }
}

// All at once, since most wait for memory; what the filter lets through is sorted out without a branch.
void BeamSearch::ask_pairs(const Column& column) {
  const size_t groups = groups_.size();
  asked_.resize(options_.size() * groups + 1);
  size_t asked = 0;
  for (size_t i = 0; i < options_.size(); ++i) {
    const Option& option = column[options_[i]];
    if (!is_word(option)) continue;
    for (size_t g = 0; g < groups; ++g) {
      asked_[asked] = {static_cast<uint16_t>(i), static_cast<uint16_t>(g), 0};
      asked += model_.may_hold(groups_[g].row, option.ids[0]);
    }
  }
  asked_[asked] = {0xFFFF, 0xFFFF, 0};
  for (size_t k = 0; k < asked; ++k) {
    Asked& pair = asked_[k];
    pair.home = model_.home(groups_[pair.group].row, column[options_[pair.option]].ids[0]);
    pair.option = static_cast<uint16_t>(options_[pair.option]);
    model_.prefetch(pair.home);
  }
}

// All hypotheses of a group come to the same state. So do all for which the model does not know the pair.
void BeamSearch::extend_word(const Option& option, int index, size_t& asked) {
  WordId word = option.ids[0];
  uint64_t bit = bit_of(word);
  float alone = option.cost + model_.cost_alone(word);
  // Known after none of the words before, and too dear then: most of the rare readings.
  if (asked_[asked].option != index && !(followers_ & bit) && least_stranger_ + alone > limit()) return;
  Hypothesis stranger = {1e30f, {word, kNone}, -1, index};
  const Group* groups = groups_.data();
  for (size_t g = 0, size = groups_.size(); g < size; ++g) {
    const Group& group = groups[g];
    if (asked_[asked].group == g && asked_[asked].option == index) {
      uint32_t home = asked_[asked++].home;
      if (group.least + option.cost <= limit()) extend_group(group, option, model_.look_up(group.row, word, home), stranger);
    } else if (group.words & bit) {
      extend_group(group, option, model_.absent(group.row, word), stranger);
    } else {
      note_stranger(group.stranger + alone, group.base_back, stranger);
    }
  }
  if (stranger.cost <= limit()) add(stranger);
}

void BeamSearch::extend_group(const Group& group, const Option& option, const NgramModel::Found& pair, Hypothesis& stranger) {
  WordId word = option.ids[0];
  Hypothesis to = {pair.cost + group.base, {word, pair.entry}, group.base_back, stranger.option};
  if (group.words & bit_of(word)) to = cheapest(group, word, pair), to.option = stranger.option;
  to.cost += option.cost;
  if (pair.entry == kNone) return note_stranger(to.cost, to.back, stranger);
  if (to.cost <= limit()) add(to);
}

void BeamSearch::note_stranger(float cost, int back, Hypothesis& stranger) {
  if (cost <= best_ + kRival) met_ |= rival_bit(trail_.empty() ? kJoined : trail_[back].option);
  bool other = stranger.back < 0 || trail_.empty() || trail_[back].option != trail_[stranger.back].option;
  if (cost < stranger.cost) {
    if (other) stranger.second = stranger.cost;
    stranger.cost = cost, stranger.back = back;
  } else if (other) {
    stranger.second = std::min(stranger.second, cost);
  }
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

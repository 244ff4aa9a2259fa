// beam_words.cc: how a column extends the hypotheses: its options sorted into words, what the model knows of them after each
// hypothesis, the ways that come of it.
#include <algorithm>
#include <bit>

#include "models/beam.h"

namespace planscribe {
namespace {

bool is_word(const Option& option) { return option.size == 1 && !option.joins; }

}  // namespace

// Sorts the options that are considered into words, their families and others.
void BeamSearch::gather(const Column& column, uint64_t among) {
  words_.clear(), families_.clear(), others_.clear();
  for (int o = 0; o < static_cast<int>(column.size()); ++o) {
    if (!(among & rival_bit(o))) continue;
    if (is_word(column[o])) {
      gather_word(column[o], o);
    } else {
      others_.push_back(o);
    }
  }
}

void BeamSearch::gather_word(const Option& option, int index) {
  WordId id = option.ids[0];
  Word word = {id, index, option.cost, option.cost + model_.cost_alone(id), 0};
  if (place_of_[id] != 0) {
    Word& known = words_[place_of_[id] - 1];
    if (word.cost < known.cost) known = word;
    return;
  }
  words_.push_back(word);
  place_of_[id] = static_cast<uint16_t>(words_.size());
  Kin kin = model_.kin_of(id);
  for (Family& family : families_) {
    if (family.kin == kin) return void(family.bits |= word_bit(id));
  }
  families_.push_back({kin, word_bit(id)});
}

// Looks up what may follow each of the kept hypotheses. All questions are asked before the first is answered, since most wait
// for memory.
void BeamSearch::look_ahead() {
  futures_.clear();
  for (const Hypothesis& h : kept_) {
    futures_.push_back({model_.context(h.state.pair), 0});
    for (const Family& family : families_) model_.prefetch(futures_.back().context, family.kin);
  }
  make_groups();
  ask_pairs();
  followers_ = 0;
  for (Group& group : groups_) {
    for (uint32_t i = group.begin; i < group.end; ++i) {
      futures_[i].words = words_after(futures_[i].context);
      group.words |= futures_[i].words;
    }
    followers_ |= group.words;
  }
  find_pairs();
}

// Hypotheses with the same last word stand together.
void BeamSearch::make_groups() {
  groups_.clear();
  least_stranger_ = 1e30f;
  for (uint32_t begin = 0, end = 0; begin < kept_.size(); begin = end) {
    while (end < kept_.size() && kept_[end].state.word == kept_[begin].state.word) ++end;
    Group group = {begin, end, model_.row_of(kept_[begin].state.word), kept_[begin].cost, 1e30f, 0, 0, 0, 1e30f};
    for (uint32_t i = begin; i < end; ++i) group.least = std::min(group.least, kept_[i].cost);
    for (uint32_t i = begin; i < end; ++i) {
      float base = kept_[i].cost + futures_[i].context.backoff;
      if (base < group.base && kept_[i].cost <= group.least + limits_.history) group.base = base, group.base_back = kept_[i].back;
    }
    group.stranger = group.base + group.row.backoff;
    least_stranger_ = std::min(least_stranger_, group.stranger);
    groups_.push_back(group);
  }
}

// What the filter lets through is sorted out without a branch.
void BeamSearch::ask_pairs() {
  asked_.resize(families_.size() * groups_.size() + 1);
  size_t asked = 0;
  for (const Family& family : families_) {
    for (size_t g = 0; g < groups_.size(); ++g) {
      asked_[asked] = {static_cast<uint16_t>(g), family.kin, 0};
      asked += (model_.may_hold(groups_[g].row, family.kin) & family.bits) != 0;
    }
  }
  asked_.resize(asked);
  for (Asked& kin : asked_) {
    kin.home = model_.home(groups_[kin.group].row, kin.kin);
    model_.prefetch(kin.home);
  }
}

uint64_t BeamSearch::words_after(const NgramModel::Context& context) const {
  uint64_t words = 0;
  if (NgramModel::is_small(context)) {
    for (uint32_t i = 0, size = context.end - context.begin; i < size; ++i) words |= word_bit(model_.word_after(context, i));
  } else {
    for (const Family& family : families_) words |= model_.may_follow(context, family.kin) & family.bits;
  }
  return words;
}

void BeamSearch::find_pairs() {
  pairs_.resize(words_.size() * groups_.size());
  for (const Asked& kin : asked_) {
    model_.for_each_pair(groups_[kin.group].row, kin.kin, kin.home, [&](WordId word, const NgramModel::Found& pair) {
      size_t place = place_of_[word];
      if (place == 0) return;
      words_[place - 1].known |= uint64_t{1} << kin.group;
      pairs_[(place - 1) * groups_.size() + kin.group] = pair;
    });
  }
}

// All hypotheses of a group come to the same state. So do all for which the model does not know the pair.
void BeamSearch::extend_word(const Word& word, const NgramModel::Found* pairs) {
  const uint64_t bit = word_bit(word.id);
  uint64_t asked = word.known;
  if (followers_ & bit) {  // few triples begin with a pair that is known and go on with one that is not
    for (size_t g = 0; g < groups_.size(); ++g) asked |= groups_[g].words & bit ? uint64_t{1} << g : 0;
  }
  Hypothesis stranger = {1e30f, {word.id, kNone}, -1, word.option};
  for (uint64_t left = asked; left != 0; left &= left - 1) {
    const int g = std::countr_zero(left);
    Group& group = groups_[g];
    if (group.least + word.cost > limit()) continue;
    extend_group(group, word, word.known >> g & 1 ? pairs[g] : model_.absent(group.row, word.id), stranger);
  }
  const bool far = least_stranger_ + word.alone > limit();
  for (size_t g = 0; g < groups_.size() && !far; ++g) {
    if (!(asked >> g & 1)) note_stranger(groups_[g].stranger + word.alone, groups_[g].base_back, groups_[g], stranger);
  }
  if (stranger.cost <= limit()) add(stranger);
}

void BeamSearch::extend_group(Group& group, const Word& word, const NgramModel::Found& pair, Hypothesis& stranger) {
  Hypothesis to = {pair.cost + group.base, {word.id, pair.entry}, group.base_back, word.option};
  if (group.words & word_bit(word.id)) to = cheapest(group, word.id, pair), to.option = word.option;
  to.cost += word.cost;
  if (pair.entry == kNone) return note_stranger(to.cost, to.back, group, stranger);
  if (to.cost <= limit()) add(to);
}

void BeamSearch::note_stranger(float cost, int back, Group& group, Hypothesis& stranger) {
  group.met = std::min(group.met, cost);
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
  for (uint32_t i = group.begin; i < group.end; ++i) {
    if (kept_[i].cost >= best.cost || kept_[i].cost > group.least + limits_.history) continue;
    const Future& future = futures_[i];
    float cost = future.words & word_bit(word) ? model_.search_after(future.context, word) : -1;
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

}  // namespace planscribe

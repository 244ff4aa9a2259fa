#include "models/decoder.h"

#include <algorithm>
#include <tuple>

namespace planscribe {
namespace {

using State = NgramModel::State;

struct Hypothesis {
  float cost;
  State state;
  int back;  // into the trail
  int option;
};

struct Trail {
  int back, option;
};

bool cheaper(const Hypothesis& a, const Hypothesis& b) { return a.cost < b.cost; }

class BeamSearch {
 public:
  BeamSearch(const NgramModel& model, const BeamLimits& limits, PairCache& pairs) : model_(model), limits_(limits), pairs_(pairs) {
    kept_.push_back({0, model.begin_state(), -1, -1});
  }

  void step(const Column& column) {
    next_.clear(), joined_.clear();
    best_ = 1e30f;
    sort_by_last_word();
    for (size_t o = 0; o < column.size(); ++o) extend_all(column[o], static_cast<int>(o));
    for (const Hypothesis& h : waiting_) add(h);
    waiting_.swap(joined_);
    for (Hypothesis& h : waiting_) h.back = remember(h), h.option = kJoined;
    keep_best();
  }

  std::vector<int> finish(size_t columns) {
    for (Hypothesis& h : kept_) {
      State state;
      h.cost += model_.extend(h.state, kEnd, state);
    }
    auto best = std::min_element(kept_.begin(), kept_.end(), cheaper);
    std::vector<int> chosen(columns);
    int at = best->back;
    for (size_t i = columns; i-- > 0; at = trail_[at].back) chosen[i] = trail_[at].option;
    return chosen;
  }

 private:
  // Hypotheses with the same last word stand together, since they share the look-up of the next pair of words. Of those
  // in the same state only the cheapest stays: they have the same future.
  void sort_by_last_word() {
    auto key = [](const Hypothesis& h) { return std::tuple(h.state.word, h.state.pair, h.cost); };
    std::sort(kept_.begin(), kept_.end(), [&](auto& a, auto& b) { return key(a) < key(b); });
    kept_.erase(std::unique(kept_.begin(), kept_.end(), [](auto& a, auto& b) { return a.state == b.state; }), kept_.end());
  }

  float limit() const { return best_ + limits_.width; }

  void extend_all(const Option& option, int index) {
    for (size_t begin = 0, end = 0; begin < kept_.size(); begin = end) {
      float least = kept_[begin].cost;
      while (end < kept_.size() && kept_[end].state.word == kept_[begin].state.word) least = std::min(least, kept_[end++].cost);
      if (least + option.cost > limit()) continue;
      NgramModel::Found pair;
      if (option.size > 0) pair = pairs_.find(model_, kept_[begin].state.word, option.ids[0]);
      for (size_t h = begin; h < end; ++h) extend(kept_[h], option, index, pair);
    }
  }

  void extend(const Hypothesis& from, const Option& option, int index, const NgramModel::Found& pair) {
    Hypothesis to = {from.cost + option.cost, from.state, from.back, index};
    if (to.cost > limit()) return;
    if (option.size > 0) to.cost += model_.extend(from.state, option.ids[0], pair, to.state);
    for (int i = 1; i < option.size; ++i) {
      State state = to.state;
      to.cost += model_.extend(state, option.ids[i], to.state);
    }
    if (to.cost > limit()) return;
    if (option.joins) {
      joined_.push_back(to);
    } else {
      add(to);
    }
  }

  // Neighbours often come to the same state.
  void add(const Hypothesis& h) {
    best_ = std::min(best_, h.cost);
    if (!next_.empty() && next_.back().state == h.state) {
      if (h.cost < next_.back().cost) next_.back() = h;
    } else {
      next_.push_back(h);
    }
  }

  int remember(const Hypothesis& h) {
    trail_.push_back({h.back, h.option});
    return static_cast<int>(trail_.size()) - 1;
  }

  void keep_best() {
    std::erase_if(next_, [&](const Hypothesis& h) { return h.cost > limit(); });
    if (next_.size() > limits_.most) {
      std::nth_element(next_.begin(), next_.begin() + static_cast<long>(limits_.most), next_.end(), cheaper);
      next_.resize(limits_.most);
    }
    kept_.swap(next_);
    for (Hypothesis& h : kept_) h.back = remember(h);
  }

  const NgramModel& model_;
  BeamLimits limits_;
  PairCache& pairs_;
  float best_ = 0;
  std::vector<Hypothesis> kept_, next_;
  std::vector<Hypothesis> waiting_, joined_;  // stand for two columns: entered again after the second
  std::vector<Trail> trail_;
};

// The chosen way again, with what it costs up to each column.
class ChosenPath {
 public:
  ChosenPath(const NgramModel& model, const std::vector<const Column*>& columns, const std::vector<int>& chosen)
      : model_(model), columns_(columns), chosen_(chosen), states_(columns.size() + 1), costs_(columns.size() + 1, 0) {
    for (size_t i = 0; i < columns.size(); ++i) {
      states_[i + 1] = states_[i], costs_[i + 1] = costs_[i];
      if (chosen[i] != kJoined) pass((*columns[i])[chosen[i]], states_[i + 1], costs_[i + 1]);
    }
  }

  // What it would cost more to keep the input's own reading of a column.
  float margin(size_t at) const {
    size_t end = at + 1;
    if ((*columns_[at])[chosen_[at]].joins) ++end;
    State state = states_[at];
    float cost = costs_[at];
    for (size_t i = at; i < end; ++i) {
      const Option& own = columns_[i]->front();
      if (!own.own) return kNoOwn;
      pass(own, state, cost);
    }
    for (size_t last = std::min(columns_.size(), end + 3); end < last && !(state == states_[end]); ++end) {
      if (chosen_[end] != kJoined) pass((*columns_[end])[chosen_[end]], state, cost);
    }
    return std::max(0.0f, cost - costs_[end]);
  }

 private:
  static constexpr float kNoOwn = 20;  // the input's reading was no option: a grammar decided

  void pass(const Option& option, State& state, float& cost) const {
    cost += option.cost;
    for (int k = 0; k < option.size; ++k) {
      State before = state;
      cost += model_.extend(before, option.ids[k], state);
    }
  }

  const NgramModel& model_;
  const std::vector<const Column*>& columns_;
  const std::vector<int>& chosen_;
  std::vector<State> states_;
  std::vector<float> costs_;
};

}  // namespace

NgramModel::Found PairCache::find(const NgramModel& model, WordId first, WordId second) {
  uint32_t key = static_cast<uint32_t>(first) << 16 | second;
  Slot& slot = slots_[key * 0x9E3779B1u >> (32 - kBits)];
  if (!slot.used || slot.key != key) slot = {key, true, model.find_pair(first, second)};
  return slot.found;
}

Decoded Decoder::decode(const std::vector<const Column*>& columns) {
  BeamSearch search(model_, limits_, pairs_);
  for (const Column* column : columns) search.step(*column);
  Decoded out;
  out.chosen = search.finish(columns.size());
  out.margin.assign(columns.size(), 0);
  ChosenPath path(model_, columns, out.chosen);
  for (size_t i = 0; i < columns.size(); ++i) {
    bool changed = out.chosen[i] != kJoined && !(*columns[i])[out.chosen[i]].own;
    if (changed) out.margin[i] = path.margin(i);
  }
  return out;
}

}  // namespace planscribe

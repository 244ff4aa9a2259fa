#include "models/decoder.h"

#include <algorithm>

namespace planscribe {
namespace {

struct Hypothesis {
  float cost;
  NgramModel::State state;
  int back;    // into the trail
  int option;
};

struct Trail {
  int back, option;
};

class BeamSearch {
 public:
  BeamSearch(const NgramModel& model, size_t beam) : model_(model), beam_(beam) {
    kept_.push_back({0, model.begin_state(), -1, -1});
  }

  void step(const Column& column) {
    next_.clear();
    find_last_words();
    for (size_t o = 0; o < column.size(); ++o) {
      const Option& option = column[o];
      if (option.size > 0) {
        pairs_.clear();
        for (WordId word : last_words_) pairs_.push_back(model_.find_pair(word, option.ids[0]));
      }
      for (size_t h = 0; h < kept_.size(); ++h) extend(kept_[h], option, static_cast<int>(o), last_of_[h]);
    }
    keep_best();
  }

  std::vector<int> finish(size_t columns) {
    for (Hypothesis& h : kept_) {
      NgramModel::State state;
      h.cost += model_.extend(h.state, kEnd, state);
    }
    auto best = std::min_element(kept_.begin(), kept_.end(), [](auto& a, auto& b) { return a.cost < b.cost; });
    std::vector<int> chosen(columns);
    int at = best->back;
    for (size_t i = columns; i-- > 0; at = trail_[at].back) chosen[i] = trail_[at].option;
    return chosen;
  }

 private:
  void find_last_words() {
    last_words_.clear();
    last_of_.clear();
    for (const Hypothesis& h : kept_) {
      size_t k = 0;
      while (k < last_words_.size() && last_words_[k] != h.state.word) ++k;
      if (k == last_words_.size()) last_words_.push_back(h.state.word);
      last_of_.push_back(k);
    }
  }

  void extend(const Hypothesis& from, const Option& option, int index, size_t last) {
    Hypothesis to = {from.cost + option.cost, from.state, from.back, index};
    if (option.size > 0) to.cost += model_.extend(from.state, option.ids[0], pairs_[last], to.state);
    for (int i = 1; i < option.size; ++i) {
      NgramModel::State state = to.state;
      to.cost += model_.extend(state, option.ids[i], to.state);
    }
    next_.push_back(to);
  }

  void keep_best() {
    auto cheaper = [](const Hypothesis& a, const Hypothesis& b) { return a.cost < b.cost; };
    size_t most = std::min(next_.size(), beam_ * 3);
    std::partial_sort(next_.begin(), next_.begin() + static_cast<long>(most), next_.end(), cheaper);
    kept_.clear();
    for (size_t i = 0; i < most && kept_.size() < beam_; ++i) {
      if (next_[i].cost > next_[0].cost + kBeamWidth) break;
      bool twin = std::any_of(kept_.begin(), kept_.end(), [&](auto& k) { return k.state == next_[i].state; });
      if (!twin) kept_.push_back(next_[i]);
    }
    for (Hypothesis& h : kept_) {
      trail_.push_back({h.back, h.option});
      h.back = static_cast<int>(trail_.size()) - 1;
    }
  }

  static constexpr float kBeamWidth = 14;  // nats behind the best that may still win

  const NgramModel& model_;
  size_t beam_;
  std::vector<Hypothesis> kept_, next_;
  std::vector<Trail> trail_;
  std::vector<WordId> last_words_;
  std::vector<size_t> last_of_;
  std::vector<NgramModel::Found> pairs_;
};

// Cost of the columns [begin, end) with the chosen options, but option swap in column at.
float cost_with(const NgramModel& model, const std::vector<const Column*>& columns, const std::vector<int>& chosen,
                size_t begin, size_t end, size_t at, int swap) {
  NgramModel::State state = model.begin_state();
  float total = 0;
  for (size_t i = begin; i < end; ++i) {
    const Option& option = (*columns[i])[i == at ? swap : chosen[i]];
    total += option.cost;
    for (int k = 0; k < option.size; ++k) {
      NgramModel::State before = state;
      total += model.extend(before, option.ids[k], state);
    }
  }
  return total;
}

}  // namespace

Decoded decode(const NgramModel& model, const std::vector<const Column*>& columns, size_t beam) {
  BeamSearch search(model, beam);
  for (const Column* column : columns) search.step(*column);
  Decoded out;
  out.chosen = search.finish(columns.size());
  out.margin.assign(columns.size(), 0);
  for (size_t i = 0; i < columns.size(); ++i) {
    const Column& column = *columns[i];
    if (column[out.chosen[i]].own) continue;
    auto own = std::find_if(column.begin(), column.end(), [](const Option& o) { return o.own; });
    if (own == column.end()) {
      out.margin[i] = 20;
      continue;
    }
    size_t begin = i < 3 ? 0 : i - 3, end = std::min(columns.size(), i + 4);
    float with = cost_with(model, columns, out.chosen, begin, end, i, out.chosen[i]);
    float without = cost_with(model, columns, out.chosen, begin, end, i, static_cast<int>(own - column.begin()));
    out.margin[i] = std::max(0.0f, without - with);
  }
  return out;
}

}  // namespace planscribe

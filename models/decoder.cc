#include "models/decoder.h"

#include <algorithm>

namespace planscribe {
namespace {

using State = NgramModel::State;

class Margins {
 public:
  Margins(const NgramModel& model, const std::vector<const Column*>& columns, const std::vector<BeamSearch::Place>& path)
      : model_(model), columns_(columns), path_(path) {}

  // What it would cost more to keep the input's own reading of a column.
  float margin(size_t at) const {
    size_t end = at + (chosen(at).joins ? 2 : 1);
    State state = at > 0 ? path_[at - 1].state : model_.begin_state();
    float cost = at > 0 ? path_[at - 1].cost : 0;
    for (size_t i = at; i < end; ++i) {
      const Option& own = columns_[i]->front();
      if (!own.own) return kNoOwn;
      pass(own, state, cost);
    }
    for (size_t last = std::min(path_.size(), end + 3); end < last && !(state == path_[end - 1].state); ++end) {
      if (path_[end].option != kJoined) pass(chosen(end), state, cost);
    }
    return std::max(0.0f, cost - path_[end - 1].cost);
  }

 private:
  static constexpr float kNoOwn = 20;  // the input's reading was no option: a grammar decided

  const Option& chosen(size_t at) const { return (*columns_[at])[path_[at].option]; }

  void pass(const Option& option, State& state, float& cost) const {
    cost += option.cost;
    for (int k = 0; k < option.size; ++k) {
      State before = state;
      cost += model_.extend(before, option.ids[k], state);
    }
  }

  const NgramModel& model_;
  const std::vector<const Column*>& columns_;
  const std::vector<BeamSearch::Place>& path_;
};

}  // namespace

void Decoded::append(const Decoded& more) {
  chosen.insert(chosen.end(), more.chosen.begin(), more.chosen.end());
  margin.insert(margin.end(), more.margin.begin(), more.margin.end());
  rivals.insert(rivals.end(), more.rivals.begin(), more.rivals.end());
}

Decoded Decoded::part(size_t begin, size_t size) const {
  auto cut = [&](const auto& values) { return std::decay_t<decltype(values)>(values.begin() + begin, values.begin() + begin + size); };
  return {cut(chosen), cut(margin), cut(rivals)};
}

Decoded Decoder::decode(const std::vector<const Column*>& columns, const std::vector<uint64_t>& among) {
  std::vector<BeamSearch::Place> path = search_.run(columns, among);
  Margins margins(model_, columns, path);
  Decoded out;
  for (size_t i = 0; i < path.size(); ++i) {
    bool changed = path[i].option != kJoined && !(*columns[i])[path[i].option].own;
    out.chosen.push_back(path[i].option);
    out.margin.push_back(changed ? std::min(margins.margin(i), path[i].lead) : 0);
    out.rivals.push_back(path[i].rivals);
  }
  return out;
}

}  // namespace planscribe

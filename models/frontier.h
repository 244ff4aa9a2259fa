// frontier.h: the states of a candidate search at one place of the reading.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace planscribe {

inline constexpr int kFar = 1 << 20;    // a cost that nothing has
inline constexpr size_t kFull = 1400;   // nodes a place can hold before the cheapest are sorted out

// A node of the lexicon's trie that what was read so far may stand for.
struct State {
  uint32_t node;
  int cost : 24;
  unsigned title : 8;  // the first letter was printed as a capital
  int total;           // what it is judged by: cost, and the least that the rest and the word can cost
};

// The states of one place, one a node; emptied in no time, since searches are many and short.
class Frontier {
 public:
  void clear() { states_.clear(), best_ = kFar, ++round_; }

  // States further behind the best than the window are not taken.
  void push(const State& added, int window) {
    if (added.total > best_ + window || states_.size() >= kFull) return;
    best_ = std::min(best_, added.total);
    uint32_t node = added.node;
    for (size_t i = node * 0x9E3779B1u >> 21;; i = (i + 1) % kSlots) {
      Slot& slot = slots_[i];
      if (slot.round != round_) {
        slot = {round_, static_cast<uint32_t>(states_.size())};
        states_.push_back(added);
        return;
      }
      State& state = states_[slot.index];
      if (state.node != node) continue;
      if (added.cost < state.cost) state = added;
      return;
    }
  }

  std::vector<State>& states() { return states_; }
  int best() const { return best_; }

 private:
  static constexpr size_t kSlots = 2048;
  struct Slot {
    uint32_t round = 0, index = 0;
  };
  std::vector<State> states_;
  std::vector<Slot> slots_ = std::vector<Slot>(kSlots);
  uint32_t round_ = 0;
  int best_ = kFar;
};

}  // namespace planscribe

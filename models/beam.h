// beam.h: beam search over columns of options under the language model.
//
// A hypothesis is known by the last two words, so all that end in the same ones have the same future and only the cheapest
// stays. Hypotheses that end in the same word share the look-up of the next pair; of each context a mask of the words that
// follow it spares most searches for triples. Buffers are kept between searches. Not shared by threads.
#pragma once

#include <cstdint>
#include <vector>

#include "models/column.h"

namespace planscribe {

struct BeamLimits {
  size_t most = 30;   // hypotheses kept after each column
  float width = 14;   // nats behind the best that may still win
};

// Pairs of words looked up before: the same candidates meet again and again in one document.
class PairCache {
 public:
  // nullptr when the pair has to be looked up.
  const NgramModel::Found* find(WordId first, WordId second) const {
    const Slot& slot = slots_[slot_of(first, second)];
    return slot.used && slot.first == first && slot.second == second ? &slot.found : nullptr;
  }
  void keep(WordId first, WordId second, const NgramModel::Found& found) { slots_[slot_of(first, second)] = {true, first, second, found}; }

 private:
  static constexpr int kBits = 13;
  struct Slot {
    bool used = false;
    WordId first = 0, second = 0;
    NgramModel::Found found;
  };
  static size_t slot_of(WordId first, WordId second) { return (uint32_t{first} << 16 | second) * 0x9E3779B1u >> (32 - kBits); }

  std::vector<Slot> slots_ = std::vector<Slot>(size_t{1} << kBits);
};

// The options of a column as a set; those past the 63rd count as one.
inline uint64_t rival_bit(int option) { return option < 0 ? 0 : uint64_t{1} << (option < 63 ? option : 63); }

class BeamSearch {
 public:
  // One column of the cheapest way, and what it costs up to there.
  struct Place {
    int option = kJoined;
    float cost = 0;           // nats, from the beginning to this column
    NgramModel::State state;  // after it
    uint64_t rivals = 0;      // options still in the race when the next column was known, as rival_bit
  };

  // Borrows the model.
  BeamSearch(const NgramModel& model, const BeamLimits& limits) : model_(model), limits_(limits) {}

  // The cheapest way, one place a column. Borrows the columns for the call only. among: which options of each column to
  // consider, as rival_bit; empty for all. Each set must hold one.
  std::vector<Place> run(const std::vector<const Column*>& columns, const std::vector<uint64_t>& among = {});

 private:
  struct Hypothesis {
    float cost;
    NgramModel::State state;
    int back;    // into the trail: the column before
    int option;  // of this column
  };
  struct Step {
    int back, option;
    float cost;
    NgramModel::State state;
  };
  // What follows the last two words of a kept hypothesis.
  struct Future {
    NgramModel::Context context;
    uint64_t words = 0;  // a bit for each word modulo 64; all ones when there are many
  };
  struct Group {
    uint32_t begin, end;  // of kept_: same last word, the cheapest first
    NgramModel::Row row;  // of that word
  };

  void start();
  void step(const Column& column, uint64_t among);
  void look_ahead();
  Future future_of(uint32_t pair) const;
  void extend_word(const Option& option, int index, const NgramModel::Found* pairs);
  Hypothesis cheapest(const Group& group, WordId word, const NgramModel::Found& pair) const;
  void extend_other(const Option& option, int index);
  void add(const Hypothesis& hypothesis);
  void keep_best();
  int remember(const Hypothesis& hypothesis);
  void look_up_pairs(const Column& column);
  uint64_t rivals(size_t columns_back) const;
  std::vector<Place> finish(size_t columns);
  float limit() const { return best_ + limits_.width; }

  const NgramModel& model_;
  BeamLimits limits_;
  PairCache cache_;
  float best_ = 0;
  uint64_t met_ = 0;          // readings of the column before that came to one state, as rival_bit
  bool states_meet_ = false;  // options of this column may lead to the same state
  std::vector<Hypothesis> kept_, next_;
  std::vector<Hypothesis> waiting_, joined_;  // stand for two columns: entered again after the second
  std::vector<Future> futures_;               // of kept_
  std::vector<Group> groups_;
  std::vector<int> options_;                  // indices of those considered
  std::vector<NgramModel::Found> pairs_;      // of each option considered, of each group
  std::vector<NgramModel::Query> queries_;
  std::vector<uint32_t> asked_;               // those of pairs_ that the filter let through; then those of queries_
  std::vector<float> costs_;
  std::vector<Step> trail_;
  std::vector<uint64_t> rivals_;
};

}  // namespace planscribe

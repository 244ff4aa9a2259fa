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
  float history = 14;  // the same behind the best that ends in the same word: ways that meet at the next pair
};

// The options of a column as a set; those past the 63rd count as one.
inline uint64_t rival_bit(int option) { return option < 0 ? 0 : uint64_t{1} << (option < 63 ? option : 63); }

class BeamSearch {
 public:
  static constexpr float kSure = 30;

  // One column of the cheapest way, and what it costs up to there.
  struct Place {
    int option = kJoined;
    float cost = 0;           // nats, from the beginning to this column
    NgramModel::State state;  // after it
    uint64_t rivals = 0;      // options still in the race when the next column was known, as rival_bit
    float lead = kSure;       // nats by which the option led the next one then; kSure when no other was near
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
    float second = 1e30f;  // cost of the cheapest that came to the same state from another reading of the column before
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
  // Kept hypotheses with the same last word, the cheapest first.
  struct Group {
    uint32_t begin, end;  // of kept_
    NgramModel::Row row;  // of that word
    float least;          // cost of the cheapest
    float base;           // the same with what backing off from its context costs, of the cheapest then
    float stranger;       // the same before a word that the model does not know after this one, without the word's own cost
    int base_back;        // where that one came from
    uint64_t words;       // that may follow the context of any, as in Future
  };
  // A pair that the filter let through: of which option and group, and where the model has it.
  struct Asked {
    uint16_t option, group;  // of options_ and groups_
    uint32_t home;
  };

  void start();
  void step(const Column& column, uint64_t among);
  void look_ahead();
  void make_groups();
  void mask_words(Future& future) const;
  void sum_up(Group& group) const;
  void extend_word(const Option& option, int index, size_t& asked);
  void extend_group(const Group& group, const Option& option, const NgramModel::Found& pair, Hypothesis& stranger);
  void note_stranger(float cost, int back, Hypothesis& stranger);
  Hypothesis cheapest(const Group& group, WordId word, const NgramModel::Found& pair) const;
  void extend_other(const Option& option, int index);
  void add(const Hypothesis& hypothesis);
  void keep_best();
  int remember(const Hypothesis& hypothesis);
  void ask_pairs(const Column& column);
  struct Race {
    uint64_t rivals = 0;  // as rival_bit
    int leader = kJoined;
    float lead = kSure;
  };
  Race race(size_t columns_back) const;
  std::vector<Place> finish(size_t columns);
  float limit() const { return best_ + limits_.width; }

  const NgramModel& model_;
  BeamLimits limits_;
  float best_ = 0;
  uint64_t met_ = 0;          // readings of the column before that came to one state, as rival_bit
  bool states_meet_ = false;  // options of this column may lead to the same state
  std::vector<Hypothesis> kept_, next_;
  std::vector<Hypothesis> waiting_, joined_;  // stand for two columns: entered again after the second
  std::vector<Future> futures_;               // of kept_
  std::vector<Group> groups_;
  float least_stranger_ = 0;                  // of the groups
  uint64_t followers_ = 0;                    // their words together
  std::vector<int> options_;                  // indices of those considered
  std::vector<Asked> asked_;                  // in order
  std::vector<float> costs_;
  std::vector<Step> trail_;
  std::vector<Race> races_;
};

}  // namespace planscribe

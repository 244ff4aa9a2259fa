// beam.h: beam search over columns of options under the language model.
//
// A hypothesis is known by the last two words, so all that end in the same ones have the same future and only the cheapest
// stays. Hypotheses that end in the same word share the look-up of the next pairs, which are found for all words of the same
// bare letters at once; of each context a mask of the words that follow it spares most searches for triples. Buffers are kept
// between searches. Not shared by threads.
#pragma once

#include <cstdint>
#include <vector>

#include "models/column.h"

namespace planscribe {

struct BeamLimits {
  size_t most = 30;   // hypotheses kept after each column, 64 at most
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
  BeamSearch(const NgramModel& model, const BeamLimits& limits) : model_(model), limits_(limits), place_of_(model.size()) {}

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
  // A word that the column may be; only the cheapest of options with the same word can win.
  struct Word {
    WordId id;
    int option;
    float cost;      // of the option
    float alone;     // the same, and of the word after one that the model does not know before it
    uint64_t known;  // groups after which the model knows it, a bit each
  };
  // Words of the same bare letters among those of the column.
  struct Family {
    Kin kin;
    uint64_t bits;  // of the words, as word_bit
  };
  // What follows the last two words of a kept hypothesis.
  struct Future {
    NgramModel::Context context;
    uint64_t words;  // that may follow, as word_bit
  };
  // Kept hypotheses with the same last word.
  struct Group {
    uint32_t begin, end;  // of kept_
    NgramModel::Row row;  // of that word
    float least;          // cost of the cheapest
    float base;           // the same with what backing off from its context costs, of the cheapest then
    float stranger;       // the same before a word that the model does not know after this one, without the word's own cost
    int base_back;        // where that one came from
    uint64_t words;       // that may follow the context of any, as in Future
    float met;            // least cost of a way from it that came to one state with others
  };
  // A kin of which words may follow a group's.
  struct Asked {
    uint16_t group;
    Kin kin;
    uint32_t home;
  };

  void start();
  void step(const Column& column, uint64_t among);
  void gather(const Column& column, uint64_t among);
  void gather_word(const Option& option, int index);
  void look_ahead();
  void make_groups();
  void ask_pairs();
  uint64_t words_after(const NgramModel::Context& context) const;
  void find_pairs();
  void extend_word(const Word& word, const NgramModel::Found* pairs);
  void extend_group(Group& group, const Word& word, const NgramModel::Found& pair, Hypothesis& stranger);
  void note_stranger(float cost, int back, Group& group, Hypothesis& stranger);
  uint64_t met() const;
  Hypothesis cheapest(const Group& group, WordId word, const NgramModel::Found& pair) const;
  void extend_other(const Option& option, int index);
  void add(const Hypothesis& hypothesis);
  void keep_best();
  int remember(const Hypothesis& hypothesis);
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
  bool states_meet_ = false;  // options of this column may lead to the same state
  std::vector<Hypothesis> kept_, next_;
  std::vector<Hypothesis> waiting_, joined_;  // stand for two columns: entered again after the second
  std::vector<Future> futures_;               // of kept_
  std::vector<Group> groups_;
  float least_stranger_ = 0;                  // of the groups
  uint64_t followers_ = 0;                    // their words together
  std::vector<Word> words_;
  std::vector<Family> families_;
  std::vector<int> others_;                   // options of the column that are no single word
  std::vector<uint16_t> place_of_;            // of each word of the model its place in words_, plus one; 0 when it has none
  std::vector<Asked> asked_;
  std::vector<NgramModel::Found> pairs_;      // of each word after each group, where the word knows the group
  std::vector<float> costs_;
  std::vector<Step> trail_;
  std::vector<Race> races_;
};

}  // namespace planscribe

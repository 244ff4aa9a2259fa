#include "models/candidates.h"

#include <algorithm>

namespace planscribe {
namespace {

using LetterCosts = Confusions::LetterCosts;

constexpr size_t kLongestReading = 24;
constexpr int kSteps = Confusions::kSteps;
static_assert(kSteps == Lexicon::kCostSteps);
constexpr int kAnyForLetter = 15 * kSteps / 2, kAnyForSign = 11 * kSteps / 2, kTooMuch = 13 * kSteps / 2;  // unlearned: another letter, an extra one
constexpr int kFar = 1 << 20;
constexpr size_t kFull = 1400; // nodes a place can hold before the cheapest are sorted out

// What may have been printed from one place of the reading on.
struct Place {
  LetterCosts next;                                    // one letter for this one letter of the reading
  std::array<const Confusions::Sources*, 3> sources;  // for one, two, three letters
  std::vector<std::pair<size_t, Confusions::Pair>> extra;  // place reached; letters[1] is kNever for a single letter
  int rest = 0;                                        // the least the reading costs from here on
};

struct State {
  uint32_t node;
  int cost;
};

// The states of one place, one a node; emptied in no time, since searches are many and short.
class Frontier {
 public:
  void clear() { states_.clear(), best_ = kFar, ++round_; }

  // total: what the state is judged by; states far behind the best are not taken.
  void push(uint32_t node, int cost, int total, int window) {
    if (total > best_ + window || states_.size() >= kFull) return;
    best_ = std::min(best_, total);
    for (size_t i = node * 0x9E3779B1u >> 21;; i = (i + 1) % kSlots) {
      Slot& slot = slots_[i];
      if (slot.round != round_) {
        slot = {round_, static_cast<uint32_t>(states_.size())};
        states_.push_back({node, cost});
        return;
      }
      State& state = states_[slot.index];
      if (state.node != node) continue;
      state.cost = std::min(state.cost, cost);
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

struct Space {
  std::array<Frontier, kLongestReading + 1> frontiers;
  std::array<Place, kLongestReading + 1> places;
};

Space& space() {
  thread_local Space one;
  return one;
}

class Search {
 public:
  Search(const Lexicon& lexicon, const Confusions& confusions, const SearchLimits& limits, std::u32string_view reading)
      : lexicon_(lexicon), confusions_(confusions), limits_(limits), reading_(reading),
        window_(static_cast<int>(limits.window * kSteps)) {}

  void prepare(const std::vector<ExtraSource>& extra) {
    for (size_t i = 0; i <= reading_.size(); ++i) prepare_place(i);
    for (const ExtraSource& e : extra) add_extra(e);
    set_rest(false);
  }

  bool readable() const { return space_.places[0].rest < kFar; }

  // Letters may be misread in ways never learned.
  void set_free() {
    free_ = true;
    set_rest(true);
  }

  void run(CaseMode mode, std::vector<Candidate>& out) {
    mode_ = mode;
    for (size_t i = 0; i <= reading_.size(); ++i) space_.frontiers[i].clear();
    push(0, 0, 0);
    for (size_t at = 0; at < reading_.size(); ++at) {
      for (const State& state : settled(at)) expand(state, at);
    }
    for (const State& state : settled(reading_.size())) take(state, out);
  }

 private:
  void prepare_place(size_t i) {
    Place& place = space_.places[i];
    place.sources = {}, place.extra.clear(), place.rest = 0;
    if (i == reading_.size()) return;
    for (size_t n = 1; n <= Confusions::kLongest && i + n <= reading_.size(); ++n) {
      place.sources[n - 1] = confusions_.sources(reading_.substr(i, n));
    }
    place.next = place.sources[0] ? place.sources[0]->single : Confusions::none();
    // Letters that read as themselves although the sample never showed it (ế in a layer without Vietnamese).
    int self = letter_index(lower(reading_[i]));
    if (self < 0) return;
    uint8_t& cost = place.next[is_upper(reading_[i])][self];
    if (cost == Confusions::kNever) cost = Confusions::steps(Confusions::kSelf);
  }

  void add_extra(const ExtraSource& e) {
    if (e.end > reading_.size() || e.begin >= e.end || e.printed.empty() || e.printed.size() > 2) return;
    Confusions::Pair pair = {{Confusions::kNever, Confusions::kNever}, {false, false}, Confusions::steps(e.cost)};
    for (size_t k = 0; k < e.printed.size(); ++k) {
      int letter = letter_index(lower(e.printed[k]));
      if (letter < 0) return;
      pair.letters[k] = static_cast<uint8_t>(letter), pair.upper[k] = is_upper(e.printed[k]);
    }
    space_.places[e.begin].extra.emplace_back(e.end, pair);
  }

  void set_rest(bool free) {
    for (size_t i = reading_.size(); i-- > 0;) {
      Place& place = space_.places[i];
      int rest = free ? (is_letter(reading_[i]) ? kTooMuch : kAnyForSign) + space_.places[i + 1].rest : kFar;
      for (const auto& row : place.next) {
        uint8_t least = *std::min_element(row.begin(), row.end());
        if (least != Confusions::kNever) rest = std::min(rest, least + space_.places[i + 1].rest);
      }
      for (size_t n = 1; n <= Confusions::kLongest; ++n) {
        if (place.sources[n - 1]) rest = std::min(rest, place.sources[n - 1]->cheapest + space_.places[i + n].rest);
      }
      for (const auto& [to, pair] : place.extra) rest = std::min(rest, pair.cost + space_.places[to].rest);
      place.rest = rest;
    }
  }

  void push(size_t at, uint32_t node, int cost) {
    int total = cost + space_.places[at].rest + lexicon_.nodes()[node].best_cost;
    space_.frontiers[at].push(node, cost, total, window_);
  }

  int total_of(const State& state, size_t at) const {
    return state.cost + space_.places[at].rest + lexicon_.nodes()[state.node].best_cost;
  }

  // The states of a place that may still win, after letters that vanished are put in.
  const std::vector<State>& settled(size_t at) {
    Frontier& frontier = space_.frontiers[at];
    for (size_t i = 0; i < frontier.states().size(); ++i) {
      State state = frontier.states()[i];
      if (total_of(state, at) <= frontier.best() + window_) follow(confusions_.lost(), state, at);
    }
    std::vector<State>& states = frontier.states();
    int limit = frontier.best() + window_;
    std::erase_if(states, [&](const State& s) { return total_of(s, at) > limit; });
    if (states.size() > limits_.nodes) {
      auto cheaper = [&](const State& a, const State& b) { return total_of(a, at) < total_of(b, at); };
      std::nth_element(states.begin(), states.begin() + static_cast<long>(limits_.nodes), states.end(), cheaper);
      states.resize(limits_.nodes);
    }
    return states;
  }

  // One letter on in the trie, each at its cost.
  void follow(const LetterCosts& costs, const State& state, size_t to) {
    const Lexicon::Node& node = lexicon_.nodes()[state.node];
    const auto& row = costs[wanted_upper(mode_, node.depth)];
    const uint8_t* letters = lexicon_.node_letters().data();
    for (uint32_t child = node.first_child, end = child + node.children; child < end; ++child) {
      uint8_t cost = row[letters[child]];
      if (cost != Confusions::kNever) push(to, child, state.cost + cost);
    }
  }

  void follow(const Confusions::Pair& pair, const State& state, size_t to) {
    uint32_t node = state.node;
    for (int i = 0; i < 2 && pair.letters[i] != Confusions::kNever; ++i) {
      if (pair.upper[i] != wanted_upper(mode_, lexicon_.nodes()[node].depth)) return;
      if ((node = lexicon_.child(node, pair.letters[i])) == 0) return;
    }
    push(to, node, state.cost + pair.cost);
  }

  void expand(const State& state, size_t at) {
    const Place& place = space_.places[at];
    follow(place.next, state, at + 1);
    for (size_t n = 1; n <= Confusions::kLongest; ++n) {
      const Confusions::Sources* sources = place.sources[n - 1];
      if (!sources) continue;
      if (n > 1) follow(sources->single, state, at + n);
      for (const Confusions::Pair& pair : sources->pairs) follow(pair, state, at + n);
    }
    for (const auto& [to, pair] : place.extra) follow(pair, state, to);
    if (free_) expand_freely(state, at);
  }

  void expand_freely(const State& state, size_t at) {
    push(at + 1, state.node, state.cost + kTooMuch);
    int cost = state.cost + (is_letter(reading_[at]) ? kAnyForLetter : kAnyForSign);
    const Lexicon::Node& node = lexicon_.nodes()[state.node];
    for (uint32_t child = node.first_child; child < node.first_child + node.children; ++child) push(at + 1, child, cost);
  }

  void take(const State& state, std::vector<Candidate>& out) const {
    int index = lexicon_.nodes()[state.node].entry;
    if (index < 0) return;
    const Lexicon::Entry& entry = lexicon_.entries()[index];
    if (entry.abbreviation && mode_ != CaseMode::upper) return;
    out.push_back({index, mode_, static_cast<float>(state.cost) / kSteps + entry.style_cost, entry.cost - entry.style_cost});
  }

  const Lexicon& lexicon_;
  const Confusions& confusions_;
  const SearchLimits& limits_;
  std::u32string_view reading_;
  int window_;
  bool free_ = false;
  CaseMode mode_ = CaseMode::lower;
  Space& space_ = space();
};

// Some capitals are read as small letters (Đ as b).
bool may_be_capital(char32_t read, const Confusions& confusions) {
  const Confusions::Sources* sources = confusions.sources({&read, 1});
  if (!sources) return false;
  const auto& capitals = sources->single[1];
  return std::any_of(capitals.begin(), capitals.end(), [](uint8_t cost) { return cost < 7 * kSteps; });
}

// Which cases can have been printed, judged by what was read.
std::vector<CaseMode> modes_of(std::u32string_view reading, const Confusions& confusions) {
  size_t uppers = 0, lowers = 0;
  for (char32_t c : reading) uppers += is_upper(c), lowers += is_letter(c) && !is_upper(c);
  bool first = is_upper(reading[0]) || !is_letter(reading[0]) || may_be_capital(reading[0], confusions);
  std::vector<CaseMode> modes;
  if (uppers <= 1 || uppers <= lowers) modes.push_back(CaseMode::lower);
  if (first && (lowers + 1 >= uppers || reading.size() <= 3)) modes.push_back(CaseMode::title);
  if (uppers > 0 && (uppers >= lowers || reading.size() <= 3)) modes.push_back(CaseMode::upper);
  if (modes.empty()) modes.push_back(CaseMode::lower);
  return modes;
}

bool cheaper(const Candidate& a, const Candidate& b) {
  float x = a.cost + a.prior, y = b.cost + b.prior;
  return x != y ? x < y : std::pair(a.entry, a.mode) < std::pair(b.entry, b.mode);
}

}  // namespace

std::vector<Candidate> CandidateFinder::search(std::u32string_view reading, const std::vector<ExtraSource>& extra) const {
  std::vector<Candidate> out;
  if (reading.empty() || reading.size() > kLongestReading) return out;
  Search search(lexicon_, confusions_, limits_, reading);
  search.prepare(extra);
  std::vector<CaseMode> modes = modes_of(reading, confusions_);
  if (search.readable()) {
    for (CaseMode mode : modes) search.run(mode, out);
  }
  auto plausible = [&](const Candidate& c) { return c.cost < limits_.strange && c.cost + c.prior < limits_.rare; };
  bool strange = std::none_of(out.begin(), out.end(), plausible);
  if (strange) {
    out.clear();
    search.set_free();
    for (CaseMode mode : modes) search.run(mode, out);
  }
  std::sort(out.begin(), out.end(), cheaper);
  while (!out.empty() && out.back().cost + out.back().prior > out[0].cost + out[0].prior + limits_.window) out.pop_back();
  if (out.size() > limits_.most) out.resize(limits_.most);
  return out;
}

std::vector<Candidate> CandidateFinder::find(std::u32string_view reading, const std::vector<ExtraSource>& extra) const {
  if (!extra.empty()) return search(reading, extra);
  std::u32string key(reading);
  Shard& shard = shards_[std::hash<std::u32string>()(key) % kShards];
  {
    std::lock_guard lock(shard.mutex);
    auto known = shard.found.find(key);
    if (known != shard.found.end()) return known->second;
  }
  std::vector<Candidate> out = search(reading, extra);
  std::lock_guard lock(shard.mutex);
  if (shard.found.size() >= kShardSize) shard.found.clear();
  shard.found.emplace(std::move(key), out);
  return out;
}

}  // namespace planscribe

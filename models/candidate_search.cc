#include "models/candidate_search.h"

#include <algorithm>
#include <array>

#include "models/frontier.h"

namespace planscribe {
namespace {

using LetterCosts = Confusions::LetterCosts;

constexpr size_t kLongestReading = 24;
constexpr int kSteps = Confusions::kSteps;
static_assert(kSteps == Lexicon::kCostSteps);
// Unlearned: another letter, a letter for a sign, an extra one.
constexpr int kAnyForLetter = 15 * kSteps / 2, kAnyForSign = 11 * kSteps / 2, kTooMuch = 13 * kSteps / 2;
constexpr int kGrown = 3 * kSteps / 2;  // a capital read as a small letter, beside what the letters cost

// One row of letter costs; a letter that cannot be costs more than any window.
using Row = std::array<uint16_t, kAlphabetSize>;
constexpr uint16_t kImpossible = 1 << 14;

// What may have been printed from one place of the reading on.
struct Place {
  LetterCosts next;                                    // one letter for this one letter of the reading
  Row rows[2];                                         // the same for a search: small letters, capitals
  std::array<const Confusions::Sources*, 3> sources;  // for one, two, three letters
  std::vector<std::pair<size_t, Confusions::Pair>> extra;  // place reached; letters[1] is kNever for a single letter
  int least = 0;                                       // the least of rows
  int rest = 0;                                        // the least the reading costs from here on
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
  Search(const Lexicon& lexicon, const Confusions& confusions, const SearchLimits& limits, std::u32string_view reading, bool titles,
         float dearest)
      : lexicon_(lexicon), confusions_(confusions), limits_(limits), reading_(reading),
        window_(static_cast<int>(limits.window * kSteps)), dearest_(static_cast<int>(dearest * kSteps)), titles_(titles),
        grown_(is_letter(reading[0]) && !is_upper(reading[0]) ? kGrown : 0) {}

  void prepare(const std::vector<ExtraSource>& extra) {
    for (size_t i = 0; i <= reading_.size(); ++i) prepare_place(i);
    for (const ExtraSource& e : extra) add_extra(e);
    set_rest(false);
  }

  bool readable() const { return space_.places[0].rest <= dearest_; }

  // Letters may be misread in ways never learned.
  void set_free() {
    free_ = true;
    set_rest(true);
  }

  // Small letters, with capitals first or not; or all capitals.
  void run(bool capitals, std::vector<Candidate>& out) {
    capitals_ = capitals;
    for (size_t i = 0; i <= reading_.size(); ++i) space_.frontiers[i].clear();
    for (size_t i = 0; i < reading_.size(); ++i) set_rows(i);
    const LetterCosts& lost = confusions_.lost();
    lost_cheapest_ = std::min(*std::min_element(lost[0].begin(), lost[0].end()), *std::min_element(lost[1].begin(), lost[1].end()));
    push(0, {0, 0, capitals, 0});
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

  void set_rows(size_t i) {
    Place& place = space_.places[i];
    uint16_t any = free_ ? (is_letter(reading_[i]) ? kAnyForLetter : kAnyForSign) : kImpossible;
    for (int upper = 0; upper < 2; ++upper) {
      for (size_t k = 0; k < kAlphabetSize; ++k) {
        uint8_t cost = place.next[upper][k];
        place.rows[upper][k] = cost == Confusions::kNever ? any : std::min<uint16_t>(cost, any);
      }
    }
    auto least = [&](int upper) { return *std::min_element(place.rows[upper].begin(), place.rows[upper].end()); };
    place.least = std::min(least(0), least(1));
  }

  void push(size_t at, State state) {
    int read = state.cost + space_.places[at].rest;
    state.total = read + lexicon_.nodes()[state.node].best_cost;
    if (read <= dearest_) space_.frontiers[at].push(state, window_);
  }

  // The states of a place that may still win, after letters that vanished are put in; the best first.
  const std::vector<State>& settled(size_t at) {
    Frontier& frontier = space_.frontiers[at];
    std::vector<State>& states = frontier.states();
    for (size_t i = 0; i < states.size(); ++i) {
      State state = states[i];
      if (state.total + lost_cheapest_ <= frontier.best() + window_) follow_each(confusions_.lost(), lost_cheapest_, state, at);
    }
    int limit = frontier.best() + window_;
    std::erase_if(states, [&](const State& s) { return s.total > limit; });
    auto cheaper = [](const State& a, const State& b) { return a.total < b.total; };
    if (states.size() > limits_.nodes) {
      std::nth_element(states.begin(), states.begin() + static_cast<long>(limits_.nodes), states.end(), cheaper);
      states.resize(limits_.nodes);
    }
    if (!states.empty()) std::iter_swap(states.begin(), std::min_element(states.begin(), states.end(), cheaper));
    return states;
  }

  // Whether a letter at this depth is a capital: as the run says, or, at the head of a word in small letters, either.
  bool either_case(const State& state) const { return !capitals_ && titles_ && lexicon_.nodes()[state.node].depth == 0; }

  // One letter on in the trie. costs: of small letters and capitals; least: the lowest of them. Children that cannot win are
  // passed over quickly: those behind one that cannot have dearer words still.
  template <typename Costs>
  void follow_each(const Costs& costs, int least, const State& state, size_t to) {
    const Lexicon::Node& node = lexicon_.nodes()[state.node];
    const uint8_t* letters = lexicon_.node_letters().data();
    const Lexicon::Node* nodes = lexicon_.nodes().data();
    const auto *row = costs[capitals_].data(), *capital_row = either_case(state) ? costs[1].data() : nullptr;
    Frontier& frontier = space_.frontiers[to];
    const int base = state.cost + space_.places[to].rest, dearest = std::min<int>(dearest_ - base, kImpossible - 1);
    int most = frontier.best() + window_ - base;
    for (uint32_t child = node.first_child, end = child + node.children; child < end; ++child) {
      const int word = nodes[child].best_cost;
      if (least + word > most) break;
      int price = price_of(row[letters[child]]);
      unsigned title = state.title;
      if (capital_row && price_of(capital_row[letters[child]]) + grown_ < price) {
        price = price_of(capital_row[letters[child]]) + grown_, title = 1;
      }
      if (price > dearest || price + word > most) continue;
      frontier.push({child, state.cost + price, title, base + price + word}, window_);
      most = frontier.best() + window_ - base;
    }
  }

  static int price_of(uint16_t price) { return price; }
  static int price_of(uint8_t price) { return price == Confusions::kNever ? kImpossible : price; }

  // Whether a state can win at a later place when it comes there for no less than this; words below it cost their least.
  bool hopeless(const State& state, int price, size_t to) const {
    int cost = state.cost + price + space_.places[to].rest;
    return cost > dearest_ || cost + lexicon_.nodes()[state.node].best_cost > space_.frontiers[to].best() + window_;
  }

  void follow(const Confusions::Pair& pair, const State& state, size_t to) {
    State next = state;
    next.cost += pair.cost;
    for (int i = 0; i < 2 && pair.letters[i] != Confusions::kNever; ++i) {
      if (either_case(next) && pair.upper[i]) {
        next.title = 1, next.cost += grown_;
      } else if (pair.upper[i] != capitals_) {
        return;
      }
      if ((next.node = lexicon_.child(next.node, pair.letters[i])) == 0) return;
    }
    push(to, next);
  }

  void expand(const State& state, size_t at) {
    const Place& place = space_.places[at];
    follow_each(place.rows, place.least, state, at + 1);
    for (size_t n = 1; n <= Confusions::kLongest; ++n) {
      const Confusions::Sources* sources = place.sources[n - 1];
      if (!sources || hopeless(state, sources->cheapest, at + n)) continue;
      if (n > 1) follow_each(sources->single, sources->cheapest, state, at + n);
      for (const Confusions::Pair& pair : sources->pairs) {
        if (hopeless(state, pair.cost, at + n)) break;  // they are sorted by cost
        follow(pair, state, at + n);
      }
    }
    for (const auto& [to, pair] : place.extra) follow(pair, state, to);
    if (free_) push(at + 1, {state.node, state.cost + kTooMuch, state.title, 0});
  }

  void take(const State& state, std::vector<Candidate>& out) const {
    int index = lexicon_.nodes()[state.node].entry;
    if (index < 0) return;
    const Lexicon::Entry& entry = lexicon_.entries()[index];
    if (entry.abbreviation && !capitals_) return;
    CaseMode mode = capitals_ ? CaseMode::upper : state.title ? CaseMode::title : CaseMode::lower;
    out.push_back({index, mode, static_cast<float>(state.cost) / kSteps + entry.style_cost, entry.cost - entry.style_cost});
  }

  const Lexicon& lexicon_;
  const Confusions& confusions_;
  const SearchLimits& limits_;
  std::u32string_view reading_;
  int window_;
  int dearest_;  // the most a reading may cost
  bool free_ = false;
  bool capitals_ = false;
  bool titles_;         // a capital may begin a word in small letters
  int grown_;           // price of a capital that was read as a small letter
  int lost_cheapest_ = 0;
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
struct Cases {
  bool smalls, titles, capitals;
};

Cases cases_of(std::u32string_view reading, const Confusions& confusions) {
  size_t uppers = 0, lowers = 0;
  for (char32_t c : reading) uppers += is_upper(c), lowers += is_letter(c) && !is_upper(c);
  bool first = is_upper(reading[0]) || !is_letter(reading[0]) || may_be_capital(reading[0], confusions);
  bool titles = first && (lowers + 1 >= uppers || reading.size() <= 3);
  bool capitals = uppers > 0 && (uppers >= lowers || reading.size() <= 3);
  bool smalls = uppers <= 1 || uppers <= lowers || titles || !capitals;
  return {smalls, titles, capitals};
}

bool cheaper(const Candidate& a, const Candidate& b) {
  float x = a.cost + a.prior, y = b.cost + b.prior;
  return x != y ? x < y : std::pair(a.entry, a.mode) < std::pair(b.entry, b.mode);
}

}  // namespace

std::vector<Candidate> search_candidates(const Lexicon& lexicon, const Confusions& confusions, const SearchLimits& limits,
                                         std::u32string_view reading, const std::vector<ExtraSource>& extra, Reach reach) {
  std::vector<Candidate> out;
  if (reading.empty() || reading.size() > kLongestReading) return out;
  Cases cases = cases_of(reading, confusions);
  Search search(lexicon, confusions, limits, reading, cases.titles, reach == Reach::near ? kNearReading : kFar / kSteps);
  search.prepare(extra);
  auto run = [&] {
    if (cases.smalls) search.run(false, out);
    if (cases.capitals) search.run(true, out);
  };
  if (search.readable() && reach != Reach::wide) run();
  auto plausible = [&](const Candidate& c) { return c.cost < limits.strange && c.cost + c.prior < limits.rare; };
  if (reach != Reach::near && std::none_of(out.begin(), out.end(), plausible)) {
    out.clear();
    search.set_free();
    run();
  }
  std::sort(out.begin(), out.end(), cheaper);
  while (!out.empty() && out.back().cost + out.back().prior > out[0].cost + out[0].prior + limits.window) out.pop_back();
  if (out.size() > limits.most) out.resize(limits.most);
  return out;
}

}  // namespace planscribe

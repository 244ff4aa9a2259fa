#include "models/candidates.h"

#include <algorithm>

#include "models/letters.h"

namespace planscribe {
namespace {

constexpr size_t kLongestReading = 24;
constexpr float kAnyForLetter = 7.5f, kAnyForSign = 5.5f, kTooMuch = 6.5f;  // unlearned: another letter, an extra one

// One way to go on from a place of the reading.
struct Step {
  size_t to;  // place reached
  const Confusions::Source* source;
};

// All steps from each place, and the least it can cost to read the rest.
struct Steps {
  std::vector<std::vector<Step>> from;
  std::vector<float> rest;
};

struct Partial {
  float total;  // cost so far, least rest and least word cost: never more than the truth
  float cost;
  uint32_t node;
  uint8_t at, depth;
};

bool operator<(const Partial& a, const Partial& b) { return a.total > b.total; }  // cheapest on top of a heap

bool wanted_upper(CaseMode mode, int depth) {
  return mode == CaseMode::upper || (mode == CaseMode::title && depth == 0);
}

bool fits(const Confusions::Source& s, CaseMode mode, int depth) {
  for (int i = 0; i < s.size; ++i) {
    if (is_letter(s.letters[i]) && s.upper[i] != wanted_upper(mode, depth + i)) return false;
  }
  return true;
}

// The states one search has left behind; emptied in no time, since searches are many and short.
class SeenStates {
 public:
  void clear() { ++round_; }
  // False when the state was there. Holds a few thousand; the step limit of a search keeps it below half full.
  bool insert(uint32_t node, uint32_t at) {
    uint64_t key = uint64_t{node} << 8 | at;
    for (size_t i = key * 0x9E3779B97F4A7C15ull >> 51;; i = (i + 1) % kSize) {
      if (stamp_[i] != round_) return stamp_[i] = round_, keys_[i] = key, true;
      if (keys_[i] == key) return false;
    }
  }

 private:
  static constexpr size_t kSize = 1 << 13;
  std::vector<uint64_t> keys_ = std::vector<uint64_t>(kSize);
  std::vector<uint32_t> stamp_ = std::vector<uint32_t>(kSize);
  uint32_t round_ = 0;
};

SeenStates& seen_states() {
  thread_local SeenStates states;
  return states;
}

class Search {
 public:
  Search(const Lexicon& lexicon, const Confusions& confusions, const SearchLimits& limits)
      : lexicon_(lexicon), confusions_(confusions), limits_(limits) {}

  // With a reading given, letters may also be misread in ways never learned.
  void run(const Steps& steps, CaseMode mode, std::vector<Candidate>& out, std::u32string_view reading = {}) {
    reading_ = reading;
    heap_.clear();
    seen_->clear();
    push(0, 0, 0, 0, steps);
    float best = 1e9f;
    size_t found = 0;
    for (int pops = 0; !heap_.empty() && pops < limits_.steps && found < limits_.most; ++pops) {
      std::pop_heap(heap_.begin(), heap_.end());
      Partial p = heap_.back();
      heap_.pop_back();
      if (p.total > best + limits_.window) break;
      if (!seen_->insert(p.node, p.at)) continue;
      const Lexicon::Node& node = lexicon_.nodes()[p.node];
      if (p.at + 1u == steps.from.size() && node.entry >= 0) {
        const Lexicon::Entry& entry = lexicon_.entries()[node.entry];
        if (!entry.abbreviation || mode == CaseMode::upper) {
          if (best > 1e8f) best = p.cost + entry.cost;
          out.push_back({entry.abbreviation ? entry.text : in_case(entry.text, mode), entry.id,
                         p.cost + entry.style_cost, entry.cost - entry.style_cost});
          ++found;
        }
      }
      expand(p, steps, mode);
    }
  }

 private:
  void push(float cost, uint32_t node, size_t at, int depth, const Steps& steps) {
    float total = cost + steps.rest[at] + lexicon_.nodes()[node].best_cost;
    heap_.push_back({total, cost, node, static_cast<uint8_t>(at), static_cast<uint8_t>(depth)});
    std::push_heap(heap_.begin(), heap_.end());
  }

  void expand(const Partial& p, const Steps& steps, CaseMode mode) {
    for (const Step& step : steps.from[p.at]) {
      const Confusions::Source& s = *step.source;
      if (!fits(s, mode, p.depth)) continue;
      uint32_t node = p.node;
      bool alive = true;
      for (int i = 0; i < s.size && alive; ++i) alive = (node = lexicon_.child(node, s.letters[i])) != 0;
      if (alive) push(p.cost + s.cost, node, step.to, p.depth + s.size, steps);
    }
    if (p.at < reading_.size()) expand_freely(p, steps);
    for (const Confusions::Source& s : confusions_.lost()) {
      if (s.size != 1 || s.cost > limits_.window || !fits(s, mode, p.depth)) continue;
      uint32_t node = lexicon_.child(p.node, s.letters[0]);
      if (node) push(p.cost + s.cost, node, p.at, p.depth + 1, steps);
    }
  }

  void expand_freely(const Partial& p, const Steps& steps) {
    push(p.cost + kTooMuch, p.node, p.at + 1u, p.depth, steps);
    float cost = p.cost + (is_letter(reading_[p.at]) ? kAnyForLetter : kAnyForSign);
    const Lexicon::Node& node = lexicon_.nodes()[p.node];
    for (uint32_t child = node.first_child; child < node.first_child + node.children; ++child) {
      push(cost, child, p.at + 1u, p.depth + 1, steps);
    }
  }

  const Lexicon& lexicon_;
  const Confusions& confusions_;
  const SearchLimits& limits_;
  std::u32string_view reading_;
  std::vector<Partial> heap_;
  SeenStates* seen_ = &seen_states();
};

// Letters that read as themselves although the sample never showed it (ế in a layer without Vietnamese).
std::vector<Confusions::Source> own_sources(std::u32string_view reading) {
  std::vector<Confusions::Source> out;
  for (char32_t c : reading) {
    Confusions::Source s;
    s.letters[0] = lower(c), s.upper[0] = is_upper(c), s.size = 1;
    s.cost = Confusions::kSelf;
    out.push_back(s);
  }
  return out;
}

Steps steps_of(std::u32string_view reading, const Confusions& confusions, const std::vector<ExtraSource>& extra,
               const std::vector<Confusions::Source>& own, bool freely) {
  Steps steps;
  steps.from.resize(reading.size() + 1);
  for (size_t i = 0; i < reading.size(); ++i) {
    bool self = false;
    for (size_t n = 1; n <= Confusions::kLongest && i + n <= reading.size(); ++n) {
      const auto* sources = confusions.sources(reading.substr(i, n));
      if (!sources) continue;
      for (const Confusions::Source& s : *sources) {
        self |= n == 1 && s.size == 1 && s.letters[0] == own[i].letters[0] && s.upper[0] == own[i].upper[0];
        steps.from[i].push_back({i + n, &s});
      }
    }
    if (!self && is_letter(reading[i])) steps.from[i].push_back({i + 1, &own[i]});
  }
  for (const ExtraSource& e : extra) {
    if (e.end <= reading.size() && e.begin < e.end) steps.from[e.begin].push_back({e.end, &e.source});
  }
  steps.rest.assign(reading.size() + 1, 0);
  for (size_t i = reading.size(); i-- > 0;) {
    steps.rest[i] = freely ? (is_letter(reading[i]) ? kTooMuch : kAnyForSign) + steps.rest[i + 1] : 1e6f;
    for (const Step& step : steps.from[i]) steps.rest[i] = std::min(steps.rest[i], steps.rest[step.to] + step.source->cost);
  }
  return steps;
}

// Some capitals are read as small letters (Đ as b).
bool may_be_capital(std::u32string_view reading, const Confusions& confusions) {
  const auto* sources = confusions.sources(reading.substr(0, 1));
  if (!sources) return false;
  return std::any_of(sources->begin(), sources->end(), [](auto& s) { return s.upper[0] && s.cost < 7; });
}

// Which cases can have been printed, judged by what was read.
std::vector<CaseMode> modes_of(std::u32string_view reading, const Confusions& confusions) {
  size_t uppers = 0, lowers = 0;
  for (char32_t c : reading) uppers += is_upper(c), lowers += is_letter(c) && !is_upper(c);
  bool first = is_upper(reading[0]) || !is_letter(reading[0]) || may_be_capital(reading, confusions);
  std::vector<CaseMode> modes;
  if (uppers <= 1 || uppers <= lowers) modes.push_back(CaseMode::lower);
  if (first && (lowers + 1 >= uppers || reading.size() <= 3)) modes.push_back(CaseMode::title);
  if (uppers > 0 && (uppers >= lowers || reading.size() <= 3)) modes.push_back(CaseMode::upper);
  if (modes.empty()) modes.push_back(CaseMode::lower);
  return modes;
}

}  // namespace

std::u32string in_case(std::u32string_view word, CaseMode mode) {
  std::u32string out(word);
  for (size_t i = 0; i < out.size(); ++i) {
    if (wanted_upper(mode, static_cast<int>(i))) out[i] = upper(out[i]);
  }
  return out;
}

std::vector<Candidate> find_candidates(std::u32string_view reading, const Lexicon& lexicon,
                                       const Confusions& confusions, const SearchLimits& limits,
                                       const std::vector<ExtraSource>& extra) {
  std::vector<Candidate> out;
  if (reading.empty() || reading.size() > kLongestReading) return out;
  std::vector<Confusions::Source> own = own_sources(reading);
  Steps steps = steps_of(reading, confusions, extra, own, false);
  Search search(lexicon, confusions, limits);
  std::vector<CaseMode> modes = modes_of(reading, confusions);
  if (steps.rest[0] < 1e5f) {
    for (CaseMode mode : modes) search.run(steps, mode, out);
  }
  bool strange = std::none_of(out.begin(), out.end(), [&](const Candidate& c) { return c.cost < limits.strange; });
  if (strange) {
    out.clear();
    steps = steps_of(reading, confusions, extra, own, true);
    for (CaseMode mode : modes) search.run(steps, mode, out, reading);
  }
  std::sort(out.begin(), out.end(),
            [](const Candidate& a, const Candidate& b) { return a.cost + a.prior < b.cost + b.prior; });
  while (!out.empty() && out.back().cost + out.back().prior > out[0].cost + out[0].prior + limits.window) out.pop_back();
  if (out.size() > limits.most) out.resize(limits.most);
  return out;
}

}  // namespace planscribe

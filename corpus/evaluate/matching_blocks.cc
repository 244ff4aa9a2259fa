#include "corpus/evaluate/matching_blocks.h"

#include <algorithm>
#include <unordered_map>

namespace planscribe {
namespace {

using Sequence = std::span<const std::uint32_t>;
using Places = std::unordered_map<std::uint32_t, std::vector<int>>;  // symbol -> where it stands in b, ascending

Places places_of(Sequence b) {
  Places places;
  for (size_t j = 0; j < b.size(); ++j) places[b[j]].push_back(static_cast<int>(j));
  return places;
}

struct Window {
  int a_begin, a_end, b_begin, b_end;
};

class Matcher {
 public:
  Matcher(Sequence a, Sequence b) : a_(a), places_(places_of(b)), lengths_(b.size() + 1), next_(b.size() + 1) {}

  MatchingRun longest(const Window& window) {
    MatchingRun best{window.a_begin, window.b_begin, 0};
    std::vector<int> touched;  // entries of lengths_ to be emptied for the next row
    for (int i = window.a_begin; i < window.a_end; ++i) {
      std::vector<int> written;
      if (const auto found = places_.find(a_[i]); found != places_.end()) {
        const std::vector<int>& js = found->second;
        for (auto j = std::lower_bound(js.begin(), js.end(), window.b_begin); j != js.end() && *j < window.b_end; ++j) {
          const int size = next_[*j + 1] = lengths_[*j] + 1;
          written.push_back(*j + 1);
          if (size > best.size) best = {i - size + 1, *j - size + 1, size};
        }
      }
      for (int j : touched) lengths_[j] = 0;
      for (int j : written) lengths_[j] = next_[j];
      touched = std::move(written);
    }
    for (int j : touched) lengths_[j] = 0;
    return best;
  }

 private:
  Sequence a_;
  Places places_;
  std::vector<int> lengths_, next_;  // of the run that ends before place j of b
};

}  // namespace

MatchingRun longest_run(Sequence a, Sequence b) {
  return Matcher(a, b).longest({0, static_cast<int>(a.size()), 0, static_cast<int>(b.size())});
}

std::vector<Difference> differences(Sequence a, Sequence b) {
  Matcher matcher(a, b);
  const int a_size = static_cast<int>(a.size()), b_size = static_cast<int>(b.size());
  std::vector<MatchingRun> runs;
  std::vector<Window> open{{0, a_size, 0, b_size}};
  while (!open.empty()) {
    const Window w = open.back();
    open.pop_back();
    const MatchingRun run = matcher.longest(w);
    if (run.size == 0) continue;
    runs.push_back(run);
    if (w.a_begin < run.a && w.b_begin < run.b) open.push_back({w.a_begin, run.a, w.b_begin, run.b});
    if (run.a + run.size < w.a_end && run.b + run.size < w.b_end) open.push_back({run.a + run.size, w.a_end, run.b + run.size, w.b_end});
  }
  std::sort(runs.begin(), runs.end(), [](const MatchingRun& x, const MatchingRun& y) { return x.a < y.a; });
  runs.push_back({a_size, b_size, 0});
  std::vector<Difference> result;
  int i = 0, j = 0;
  for (const MatchingRun& run : runs) {
    if (i < run.a || j < run.b) result.push_back({i, run.a, j, run.b});
    i = run.a + run.size;
    j = run.b + run.size;
  }
  return result;
}

}  // namespace planscribe

#include "models/align.h"

#include <algorithm>
#include <cstdlib>

#include "models/letters.h"

namespace planscribe {
namespace {

constexpr int kBand = 14;  // how far the two lines may drift apart
constexpr float kFar = 1e9f;

// Groups tried: letters of truth, letters of the reading.
constexpr std::pair<int, int> kShapes[] = {{1, 1}, {1, 0}, {0, 1}, {1, 2}, {1, 3}, {2, 1}, {2, 2}, {2, 3}};

bool alike(char32_t a, char32_t b) { return bare(lower(a)) == bare(lower(b)); }

bool allowed(std::u32string_view t, std::u32string_view r) {
  bool spaces = t.find(U' ') != t.npos || r.find(U' ') != r.npos;
  if (spaces) return t.size() + r.size() == 1 || (t == r && t.size() == 1);
  if (t.size() == 2 && r.size() == 2) return !alike(t[0], r[0]) && !alike(t[1], r[1]);
  return true;
}

}  // namespace

float Aligner::cost(const std::u32string& t, const std::u32string& r) const {
  auto found = costs_.find({t, r});
  if (found != costs_.end()) return found->second;
  if (t.size() == 1 && r.size() == 1) return t == r ? 0.05f : alike(t[0], r[0]) ? 0.9f : 6.0f;
  if (t.empty() || r.empty()) return (t + r)[0] == U' ' ? 7.0f : 6.5f;
  return 8.0f + 1.5f * static_cast<float>(t.size() + r.size() - 3);
}

std::vector<LetterPair> Aligner::align(const std::u32string& t, const std::u32string& r) const {
  int n = static_cast<int>(t.size()), m = static_cast<int>(r.size());
  if (std::abs(n - m) > kBand) return {};
  std::vector<float> best((n + 1) * (m + 1), kFar);
  std::vector<signed char> shape((n + 1) * (m + 1), -1);
  auto at = [&](int i, int j) { return i * (m + 1) + j; };
  best[0] = 0;
  for (int i = 0; i <= n; ++i) {
    for (int j = std::max(0, i - kBand); j <= std::min(m, i + kBand); ++j) {
      if (best[at(i, j)] >= kFar) continue;
      for (int s = 0; s < static_cast<int>(std::size(kShapes)); ++s) {
        auto [a, b] = kShapes[s];
        if (i + a > n || j + b > m) continue;
        std::u32string left = t.substr(i, a), right = r.substr(j, b);
        if (!allowed(left, right)) continue;
        float total = best[at(i, j)] + cost(left, right);
        if (total < best[at(i + a, j + b)]) best[at(i + a, j + b)] = total, shape[at(i + a, j + b)] = s;
      }
    }
  }
  std::vector<LetterPair> out;
  for (int i = n, j = m; i > 0 || j > 0;) {
    if (shape[at(i, j)] < 0) return {};
    auto [a, b] = kShapes[static_cast<int>(shape[at(i, j)])];
    i -= a, j -= b;
    out.emplace_back(t.substr(i, a), r.substr(j, b));
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace planscribe

#include "models/train_model.h"

#include <algorithm>
#include <cmath>

#include "models/ngram.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr float kNever = 1e-9f;  // <s> is never read

// Taken from counts of one, two, and more (Chen and Goodman 1998, modified Kneser-Ney).
struct Discounts {
  explicit Discounts(const uint64_t (&rare)[5]) {
    double n[5];
    for (int i = 1; i < 5; ++i) n[i] = static_cast<double>(std::max<uint64_t>(rare[i], 1));
    double y = n[1] / (n[1] + 2 * n[2]);
    for (int i = 1; i < 4; ++i) taken[i - 1] = std::clamp(i - (i + 1) * y * n[i + 1] / n[i], 0.3 * i, 0.9 * i);
  }
  double of(uint32_t count) const { return taken[std::clamp(count, 1u, 3u) - 1]; }
  double taken[3];
};

// Probabilities of all entries, of order 1 to 3 (index 0 to 2), and the share of each context left to the lower order.
struct Estimate {
  std::vector<float> p[3];
  std::vector<float> gamma[2];
};

uint32_t find(const CountLevel& level, uint32_t begin, uint32_t end, uint16_t word) {
  auto first = level.word.begin();
  auto found = std::lower_bound(first + begin, first + end, word);
  return found != first + end && *found == word ? static_cast<uint32_t>(found - first) : kNone;
}

class Estimator {
 public:
  explicit Estimator(const Counts& counts) : c_(counts), discount_{Discounts(counts.rare[0]), Discounts(counts.rare[1])} {}

  Estimate run() {
    unigrams();
    for (uint16_t a = 0; a + 1u < c_.first_child.size(); ++a) {
      e_.gamma[0].push_back(share_left(c_.levels[0].spread, c_.first_child[a], c_.first_child[a + 1], c_.context_spread[a], discount_[0]));
    }
    const CountLevel& two = c_.levels[0];
    for (size_t i = 0; i < two.size(); ++i) {
      e_.gamma[1].push_back(share_left(c_.levels[1].count, two.child[i], two.child[i + 1], two.count[i], discount_[1]));
    }
    pairs();
    triples();
    return std::move(e_);
  }

 private:
  void unigrams() {
    double all = 0, total = 0;
    for (uint32_t n : c_.word_count) all += n;
    for (uint32_t n : c_.word_spread) total += std::max(n, 1u);
    double unknown = std::max(c_.word_count[kUnknown], 1u) / all;
    for (uint32_t n : c_.word_spread) e_.p[0].push_back(static_cast<float>(std::max(n, 1u) / total * (1 - unknown)));
    e_.p[0][kUnknown] = static_cast<float>(unknown);
    e_.p[0][kBegin] = kNever;
  }

  static float share_left(const std::vector<uint32_t>& count, uint32_t begin, uint32_t end, uint32_t total,
                          const Discounts& discount) {
    double kept = 0;
    for (uint32_t i = begin; i < end; ++i) kept += count[i] - discount.of(count[i]);
    return total == 0 ? 1.0f : static_cast<float>(std::clamp(1 - kept / total, 1e-4, 1.0));
  }

  double lower_pair(uint16_t a, uint16_t b) const {
    uint32_t i = find(c_.levels[0], c_.first_child[a], c_.first_child[a + 1], b);
    return i != kNone ? e_.p[1][i] : e_.gamma[0][a] * e_.p[0][b];
  }

  void pairs() {
    const CountLevel& level = c_.levels[0];
    e_.p[1].resize(level.size());
    for (size_t a = 0; a + 1 < c_.first_child.size(); ++a) {
      for (uint32_t i = c_.first_child[a]; i < c_.first_child[a + 1]; ++i) {
        e_.p[1][i] = static_cast<float>((level.spread[i] - discount_[0].of(level.spread[i])) / c_.context_spread[a] +
                                        e_.gamma[0][a] * e_.p[0][level.word[i]]);
      }
    }
  }

  void triples() {
    const CountLevel &two = c_.levels[0], &three = c_.levels[1];
    e_.p[2].resize(three.size());
    for (size_t i = 0; i < two.size(); ++i) {
      for (uint32_t j = two.child[i]; j < two.child[i + 1]; ++j) {
        e_.p[2][j] = static_cast<float>((three.count[j] - discount_[1].of(three.count[j])) / two.count[i] +
                                        e_.gamma[1][i] * lower_pair(two.word[i], three.word[j]));
      }
    }
  }

  const Counts& c_;
  Discounts discount_[2];  // of pairs' spreads, of triples
  Estimate e_;
};

// What the training text would lose without the entry: count times the fall of its log probability.
std::vector<float> losses(const Counts& counts, const Estimate& e, int level, const std::vector<float>& gamma) {
  const CountLevel& l = counts.levels[level];
  const std::vector<uint32_t>& count = level == 0 ? l.spread : l.count;
  const Discounts discount(counts.rare[level]);
  std::vector<float> out(l.size());
  auto fill = [&](uint32_t begin, uint32_t end, double total, float left) {
    for (uint32_t i = begin; i < end; ++i) {
      double own = (count[i] - discount.of(count[i])) / total;
      double without = std::max(e.p[level + 1][i] - own, 1e-12);
      // The mass of a dropped entry goes to the lower order, so what is left grows a little.
      double grown = std::min(without * (left + own) / left, static_cast<double>(e.p[level + 1][i]));
      out[i] = static_cast<float>(count[i] * (std::log(e.p[level + 1][i]) - std::log(grown)));
    }
  };
  if (level == 0) {
    for (size_t a = 0; a + 1 < counts.first_child.size(); ++a) {
      fill(counts.first_child[a], counts.first_child[a + 1], counts.context_spread[a], gamma[a]);
    }
  } else {
    const CountLevel& parent = counts.levels[level - 1];
    for (size_t a = 0; a < parent.size(); ++a) fill(parent.child[a], parent.child[a + 1], parent.count[a], gamma[a]);
  }
  return out;
}

using Keep = std::vector<char>;

// An entry stays when its loss is large or one of its children stays.
void mark(const Counts& counts, const std::vector<float> (&loss)[2], float threshold, Keep (&keep)[2]) {
  for (int level = 1; level >= 0; --level) {
    const CountLevel& l = counts.levels[level];
    keep[level].assign(l.size(), 0);
    for (size_t i = 0; i < l.size(); ++i) {
      bool stay = loss[level][i] >= threshold;
      if (level < 1) {
        for (uint32_t k = l.child[i]; k < l.child[i + 1] && !stay; ++k) stay = keep[level + 1][k];
      }
      keep[level][i] = stay;
    }
  }
}

size_t size_of(const Counts& counts, const Keep (&keep)[2]) {
  size_t bytes = counts.words.size() * 20;
  for (int level = 0; level < 2; ++level) {
    size_t kept = static_cast<size_t>(std::count(keep[level].begin(), keep[level].end(), 1));
    bytes += kept * (level < 1 ? 6 : 3) + (level < 1 ? kept / 8 : 0);
  }
  return bytes;
}

void compact(Counts& counts, const Keep (&keep)[2]) {
  for (int level = 0; level < 2; ++level) {
    CountLevel& l = counts.levels[level];
    std::vector<uint32_t> moved(l.size() + 1);
    CountLevel out;
    for (size_t i = 0; i < l.size(); ++i) {
      moved[i] = static_cast<uint32_t>(out.size());
      if (!keep[level][i]) continue;
      out.word.push_back(l.word[i]);
      out.count.push_back(l.count[i]);
      if (level < 1) out.child.push_back(l.child[i]), out.spread.push_back(l.spread[i]);
    }
    moved[l.size()] = static_cast<uint32_t>(out.size());
    if (level < 1) out.child.push_back(l.child.back());
    std::vector<uint32_t>& parents = level == 0 ? counts.first_child : counts.levels[level - 1].child;
    for (uint32_t& child : parents) child = moved[child];
    l = std::move(out);
  }
}

std::vector<uint8_t> quantise(const std::vector<float>& p, float step) {
  std::vector<uint8_t> out;
  out.reserve(p.size());
  for (float value : p) out.push_back(static_cast<uint8_t>(std::clamp(std::lround(-std::log(value) / step), 0l, 255l)));
  return out;
}

std::vector<float> costs(const std::vector<float>& p) {
  std::vector<float> out;
  for (float value : p) out.push_back(-std::log(value));
  return out;
}

std::vector<float> frequencies(const Counts& counts) {
  double total = 0;
  for (uint32_t n : counts.word_count) total += n;
  std::vector<float> out;
  for (uint32_t n : counts.word_count) out.push_back(static_cast<float>(std::max(n, 1u) / total));
  out[kBegin] = kNever;
  return out;
}

void add_pairs(const CountLevel& level, const std::vector<float>& p, const std::vector<float>& gamma, ModelFileWriter& out) {
  std::vector<uint8_t> cost = quantise(p, kCostStep), backoff = quantise(gamma, kBackoffStep);
  std::vector<uint32_t> base;
  std::vector<NgramPair> pairs;
  for (size_t i = 0; i <= level.size(); ++i) {
    if (i % kBlock == 0) base.push_back(level.child[i]);
    uint32_t distance = level.child[i] - base.back();
    if (distance > 65535) throw Error(ExitCode::other, "model: too many n-grams in one block; make kBlock smaller");
    bool end = i == level.size();
    pairs.push_back({end ? uint16_t{0} : level.word[i], static_cast<uint16_t>(distance), end ? uint8_t{0} : cost[i],
                     end ? uint8_t{0} : backoff[i]});
  }
  out.add(base);
  out.add(pairs);
}

void add_triples(const CountLevel& level, const std::vector<float>& p, ModelFileWriter& out) {
  std::vector<uint8_t> cost = quantise(p, kCostStep);
  std::vector<NgramTriple> triples;
  for (size_t i = 0; i < level.size(); ++i) {
    triples.push_back({static_cast<uint8_t>(level.word[i]), static_cast<uint8_t>(level.word[i] >> 8), cost[i]});
  }
  out.add(triples);
}

}  // namespace

void prune(Counts& counts, size_t max_bytes) {
  Estimate e = Estimator(counts).run();
  std::vector<float> loss[2];
  for (int level = 0; level < 2; ++level) loss[level] = losses(counts, e, level, e.gamma[level]);
  Keep keep[2];
  float low = 0, high = 200;
  for (int round = 0; round < 16; ++round) {
    float middle = (low + high) / 2;
    mark(counts, loss, middle, keep);
    (size_of(counts, keep) > max_bytes ? low : high) = middle;
  }
  mark(counts, loss, high, keep);
  compact(counts, keep);
}

void write_model(const Counts& counts, const std::string& path) {
  Estimate e = Estimator(counts).run();
  std::vector<char> text;
  for (const std::string& word : counts.words) text.insert(text.end(), word.begin(), word.end()), text.push_back('\n');
  NgramHeader header = {3, {static_cast<uint32_t>(counts.words.size()), static_cast<uint32_t>(counts.levels[0].size()),
                            static_cast<uint32_t>(counts.levels[1].size())},
                        static_cast<uint32_t>(text.size())};
  ModelFileWriter out;
  out.add(std::vector<NgramHeader>{header});
  out.add(text);
  out.add(costs(e.p[0]));
  out.add(costs(frequencies(counts)));
  out.add(costs(e.gamma[0]));
  out.add(counts.first_child);
  add_pairs(counts.levels[0], e.p[1], e.gamma[1], out);
  add_triples(counts.levels[1], e.p[2], out);
  out.write(path, kNgramSignature, kNgramVersion);
}

}  // namespace planscribe

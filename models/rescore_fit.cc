#include "models/rescore_fit.h"

#include <algorithm>
#include <barrier>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numeric>
#include <random>
#include <thread>

#include "models/feature_table.h"
#include "models/rescore_inputs.h"
#include "models/rescorer.h"

namespace planscribe {
namespace {

constexpr float kLeast = 0.05f;  // nats; weights below are no more than rounding
constexpr size_t kBatch = 256;    // places whose gradients are taken at the same weights

class Fitter {
 public:
  Fitter(const RescoreCorpus& corpus, const std::vector<RescoreCorpus>& dev, const FitOptions& options)
      : o_(options), table_(corpus.readings.size()), inputs_(corpus), dev_(dev.begin(), dev.end()), examples_(kBatch) {}

  void run(const std::string& path) {
    order_.resize(inputs_.corpus().places.size());
    std::iota(order_.begin(), order_.end(), 0);
    std::fprintf(stderr, "%zu places, %zu readings\n", inputs_.corpus().places.size(), inputs_.corpus().readings.size());
    measure("n-grams alone");
    for (int epoch = 0; epoch < o_.epochs; ++epoch) {
      pass(o_.min_count);
      measure("fitted");
    }
    keep_many();
    pass(0);
    measure("fitted again");
    keep_best();
    for (int epoch = 0; epoch < o_.more_epochs; ++epoch) {
      pass(0);
      measure("fitted again");
    }
    write(path);
  }

 private:
  // Each batch: all threads reckon their share of the places, then move their share of the weights.
  void pass(unsigned min_count) {
    std::shuffle(order_.begin(), order_.end(), std::mt19937(o_.seed + ++passes_));
    std::vector<double> loss(o_.threads, 0);
    std::barrier gate(static_cast<std::ptrdiff_t>(o_.threads));
    auto work = [&](size_t t) {
      for (size_t begin = 0; begin < order_.size(); begin += kBatch) {
        size_t size = std::min(kBatch, order_.size() - begin);
        loss[t] += look(begin, size * t / o_.threads, size * (t + 1) / o_.threads);
        gate.arrive_and_wait();
        learn(size, t, min_count);
        gate.arrive_and_wait();
      }
    };
    std::vector<std::thread> threads;
    for (size_t t = 0; t < o_.threads; ++t) threads.emplace_back(work, t);
    for (std::thread& thread : threads) thread.join();
    double all = std::accumulate(loss.begin(), loss.end(), 0.0);
    std::fprintf(stderr, "pass: loss %.5f a place, %zu features\n", all / static_cast<double>(order_.size()), table_.used());
  }

  double look(size_t batch, size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      inputs_.make(inputs_.corpus().places[order_[batch + i]], examples_[i]);
      for (uint64_t f : examples_[i].features) table_.prefetch(f);
    }
    double loss = 0;
    for (size_t i = begin; i < end; ++i) {
      const RescoreCorpus::Place& place = inputs_.corpus().places[order_[batch + i]];
      Example& e = examples_[i];
      e.gradient.clear();
      for (size_t r = 0; r < place.size; ++r) e.gradient.push_back(score(e, r) - inputs_.corpus().readings[place.first + r].cost);
      loss += to_gradient(e.gradient, place.right);
    }
    return loss;
  }

  float score(const Example& example, size_t reading) const {
    float sum = 0;
    for (size_t k = 0; k < example.per_reading; ++k) {
      uint64_t f = example.features[reading * example.per_reading + k];
      const Weight* w = f ? table_.find(f) : nullptr;
      if (w) sum += w->value;
    }
    return sum;
  }

  // Turns the scores of the readings into the gradient of minus the log of the right one's share, which is returned.
  static double to_gradient(std::vector<float>& scores, size_t right) {
    float most = *std::max_element(scores.begin(), scores.end()), total = 0;
    for (float& s : scores) s = std::exp(s - most), total += s;
    double loss = -std::log(std::max(scores[right] / total, 1e-9f));
    for (size_t r = 0; r < scores.size(); ++r) scores[r] = scores[r] / total - (r == right ? 1.0f : 0.0f);
    return loss;
  }

  void learn(size_t size, size_t part, unsigned min_count) {
    for (size_t i = 0; i < size; ++i) {
      const Example& e = examples_[i];
      for (size_t r = 0; r < e.gradient.size(); ++r) {
        float gradient = e.gradient[r];
        if (std::abs(gradient) < 1e-4f) continue;
        for (size_t k = 0; k < e.per_reading; ++k) {
          uint64_t f = e.features[r * e.per_reading + k];
          if (f == 0 || table_.shard_of(f) % o_.threads != part) continue;
          Weight* w = table_.find_or_add(f, min_count);
          if (!w || w->dropped()) continue;
          w->squares += gradient * gradient;
          w->value -= o_.rate * gradient / std::sqrt(w->squares + 0.05f);
        }
      }
    }
  }

  // What the fit would lose without a feature is about half its weight squared times the curvature, for which the sum
  // of squared gradients stands. The dearest come first.
  std::vector<uint32_t> ranked() {
    std::vector<std::pair<float, uint32_t>> ranked;
    for (size_t i = 0; i < table_.size(); ++i) {
      const Weight& w = table_[i];
      if (w.feature && !w.dropped() && std::abs(w.value) >= kLeast) {
        ranked.emplace_back(w.value * w.value * w.squares, static_cast<uint32_t>(i));
      }
    }
    std::sort(ranked.begin(), ranked.end(), std::greater<>());
    std::vector<uint32_t> out;
    for (auto [worth, place] : ranked) out.push_back(place);
    return out;
  }

  void keep(const std::vector<uint32_t>& places, const char* when) {
    std::vector<char> kept(table_.size(), 0);
    for (uint32_t place : places) kept[place] = 1;
    for (size_t i = 0; i < table_.size(); ++i) {
      if (!kept[i]) table_[i].value = 0, table_[i].squares = -1;
    }
    std::fprintf(stderr, "%zu features kept\n", places.size());
    measure(when);
  }

  size_t lines() const { return static_cast<size_t>(o_.megabytes * 1e6) / sizeof(RescoreLine); }

  // Twice as many as there is room for: others take over what the dropped ones stood for.
  void keep_many() {
    std::vector<uint32_t> places = ranked();
    places.resize(std::min(places.size(), 2 * lines() * RescoreLine::kGroups * RescoreLine::kSlots));
    keep(places, "many kept");
  }

  // Those that find a slot in the line of their key.
  void keep_best() {
    std::vector<RescoreLine> file(lines(), RescoreLine{});
    std::vector<uint32_t> placed;
    for (uint32_t place : ranked()) {
      if (put(file, table_[place])) placed.push_back(place);
    }
    keep(placed, "best kept");
  }

  static uint16_t level_of(float weight) {
    auto nearer = [&](float a, float b) { return std::abs(a - weight) < std::abs(b - weight); };
    return static_cast<uint16_t>(std::min_element(kRescoreLevels.begin(), kRescoreLevels.end(), nearer) - kRescoreLevels.begin());
  }

  // Takes a slot, or the one the feature has; false when the group is full or another feature looks the same.
  static bool put(std::vector<RescoreLine>& lines, const Weight& w) {
    RescoreLine& line = lines[rescore_line(w.feature, static_cast<uint32_t>(lines.size()))];
    uint16_t print = rescore_print(w.feature);
    for (uint16_t& slot : line.slot[rescore_group(w.feature)]) {
      if ((slot & 0xFFF0) == print) return false;
      if (slot != 0) continue;
      slot = static_cast<uint16_t>(print | level_of(w.value));
      return true;
    }
    return false;
  }

  void write(const std::string& path) {
    std::vector<RescoreLine> file(lines(), RescoreLine{});
    for (size_t i = 0; i < table_.size(); ++i) {
      const Weight& w = table_[i];
      if (w.feature && !w.dropped() && std::abs(w.value) >= kLeast) put(file, w);
    }
    ModelFileWriter out;
    out.add(std::vector<RescoreHeader>{{static_cast<uint32_t>(file.size()), o_.cost_scale, o_.doubt, {}}});
    out.add(file);
    out.write(path, kRescoreSignature, kRescoreVersion);
  }

  void measure(const char* when) {
    std::fprintf(stderr, "%s:", when);
    for (const RescoreInputs& dev : dev_) measure(dev);
    std::fprintf(stderr, "\n");
  }

  // Wrong places with each weight of the n-gram costs, and with the first weight when fewer nats count as doubt.
  void measure(const RescoreInputs& inputs) {
    constexpr float kDoubts[] = {3, 4, 5, 6};
    const RescoreCorpus& dev = inputs.corpus();
    std::vector<size_t> wrong(o_.scales.size() + std::size(kDoubts), 0);
    std::vector<float> score;
    Example e;
    auto try_with = [&](const RescoreCorpus::Place& place, float scale, float doubt) {
      size_t best = 0;
      float top = -1e9f;
      for (size_t r = 0; r < place.size; ++r) {
        float cost = dev.readings[place.first + r].cost, v = score[r] - scale * cost;
        if (v > top && cost <= doubt) top = v, best = r;
      }
      return best != place.right;
    };
    for (const RescoreCorpus::Place& place : dev.places) {
      inputs.make(place, e);
      score.clear();
      for (size_t r = 0; r < place.size; ++r) score.push_back(passes_ ? this->score(e, r) : 0);
      for (size_t s = 0; s < o_.scales.size(); ++s) wrong[s] += try_with(place, o_.scales[s], 100);
      for (size_t d = 0; d < std::size(kDoubts); ++d) wrong[o_.scales.size() + d] += try_with(place, o_.cost_scale, kDoubts[d]);
    }
    std::fprintf(stderr, "  of %zu places wrong", dev.places.size());
    for (size_t s = 0; s < o_.scales.size(); ++s) std::fprintf(stderr, "  %.2f: %zu", o_.scales[s], wrong[s]);
    for (size_t d = 0; d < std::size(kDoubts); ++d) std::fprintf(stderr, "  <%.0f: %zu", kDoubts[d], wrong[o_.scales.size() + d]);
  }

  FitOptions o_;
  FeatureTable table_;
  RescoreInputs inputs_;
  std::vector<RescoreInputs> dev_;
  std::vector<uint32_t> order_;
  uint32_t passes_ = 0;
  std::vector<Example> examples_;
};

}  // namespace

void fit_rescorer(const RescoreCorpus& corpus, const std::vector<RescoreCorpus>& dev, const FitOptions& options, const std::string& path) {
  Fitter(corpus, dev, options).run(path);
}

}  // namespace planscribe

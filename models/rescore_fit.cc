#include "models/rescore_fit.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numeric>
#include <random>
#include <span>
#include <thread>

#include "models/rescorer.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

// Memory of zeroes in huge pages: every access is a miss of the caches, it need not be one of the page table too.
template <typename T>
class BigArray {
 public:
  explicit BigArray(size_t count) : count_(count) {
    void* memory = mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw Error(ExitCode::other, "training: out of memory");
    madvise(memory, count * sizeof(T), MADV_HUGEPAGE);
    data_ = static_cast<T*>(memory);
  }
  ~BigArray() { munmap(data_, count_ * sizeof(T)); }
  BigArray(const BigArray&) = delete;
  BigArray& operator=(const BigArray&) = delete;
  T& operator[](size_t i) { return data_[i]; }
  size_t size() const { return count_; }

 private:
  T* data_ = nullptr;
  size_t count_;
};

constexpr size_t kSketchBits = 29, kTableBits = 26;  // of the low half of a feature
constexpr uint64_t kSketchMask = (1ull << kSketchBits) - 1;

struct Weight {
  uint64_t feature = 0;
  float value = 0, squares = 0;  // squares: sum of squared gradients, below 0 once dropped
  bool dropped() const { return squares < 0; }
};

// The features of one reading of a place are contiguous.
struct Example {
  std::vector<uint64_t> features;
  size_t readings = 0, per_reading = 0;
};

void make_example(const RescoreCorpus& corpus, const RescoreCorpus::Place& place, Example& out) {
  Keys keys;
  context_keys(corpus.passage(place.passage), place.at, keys);
  out.features.clear();
  out.readings = place.size, out.per_reading = keys.size + 1;
  for (size_t r = 0; r < place.size; ++r) {
    const RescoreCorpus::Reading& reading = corpus.readings[place.first + r];
    for (uint64_t key : keys.all()) out.features.push_back(feature_of(key, reading.word));
    out.features.push_back(reading.name_key ? feature_of(mix(reading.name_key), 0) : 0);
  }
}

class Fitter {
 public:
  Fitter(const RescoreCorpus& corpus, const RescoreCorpus& dev, const FitOptions& options)
      : corpus_(corpus), dev_(dev), o_(options), counts_(1ull << kSketchBits), table_(1ull << kTableBits) {}

  void run(const std::string& path) {
    order_.resize(corpus_.places.size());
    std::iota(order_.begin(), order_.end(), 0);
    std::shuffle(order_.begin(), order_.end(), std::mt19937(o_.seed));
    count();
    measure("n-grams alone");
    for (int epoch = 0; epoch < o_.epochs; ++epoch) {
      pass(true);
      measure("fitted");
    }
    std::vector<RescoreLine> lines = choose_best();
    measure("best kept");
    pass(false);
    measure("fitted again");
    write(lines, path);
  }

 private:
  // Threads share the tables and do not wait for one another: a lost update is one of many (Hogwild, Niu et al. 2011).
  template <typename Work>
  void in_threads(size_t count, Work work) {
    std::vector<std::thread> threads;
    for (size_t t = 0; t < o_.threads; ++t) {
      threads.emplace_back(work, count * t / o_.threads, count * (t + 1) / o_.threads);
    }
    for (std::thread& thread : threads) thread.join();
  }

  void count() {
    in_threads(corpus_.places.size(), [this](size_t begin, size_t end) {
      Example e;
      for (size_t i = begin; i < end; ++i) {
        make_example(corpus_, corpus_.places[i], e);
        for (uint64_t f : e.features) __builtin_prefetch(&counts_[f & kSketchMask], 1);
        for (uint64_t f : e.features) {
          std::atomic_ref<uint8_t> n(counts_[f & kSketchMask]);
          uint8_t old = n.load(std::memory_order_relaxed);
          if (old < 255) n.store(static_cast<uint8_t>(old + 1), std::memory_order_relaxed);
        }
      }
    });
  }

  Weight* find(uint64_t feature, bool insert) {
    constexpr uint64_t kMask = (1ull << kTableBits) - 1;
    for (uint64_t i = feature & kMask;; i = (i + 1) & kMask) {
      std::atomic_ref<uint64_t> name(table_[i].feature);
      uint64_t there = name.load(std::memory_order_relaxed);
      if (there == feature) return &table_[i];
      if (there != 0) continue;
      if (!insert || used_ * 10 > table_.size() * 8) return nullptr;
      if (name.compare_exchange_strong(there, feature)) return ++used_, &table_[i];
      if (there == feature) return &table_[i];
    }
  }

  void pass(bool insert) {
    std::atomic<double> loss = 0;
    in_threads(order_.size(), [&](size_t begin, size_t end) { loss += pass(begin, end, insert); });
    std::fprintf(stderr, "pass: loss %.5f a place, %zu features\n", loss / static_cast<double>(order_.size()), used_.load());
  }

  // One example late, so that the memory it needs is there.
  double pass(size_t begin, size_t end, bool insert) {
    Example ready, coming;
    Found found;
    double loss = 0;
    for (size_t i = begin; i <= end; ++i) {
      if (i < end) {
        make_example(corpus_, corpus_.places[order_[i]], coming);
        for (uint64_t& f : coming.features) {
          if (f != 0 && insert && counts_[f & kSketchMask] < o_.min_count) f = 0;
          if (f != 0) __builtin_prefetch(&table_[f & ((1ull << kTableBits) - 1)], 1);
        }
      }
      if (i > begin) loss += learn(ready, corpus_.places[order_[i - 1]], insert, found);
      std::swap(ready, coming);
    }
    return loss;
  }

  struct Found {
    std::vector<Weight*> weights;  // of every feature of an example; nullptr where there is none
    std::vector<float> score;      // of each reading
  };

  static float read(float& value) { return std::atomic_ref(value).load(std::memory_order_relaxed); }
  static void write(float& value, float now) { std::atomic_ref(value).store(now, std::memory_order_relaxed); }

  double learn(const Example& e, const RescoreCorpus::Place& place, bool insert, Found& found) {
    found.weights.clear();
    found.score.assign(e.readings, 0);
    for (size_t r = 0; r < e.readings; ++r) {
      found.score[r] = -corpus_.readings[place.first + r].cost;
      for (size_t k = 0; k < e.per_reading; ++k) {
        uint64_t f = e.features[r * e.per_reading + k];
        found.weights.push_back(f ? find(f, insert) : nullptr);
        if (Weight* w = found.weights.back()) found.score[r] += read(w->value);
      }
    }
    float most = *std::max_element(found.score.begin(), found.score.end()), total = 0;
    for (float& s : found.score) s = std::exp(s - most), total += s;
    for (size_t r = 0; r < e.readings; ++r) {
      float gradient = found.score[r] / total - (r == place.right ? 1.0f : 0.0f);
      if (std::abs(gradient) >= 1e-4f) step(gradient, std::span(found.weights).subspan(r * e.per_reading, e.per_reading));
    }
    return -std::log(std::max(found.score[place.right] / total, 1e-9f));
  }

  void step(float gradient, std::span<Weight* const> weights) {
    for (Weight* w : weights) {
      if (!w || w->dropped()) continue;
      float squares = read(w->squares) + gradient * gradient;
      write(w->squares, squares);
      write(w->value, read(w->value) - o_.rate * gradient / std::sqrt(squares + 0.05f));
    }
  }

  // What the fit would lose without a feature is about half its weight squared times the curvature, for which the sum
  // of squared gradients stands. The dearest get a slot in the line of their key; the rest is dropped.
  std::vector<RescoreLine> choose_best() {
    std::vector<std::pair<float, uint32_t>> ranked;
    for (size_t i = 0; i < table_.size(); ++i) {
      const Weight& w = table_[i];
      if (w.feature && std::abs(w.value) >= kRescoreStep) {
        ranked.emplace_back(w.value * w.value * w.squares, static_cast<uint32_t>(i));
      }
    }
    std::sort(ranked.begin(), ranked.end(), std::greater<>());
    std::vector<RescoreLine> lines(o_.megabytes * 1000000 / sizeof(RescoreLine), RescoreLine{});
    std::vector<char> kept(table_.size(), 0);
    size_t room = lines.size() * RescoreLine::kSlots * 95 / 100, placed = 0;
    for (size_t r = 0; r < ranked.size() && placed < room; ++r) {
      bool done = put(lines, table_[ranked[r].second], 1);
      kept[ranked[r].second] = done, placed += done;
    }
    std::fprintf(stderr, "%zu features of weight, %zu kept\n", ranked.size(), placed);
    for (size_t i = 0; i < table_.size(); ++i) {
      if (!kept[i]) table_[i].value = 0, table_[i].squares = -1;
    }
    for (RescoreLine& line : lines) std::fill(std::begin(line.weight), std::end(line.weight), int8_t{0});
    return lines;
  }

  // Takes a slot, or the one the feature has; false when the line is full.
  static bool put(std::vector<RescoreLine>& lines, const Weight& w, int8_t weight) {
    RescoreLine& line = lines[rescore_line(w.feature, static_cast<uint32_t>(lines.size()))];
    uint16_t print = rescore_print(w.feature);
    for (size_t i = 0; i < RescoreLine::kSlots; ++i) {
      if (line.print[i] != 0 && line.print[i] != print) continue;
      line.print[i] = print, line.weight[i] = weight;
      return true;
    }
    return false;
  }

  void write(std::vector<RescoreLine>& lines, const std::string& path) {
    for (size_t i = 0; i < table_.size(); ++i) {
      const Weight& w = table_[i];
      if (!w.feature || w.dropped()) continue;
      put(lines, w, static_cast<int8_t>(std::clamp(std::lround(w.value / kRescoreStep), -127l, 127l)));
    }
    ModelFileWriter out;
    out.add(std::vector<RescoreHeader>{{static_cast<uint32_t>(lines.size()), o_.cost_scale}});
    out.add(lines);
    out.write(path, kRescoreSignature, kRescoreVersion);
  }

  void measure(const char* when) {
    if (dev_.places.empty()) return;
    std::vector<size_t> wrong(o_.scales.size(), 0);
    std::vector<float> score;
    Example e;
    for (const RescoreCorpus::Place& place : dev_.places) {
      make_example(dev_, place, e);
      score.assign(e.readings, 0);
      for (size_t r = 0; r < e.readings; ++r) {
        for (size_t k = 0; k < e.per_reading; ++k) {
          uint64_t f = e.features[r * e.per_reading + k];
          Weight* w = f ? find(f, false) : nullptr;
          if (w) score[r] += w->value;
        }
      }
      for (size_t s = 0; s < o_.scales.size(); ++s) {
        size_t best = 0;
        float top = -1e9f;
        for (size_t r = 0; r < e.readings; ++r) {
          float v = score[r] - o_.scales[s] * dev_.readings[place.first + r].cost;
          if (v > top) top = v, best = r;
        }
        wrong[s] += best != place.right;
      }
    }
    std::fprintf(stderr, "%s: of %zu places wrong", when, dev_.places.size());
    for (size_t s = 0; s < o_.scales.size(); ++s) std::fprintf(stderr, "  %.2f: %zu", o_.scales[s], wrong[s]);
    std::fprintf(stderr, "\n");
  }

  const RescoreCorpus &corpus_, &dev_;
  FitOptions o_;
  BigArray<uint8_t> counts_;
  BigArray<Weight> table_;
  std::atomic<size_t> used_ = 0;
  std::vector<uint32_t> order_;
};

}  // namespace

void fit_rescorer(const RescoreCorpus& corpus, const RescoreCorpus& dev, const FitOptions& options,
                  const std::string& path) {
  Fitter(corpus, dev, options).run(path);
}

}  // namespace planscribe

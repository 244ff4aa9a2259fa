#include "corpus/evaluate/edit_distance.h"

#include <algorithm>
#include <unordered_map>

namespace planscribe {
namespace {

using Sequence = std::span<const std::uint32_t>;
using Word = std::uint64_t;

constexpr int kBits = 64;

// For every symbol of the pattern the places where it stands, as bits.
class Masks {
 public:
  explicit Masks(Sequence pattern) : blocks_((pattern.size() + kBits - 1) / kBits), none_(blocks_, 0) {
    for (size_t i = 0; i < pattern.size(); ++i) {
      std::vector<Word>& mask = masks_.try_emplace(pattern[i], blocks_, 0).first->second;
      mask[i / kBits] |= Word{1} << (i % kBits);
    }
  }
  size_t blocks() const { return blocks_; }
  const std::vector<Word>& of(std::uint32_t symbol) const {
    const auto found = masks_.find(symbol);
    return found == masks_.end() ? none_ : found->second;
  }

 private:
  size_t blocks_;
  std::vector<Word> none_;
  std::unordered_map<std::uint32_t, std::vector<Word>> masks_;
};

// A column of the distance table as its steps downwards: +1 and -1.
struct Column {
  std::vector<Word> plus, minus;
};

// The column after the last symbol of text; row 0 counts the symbols of text.
Column last_column(Sequence pattern, Sequence text) {
  const Masks masks(pattern);
  Column column{std::vector<Word>(masks.blocks(), ~Word{0}), std::vector<Word>(masks.blocks(), 0)};
  for (std::uint32_t symbol : text) {
    const std::vector<Word>& equal = masks.of(symbol);
    Word carry_plus = 1, carry_minus = 0;  // the step to the right in row 0 is +1
    for (size_t b = 0; b < masks.blocks(); ++b) {
      const Word plus = column.plus[b], minus = column.minus[b];
      const Word x = equal[b] | carry_minus;
      const Word d0 = (((x & plus) + plus) ^ plus) | x | minus;
      Word right_plus = minus | ~(d0 | plus), right_minus = d0 & plus;
      const Word out_plus = right_plus >> (kBits - 1), out_minus = right_minus >> (kBits - 1);
      right_plus = right_plus << 1 | carry_plus;
      right_minus = right_minus << 1 | carry_minus;
      column.plus[b] = right_minus | ~(d0 | right_plus);
      column.minus[b] = right_plus & d0;
      carry_plus = out_plus;
      carry_minus = out_minus;
    }
  }
  return column;
}

// The distances of all beginnings of pattern to text.
std::vector<int> distances(Sequence pattern, Sequence text) {
  const Column column = last_column(pattern, text);
  std::vector<int> values(pattern.size() + 1, static_cast<int>(text.size()));
  for (size_t i = 0; i < pattern.size(); ++i) {
    const int plus = column.plus[i / kBits] >> (i % kBits) & 1, minus = column.minus[i / kBits] >> (i % kBits) & 1;
    values[i + 1] = values[i] + plus - minus;
  }
  return values;
}

struct Trimmed {
  Sequence a, b;
  size_t front = 0;
};

Trimmed trim(Sequence a, Sequence b) {
  const auto front = static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  a = a.subspan(front), b = b.subspan(front);
  const auto back = static_cast<size_t>(std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin());
  return {a.first(a.size() - back), b.first(b.size() - back), front};
}

class Aligner {
 public:
  std::vector<std::pair<int, int>> pairs;

  void align(Sequence a, Sequence b, size_t a0, size_t b0) {
    const Trimmed middle = trim(a, b);
    for (size_t i = 0; i < middle.front; ++i) add(a0 + i, b0 + i);
    const size_t tail = a.size() - middle.front - middle.a.size();
    align_trimmed(middle.a, middle.b, a0 + middle.front, b0 + middle.front);
    for (size_t i = tail; i > 0; --i) add(a0 + a.size() - i, b0 + b.size() - i);
  }

 private:
  void add(size_t i, size_t j) { pairs.emplace_back(static_cast<int>(i), static_cast<int>(j)); }

  void align_trimmed(Sequence a, Sequence b, size_t a0, size_t b0) {
    if (a.empty() || b.empty()) return;
    if (b.size() == 1) {
      const auto at = std::find(a.begin(), a.end(), b[0]);
      if (at != a.end()) add(a0 + (at - a.begin()), b0);
      return;
    }
    const size_t half = b.size() / 2;
    const std::vector<std::uint32_t> a_back(a.rbegin(), a.rend()), b_back(b.rbegin(), b.rend() - static_cast<std::ptrdiff_t>(half));
    const std::vector<int> before = distances(a, b.first(half)), after = distances(a_back, b_back);
    size_t cut = 0;
    for (size_t i = 0; i <= a.size(); ++i)
      if (before[i] + after[a.size() - i] < before[cut] + after[a.size() - cut]) cut = i;
    align(a.first(cut), b.first(half), a0, b0);
    align(a.subspan(cut), b.subspan(half), a0 + cut, b0 + half);
  }
};

}  // namespace

int edit_distance(Sequence a, Sequence b) {
  const Trimmed middle = trim(a, b);
  if (middle.a.empty() || middle.b.empty()) return static_cast<int>(middle.a.size() + middle.b.size());
  const bool a_shorter = middle.a.size() < middle.b.size();
  return distances(a_shorter ? middle.a : middle.b, a_shorter ? middle.b : middle.a).back();
}

std::vector<std::pair<int, int>> unchanged_symbols(Sequence a, Sequence b) {
  Aligner aligner;
  aligner.align(a, b, 0, 0);
  return aligner.pairs;
}

}  // namespace planscribe

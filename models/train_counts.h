// train_counts.h: counting n-grams for the language model. Used by planscribe-train only.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <unordered_map>
#include <vector>

namespace planscribe {

// All n-grams of one order below the first, sorted; children of entry i are [child[i], child[i + 1]) of the next order.
struct CountLevel {
  std::vector<uint16_t> word;
  std::vector<uint32_t> count;
  std::vector<uint32_t> child;  // size() + 1 of them; empty for the last order
  std::vector<uint32_t> spread;  // pairs: after how many different words; how often, after <s>
  size_t size() const { return word.size(); }
};

struct Counts {
  std::vector<std::string> words;     // <unk>, <s>, </s>, then by falling count
  std::vector<uint32_t> word_count;   // weighted
  std::vector<uint32_t> word_spread;    // after how many different words
  std::vector<uint32_t> context_spread;  // sum of the spreads of the pairs a word begins, dropped ones too
  std::vector<uint32_t> first_child;  // words.size() + 1: into levels[0]
  CountLevel levels[2];               // pairs, triples
  uint64_t rare[2][5] = {};           // pairs of spread 1 to 4, triples seen 1 to 4 times (not weighted); dropped ones too
};

// Collects text, then counts. Memory: 12 bytes a token.
class Counter {
 public:
  void read(std::istream& in, uint32_t weight);
  // Words seen fewer than min_count times (weighted) become <unk>. Empties the counter.
  Counts count(uint32_t min_count, size_t max_words);

 private:
  struct Stream {
    uint32_t weight;
    std::vector<uint32_t> tokens;  // kLineEnd between lines
  };
  uint32_t token_id(const std::string& raw, bool is_word);
  std::vector<uint16_t> choose_words(uint32_t min_count, size_t max_words, Counts& counts) const;

  std::unordered_map<std::string, uint32_t> raw_ids_, ids_;
  std::vector<std::string> names_;
  std::vector<uint32_t> totals_;
  std::vector<Stream> streams_;
};

}  // namespace planscribe

// confusion.h: the learned error model: what may have been printed where something was read. Const, shared by threads.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/letters.h"

namespace planscribe {

class Confusions {
 public:
  // Costs are counted in steps of 1/kSteps nat.
  static constexpr int kSteps = 16;
  static constexpr uint8_t kNever = 255;

  // What one printed letter (letter_index) costs; [0] small letters, [1] capitals.
  using LetterCosts = std::array<std::array<uint8_t, kAlphabetSize>, 2>;
  // Two printed letters and what they cost.
  struct Pair {
    uint8_t letters[2];  // letter_index
    bool upper[2];
    uint8_t cost;
  };
  // All that may have been printed for one reading.
  struct Sources {
    LetterCosts single = none();
    std::vector<Pair> pairs;  // the cheapest first
    int cheapest = kNever;
  };

  // A sign that may have been printed where another sign or a letter was read; 0 for nothing.
  struct Sign {
    char32_t printed;
    float cost;  // nats
  };

  // Throws Error(invalid_data) naming the file and line.
  explicit Confusions(const std::string& path);

  static constexpr size_t kLongest = 3;  // letters read for one group
  // What may have been printed for exactly this reading; nullptr when nothing.
  const Sources* sources(std::u32string_view reading) const;
  // Signs that may have been printed where this was read.
  const std::vector<Sign>& signs(char32_t read) const;
  // Letters that may have vanished.
  const LetterCosts& lost() const { return lost_; }
  // Nats of a gap between two words that was not seen, and of one seen inside a word.
  float gap_lost() const { return gap_lost_; }
  float gap_added() const { return gap_added_; }

  // Cost of a letter read as itself when that was not seen in training, nats.
  static constexpr float kSelf = 0.7f;
  // Cost of a letter read as another of the same base letter (ệ as ê) when training saw that dearer or never, nats.
  static constexpr float kKin = 6.5f;
  static LetterCosts none();
  static uint8_t steps(float nats);

 private:
  void add_kin();
  void add_sign(std::u32string_view printed, std::u32string_view reading, float cost);
  void add(std::u32string_view printed, std::u32string_view reading, float cost);

  std::unordered_map<uint64_t, Sources> by_reading_;  // packed code points
  std::unordered_map<char32_t, std::vector<Sign>> signs_;
  LetterCosts lost_ = none();
  float gap_lost_ = 8, gap_added_ = 8;
};

}  // namespace planscribe

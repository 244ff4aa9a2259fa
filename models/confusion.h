// confusion.h: the learned error model: what may have been printed where something was read. Const, shared by threads.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace planscribe {

class Confusions {
 public:
  // Printed letters (0 to 2; lower case, upper tells which were capitals) and the cost of reading them so.
  struct Source {
    char32_t letters[2] = {0, 0};  // lower case
    int size = 0;
    bool upper[2] = {false, false};
    float cost = 0;  // nats
  };

  // Throws Error(invalid_data) naming the file and line.
  explicit Confusions(const std::string& path);

  static constexpr size_t kLongest = 3;  // letters read for one group
  // What may have been printed for exactly this reading; nullptr when nothing. Cheapest first.
  const std::vector<Source>* sources(std::u32string_view reading) const;
  // Letters that may have vanished.
  const std::vector<Source>& lost() const { return lost_; }

  // Cost of a letter read as itself, and of a letter for another of the same base when neither was seen in training.
  static constexpr float kSelf = 0.7f, kUnseen = 9.0f;

 private:
  std::unordered_map<std::u32string, std::vector<Source>> by_reading_;
  std::vector<Source> lost_;
};

}  // namespace planscribe

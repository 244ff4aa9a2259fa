#include "models/confusion.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr const char* kNothing = "∅";
constexpr std::u32string_view kGap = U"␣";

uint64_t packed(std::u32string_view reading) {
  uint64_t key = 0;
  for (char32_t c : reading) key = key << 21 | c;
  return key;
}

}  // namespace

Confusions::LetterCosts Confusions::none() {
  LetterCosts costs;
  for (auto& row : costs) row.fill(kNever);
  return costs;
}

uint8_t Confusions::steps(float nats) {
  return static_cast<uint8_t>(std::clamp(std::lround(nats * kSteps), 0l, static_cast<long>(kNever) - 1));
}

Confusions::Confusions(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error(ExitCode::invalid_data, path + ": cannot be opened; reinstall the models");
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    size_t a = line.find('\t'), b = a == std::string::npos ? a : line.find('\t', a + 1);
    char* end = nullptr;
    float cost = b == std::string::npos ? 0 : std::strtof(line.c_str() + b + 1, &end);
    std::string from = line.substr(0, a), to = b == std::string::npos ? "" : line.substr(a + 1, b - a - 1);
    std::u32string letters = from == kNothing ? U"" : decode(from), reading = to == kNothing ? U"" : decode(to);
    bool good = end && *end == '\0' && cost >= 0 && letters.size() <= 2 && reading.size() <= kLongest &&
                letters.size() + reading.size() > 0;
    if (!good) {
      throw Error(ExitCode::invalid_data, path + ": line " + std::to_string(number) +
                                              " is not `printed TAB read TAB cost`; reinstall the models");
    }
    add(letters, reading, cost);
  }
  if (by_reading_.empty()) throw Error(ExitCode::invalid_data, path + ": holds no confusions; reinstall the models");
  add_kin();
  auto cheaper = [](const Pair& a, const Pair& b) { return a.cost < b.cost; };
  for (auto& [reading, sources] : by_reading_) std::stable_sort(sources.pairs.begin(), sources.pairs.end(), cheaper);
}

// The sample cannot show every mark lost or misread.
void Confusions::add_kin() {
  for (char32_t c = 0; c < kPastLetters; ++c) {
    if (letter_index(lower(c)) < 0) continue;
    Sources& sources = by_reading_[packed({&c, 1})];
    for (int letter = 0; letter < kAlphabetSize; ++letter) {
      if (bare(letter_at(letter)) != bare(lower(c)) || letter_at(letter) == lower(c)) continue;
      uint8_t& cost = sources.single[is_upper(c)][letter];
      cost = std::min(cost, steps(kKin));
    }
    sources.cheapest = std::min<int>(sources.cheapest, steps(kKin));
  }
}

// One sign for one sign or letter; signs in longer groups are not kept.
void Confusions::add_sign(std::u32string_view printed, std::u32string_view reading, float cost) {
  if (reading.size() != 1 || printed.size() > 1 || is_digit(reading[0]) || is_space(reading[0]) || reading == kGap) return;
  char32_t sign = printed.empty() ? 0 : printed[0];
  bool word = printed.empty() ? is_letter(reading[0]) : is_letter(sign) || is_digit(sign) || printed == kGap;
  if (!word) signs_[reading[0]].push_back({sign, cost});
}

const std::vector<Confusions::Sign>& Confusions::signs(char32_t read) const {
  static const std::vector<Sign> none;
  auto found = signs_.find(read);
  return found == signs_.end() ? none : found->second;
}

// Printed digits are not kept, signs apart: only words are searched.
void Confusions::add(std::u32string_view printed, std::u32string_view reading, float cost) {
  if (printed == kGap && reading.empty()) gap_lost_ = cost;
  if (reading == kGap && printed.empty()) gap_added_ = cost;
  add_sign(printed, reading, cost);
  int letters[2] = {-1, -1};
  for (size_t i = 0; i < printed.size(); ++i) {
    if ((letters[i] = letter_index(lower(printed[i]))) < 0) return;
  }
  uint8_t price = steps(cost);
  if (reading.empty()) {
    if (printed.size() == 1) lost_[is_upper(printed[0])][letters[0]] = price;
    return;
  }
  Sources& sources = by_reading_[packed(reading)];
  if (printed.size() == 1) {
    uint8_t& old = sources.single[is_upper(printed[0])][letters[0]];
    old = std::min(old, price);
  } else {
    Pair pair = {{0, 0}, {false, false}, price};
    if (printed.empty()) pair.letters[0] = pair.letters[1] = kNever;  // a speck read as a letter
    for (size_t i = 0; i < printed.size(); ++i) pair.letters[i] = static_cast<uint8_t>(letters[i]), pair.upper[i] = is_upper(printed[i]);
    sources.pairs.push_back(pair);
  }
  sources.cheapest = std::min<int>(sources.cheapest, price);
}

const Confusions::Sources* Confusions::sources(std::u32string_view reading) const {
  auto found = by_reading_.find(packed(reading));
  return found == by_reading_.end() ? nullptr : &found->second;
}

}  // namespace planscribe

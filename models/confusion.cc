#include "models/confusion.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "models/letters.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr const char* kNothing = "∅";

}  // namespace

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
    Source source;
    source.size = static_cast<int>(letters.size());
    source.cost = cost;
    for (int i = 0; i < source.size; ++i) source.letters[i] = lower(letters[i]), source.upper[i] = is_upper(letters[i]);
    (reading.empty() ? lost_ : by_reading_[reading]).push_back(source);
  }
  if (by_reading_.empty()) throw Error(ExitCode::invalid_data, path + ": holds no confusions; reinstall the models");
  auto cheaper = [](const Source& x, const Source& y) { return x.cost < y.cost; };
  for (auto& [reading, list] : by_reading_) std::sort(list.begin(), list.end(), cheaper);
  std::sort(lost_.begin(), lost_.end(), cheaper);
}

const std::vector<Confusions::Source>* Confusions::sources(std::u32string_view reading) const {
  auto found = by_reading_.find(std::u32string(reading));
  return found == by_reading_.end() ? nullptr : &found->second;
}

}  // namespace planscribe

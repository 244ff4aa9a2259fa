#include "rules/look_alike.h"

#include <algorithm>
#include <numeric>

#include "models/unicode.h"

namespace planscribe {

std::string print_shape(std::string_view text) {
  std::string out;
  const std::string folded = fold(text);
  for (size_t i = 0; i < folded.size(); ++i) {
    if (folded.compare(i, 3, "€") == 0) {
      out += 'c';
      i += 2;
      continue;
    }
    switch (const char c = folded[i]) {
      case ' ': break;
      case 'i': case 'l': case '|': case '!': case '/': case 't': out += '1'; break;
      case 'o': case '0': case 'e': out += 'c'; break;
      case '4': out += 'd'; break;
      case '8': out += 'b'; break;
      default: out += c;
    }
  }
  return out;
}

std::string same_shape_entry(const WordList& list, std::string_view printed) {
  const std::string shape = print_shape(printed);
  std::string found;
  for (const auto& entry : list.entries) {
    if (entry.text == printed) return entry.text;
    if (print_shape(entry.text) != shape) continue;
    if (!found.empty() && to_lower(found) != to_lower(entry.text)) return "";
    if (found.empty()) found = entry.text;
  }
  return found;
}

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int change = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

}  // namespace planscribe

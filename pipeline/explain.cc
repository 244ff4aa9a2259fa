#include "pipeline/explain.h"

#include <fmt/format.h>

#include "pipeline/page_json.h"

namespace planscribe {

void explain_changes(const std::string& name, const TextBlock& before, const std::vector<RestoredLine>& after, std::ostream& out) {
  for (size_t i = 0; i < after.size(); ++i)
    for (const Change& c : after[i].changes)
      out << fmt::format("{}:{}:{}: {} -> {}  ({}, margin {:.1f})\n", name, before.first_line + i + 1, c.begin + 1,
                         before.lines[i].text.substr(c.begin, c.end - c.begin), after[i].text.substr(c.out_begin, c.out_end - c.out_begin),
                         to_string(c.reason), c.margin);
}

}  // namespace planscribe

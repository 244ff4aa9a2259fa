#include "pipeline/page_ranges.h"

#include <charconv>
#include <climits>
#include <sstream>

#include "pipeline/error.h"

namespace planscribe {
namespace {

int parse_page(const std::string& text, const std::string& whole) {
  if (text == "end") return INT_MAX;
  int page = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  if (error != std::errc() || end != text.data() + text.size() || page < 1)
    throw Error(ExitCode::bad_arguments, "--pages " + whole + ": '" + text + "' is no page number; write e.g. 1,3-5,8-end");
  return page;
}

}  // namespace

PageRanges::PageRanges(const std::string& text) : text_(text) {
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const size_t dash = part.find('-');
    const int first = parse_page(part.substr(0, dash), text);
    const int last = dash == std::string::npos ? first : parse_page(part.substr(dash + 1), text);
    if (last < first) throw Error(ExitCode::bad_arguments, "--pages " + text + ": '" + part + "' runs backwards");
    ranges_.push_back({first, last});
  }
}

bool PageRanges::contains(int page) const {
  if (ranges_.empty()) return true;
  for (const Range& range : ranges_)
    if (page >= range.first && page <= range.last) return true;
  return false;
}

}  // namespace planscribe

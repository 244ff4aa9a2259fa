// page_ranges.h: "1,3-5,8-end" -> which pages of a document are meant.
#pragma once

#include <string>
#include <vector>

namespace planscribe {

// Throws Error(bad_arguments) when text is not a list of pages (from 1) and ranges.
class PageRanges {
 public:
  explicit PageRanges(const std::string& text = "");  // "" = all pages
  bool contains(int page) const;
  const std::string& text() const { return text_; }

 private:
  struct Range {
    int first, last;
  };
  std::string text_;
  std::vector<Range> ranges_;
};

}  // namespace planscribe

// review.h: what a person should look at first: the values that quality.needs_review of the records names, with where
// they stand on the paper. What people have corrected or confirmed is not listed again.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "corpus/search.h"
#include "corpus/store.h"
#include "pipeline/page.h"

namespace planscribe {

struct ReviewItem {
  std::string path, field;        // as correct() takes them
  nlohmann::ordered_json value;   // of a row: all its parts without evidence, as correct() takes it
  double confidence = 0;          // 0..1
  std::string text, raw;          // the words, restored and as recognised
  int page = 0, line = 0;         // 1-based
  std::vector<Box> boxes;         // one a line, in pixels of the page image; none for text input
  std::string sha256;             // of the document as it was read
  int rotation = 0;               // degrees clockwise by which the page was turned to be read
};

// Least certain first, limit items at most. Reads only.
std::vector<ReviewItem> list_review(const Store& store, const SearchFilter& filter, size_t limit);

}  // namespace planscribe

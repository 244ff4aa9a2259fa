// review_page.h: values to look at as one HTML page that needs nothing else: each with its place cut out of the scan, and a
// form whose result `planscribe correct --import` takes.
#pragma once

#include <string>
#include <vector>

#include "corpus/review.h"

namespace planscribe {

// corpus: its file, for the command shown. Opens the documents themselves; one that has changed or cannot be opened is
// shown without pictures.
std::string make_review_page(const std::string& corpus, const std::vector<ReviewItem>& items);

}  // namespace planscribe

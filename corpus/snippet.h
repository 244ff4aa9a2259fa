// snippet.h: the part of a page that shows best why it was found, the words that were asked for marked.
#pragma once

#include <string>

#include "corpus/query.h"

namespace planscribe {

struct SnippetStyle {
  std::string begin = "[", end = "]";  // around what was found
  std::string gap = "…";               // where text was left out
  size_t words = 24;
};

// text: a page as stored, NFC. One line, the white space of the page made single spaces.
std::string make_snippet(const std::string& text, const Query& query, const SnippetStyle& style = {});

}  // namespace planscribe

// search.h: asking a corpus for pages and for targets. Reads only; may run while another process writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corpus/store.h"

namespace planscribe {

// Empty fields do not filter. Text filters compare without marks and case; body and place by any part of
// them.
struct SearchFilter {
  std::string path;                    // the very path
  std::string body, place;             // body: issuing or parent body
  std::string type;                    // "kế hoạch"
  std::string number;                  // "34/KH-UBND", or a part
  std::string cited;                   // number of an act that the plan cites
  std::optional<int> year;             // that the plan covers
  std::string issued_from, issued_to;  // ISO dates, inclusive
};

struct Hit {
  std::string path;
  int page = 1;             // 1-based
  std::string snippet;      // found words in [brackets]
  double score = 0;         // higher is better; comparable within one search
  bool very_marks = false;  // has every word just as it was typed; such hits come first
  std::string title;        // of the plan, or ""
};

// Query syntax: query.h. A query without a word finds nothing.
std::vector<Hit> search(const Store& store, const std::string& query, const SearchFilter& filter, int limit);

struct TargetQuery {
  std::string indicator;  // query syntax of query.h; "" for all
  std::string unit;       // as printed ("tỷ đồng") or a base unit ("đồng"), which finds all multiples
  std::optional<double> min, max;  // in that unit; a range counts when it overlaps
  std::optional<int> year;         // that the plan covers
  std::string body;
  int limit = 1000;
};

struct TargetRow {
  std::string path, title, body;
  std::optional<int> year;
  int page = 0, line = 0;
  std::string indicator, comparator;
  double value = 0;
  std::optional<double> value_max, of;
  std::string unit, per, direction, due, evidence;  // "" where the plan says nothing
};

// Ordered by value, then path.
std::vector<TargetRow> find_targets(const Store& store, const TargetQuery& query);

}  // namespace planscribe

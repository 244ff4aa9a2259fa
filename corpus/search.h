// search.h: asking a corpus for pages and for targets. Reads only; may run while another process writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corpus/store.h"

namespace planscribe {

// Empty fields do not filter. Text filters compare without marks and case; body and place by any part of them.
struct SearchFilter {
  std::string path;                    // the very path
  std::string body, place;             // body: issuing or parent body
  std::string type;                    // "kế hoạch"
  std::string number;                  // "34/KH-UBND", or a part
  std::string cited;                   // number of an act that the plan cites
  std::optional<int> year;             // that the plan covers
  std::string issued_from, issued_to;  // ISO dates, inclusive
};

enum class HitKind {
  very_marks,  // every word just as it was typed
  letters,     // typed without marks, printed with some
  misread,     // a word of nearly these letters, as OCR may have misread it
};

struct Hit {
  std::string path;
  int page = 1;             // 1-based
  std::string snippet;      // found words in [brackets]
  double score = 0;         // higher is better; comparable within one search
  HitKind kind = HitKind::very_marks;   // hits come in this order
  std::string title;                    // of the plan, or ""
  std::vector<std::string> duplicates;  // paths of the same document or of other scans of it (duplicates.h)
};

// Bounds of what one search does.
struct SearchBounds {
  int candidates = 1000;  // pages that are ranked, of words that stand on more: the newest
  int scan = 4000;        // matching pages that are held against a filter; of more, its documents are searched one by one
};

// Query syntax: query.h. A query without a word finds nothing. Misread words are looked for only when fewer than limit
// pages have the words themselves.
std::vector<Hit> search(const Store& store, const std::string& query, const SearchFilter& filter, int limit,
                        const SearchBounds& limits = {});

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

// Ordered by value, in the unit that was asked for; then by path.
std::vector<TargetRow> find_targets(const Store& store, const TargetQuery& query);

}  // namespace planscribe

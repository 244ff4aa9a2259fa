// duplicates.h: documents that are the same: of the same bytes under several paths, or one plan scanned twice. They are
// linked, never deleted.
//
// Near-duplicates are found by text: MinHash (Broder 1997) over three-word sequences of the folded text, 64 hashes, in 16
// bands of 4 by which candidates are looked up. Two plans of one wording for two years or two communes are not the same
// plan: number, date, year and issuing body must not contradict each other; one of them may when two others agree and the
// texts are so alike that it was misread.
#pragma once

#include <string>
#include <vector>

#include "corpus/store.h"

namespace planscribe {

class Database;

struct Duplicate {
  std::string path, other;   // the other one was stored later
  bool same_bytes = false;
  double similarity = 1;     // 0..1, estimated: share of the three-word sequences that both have
};

// Pairs in the order of their paths: of each group of the same bytes the first with every other, then near-duplicates.
// path "" for all.
std::vector<Duplicate> list_duplicates(const Store& store, const std::string& path = "");

// Paths of the documents that are the same as this one: of the same bytes first, then near-duplicates.
std::vector<std::string> duplicates_of(const Store& store, const std::string& path);

// Notes the document's signature and its near-duplicates anew, within the caller's transaction. For store.cc.
void renew_signature(Database& database, std::int64_t document_id);
void forget_signature(Database& database, std::int64_t document_id);
void rebuild_signatures(Database& database);

}  // namespace planscribe

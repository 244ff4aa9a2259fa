// Two steps: find and rank a bounded number of candidate pages, then fetch only those that are shown. Ranking every page
// that says "kế hoạch" would take seconds in a large corpus and tell nobody anything.
#include "corpus/search.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "corpus/duplicates.h"
#include "corpus/filter.h"
#include "corpus/query.h"
#include "corpus/snippet.h"
#include "corpus/sqlite.h"
#include "corpus/vocabulary.h"

namespace planscribe {
namespace {

constexpr size_t kMostMisreadWords = 6, kMisreadSpellings = 8;

struct Candidate {
  std::int64_t page_id = 0;
  double score = 0;
  HitKind kind = HitKind::letters;
};

class Candidates {
 public:
  Candidates(const Store& store, const SearchFilter& filter, const SearchBounds& limits)
      : database_(store.database()), filter_(filter), limits_(limits) {}

  // Adds pages that match and are not there yet. pages: about how many match.
  void collect(const std::string& match, HitKind kind, std::int64_t pages) {
    enough_ = found_.size() + static_cast<size_t>(limits_.candidates);
    if (filter_.empty()) scan(match, kind);
    else if (pages <= limits_.scan) scan_filtered(match, kind);
    else ask_documents(match, kind);
  }
  size_t size() const { return found_.size(); }

  std::vector<Candidate> best(size_t limit) {
    std::sort(found_.begin(), found_.end(), [](const Candidate& a, const Candidate& b) {
      return std::tuple(a.kind, -a.score, a.page_id) < std::tuple(b.kind, -b.score, b.page_id);
    });
    if (found_.size() > limit) found_.resize(limit);
    return found_;
  }

 private:
  // Takes the rows of a statement until there are enough.
  void take(Statement& rows, HitKind kind) {
    while (found_.size() < enough_ && rows.step())
      if (seen_.insert(rows.integer(0)).second) found_.push_back({rows.integer(0), rows.real(1), kind});
  }

  void scan(const std::string& match, HitKind kind) {
    Statement rows(database_, R"(SELECT rowid, planscribe_rank(page_search) FROM page_search
                                 WHERE page_search MATCH ? ORDER BY rowid DESC)");
    rows.bind(match);
    take(rows, kind);
  }

  // Every match is held against the filter.
  void scan_filtered(const std::string& match, HitKind kind) {
    Statement rows(database_, R"(SELECT f.rowid, planscribe_rank(page_search) FROM page_search f JOIN pages p ON p.id = f.rowid
                                 WHERE page_search MATCH ? AND p.document_id IN ()" + filter_.documents() +
                                  ") ORDER BY f.rowid DESC");
    rows.bind(match);
    filter_.bind(rows);
    take(rows, kind);
  }

  // The other way round, for words that stand on most pages: each document of the filter is searched.
  void ask_documents(const std::string& match, HitKind kind) {
    Statement documents(database_, "SELECT min(id), max(id) FROM pages WHERE document_id IN (" + filter_.documents() +
                                       ") GROUP BY document_id ORDER BY document_id DESC");
    filter_.bind(documents);
    Statement rows(database_, R"(SELECT rowid, planscribe_rank(page_search) FROM page_search
                                 WHERE page_search MATCH ? AND rowid BETWEEN ? AND ?)");
    while (found_.size() < enough_ && documents.step()) {
      rows.bind(match).bind(documents.integer(0)).bind(documents.integer(1));
      take(rows, kind);
      rows.reset();
    }
  }

  const Database& database_;
  FilterSql filter_;
  SearchBounds limits_;
  std::unordered_set<std::int64_t> seen_;
  std::vector<Candidate> found_;
  size_t enough_ = 0;
};

// On how many pages the query's words stand, at most: of each group its rarest word, as far as the vocabulary knows it.
std::int64_t estimate_pages(const Store& store, const Query& query) {
  std::int64_t pages = 0;
  for (const QueryGroup& group : query.groups) {
    std::int64_t rarest = std::numeric_limits<std::int32_t>::max();
    for (const Term& term : group.must)
      for (size_t i = 0; i < term.folded.size(); ++i)
        if (!(term.prefix && i + 1 == term.folded.size()))
          rarest = std::min(rarest, pages_with(store.database(), term.folded[i]).value_or(rarest));
    pages += rarest;
  }
  return pages;
}

// How OCR may have misread the words that are looked for; false when there is nothing to look for.
bool add_misreadings(const Store& store, Query& query) {
  size_t words = 0;
  bool any = false;
  for (QueryGroup& group : query.groups) {
    for (Term& term : group.must) {
      if (term.prefix) continue;
      for (const std::string& word : term.folded) {
        term.misread.push_back(++words > kMostMisreadWords ? std::vector<std::string>()
                                                           : find_misreadings(store.database(), word, kMisreadSpellings));
        any |= !term.misread.back().empty();
      }
    }
  }
  return any;
}

Hit make_hit(Statement& page, const Candidate& candidate, const Query& query) {
  Hit hit;
  page.bind(candidate.page_id);
  if (!page.step()) return hit;
  hit.path = page.text(0);
  hit.page = static_cast<int>(page.integer(1));
  hit.snippet = make_snippet(page.text(2), query);
  hit.title = page.text(3);
  hit.score = candidate.score;
  hit.kind = candidate.kind;
  page.run();
  return hit;
}

void add_duplicates(const Store& store, std::vector<Hit>& hits) {
  std::unordered_map<std::string, std::vector<std::string>> known;
  for (Hit& hit : hits) {
    const auto [entry, fresh] = known.try_emplace(hit.path);
    if (fresh) entry->second = duplicates_of(store, hit.path);
    hit.duplicates = entry->second;
  }
}

}  // namespace

std::vector<Hit> search(const Store& store, const std::string& text, const SearchFilter& filter, int limit,
                        const SearchBounds& limits) {
  Query query = parse_query(text);
  if (query.groups.empty() || limit <= 0) return {};
  const size_t wanted = static_cast<size_t>(limit);
  Candidates candidates(store, filter, limits);
  const std::string very = match_expression(query, Closeness::very_marks), letters = match_expression(query, Closeness::letters);
  const std::int64_t pages = estimate_pages(store, query);
  candidates.collect(very, HitKind::very_marks, pages);
  if (candidates.size() < wanted && letters != very) candidates.collect(letters, HitKind::letters, pages);
  if (candidates.size() < wanted && add_misreadings(store, query))
    candidates.collect(match_expression(query, Closeness::misread), HitKind::misread, pages);

  Statement page(store.database(), R"(
    SELECT d.path, p.number, p.text, coalesce(r.title, '') FROM pages p JOIN documents d ON d.id = p.document_id
    LEFT JOIN records r ON r.document_id = d.id WHERE p.id = ?)");
  std::vector<Hit> hits;
  for (const Candidate& candidate : candidates.best(wanted)) hits.push_back(make_hit(page, candidate, query));
  add_duplicates(store, hits);
  return hits;
}

}  // namespace planscribe

// rank.cc: how well a page answers, for FTS5. Beside sqlite.cc the only user of the C library.
//
// BM25 (Robertson et al.) without the weight of rare words: SQLite's own bm25() counts all pages of every word first, which
// takes most of a second when there are hundreds of thousands; this looks at the page alone.
#include <sqlite3.h>

#include <vector>

#include "corpus/sqlite.h"

namespace planscribe {
namespace {

constexpr double kSaturation = 1.2, kLengthShare = 0.75;  // k1 and b
constexpr double kExactWeight = 4;                        // of a word found with its marks (column 0)

double page_length_factor(const Fts5ExtensionApi* api, Fts5Context* context) {
  sqlite3_int64 pages = 0, all_words = 0;
  int words = 0;
  api->xRowCount(context, &pages);
  api->xColumnTotalSize(context, 1, &all_words);
  api->xColumnSize(context, 1, &words);
  const double average = pages > 0 ? static_cast<double>(all_words) / static_cast<double>(pages) : 0;
  return 1 - kLengthShare + kLengthShare * (average > 0 ? words / average : 1);
}

void rank(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int, sqlite3_value**) {
  std::vector<double> times(static_cast<size_t>(api->xPhraseCount(context)), 0.0);
  int count = 0;
  if (const int code = api->xInstCount(context, &count); code != SQLITE_OK) return sqlite3_result_error_code(result, code);
  for (int i = 0; i < count; ++i) {
    int phrase = 0, column = 0, offset = 0;
    if (const int code = api->xInst(context, i, &phrase, &column, &offset); code != SQLITE_OK)
      return sqlite3_result_error_code(result, code);
    times[static_cast<size_t>(phrase)] += column == 0 ? kExactWeight : 1;
  }
  const double length = page_length_factor(api, context);
  double score = 0;
  for (const double t : times) score += t * (kSaturation + 1) / (t + kSaturation * length);
  sqlite3_result_double(result, score);
}

fts5_api* api_of(sqlite3* handle) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

void Database::register_rank() {
  fts5_api* api = api_of(handle_.get());
  const int code = api ? api->xCreateFunction(api, "planscribe_rank", nullptr, rank, nullptr) : SQLITE_ERROR;
  if (code != SQLITE_OK) fail(code, "fts5");
}

}  // namespace planscribe

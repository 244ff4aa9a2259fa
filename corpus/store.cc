#include "corpus/store.h"

#include "corpus/corrected_rows.h"
#include "corpus/deflate.h"
#include "corpus/duplicates.h"
#include "corpus/rows.h"
#include "corpus/schema.h"
#include "corpus/sqlite.h"
#include "corpus/vocabulary.h"

namespace planscribe {
namespace {

void forget_words(Database& database, std::int64_t document_id) {
  Statement rows(database, "SELECT text FROM pages WHERE document_id = ?");
  rows.bind(document_id);
  while (rows.step()) count_words(database, rows.text(0), -1);
}

// The row of documents for this path, made or changed; everything that hangs on it is gone afterwards.
std::int64_t replace_document(Database& database, const StoredDocument& document, size_t pages) {
  Statement upsert(database, R"(
    INSERT INTO documents (path, sha256, media_type, pages, status, error, input_key, record_key, text_name)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256, media_type = excluded.media_type,
      pages = excluded.pages, status = excluded.status, error = excluded.error, input_key = excluded.input_key,
      record_key = excluded.record_key, text_name = excluded.text_name, changed = excluded.changed
    RETURNING id)");
  upsert.bind(document.path).bind(document.sha256).bind(document.media_type);
  upsert.bind(static_cast<std::int64_t>(pages)).bind(document.status).bind(document.error);
  upsert.bind(document.input_key).bind(document.record_key).bind(document.text_name);
  upsert.step();
  const std::int64_t id = upsert.integer(0);
  upsert.run();
  forget_signature(database, id);
  forget_words(database, id);
  Statement(database, "DELETE FROM pages WHERE document_id = ?").bind(id).run();
  Statement(database, "DELETE FROM records WHERE document_id = ?").bind(id).run();
  Statement(database, "DELETE FROM correction_states WHERE document_id = ?").bind(id).run();
  return id;
}

}  // namespace

Store::Store(const std::string& file, bool read_only)
    : database_(std::make_unique<Database>(file, read_only ? Database::Mode::read : Database::Mode::write)) {
  if (read_only) {
    check_schema(*database_);
    return;
  }
  prepare_schema(*database_);
  // Only now, as it writes to the file: readers see the last commit while the writer works, and every commit
  // is synced, so that a page counted as stored survives a power cut.
  database_->execute("PRAGMA journal_mode = WAL");
  database_->execute("PRAGMA synchronous = FULL");
}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Database& Store::database() const { return *database_; }

std::optional<std::string> Store::find_page(const std::string& key) const {
  Statement statement(*database_, "SELECT content, size FROM page_cache WHERE key = ?");
  statement.bind(key);
  if (!statement.step()) return std::nullopt;
  if (statement.is_null(1)) return statement.text(0);
  return inflate_bytes(statement.text(0), static_cast<size_t>(statement.integer(1)));
}

void Store::put_page(const std::string& key, const std::string& bytes) {
  // A single statement is its own transaction.
  Statement statement(*database_, R"(
    INSERT INTO page_cache (key, content, size) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET content = excluded.content, size = excluded.size
    WHERE content <> excluded.content OR size IS NOT excluded.size)");
  statement.bind(key).bind_blob(deflate_bytes(bytes)).bind(static_cast<std::int64_t>(bytes.size())).run();
}

std::optional<StoredDocument> Store::find_document(const std::string& path) const {
  Statement statement(*database_, R"(
    SELECT path, sha256, media_type, status, error, input_key, record_key, text_name, pages FROM documents WHERE path = ?)");
  statement.bind(path);
  if (!statement.step()) return std::nullopt;
  return StoredDocument{statement.text(0), statement.text(1), statement.text(2), statement.text(3),
                        statement.text(4), statement.text(5), statement.text(6), statement.text(7),
                        static_cast<int>(statement.integer(8))};
}

void Store::put_document(const StoredDocument& document, const std::vector<Page>& pages, const Record& record,
                         const std::string& record_json) {
  Transaction transaction(*database_);
  const std::int64_t id = replace_document(*database_, document, pages.size());
  insert_pages(*database_, id, pages);
  insert_corrected_record(*database_, id, record, record_json);
  renew_signature(*database_, id);
  transaction.commit();
}

void Store::put_failed_document(const StoredDocument& document) {
  Transaction transaction(*database_);
  replace_document(*database_, document, 0);
  transaction.commit();
}

std::map<std::string, std::string> Store::text_names() const {
  Statement statement(*database_, "SELECT path, text_name FROM documents WHERE text_name <> ''");
  std::map<std::string, std::string> names;
  while (statement.step()) names.emplace(statement.text(0), statement.text(1));
  return names;
}

std::vector<std::pair<std::string, std::string>> Store::records() const {
  Statement statement(*database_, R"(
    SELECT d.path, coalesce(r.corrected, r.machine) FROM documents d JOIN record_json r ON r.document_id = d.id
    WHERE d.status = 'done' ORDER BY d.path)");
  std::vector<std::pair<std::string, std::string>> result;
  while (statement.step()) result.emplace_back(statement.text(0), statement.text(1));
  return result;
}

std::int64_t Store::begin_run(const std::string& command) {
  Statement(*database_, "INSERT INTO runs (command) VALUES (?)").bind(command).run();
  return database_->last_row_id();
}

void Store::end_run(std::int64_t id, const std::string& counts_json) {
  Statement statement(
      *database_, "UPDATE runs SET ended = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), counts = ? WHERE id = ?");
  statement.bind(counts_json).bind(id).run();
}

}  // namespace planscribe

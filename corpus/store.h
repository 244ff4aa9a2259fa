// store.h: the corpus as the pipeline sees it: results of pages to resume from, and finished documents.
//
//   Store store("out/corpus.db");
//   if (auto bytes = store.find_page(key)) ...           // read before
//   store.put_document(document, pages, record, json);   // one transaction
//
// One process writes, any number read at the same time (WAL). A Store belongs to one thread. When a put
// function returns, its data is on disk; when it throws, nothing of it is. Throws Error with the file and the
// reason.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/page.h"
#include "rules/record.h"

namespace planscribe {

class Database;

struct StoredDocument {
  std::string path, sha256, media_type;
  std::string status;  // "done", "failed", "encrypted"
  std::string error;
  std::string input_key;   // hash of everything that decides the pages
  std::string record_key;  // input_key + rules version
  std::string text_name;   // its text is text/NAME.txt
  int pages = 0;           // filled by find_document()
};

class Store {
 public:
  // Creates a missing file (not with read_only) and migrates an older schema. Refuses files that are damaged,
  // of another program or of a newer planscribe.
  explicit Store(const std::string& file, bool read_only = false);
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  // The bytes given to put_page(); putting a key again replaces them.
  std::optional<std::string> find_page(const std::string& key) const;
  void put_page(const std::string& key, const std::string& bytes);

  std::optional<StoredDocument> find_document(const std::string& path) const;
  // Replaces whatever this path had, in all tables and in the search index. Corrections stay and are applied again
  // (corrections.h).
  void put_document(const StoredDocument& document, const std::vector<Page>& pages, const Record& record,
                    const std::string& record_json);
  // Also drops the pages and the record that this path had.
  void put_failed_document(const StoredDocument& document);
  // Path -> text_name of all documents that have one.
  std::map<std::string, std::string> text_names() const;
  // (path, record JSON with people's corrections) of the documents that are done, ordered by path.
  std::vector<std::pair<std::string, std::string>> records() const;

  std::int64_t begin_run(const std::string& command);
  void end_run(std::int64_t id, const std::string& counts_json);

  Database& database() const;  // for search.cc and tests

 private:
  std::unique_ptr<Database> database_;
};

}  // namespace planscribe

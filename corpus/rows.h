// rows.h: pages and records as rows of the corpus tables and of the search index. Used by store.cc, inside
// its transaction; rows of the document must not be there yet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/page.h"
#include "rules/record.h"

namespace planscribe {

class Database;

void insert_pages(Database& database, std::int64_t document_id, const std::vector<Page>& pages);
// record: what everybody sees; machine: its JSON as extracted; corrected: its JSON when people changed it.
void insert_record(Database& database, std::int64_t document_id, const Record& record, const std::string& machine,
                   const std::optional<std::string>& corrected);

}  // namespace planscribe

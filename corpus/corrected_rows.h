// corrected_rows.h: a machine's record as rows, with people's corrections in it. Private to corpus/; used inside the
// caller's transaction, when no rows of the document's record are there.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "corpus/apply_corrections.h"
#include "rules/record.h"

namespace planscribe {

class Database;

// record and json are the same. Also notes how each correction fared.
void insert_corrected_record(Database& database, std::int64_t document_id, const Record& record,
                             const std::string& json);

// The same for a document whose record is there already.
void renew_corrected_record(Database& database, std::int64_t document_id);

// The document's record with the corrections in force in it, rows still marked.
std::unique_ptr<CorrectedRecord> corrected_record(Database& database, std::int64_t document_id);

}  // namespace planscribe

// corrections.h: what people corrected, apart from what the machine read.
//
//   correct(store, {.path = "a.pdf", .field = "targets[3].value", .value = 0.08, .who = "lan"});
//
// A correction hangs on the path and on the bytes of the file, not on a run: it is applied again whenever the document is
// read or extracted anew, also to copies of the file under other names. Search, targets, records and exports give the
// corrected value; the machine's own record stays beside it. Where the file or the machine's reading has changed since,
// list_corrections() says so (apply_corrections.h: CorrectionState). Needs a Store opened for writing but for listing.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "corpus/store.h"

namespace planscribe {

struct CorrectionRequest {
  std::string path;      // of the document, as in the run
  std::string field;     // field_path.h; row numbers as the corrected record shows them now
  nlohmann::json value;  // null: the paper does not say it; a row: take it out
  std::string who;
  std::optional<std::string> made;       // ISO 8601 UTC; now when empty
  std::optional<nlohmann::json> before;  // when given, the machine must have read this
};

// The number of the correction; nullopt when the same one is in force already. Throws Error(bad_arguments) naming the
// field when there is no such document, field or row, or the value may not stand there; nothing is stored then.
std::optional<std::int64_t> correct(Store& store, const CorrectionRequest& request);

// The value typed on a command line in the type that the field has. Throws as correct() does.
nlohmann::json typed_value(const std::string& field, const std::string& text);

// Takes a correction back; it stays in the history. Throws Error(bad_arguments) when there is none in force.
void withdraw_correction(Store& store, std::int64_t id);

struct Correction {
  std::int64_t id = 0;
  std::string path, field;       // as they were given
  nlohmann::json before, value;  // what the machine had read, what counts
  std::string who, made;
  std::string withdrawn;         // when, or ""
  std::string state;             // applied, agrees, differs, conflict, superseded, withdrawn, waiting (not read yet)
  std::string note;              // what a person should know, or ""
};

// In the order in which they were made; path "" for all.
std::vector<Correction> list_corrections(const Store& store, const std::string& path = "");

// The one document that DOC means: its path, or the end of it (file name) when only one document has that. Throws
// Error(bad_arguments) naming the candidates.
std::string find_path(const Store& store, const std::string& document);

}  // namespace planscribe

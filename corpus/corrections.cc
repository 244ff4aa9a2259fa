#include "corpus/corrections.h"

#include "corpus/corrected_rows.h"
#include "corpus/record_schema.h"
#include "corpus/sqlite.h"
#include "models/unicode.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

using nlohmann::json;

struct Known {
  std::int64_t id = 0;
  std::string sha256;
};

Known find_done(Database& database, const std::string& path) {
  Statement row(database, R"(
    SELECT d.id, d.sha256 FROM documents d JOIN records r ON r.document_id = d.id WHERE d.path = ?)");
  row.bind(path);
  if (!row.step())
    throw Error(ExitCode::bad_arguments, database.path() + ": has no record of '" + path + "' to correct; read it first");
  return {row.integer(0), row.text(1)};
}

// The documents that a correction of this path or of these bytes is about.
void renew_all(Database& database, const std::string& path, const std::string& sha256) {
  Statement rows(database, "SELECT id FROM documents WHERE path = ? OR sha256 = ?");
  rows.bind(path).bind(sha256);
  std::vector<std::int64_t> ids;
  while (rows.step()) ids.push_back(rows.integer(0));
  for (const std::int64_t id : ids) renew_corrected_record(database, id);
}

std::optional<json> value_in_force(Database& database, const CorrectionRequest& request, const std::string& sha256,
                                   const json& anchor, const FieldPath& field) {
  Statement rows(database, R"(
    SELECT field, value FROM corrections
    WHERE (path = ? OR sha256 = ?) AND anchor = ? AND withdrawn IS NULL ORDER BY id DESC)");
  rows.bind(request.path).bind(sha256).bind(anchor.dump());
  while (rows.step()) {
    const FieldPath other = parse_field_path(rows.text(0));
    if (other.size() != field.size() || other.back().name != field.back().name || other[0].name != field[0].name ||
        other.back().append != field.back().append)
      continue;
    const json value = json::parse(rows.text(1));
    if (!field.back().append || value == request.value) return value;
  }
  return std::nullopt;
}

std::int64_t insert_correction(Database& database, const CorrectionRequest& request, const std::string& sha256,
                               const json& anchor, const json& before) {
  Statement(database, R"(
    INSERT INTO corrections (path, sha256, field, anchor, before, value, who, made)
    VALUES (?, ?, ?, ?, ?, ?, ?, coalesce(?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))))")
      .bind(request.path)
      .bind(sha256)
      .bind(request.field)
      .bind(anchor.dump())
      .bind(before.dump())
      .bind(request.value.dump())
      .bind(request.who)
      .bind(request.made)
      .run();
  return database.last_row_id();
}

}  // namespace

json typed_value(const std::string& field, const std::string& text) {
  if (find_invalid_utf8(text) != std::string::npos)
    throw Error(ExitCode::bad_arguments, field + ": the value is not UTF-8; check the terminal's character set");
  const FieldPath path = parse_field_path(field);
  return parse_typed(path, find_field(path), text);
}

std::optional<std::int64_t> correct(Store& store, const CorrectionRequest& request) {
  Database& database = store.database();
  const FieldPath field = parse_field_path(request.field);
  check_value(field, find_field(field), request.value);
  if (request.who.empty()) throw Error(ExitCode::bad_arguments, "who corrects is not said; use --who NAME");

  Transaction transaction(database);
  const Known document = find_done(database, request.path);
  const auto shown = corrected_record(database, document.id);
  const json anchor = shown->anchor_of(field), before = shown->machine_value(field);
  if (request.before && *request.before != before)
    throw Error(ExitCode::bad_arguments, request.path + ": " + request.field + " was " + request.before->dump() +
                                             " when it was corrected, now the machine reads " + before.dump() +
                                             "; look at it again");
  if (value_in_force(database, request, document.sha256, anchor, field) == request.value) return std::nullopt;
  const std::int64_t id = insert_correction(database, request, document.sha256, anchor, before);
  renew_all(database, request.path, document.sha256);
  transaction.commit();
  return id;
}

void withdraw_correction(Store& store, std::int64_t id) {
  Database& database = store.database();
  Transaction transaction(database);
  Statement row(database, R"(
    UPDATE corrections SET withdrawn = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
    WHERE id = ? AND withdrawn IS NULL RETURNING path, sha256)");
  row.bind(id);
  if (!row.step())
    throw Error(ExitCode::bad_arguments, database.path() + ": no correction " + std::to_string(id) +
                                             " is in force; `planscribe correct --list` shows them");
  const std::string path = row.text(0), sha256 = row.text(1);
  row.run();
  renew_all(database, path, sha256);
  transaction.commit();
}

std::vector<Correction> list_corrections(const Store& store, const std::string& path) {
  Statement rows(store.database(), R"(
    SELECT c.id, c.path, c.field, c.before, c.value, c.who, c.made, coalesce(c.withdrawn, ''),
      CASE WHEN c.withdrawn IS NOT NULL THEN 'withdrawn' ELSE coalesce(s.state, 'waiting') END, coalesce(s.note, '')
    FROM corrections c
    LEFT JOIN documents d ON d.path = c.path
    LEFT JOIN correction_states s ON s.correction_id = c.id AND s.document_id = d.id
    WHERE ?1 = '' OR c.path = ?1 ORDER BY c.id)");
  rows.bind(path);
  std::vector<Correction> corrections;
  while (rows.step())
    corrections.push_back({rows.integer(0), rows.text(1), rows.text(2), json::parse(rows.text(3)),
                           json::parse(rows.text(4)), rows.text(5), rows.text(6), rows.text(7), rows.text(8),
                           rows.text(9)});
  return corrections;
}

std::string find_path(const Store& store, const std::string& document) {
  if (store.find_document(document)) return document;
  Statement rows(store.database(), "SELECT path FROM documents WHERE substr(path, -length(?1) - 1) = '/' || ?1 ORDER BY path LIMIT 5");
  rows.bind(document);
  std::vector<std::string> paths;
  while (rows.step()) paths.push_back(rows.text(0));
  if (paths.size() == 1) return paths[0];
  std::string candidates;
  for (const std::string& path : paths) candidates += (candidates.empty() ? "" : ", ") + path;
  throw Error(ExitCode::bad_arguments,
              store.database().path() + ": " +
                  (paths.empty() ? "has no document '" + document + "'; give its path as in the run"
                                 : "'" + document + "' may be " + candidates + "; give the whole path"));
}

}  // namespace planscribe

#include "corpus/schema.h"

#include "corpus/duplicates.h"
#include "corpus/sqlite.h"
#include "corpus/vocabulary.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

int read_pragma(Database& database, const std::string& name) {
  Statement statement(database, "PRAGMA " + name);
  statement.step();
  return static_cast<int>(statement.integer(0));
}

bool is_empty(Database& database) {
  Statement statement(database, "SELECT count(*) FROM sqlite_master");
  statement.step();
  return statement.integer(0) == 0;
}

// An application_id of 0 together with tables is some other program's file; it must stay as it is.
void check_owner(Database& database) {
  if (read_pragma(database, "application_id") != kApplicationId)
    throw Error(ExitCode::invalid_data,
                database.path() + ": an SQLite database, but not a planscribe corpus; choose another file");
  const int version = read_pragma(database, "user_version");
  if (version > kSchemaVersion)
    throw Error(ExitCode::invalid_data, database.path() + ": written by a newer planscribe (schema " +
                                            std::to_string(version) + ", this program knows " +
                                            std::to_string(kSchemaVersion) + "); update planscribe");
}

// Since schema 3: vocabulary and signatures.
void fill_derived_tables(Database& database) {
  rebuild_vocabulary(database);
  rebuild_signatures(database);
}

}  // namespace

void migrate(Database& database, const std::vector<Migration>& steps,
             const std::function<void(Database&)>& finish) {
  Transaction transaction(database);
  const int version = read_pragma(database, "user_version");
  for (const Migration& step : steps) {
    if (step.version <= version) continue;
    database.execute(step.sql);
    database.execute("PRAGMA user_version = " + std::to_string(step.version));
  }
  if (finish) finish(database);
  transaction.commit();
}

void prepare_schema(Database& database) {
  // Looked at again inside the transaction: two programs may open one new file at the same time.
  if (is_empty(database)) {
    Transaction transaction(database);
    if (is_empty(database)) database.execute(kSchemaSql);
    transaction.commit();
  }
  check_owner(database);
  if (read_pragma(database, "user_version") < kSchemaVersion) migrate(database, migrations(), fill_derived_tables);
}

void check_schema(Database& database) {
  check_owner(database);
  const int version = read_pragma(database, "user_version");
  if (version < kSchemaVersion)
    throw Error(ExitCode::invalid_data, database.path() + ": schema " + std::to_string(version) +
                                            " is older than this program; run `planscribe run` on it once");
}

}  // namespace planscribe

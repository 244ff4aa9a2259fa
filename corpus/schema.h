// schema.h: the shape of a corpus file and how an older one is brought up to date.
//
// schema.sql is the newest shape; migrations/N.sql turns schema N-1 into N. Both are compiled in
// (embed.cmake).
#pragma once

#include <functional>
#include <vector>

namespace planscribe {

class Database;

struct Migration {
  int version;  // PRAGMA user_version after it
  const char* sql;
};

extern const char* const kSchemaSql;
const std::vector<Migration>& migrations();  // in ascending order

inline constexpr int kApplicationId = 1347179363;
inline constexpr int kSchemaVersion = 3;

// What a writer does on opening: an empty file gets the schema, an older one is migrated, the newest is left
// alone. All or nothing. Throws Error(invalid_data) for a database of another program or of a newer
// planscribe.
void prepare_schema(Database& database);

// What a reader does: the same checks, but nothing is written; an older schema is an error too.
void check_schema(Database& database);

// Applies the steps above the database's user_version, then finish (what SQL alone cannot fill), in one transaction.
// Apart from prepare_schema() for the tests.
void migrate(Database& database, const std::vector<Migration>& steps,
             const std::function<void(Database&)>& finish = {});

}  // namespace planscribe

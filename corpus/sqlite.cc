#include "corpus/sqlite.h"

#include <sqlite3.h>

#include <filesystem>

#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr int kBusyTimeoutMs = 10000;
constexpr size_t kSqlInMessages = 80;

ExitCode exit_code_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return ExitCode::invalid_data;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return ExitCode::file_access;
    default:
      return ExitCode::other;
  }
}

const char* remedy_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
      return "; the file is damaged: move it away and run again, or restore a copy";
    case SQLITE_NOTADB:
      return "; choose another file";
    case SQLITE_FULL:
      return "; make room and run again, what was stored is safe";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "; another program is writing to it";
    case SQLITE_READONLY:
      return "; the file or its folder is write-protected: change the permissions, or work on a copy";
    default:
      return "";
  }
}

// SQLite wants to write beside a file in WAL mode even to read it. Where it may not (a read-only folder, a DVD) a file
// whose log is empty can be read as one that nobody changes.
bool needs_writing(int code) { return (code & 0xff) == SQLITE_READONLY || (code & 0xff) == SQLITE_CANTOPEN; }

bool has_log(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path + "-wal", error);
  return !error && size > 0;
}

std::string immutable_uri(const std::string& path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const unsigned char c : path) {
    if (c == '%' || c == '?' || c == '#')
      uri += {'%', kHex[c >> 4], kHex[c & 15]};
    else
      uri += static_cast<char>(c);
  }
  return uri + "?immutable=1";
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Database::Database(const std::string& path, Mode mode) : path_(path) {
  if (mode == Mode::write) {
    open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  } else {
    open(path, SQLITE_OPEN_READONLY);
    const int code = sqlite3_exec(handle_.get(), "PRAGMA schema_version", nullptr, nullptr, nullptr);
    if (needs_writing(code) && !has_log(path)) open(immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  }
  execute("PRAGMA foreign_keys = ON");
  register_rank();
}

void Database::open(const std::string& name, int flags) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);  // SQLite gives a handle for most failures, too
  if (code != SQLITE_OK) fail(code, "open");
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
}

void Database::fail(int code, std::string_view sql) const {
  const char* reason = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  std::string statement(sql.substr(0, kSqlInMessages));
  for (char& c : statement)
    if (c == '\n') c = ' ';
  throw Error(exit_code_of(code), path_ + ": " + reason + " (SQLite " + std::to_string(code) + " in " +
                                      statement + ")" + remedy_of(code));
}

void Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, sql);
}

std::int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

Statement::Statement(const Database& database, const std::string& sql) : database_(database), sql_(sql) {
  sqlite3_stmt* handle = nullptr;
  check(sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &handle, nullptr));
  handle_.reset(handle);
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) database_.fail(code, sql_);
}

Statement& Statement::bind(std::int64_t value) {
  check(sqlite3_bind_int64(handle_.get(), next_++, value));
  return *this;
}

Statement& Statement::bind(double value) {
  check(sqlite3_bind_double(handle_.get(), next_++, value));
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  // A null pointer would bind NULL, and an empty view may hold one.
  check(sqlite3_bind_text64(handle_.get(), next_++, text.empty() ? "" : text.data(), text.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
  check(sqlite3_bind_blob64(handle_.get(), next_++, bytes.empty() ? "" : bytes.data(), bytes.size(),
                            SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_null() {
  check(sqlite3_bind_null(handle_.get(), next_++));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.fail(code, sql_);
  return false;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() {
  sqlite3_reset(handle_.get());
  next_ = 1;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
double Statement::real(int column) const { return sqlite3_column_double(handle_.get(), column); }

std::string Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
  const int size = sqlite3_column_bytes(handle_.get(), column);
  return bytes ? std::string(bytes, static_cast<size_t>(size)) : std::string();
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::optional<double> Statement::optional_real(int column) const {
  if (is_null(column)) return std::nullopt;
  return real(column);
}

Transaction::Transaction(Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  // SQLite has already rolled back after some errors (disk full); a second ROLLBACK then only says so.
  if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace planscribe

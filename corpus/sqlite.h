// sqlite.h: SQLite as values. sqlite.cc and rank.cc are the only users of the C library.
//
//   Database     an open file; closes it
//   Statement    one prepared statement, bound and stepped; must not outlive its Database
//   Transaction  BEGIN IMMEDIATE .. commit(); rolls back when left without commit()
// Queries on an FTS5 table may call planscribe_rank(TABLE): higher is better (rank.cc).
//
// Every failure throws Error with the path, the SQL and SQLite's extended code: invalid_data for a damaged or
// foreign file, file_access for what the disk or the permissions refuse. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace planscribe {

class Database {
 public:
  // write creates a missing file. read works in a folder that cannot be written, too, unless a writer was cut off there.
  enum class Mode { read, write };

  Database(const std::string& path, Mode mode);
  const std::string& path() const { return path_; }
  void execute(const std::string& sql);  // any number of statements
  std::int64_t last_row_id() const;
  sqlite3* handle() const { return handle_.get(); }
  [[noreturn]] void fail(int code, std::string_view sql) const;

 private:
  void open(const std::string& name, int flags);
  void register_rank();

  struct Close {
    void operator()(sqlite3*) const;
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

class Statement {
 public:
  Statement(const Database& database, const std::string& sql);

  // Binds the next parameter, in the order in which they stand (or ?N was first written).
  Statement& bind(std::int64_t value);
  Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(double value);
  Statement& bind(std::string_view text);
  Statement& bind(const std::string& text) { return bind(std::string_view(text)); }
  Statement& bind(const char* text) { return bind(std::string_view(text)); }
  Statement& bind_blob(std::string_view bytes);
  Statement& bind_null();
  template <typename T>
  Statement& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }

  bool step();  // true: a row is there to read
  void run();   // steps to the end and makes the statement ready for the next bindings
  void reset(); // the same without stepping on

  // Columns of the current row, 0-based.
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;  // also blobs; "" for NULL
  bool is_null(int column) const;
  std::optional<double> optional_real(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt*) const;
  };
  void check(int code) const;

  const Database& database_;
  std::string sql_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int next_ = 1;
};

class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace planscribe

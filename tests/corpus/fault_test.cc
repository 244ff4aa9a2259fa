// Files that are no corpus, and disks that are full.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "catch.h"
#include "corpus/schema.h"
#include "tests/corpus/fixtures.h"

using namespace planscribe;
using Catch::Matchers::Contains;

namespace {

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string read_file(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

// Stores pages and documents until it is killed; after each it writes its number to the pipe.
[[noreturn]] void write_forever(const std::string& file, int first, int pipe_end) {
  try {
    Store store(file);
    for (int i = first;; ++i) {
      const std::string name = std::to_string(i);
      store.put_page(name, std::string(20000, 'x'));
      store.put_document(make_document(name), {make_page(1, "một hai " + name), make_page(2, "ba")}, Record(),
                         name);
      if (write(pipe_end, &i, sizeof i) != sizeof i) break;
    }
  } catch (const std::exception&) {
  }
  _exit(1);
}

int user_version(Database& database) {
  Statement statement(database, "PRAGMA user_version");
  statement.step();
  return static_cast<int>(statement.integer(0));
}

}  // namespace

TEST_CASE("a file that is no database is refused and left alone", "[fault]") {
  TemporaryFolder folder;
  const std::string file = folder.file("notes.txt");
  const std::string text(5000, 'x');
  write_file(file, text);
  for (const bool read_only : {true, false}) {
    const std::string message = opening_error(file, read_only, ExitCode::invalid_data);
    CHECK_THAT(message, Contains(file) && Contains("not a database"));
  }
  CHECK(read_file(file) == text);
}

TEST_CASE("a database of another program is refused and left alone", "[fault]") {
  TemporaryFolder folder;
  const std::string file = folder.file("other.db");
  Database(file, Database::Mode::write).execute("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  const std::string before = read_file(file);
  for (const bool read_only : {true, false})
    CHECK_THAT(opening_error(file, read_only, ExitCode::invalid_data), Contains("not a planscribe corpus"));
  CHECK(read_file(file) == before);
}

TEST_CASE("a corpus of a newer planscribe is refused", "[fault]") {
  TemporaryFolder folder;
  const std::string file = folder.file("corpus.db");
  Store(file).database().execute("PRAGMA user_version = 999");
  for (const bool read_only : {true, false})
    CHECK_THAT(opening_error(file, read_only, ExitCode::invalid_data),
               Contains("newer planscribe") && Contains("999"));
}

TEST_CASE("a damaged corpus is an error that names the file, never a crash", "[fault]") {
  TemporaryFolder folder;
  const std::string file = folder.file("corpus.db");
  {
    Store store(file);
    store.put_document(make_document("a.pdf"), {make_page(1, "một hai ba")}, Record(), "{}");
  }
  const std::string whole = read_file(file);
  for (size_t from = 100; from < whole.size(); from += 4096) {
    std::string bytes = whole;
    for (size_t i = from; i < bytes.size(); ++i) bytes[i] = static_cast<char>(0xa5);
    write_file(file, bytes);
    try {
      Store store(file);
      store.put_document(make_document("a.pdf"), {make_page(1, "bốn")}, Record(), "{}");
      store.records();
    } catch (const Error& error) {
      CHECK_THAT(error.what(), Contains(file));
    }
    if (from == 100) CHECK_THAT(opening_error(file, true, ExitCode::invalid_data), Contains(file));
  }
}

TEST_CASE("what cannot be opened says so", "[fault]") {
  TemporaryFolder folder;
  CHECK_THAT(opening_error(folder.file("missing.db"), true, ExitCode::file_access), Contains("missing.db"));
  CHECK_THAT(opening_error(folder.file("no/such/folder.db"), false, ExitCode::file_access),
             Contains("folder.db"));
  CHECK_FALSE(std::filesystem::exists(folder.file("missing.db")));
}

TEST_CASE("a corpus that may not be written can be read", "[fault]") {
  namespace fs = std::filesystem;
  TemporaryFolder folder;
  fs::create_directory(folder.file("a %41?#"));  // signs that mean something in SQLite's file names
  const std::string file = folder.file("a %41?#/corpus.db");
  Store(file).put_document(make_document("a.pdf"), {make_page(1, "một hai ba")}, Record(), "{}");
  fs::permissions(file, fs::perms::owner_read | fs::perms::others_read | fs::perms::group_read);
  fs::permissions(fs::path(file).parent_path(), fs::perms::all & ~(fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write));
  fs::permissions(fs::path(file).parent_path().parent_path(), fs::perms::all);
  const bool is_root = geteuid() == 0;  // whom no permission stops
  if (is_root) REQUIRE(seteuid(65534) == 0);
  CHECK(Store(file, true).find_document("a.pdf").has_value());
  CHECK_THAT(opening_error(file, false, ExitCode::file_access), Contains("write-protected"));
  if (is_root) REQUIRE(seteuid(0) == 0);
  fs::permissions(fs::path(file).parent_path(), fs::perms::owner_all);
}

TEST_CASE("a full disk loses nothing that was committed", "[fault]") {
  TemporaryFolder folder;
  const std::string file = folder.file("corpus.db");
  int stored = 0, pages = 0;
  {
    Store store(file);
    store.put_document(make_document("first.pdf"), {make_page(1, "giữ lại")}, Record(), "{}");
    Statement size(store.database(), "PRAGMA page_count");
    size.step();
    const auto limit = size.integer(0) + 60;
    size.run();
    store.database().execute("PRAGMA max_page_count = " + std::to_string(limit));
    std::string text;
    for (int i = 0; i < 400; ++i) text += "từ" + std::to_string(i) + " ";
    ExitCode code = ExitCode::ok;
    try {
      for (;; ++stored)
        store.put_document(make_document(std::to_string(stored)), {make_page(1, text), make_page(2, text)},
                           Record(), "{}");
    } catch (const Error& error) {
      code = error.code();
      CHECK_THAT(error.what(), Contains(file) && Contains("full"));
    }
    CHECK(code == ExitCode::file_access);
    std::string noise(1 << 20, 'x');  // what zlib cannot make small
    std::mt19937 random(1);
    for (char& c : noise) c = static_cast<char>(random());
    CHECK_THROWS_AS(store.put_page("big", noise), Error);
    pages = static_cast<int>(count(store, "pages"));
  }
  REQUIRE(stored > 0);
  CHECK(pages == 1 + 2 * stored);
  Store store(file);  // with room again
  CHECK(store.records().size() == static_cast<size_t>(stored) + 1);
  CHECK_FALSE(store.find_page("big"));
  Statement check(store.database(), "PRAGMA integrity_check");
  check.step();
  CHECK(check.text(0) == "ok");
  store.put_page("big", "fits");
  CHECK(store.find_page("big") == "fits");
}

TEST_CASE("a writer killed at any moment leaves a sound corpus with all it had stored", "[fault]") {
  TemporaryFolder folder;
  const std::string file = folder.file("corpus.db");
  std::mt19937 random(7);
  int last = -1;
  for (int round = 0; round < 25; ++round) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t writer = fork();
    REQUIRE(writer >= 0);
    if (writer == 0) write_forever(file, last + 1, ends[1]);
    close(ends[1]);
    int number = 0;
    if (round % 2 == 1 && read(ends[0], &number, sizeof number) == sizeof number) last = number;  // even ones: before anything, perhaps
    usleep(random() % 60000);
    kill(writer, SIGKILL);
    while (read(ends[0], &number, sizeof number) == sizeof number) last = number;
    close(ends[0]);
    waitpid(writer, nullptr, 0);
    Store store(file);
    Statement check(store.database(), "PRAGMA integrity_check");
    REQUIRE(check.step());
    CHECK(check.text(0) == "ok");
    for (int i = 0; i <= last; ++i) {
      CHECK(store.find_page(std::to_string(i)));
      CHECK(store.find_document(std::to_string(i)));
    }
    CHECK(count(store, "pages") == 2 * count(store, "documents"));
    CHECK(count(store, "page_search") == count(store, "pages"));
  }
  CHECK(last > 0);
}

TEST_CASE("migrations run in order, once, all or none", "[schema]") {
  TemporaryFolder folder;
  Database database(folder.file("old.db"), Database::Mode::write);
  database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1); PRAGMA user_version = 1");
  const std::vector<Migration> steps = {{1, "THIS HAS BEEN DONE"},
                                        {2, "ALTER TABLE t ADD COLUMN b DEFAULT 2"},
                                        {3, "UPDATE t SET b = b + a; CREATE INDEX t_b ON t (b);"}};
  const std::vector<Migration> broken = {steps[1], {3, "UPDATE nothing SET b = 1"}};
  CHECK_THROWS_AS(migrate(database, broken), Error);
  CHECK(user_version(database) == 1);
  CHECK_THROWS_AS(database.execute("SELECT b FROM t"), Error);
  migrate(database, steps);
  migrate(database, steps);
  CHECK(user_version(database) == 3);
  Statement row(database, "SELECT a, b FROM t");
  REQUIRE(row.step());
  CHECK(row.integer(1) == 3);
}

TEST_CASE("schema and migrations end at the same version", "[schema]") {
  TemporaryFolder folder;
  Store store(folder.file("corpus.db"));
  CHECK(user_version(store.database()) == kSchemaVersion);
  int version = 1;
  for (const Migration& step : migrations()) CHECK(step.version == ++version);
  CHECK(version == kSchemaVersion);
}

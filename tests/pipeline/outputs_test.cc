#include "pipeline/outputs.h"

#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "catch.h"
#include "pipeline/error.h"
#include "pipeline/text_files.h"
#include "program.h"

using namespace planscribe;

TEST_CASE("a file that cannot be written whole leaves the old one") {
  const std::string folder = std::filesystem::temp_directory_path() / "planscribe-outputs";
  const std::string path = folder + "/records.jsonl";
  write_file_atomically(path, "old");
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1000, before.rlim_max};  // what a full disk does: write() fails half way
  setrlimit(RLIMIT_FSIZE, &small);
  CHECK_THROWS_AS(write_file_atomically(path, std::string(5000, 'n')), Error);
  setrlimit(RLIMIT_FSIZE, &before);
  std::ifstream in(path);
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == "old");
  CHECK_FALSE(std::filesystem::exists(path + ".part"));
  std::filesystem::remove_all(folder);
}

TEST_CASE("a name as long as file systems allow can be written") {
  const TestFolder folder;
  std::string name;
  while (name.size() + 4 <= 252) name += "ế";  // three bytes
  write_file_atomically(folder / (name + ".txt"), "x");
  CHECK(read_file(folder / (name + ".txt")) == "x");
}

TEST_CASE("pages are parted by form feeds") {
  CHECK(join_pages({"a\n", "", "b\n"}) == "a\n\f\fb\n");
  CHECK(join_pages({}).empty());
}

#include "pipeline/inputs.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "catch.h"
#include "pipeline/error.h"

using namespace planscribe;
namespace fs = std::filesystem;

namespace {

std::string make_tree() {
  std::string name = (fs::temp_directory_path() / "planscribe-inputs-XXXXXX").string();
  const fs::path root = mkdtemp(name.data());
  for (const char* file : {"b.pdf", "a/x.PDF", "a/x.txt", "a/notes.docx", "out/text/old.txt"}) {
    fs::create_directories((root / file).parent_path());
    std::ofstream(root / file) << "x";
  }
  return root.string();
}

}  // namespace

TEST_CASE("folders are walked in a stable order, without the output folder, names do not collide") {
  const std::string root = make_tree();
  InputList list = list_inputs({root, root + "/a/x.txt", root + "/b.pdf"}, root + "/out");
  name_texts(list.documents, {});
  std::vector<std::string> names;
  std::set<std::string> unique;
  for (const InputDocument& d : list.documents) {
    names.push_back(d.name);
    unique.insert(d.name);
  }
  CHECK(names == std::vector<std::string>{"a/x", "a/x~2", "b"});  // named twice, read once
  CHECK(unique.size() == names.size());
  CHECK(list.ignored.size() == 1);
  CHECK_THROWS_AS(list_inputs({root + "/missing.pdf"}, ""), Error);
  fs::remove_all(root);
}

TEST_CASE("what cannot be entered or named is told, the rest is read, hidden files and a run's own texts passed over") {
  const std::string root = make_tree();
  for (const char* file : {".trash/old.pdf", "._b.pdf", "done/corpus.db", "done/text/a.txt", "text/real.txt", "bad\xFF.pdf"}) {
    fs::create_directories((fs::path(root) / file).parent_path());
    std::ofstream(fs::path(root) / file) << "x";
  }
  fs::create_directory_symlink(root, root + "/loop");
  const InputList list = list_inputs({root}, root + "/out");
  std::set<std::string> names;
  for (const InputDocument& d : list.documents) names.insert(d.name);
  CHECK(names == std::set<std::string>{"a/x", "b", "text/real"});
  CHECK(list.ignored.size() == 6);  // notes.docx, .trash, ._b.pdf, loop, done/corpus.db, done/text
  REQUIRE(list.unreadable.size() == 1);
  CHECK(list.unreadable[0].second.find("not UTF-8") != std::string::npos);
  fs::remove_all(root);
}

TEST_CASE("a pipe is told and not waited for") {
  const std::string root = make_tree(), pipe = root + "/pipe.pdf";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const InputList list = list_inputs({pipe, root + "/b.pdf"}, "");
  CHECK(list.documents.size() == 1);
  REQUIRE(list.unreadable.size() == 1);
  CHECK(list.unreadable[0].first == pipe);
  fs::remove_all(root);
}

TEST_CASE("a folder without permission does not stop the others") {
  const std::string root = make_tree();
  fs::permissions(root, fs::perms::all);
  fs::permissions(root + "/a", fs::perms::none);
  const bool is_root = geteuid() == 0;  // whom no permission stops
  if (is_root) REQUIRE(seteuid(65534) == 0);
  const InputList list = list_inputs({root}, root + "/out");
  CHECK_THROWS_AS(list_inputs({root + "/a"}, ""), Error);
  if (is_root) REQUIRE(seteuid(0) == 0);
  REQUIRE(list.documents.size() == 1);
  CHECK(list.documents[0].name == "b");
  REQUIRE(list.unreadable.size() == 1);
  CHECK(list.unreadable[0].first == root + "/a");
  fs::permissions(root + "/a", fs::perms::owner_all);
  fs::remove_all(root);
}

TEST_CASE("a text keeps its name in later runs, a namesake from elsewhere gets another") {
  std::vector<InputDocument> documents = {{"b/plan.pdf", "plan"}, {"c/plan.pdf", "plan"}, {"a/plan.pdf", "plan"}};
  name_texts(documents, {{"a/plan.pdf", "plan"}, {"c/plan.pdf", "plan~3"}});
  CHECK(documents[0].name == "plan~2");
  CHECK(documents[1].name == "plan~3");
  CHECK(documents[2].name == "plan");
}

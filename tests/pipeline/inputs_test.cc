#include "pipeline/inputs.h"

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

TEST_CASE("a text keeps its name in later runs, a namesake from elsewhere gets another") {
  std::vector<InputDocument> documents = {{"b/plan.pdf", "plan"}, {"c/plan.pdf", "plan"}, {"a/plan.pdf", "plan"}};
  name_texts(documents, {{"a/plan.pdf", "plan"}, {"c/plan.pdf", "plan~3"}});
  CHECK(documents[0].name == "plan~2");
  CHECK(documents[1].name == "plan~3");
  CHECK(documents[2].name == "plan");
}

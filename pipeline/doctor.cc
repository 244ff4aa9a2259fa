#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "pipeline/commands.h"

namespace planscribe {
namespace {

// One thing to look at: prints how it stands; false when it is missing.
template <typename Check>
bool report(const std::string& what, Check check) {
  try {
    const std::string state = check();
    std::cout << "ok       " << what << ": " << state << "\n";
    return true;
  } catch (const std::exception& e) {
    std::cout << "MISSING  " << what << ": " << e.what() << "\n";
    return false;
  }
}

std::string check_output(const std::string& folder) {
  namespace fs = std::filesystem;
  fs::path place = fs::absolute(folder);
  while (!fs::exists(place) && place.has_parent_path() && place != place.parent_path()) place = place.parent_path();
  if (access(place.c_str(), W_OK | X_OK) != 0)
    throw Error(ExitCode::file_access, place.string() + " cannot be written; choose another output folder with -o");
  return place.string() + " can be written, " + std::to_string(fs::space(place).available >> 20) + " MB free";
}

}  // namespace

ExitCode doctor(const ProcessOptions& options, const std::string& output_folder) {
  bool fine = true;
  fine &= report("Tesseract and its language data", [&] { return make_recogniser({.language = options.language})->version(); });
  fine &= report("language model", [&] { return Restorer(options.data_folder + "/models").version(); });
  fine &= report("rules", [&] {
    std::vector<std::string> folders{options.data_folder + "/rules"};
    folders.insert(folders.end(), options.rule_folders.begin(), options.rule_folders.end());
    return read_rules(folders).version();
  });
  fine &= report("output folder", [&] { return check_output(output_folder); });
  return fine ? ExitCode::ok : ExitCode::missing_dependency;
}

}  // namespace planscribe

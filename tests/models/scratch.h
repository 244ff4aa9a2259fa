// scratch.h: a folder for the files of one run of the tests, so that several runs do not share them. Removed at the end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace planscribe {

inline const std::filesystem::path& scratch_folder() {
  struct Folder {
    std::filesystem::path path;
    Folder() {
      std::string name = (std::filesystem::temp_directory_path() / "planscribe-models-XXXXXX").string();
      path = mkdtemp(name.data());
    }
    ~Folder() {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
    }
  };
  static const Folder folder;
  return folder.path;
}

}  // namespace planscribe

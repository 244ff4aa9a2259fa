#include "pipeline/inputs.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "pipeline/error.h"

namespace planscribe {
namespace {

namespace fs = std::filesystem;

constexpr std::array kSuffixes = {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".jp2", ".j2k", ".webp", ".txt"};

bool has_known_suffix(const fs::path& path) {
  std::string suffix = path.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::find(kSuffixes.begin(), kSuffixes.end(), suffix) != kSuffixes.end();
}

bool same_place(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return !b.empty() && fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

void walk(const fs::path& root, const fs::path& folder, const fs::path& exclude, InputList& list) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) entries.push_back(*it);
  if (error) throw Error(ExitCode::file_access, folder.string() + ": the folder cannot be read: " + error.message());
  std::sort(entries.begin(), entries.end());
  for (const fs::directory_entry& entry : entries) {
    if (entry.is_symlink(error)) {
      list.ignored.push_back(entry.path().string());
    } else if (entry.is_directory(error)) {
      if (!same_place(entry.path(), exclude)) walk(root, entry.path(), exclude, list);
    } else if (entry.is_regular_file(error) && has_known_suffix(entry.path())) {
      list.documents.push_back({entry.path().string(), entry.path().lexically_relative(root).replace_extension().string()});
    } else {
      list.ignored.push_back(entry.path().string());
    }
  }
}

}  // namespace

InputList list_inputs(const std::vector<std::string>& paths, const std::string& exclude) {
  InputList list;
  for (const std::string& text : paths) {
    fs::path path = fs::path(text).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // "folder/"
    std::error_code error;
    if (fs::is_directory(path, error))
      walk(path, path, exclude, list);
    else if (fs::exists(path, error))
      list.documents.push_back({path.string(), path.stem().string()});
    else
      throw Error(ExitCode::file_access, text + ": no such file or folder");
  }
  std::set<std::string> seen;
  std::erase_if(list.documents, [&](const InputDocument& d) { return !seen.insert(d.path).second; });
  return list;
}

void name_texts(std::vector<InputDocument>& documents, const std::map<std::string, std::string>& named) {
  std::set<std::string> taken;
  for (const auto& [path, name] : named) taken.insert(name);
  for (InputDocument& document : documents) {
    if (const auto known = named.find(document.path); known != named.end()) {
      document.name = known->second;
      continue;
    }
    std::string name = document.name;
    for (int n = 2; !taken.insert(name).second; ++n) name = document.name + "~" + std::to_string(n);
    document.name = name;
  }
}

}  // namespace planscribe

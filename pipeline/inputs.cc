#include "pipeline/inputs.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>

#include "models/unicode.h"
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

constexpr const char* kNotUtf8 = "the name is not UTF-8; rename it";

// In byte order. Throws filesystem_error.
std::vector<fs::directory_entry> entries_of(const fs::path& folder) {
  std::vector<fs::directory_entry> entries(fs::directory_iterator(folder), {});
  std::sort(entries.begin(), entries.end());
  return entries;
}

class Walk {
 public:
  Walk(const fs::path& root, const fs::path& exclude, InputList& list) : root_(root), exclude_(exclude), list_(list) {}

  void folder(const fs::path& folder) {
    std::error_code error;
    const bool written_by_a_run = fs::exists(folder / "corpus.db", error);
    for (const fs::directory_entry& entry : entries_of(folder)) {
      const fs::path& path = entry.path();
      if (find_invalid_utf8(path.filename().string()) != std::string::npos)
        list_.unreadable.emplace_back(path.string(), kNotUtf8);
      else if (path.filename().string().starts_with('.') || entry.is_symlink(error))
        list_.ignored.push_back(path.string());
      else if (entry.is_directory(error))
        subfolder(path, written_by_a_run && path.filename() == "text");
      else if (entry.is_regular_file(error) && has_known_suffix(path))
        list_.documents.push_back({path.string(), path.lexically_relative(root_).replace_extension().string()});
      else
        list_.ignored.push_back(path.string());
    }
  }

 private:
  void subfolder(const fs::path& path, bool own_output) {
    if (same_place(path, exclude_)) return;
    if (own_output) {
      list_.ignored.push_back(path.string());
      return;
    }
    try {
      folder(path);
    } catch (const fs::filesystem_error& e) {
      list_.unreadable.emplace_back(path.string(), "the folder cannot be read: " + e.code().message());
    }
  }

  const fs::path& root_;
  const fs::path& exclude_;
  InputList& list_;
};

void walk(const fs::path& root, const fs::path& exclude, InputList& list) {
  try {
    Walk(root, exclude, list).folder(root);
  } catch (const fs::filesystem_error& e) {
    throw Error(ExitCode::file_access, root.string() + ": the folder cannot be read: " + e.code().message());
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
      walk(path, exclude, list);
    else if (find_invalid_utf8(text) != std::string::npos)
      list.unreadable.emplace_back(text, kNotUtf8);
    else if (fs::exists(path, error) && !fs::is_regular_file(path, error))  // a pipe: it can be read but once
      list.unreadable.emplace_back(text, "no regular file; copy it into one");
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
  std::map<std::string, int> last;  // number given to a name
  for (InputDocument& document : documents) {
    if (const auto known = named.find(document.path); known != named.end()) {
      document.name = known->second;
      continue;
    }
    std::string name = document.name;
    for (int& n = last.try_emplace(name, 1).first->second; !taken.insert(name).second;) name = document.name + "~" + std::to_string(++n);
    document.name = name;
  }
}

}  // namespace planscribe

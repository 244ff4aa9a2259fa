#include "pipeline/export_names.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>

#include "models/unicode.h"

namespace planscribe {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxPart = 200;  // bytes; file systems end at 255, and suffixes follow

// The first parts that all paths have in common, the file's own name not counted.
size_t shared_parts(const std::vector<std::string>& paths) {
  const fs::path first = fs::path(paths.front()).parent_path();
  std::vector<fs::path> shared(first.begin(), first.end());
  for (const std::string& path : paths) {
    const fs::path folder = fs::path(path).parent_path();
    const auto end = std::mismatch(shared.begin(), shared.end(), folder.begin(), folder.end()).first;
    shared.erase(end, shared.end());
  }
  return shared.size();
}

std::string cut(std::string text) {
  if (text.size() <= kMaxPart) return text;
  size_t end = kMaxPart;
  while ((text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::string safe_part(const std::string& part) {
  std::string safe = cut(replace_invalid_utf8(part));
  for (char& c : safe)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || std::string_view("<>:\"|?*\\/").find(c) != std::string_view::npos) c = '_';
  while (!safe.empty() && (safe.back() == '.' || safe.back() == ' ')) safe.back() = '_';
  return safe.empty() ? "_" : safe;
}

std::string safe_name(const fs::path& path, size_t shared) {
  fs::path name;
  auto part = path.begin();
  for (std::advance(part, shared); part != path.end(); ++part) {
    const bool last = std::next(part) == path.end();
    const std::string text = (last ? part->stem() : *part).string();
    if (!last && (text == "." || text == ".." || text == "/")) continue;
    name /= safe_part(text);
  }
  return name.string();
}

}  // namespace

std::vector<std::string> export_names(const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  if (paths.empty()) return names;
  const size_t shared = shared_parts(paths);
  std::set<std::string> taken;
  for (const std::string& path : paths) {
    const std::string name = safe_name(path, shared);
    std::string unique = name;
    for (int n = 2; !taken.insert(to_lower(unique)).second; ++n) unique = name + "~" + std::to_string(n);
    names.push_back(unique);
  }
  return names;
}

}  // namespace planscribe

// A RuleSet from folders of rule files: which come first, what later folders replace, and the sets for matching.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/unicode.h"
#include "pipeline/error.h"
#include "rules/rule_set.h"

namespace planscribe {
namespace {

namespace fs = std::filesystem;

uint64_t fnv1a(const std::string& text, uint64_t hash) {
  for (unsigned char c : text) hash = (hash ^ c) * 1099511628211ull;
  return hash;
}

struct RuleFile {
  std::string path, content;
  bool data = false;  // has parts, lists or units, which the rules of other files need
};

std::vector<RuleFile> find_files(const std::string& folder) {
  std::vector<RuleFile> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".toml") files.push_back({it->path().string(), "", false});
  }
  if (error) throw Error(ExitCode::input_file, folder + ": cannot be read (" + error.message() + "); name a folder of rules");
  for (auto& file : files) {
    std::ifstream in(file.path, std::ios::binary);
    if (!in) throw Error(ExitCode::file_access, file.path + ": cannot be read; check its permissions");
    std::ostringstream content;
    content << in.rdbuf();
    file.content = content.str();
    file.data = ("\n" + file.content).find("\n[[rule]]") == std::string::npos;
  }
  std::sort(files.begin(), files.end(), [](const RuleFile& a, const RuleFile& b) {
    return a.data != b.data ? a.data : a.path < b.path;
  });
  return files;
}

std::vector<RuleFile> find_all_files(const std::vector<std::string>& folders) {
  std::vector<RuleFile> all;
  for (const auto& folder : folders) {
    for (auto& file : find_files(folder)) all.push_back(std::move(file));
  }
  return all;
}

std::unique_ptr<Pattern> list_pattern(const std::string& words, const char* before, const char* after) {
  return std::make_unique<Pattern>("(?i)" + std::string(before) + "(" + words + ")" + after);
}

void finish_lists(RuleSet::Impl& rules) {
  for (auto& [name, list] : rules.lists) {
    for (const auto& entry : list.entries) {
      list.by_key.emplace(fold(entry.text), entry.value);
      list.exact.emplace(to_lower(entry.text), entry.value);
    }
    std::vector<std::string> texts;
    for (const auto& entry : list.entries) texts.push_back(entry.text);
    const std::string words = words_pattern(texts);
    list.prefix = list_pattern(words, "^[\\s,:–-]*", "(?:$|[^\\p{L}\\p{N}])");
    list.suffix = list_pattern(words, "(?:^|[^\\p{L}\\p{N}])", "[\\s:–-]*$");
    list.anywhere = list_pattern(words, "(?:^|[^\\p{L}\\p{N}])", "(?:$|[^\\p{L}\\p{N}])");
  }
}

void finish_rules(RuleSet::Impl& rules) {
  int order = 0;
  for (auto& rule : rules.rules) {
    rule.order = order++;
    rules.by_field[rule.field].push_back(&rule);
  }
}

std::string version_of(const std::vector<RuleFile>& files) {
  uint64_t hash = 1469598103934665603ull;
  for (const auto& file : files) hash = fnv1a(file.content, hash);
  char version[20];
  std::snprintf(version, sizeof version, "%016llx", static_cast<unsigned long long>(hash));
  return version;
}

}  // namespace

RuleSet::RuleSet() : impl_(std::make_unique<Impl>()) {}
RuleSet::RuleSet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
const std::string& RuleSet::version() const { return impl_->version; }

std::string rules_version(const std::vector<std::string>& folders) { return version_of(find_all_files(folders)); }

RuleSet read_rules(const std::vector<std::string>& folders) {
  auto impl = std::make_unique<RuleSet::Impl>();
  const std::vector<RuleFile> files = find_all_files(folders);
  for (const auto& file : files) read_rule_file(*impl, file.path, file.content);
  if (impl->rules.empty()) {
    throw Error(ExitCode::invalid_data, (folders.empty() ? "rules" : folders.front()) +
                                            ": no rules found; name a folder with *.toml rule files");
  }
  finish_lists(*impl);
  finish_rules(*impl);
  impl->version = version_of(files);
  return RuleSet(std::move(impl));
}

}  // namespace planscribe

#include "pipeline/commands.h"

#include <fstream>
#include <iostream>
#include <iterator>

#include "models/unicode.h"
#include "pipeline/explain.h"
#include "pipeline/extract_pages.h"
#include "pipeline/hash.h"
#include "pipeline/restore_pages.h"
#include "pipeline/input_file.h"
#include "pipeline/text_blocks.h"
#include "pipeline/text_files.h"
#include "rules/check.h"
#include "rules/record_json.h"
#include "version.h"

namespace planscribe {
namespace {

std::string read_text(const std::string& path, bool lossy) {
  const std::string text = path == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {}) : read_file(path);
  const size_t bad = find_invalid_utf8(text);
  if (bad == std::string::npos) return text;
  if (text.starts_with("%PDF-")) throw Error(ExitCode::input_file, path + ": is a PDF, no text; use planscribe run");
  if (!lossy)
    throw Error(ExitCode::input_file, path + ": not UTF-8 at byte " + std::to_string(bad) + "; convert it, or use --lossy");
  return replace_invalid_utf8(text);
}

std::vector<std::string> files_or_stdin(const TextOptions& options) {
  return options.files.empty() ? std::vector<std::string>{"-"} : options.files;
}

}  // namespace

ExitCode restore_files(const TextOptions& options) {
  const Restorer restorer(options.process.data_folder + "/models");
  for (const std::string& name : files_or_stdin(options)) {
    std::ifstream file;
    if (name != "-") file.open(name, std::ios::binary);
    if (!file) throw Error(ExitCode::file_access, name + ": cannot be read; check that it exists and its permissions");
    TextBlockReader reader(name == "-" ? std::cin : file, name, options.lossy);
    for (TextBlock block; reader.next(block);) {
      const std::vector<RestoredLine> restored = restorer.restore(block.lines);
      for (size_t i = 0; i < restored.size(); ++i) std::cout << restored[i].text << block.ends[i];
      if (options.explain) explain_changes(name, block, restored, std::cerr);
    }
  }
  return ExitCode::ok;
}

ExitCode extract_files(const TextOptions& options) {
  Tools tools(options.process);
  for (const std::string& file : files_or_stdin(options)) {
    const std::string text = read_text(file, options.lossy);
    std::vector<Page> pages = pages_of_text(text);
    if (options.process.restore) restore_pages(pages, tools.restorer());
    Record record = extract_pages(pages, tools.rules(), options.explain ? &std::cerr : nullptr);
    record.source = {file, file == "-" ? sha256_of(text) : sha256_of_file(file), "text/plain", static_cast<int>(pages.size())};
    record.made_by = {std::string("planscribe ") + PLANSCRIBE_VERSION, "none", tools.restorer().version(), tools.rules().version()};
    std::cout << to_json_line(record) << "\n";
  }
  return ExitCode::ok;
}

ExitCode test_rules(const RuleOptions& options) {
  const RuleSet rules = read_rules(options.folders);
  const int failed = run_rule_examples(rules, std::cout);
  std::cerr << "planscribe: " << failed << " of " << count_examples(rules) << " examples failed\n";
  return failed == 0 ? ExitCode::ok : ExitCode::invalid_data;
}

ExitCode check_rules(const RuleOptions& options) {
  const int findings = lint_rules(read_rules(options.folders), std::cout);
  std::cerr << "planscribe: " << findings << " findings\n";
  return findings == 0 ? ExitCode::ok : ExitCode::invalid_data;
}

}  // namespace planscribe

// process.h: what happens to a document, stage by stage: acquire -> clean -> recognise -> restore -> extract.
// Runs inside a worker process; storing is the main process's part (run.cc).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/restorer.h"
#include "pipeline/page.h"
#include "pipeline/recognise.h"
#include "pipeline/input_file.h"
#include "rules/extract.h"

namespace planscribe {

enum class Mode { automatic, ocr, text };  // who is believed: judge the text layer, always the image, always the text

struct ProcessOptions {
  std::string language = "vie";
  Mode mode = Mode::automatic;
  bool restore = true;
  std::string data_folder;               // holds models/ and rules/
  std::vector<std::string> rule_folders; // added to data_folder/rules
};

// The tools that cost time to set up, made once a process and kept; the recogniser and the rules when first asked for.
class Tools {
 public:
  explicit Tools(const ProcessOptions& options);
  const ProcessOptions& options() const { return options_; }
  const Restorer& restorer() const { return restorer_; }
  const RuleSet& rules();  // throws Error(invalid_data) when a rule file is wrong
  const std::string& rules_version() const { return rules_version_; }
  Recogniser& recogniser();

 private:
  ProcessOptions options_;
  Restorer restorer_;
  std::string rules_version_;
  std::optional<RuleSet> rules_;
  std::unique_ptr<Recogniser> recogniser_;
};

// One page as read: from its text layer, its text or its image. Throws Error when the page is bad.
Page read_page(const InputFile& input, int number, Tools& tools);

struct Finished {
  std::vector<Page> pages;  // restored
  Record record;            // source and made_by filled in
};

// The read pages of a document -> restored pages and record.
Finished finish_document(std::vector<Page> pages, const InputFile& input, const std::string& path, const std::string& sha256,
                         Tools& tools);

// What decides the content of a page besides the page itself: part of every cache key.
std::string reading_settings(Tools& tools);
// What decides the record besides the pages.
std::string extraction_settings(const Tools& tools);

}  // namespace planscribe

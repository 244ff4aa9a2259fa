#include "pipeline/process.h"

#include "pipeline/error.h"
#include "pipeline/extract_pages.h"
#include "pipeline/restore_pages.h"
#include "pipeline/text_layer.h"
#include "version.h"

namespace planscribe {
namespace {

// Raise it when the way pages are read changes: pages of an older reading are then read again.
constexpr const char* kReadingVersion = "reading/9";
constexpr const char* kRestoringVersion = "restoring/7";

std::vector<std::string> rule_folders(const ProcessOptions& options) {
  std::vector<std::string> folders{options.data_folder + "/rules"};
  folders.insert(folders.end(), options.rule_folders.begin(), options.rule_folders.end());
  return folders;
}

Page read_image(const InputFile& input, int number, Tools& tools) {
  const Scan scan = input.scan(number);               // acquire
  Page page = tools.recogniser().read(scan);           // clean, recognise; boxes in pixels of the scan
  if (page.status == PageStatus::blank && !input.damage().empty())  // not blank on paper
    throw Error(ExitCode::input_file, "its picture is damaged (" + input.damage() + "); scan it again, or save the page as TIFF or PNG");
  page.number = number;
  page.dpi = scan.dpi;
  return page;
}

Page read_pdf_page(const InputFile& input, int number, Tools& tools) {
  const Mode mode = tools.options().mode;
  if (mode == Mode::ocr) return read_image(input, number, tools);
  const std::vector<LayerWord> layer = input.text_layer(number);
  const bool trusted = judge_text_layer(layer, tools.restorer()).trusted;
  if (!trusted && mode == Mode::automatic) return read_image(input, number, tools);
  Page page = lay_out(input.empty_page(number), layer);
  if (!trusted) page.origin = PageOrigin::untrusted_layer;
  if (layer.empty()) page.status = PageStatus::blank;
  return page;
}

Page read_text(const InputFile& input, int number) {
  Page page = input.text_page(number);
  for (const Line& line : page.regions.front().lines)
    if (!line.words.empty()) return page;
  page.status = PageStatus::blank;
  return page;
}

}  // namespace

Tools::Tools(const ProcessOptions& options)
    : options_(options), restorer_(options.data_folder + "/models"), rules_version_(planscribe::rules_version(rule_folders(options))) {}

const RuleSet& Tools::rules() {
  if (!rules_) rules_ = read_rules(rule_folders(options_));
  return *rules_;
}

Recogniser& Tools::recogniser() {
  if (!recogniser_) recogniser_ = make_recogniser({.language = options_.language, .text_cost = [this](const std::string& text) { return restorer_.cost(text); }});
  return *recogniser_;
}

Page read_page(const InputFile& input, int number, Tools& tools) {
  switch (input.kind()) {
    case InputKind::text: return read_text(input, number);
    case InputKind::pdf: return read_pdf_page(input, number, tools);
    case InputKind::image: return read_image(input, number, tools);
  }
  throw std::logic_error("read_page: unknown kind of source");
}

Finished finish_document(std::vector<Page> pages, const InputFile& input, const std::string& path, const std::string& sha256,
                         Tools& tools) {
  if (tools.options().restore) restore_pages(pages, tools.restorer());  // from here on Word::text is restored
  Record record = extract_pages(pages, tools.rules());                  // evidence points into the pages
  record.source = {path, sha256, media_type(input.kind(), path), input.page_count()};
  record.made_by = {std::string("planscribe ") + PLANSCRIBE_VERSION, tools.recogniser().version(), tools.restorer().version(),
                    tools.rules().version()};
  return {std::move(pages), std::move(record)};
}

std::string reading_settings(Tools& tools) {
  static constexpr const char* kModes[] = {"auto", "ocr", "text"};
  return std::string(kReadingVersion) + "|" + tools.recogniser().version() + "|" +
         kModes[static_cast<int>(tools.options().mode)];
}

std::string extraction_settings(const Tools& tools) {
  return std::string(kRestoringVersion) + "|" + PLANSCRIBE_VERSION + "|" + tools.restorer().version() + "|" +
         tools.rules_version() + (tools.options().restore ? "|restore" : "|raw");
}

}  // namespace planscribe

#include "pipeline/commands_review.h"

#include <fmt/format.h>

#include <iostream>

#include "corpus/corrections.h"
#include "corpus/review.h"
#include "pipeline/open_corpus.h"
#include "pipeline/outputs.h"
#include "pipeline/review_page.h"
#include "pipeline/wording.h"

namespace planscribe {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string item_json(const ReviewItem& item) {
  return dump({{"path", item.path}, {"field", item.field}, {"value", item.value}, {"confidence", item.confidence},
               {"text", item.text}, {"raw", item.raw},     {"page", item.page},   {"line", item.line}});
}

// A row in short: the parts that hold something.
std::string shown(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_object()) return dump(value);
  std::string text;
  for (const auto& [name, part] : value.items())
    if (!part.is_structured() && !part.is_null()) text += (text.empty() ? "" : ", ") + name + " " + shown(part);
  return text;
}

std::string item_text(const ReviewItem& item) {
  return fmt::format("{:.2f}  {}#page={}  {}\n    {}\n    read: {}", item.confidence, printable(item.path), item.page, item.field,
                     printable(shown(item.value)), printable(item.raw));
}

}  // namespace

ExitCode review_corpus(const ReviewOptions& options) {
  const Store store = open_corpus(options.corpus);
  SearchFilter filter = options.filter;
  if (!options.document.empty()) filter.path = find_path(store, options.document);
  const std::vector<ReviewItem> items = list_review(store, filter, options.limit);
  if (!options.output.empty()) {
    write_file_atomically(options.output, make_review_page(options.corpus, items));
    std::cerr << "planscribe: " << counted(static_cast<long>(items.size()), "value") << " to look at in " << options.output << "; open it in a browser\n";
    return ExitCode::ok;
  }
  for (const ReviewItem& item : items) std::cout << (options.json ? item_json(item) : item_text(item)) << "\n";
  if (items.empty()) std::cerr << "planscribe: nothing to look at\n";
  return ExitCode::ok;
}

}  // namespace planscribe

#include "corpus/field_path.h"

#include <charconv>

#include "pipeline/error.h"

namespace planscribe {
namespace {

[[noreturn]] void fail(const std::string& text, const std::string& problem) {
  throw Error(ExitCode::bad_arguments,
              "field '" + text + "': " + problem + "; write it like document.number, targets[3].value or targets[+]");
}

FieldStep parse_step(const std::string& text, const std::string& part) {
  FieldStep step;
  const size_t bracket = part.find('[');
  step.name = part.substr(0, bracket);
  if (step.name.empty()) fail(text, "a name is missing");
  if (bracket == std::string::npos) return step;
  if (part.back() != ']') fail(text, "'" + part + "' does not end with ]");
  const std::string inside = part.substr(bracket + 1, part.size() - bracket - 2);
  if (inside == "+") {
    step.append = true;
    return step;
  }
  size_t index = 0;
  const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), index);
  if (error != std::errc() || end != inside.data() + inside.size())
    fail(text, "'" + inside + "' is no row number, counted from 0");
  step.index = index;
  return step;
}

}  // namespace

FieldPath parse_field_path(const std::string& text) {
  FieldPath path;
  for (size_t at = 0; at <= text.size();) {
    const size_t dot = std::min(text.find('.', at), text.size());
    path.push_back(parse_step(text, text.substr(at, dot - at)));
    if (path.back().append && dot < text.size()) fail(text, "a new row is given as a whole");
    at = dot + 1;
  }
  return path;
}

std::string to_text(const FieldPath& path) {
  std::string text;
  for (const FieldStep& step : path) {
    text += (text.empty() ? "" : ".") + step.name;
    if (step.append) text += "[+]";
    if (step.index) text += "[" + std::to_string(*step.index) + "]";
  }
  return text;
}

}  // namespace planscribe

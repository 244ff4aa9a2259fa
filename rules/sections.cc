// Headings and their paths ("II.1.3"), and what each section is about, by the rules of the field "section".
#include <algorithm>

#include "rules/clause.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr int kTitleWords = 6;
constexpr size_t kHeadingBytes = 330;  // a longer numbered paragraph is text, though it still counts in the path

struct Level {
  int depth;
  std::string label, kind;
};

int depth_of(const Paragraph& paragraph) {
  switch (paragraph.marker) {
    case MarkerKind::capital: return 0;
    case MarkerKind::roman: return 1;
    case MarkerKind::number:
      return 2 + static_cast<int>(std::count(paragraph.label.begin(), paragraph.label.end(), '.'));
    case MarkerKind::letter: return 7;
    default: return -1;
  }
}

// The deepest number holds those above it: II + 1 + 1.3 -> II.1.3.
std::string path_of(const std::vector<Level>& stack) {
  std::string capital, roman, number, letter;
  for (const auto& level : stack) {
    (level.depth == 0 ? capital : level.depth == 1 ? roman : level.depth == 7 ? letter : number) = level.label;
  }
  std::string path;
  for (const auto& part : {capital, roman, number, letter}) {
    if (!part.empty()) path += (path.empty() ? "" : ".") + part;
  }
  return path;
}

std::string kind_by_rules(const Plan& plan, const Paragraph& paragraph, const char* where) {
  const std::string text = paragraph.text.substr(paragraph.body, kHeadingBytes);
  const auto matches = find_matches(plan.rules, MatchText(text), "section", where, plan.explain);
  const Match* best = nullptr;
  for (const auto& match : matches) {
    if (!best || match.rule->priority > best->rule->priority) best = &match;
  }
  return best ? best->rule->set.at("kind") : "";
}

bool all_capitals(const std::string& text) {
  static const Pattern lower(R"(\p{Ll})"), upper(R"(\p{Lu}{2})");
  return text.size() < 250 && !RE2::PartialMatch(text, lower) && RE2::PartialMatch(text, upper);
}

// A numbered sentence of a list of targets speaks of "đối tượng", "tiêu chuẩn" or "nội dung" without heading any such
// section: below a roman number only what reads like a title can change the kind.
bool reads_like_title(const Plan& plan, const Paragraph& paragraph, int depth) {
  if (depth <= 1 || all_capitals(paragraph.text)) return true;
  const std::string text = paragraph.text.substr(paragraph.body);
  if (std::string(".;,").find(text.back()) != std::string::npos && count_words(text) > kTitleWords) return false;
  if (count_words(text) > 2 * kTitleWords && text.back() != ':') return false;
  return find_matches(plan.rules, MatchText(text), "targets.quantity", "target").empty();
}

// "4. Danh hiệu đăng ký: 16/18 công chức ...", "5. Tổ chức thực hiện: ...": a title with its text behind the colon.
std::string kind_of_run_in_title(const Plan& plan, const Paragraph& paragraph) {
  const Fragment title = sub_fragment(paragraph, paragraph.body, std::min(paragraph.text.find(':'), paragraph.text.size()));
  if (title.text.size() == paragraph.text.size() - paragraph.body || count_words(title.text) > kTitleWords) return "";
  for (const auto& match : find_matches(plan.rules, MatchText(title.text), "section", "heading", plan.explain)) {
    const std::string& kind = match.rule->set.at("kind");
    if (kind == "target" || kind == "organisation") return kind;
  }
  return "";
}

}  // namespace

void mark_sections(const Plan& plan, std::vector<Paragraph>& paragraphs) {
  std::vector<Level> stack;
  std::string kind = "preamble";
  for (auto& paragraph : paragraphs) {
    const int depth = all_capitals(paragraph.text) && paragraph.marker == MarkerKind::none ? 1 : depth_of(paragraph);
    paragraph.section = path_of(stack);
    if (depth >= 0) {
      while (!stack.empty() && stack.back().depth >= depth) stack.pop_back();
      paragraph.section = path_of(stack);
      const bool title = paragraph.text.size() <= kHeadingBytes && reads_like_title(plan, paragraph, depth);
      std::string own = title ? kind_by_rules(plan, paragraph, "heading") : kind_of_run_in_title(plan, paragraph);
      if (own.empty()) own = stack.empty() ? (kind == "preamble" ? "content" : depth <= 1 ? "content" : kind) : stack.back().kind;
      stack.push_back({depth, paragraph.label, own});
      kind = own;
      paragraph.heading = paragraph.text.size() <= kHeadingBytes;
      paragraph.own_section = path_of(stack);
    } else if (paragraph.text.size() <= 2 * kHeadingBytes && paragraph.text.back() == ':') {
      const std::string lead = kind_by_rules(plan, paragraph, "lead");
      if (!lead.empty()) kind = lead;
      if (!lead.empty() && !stack.empty()) stack.back().kind = lead;
    } else if (kind == "preamble" && paragraph.marker != MarkerKind::none) {
      kind = "content";
    }
    paragraph.kind = kind;
  }
}

}  // namespace planscribe

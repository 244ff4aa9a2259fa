// The targets of a plan: which paragraphs are asked, what bullets above and headings give to those below, tables.
#include <algorithm>

#include "rules/allotments.h"
#include "rules/value.h"

namespace planscribe {
namespace {

bool holds_targets(const std::string& kind) {
  return kind == "target" || kind == "content" || kind == "rounds" || kind == "table";
}

// "- Phát triển chăn nuôi:" heads the "+ ..." bullets below it.
std::string head_of_children(const Paragraph& paragraph) {
  if (paragraph.heading || paragraph.text.empty() || paragraph.text.back() != ':') return "";
  if (paragraph.marker != MarkerKind::dash && paragraph.marker != MarkerKind::bracket) return "";
  std::string text = paragraph.text.substr(paragraph.body);
  // "Vốn ngân sách: 342 tỷ đồng, trong đó:": the head is what has the number.
  static const Pattern number_behind_colon(R"(:.*\d)");
  if (RE2::PartialMatch(text, number_behind_colon)) text.resize(text.find(':'));
  const std::string head = trim_to_words(collapse_spaces(text));
  return head.size() > 120 ? "" : head;
}

// "1. Đến năm 2025:" gives its due to the targets of its section that have none of their own.
struct HeadingDue {
  std::string section, due;

  void note(const Plan& plan, const Paragraph& paragraph) {
    if (!paragraph.heading) return;
    if (!section.empty() && paragraph.own_section.rfind(section, 0) != 0) section.clear();
    for (const auto& match : find_matches(plan.rules, MatchText(paragraph.text), "targets.due", paragraph.kind)) {
      if (match.rule->set.count("heading") == 0) continue;
      const auto date = parse_date(match.text("due"), plan.year, true);
      if (!date || date->impossible || std::atoi(date->iso.c_str()) < plan.year) continue;
      section = paragraph.own_section;
      due = date->iso;
    }
  }

  void give(std::vector<Target>& targets, size_t from) const {
    if (section.empty()) return;
    for (size_t i = from; i < targets.size(); ++i) {
      const bool inside = targets[i].section.value_or("").rfind(section, 0) == 0;
      if (inside && !targets[i].due) targets[i].due = due;
    }
  }
};

}  // namespace

std::vector<Target> read_targets(const Plan& plan) {
  std::vector<Target> targets;
  HeadingDue heading_due;
  std::string head;
  MarkerKind head_marker = MarkerKind::none;
  const auto take = [&](const Paragraph& paragraph, const std::string& above) {
    for (auto& target : targets_of_paragraph(plan, paragraph, above)) {
      if (!target.due && !paragraph.due.empty()) target.due = paragraph.due;
      targets.push_back(std::move(target));
    }
  };
  BulletAllotment allotment;
  for (const auto& paragraph : plan.paragraphs) {
    const bool child = !head.empty() && paragraph.marker != head_marker && paragraph.marker != MarkerKind::none &&
                       (paragraph.marker == MarkerKind::plus || paragraph.marker == MarkerKind::dash);
    if (!child) head.clear();
    heading_due.note(plan, paragraph);
    const size_t before = targets.size();
    const auto shares = allotment.read(plan, paragraph);
    for (const auto& share : shares) take(share, "");
    if (shares.empty()) allotment.opens(plan, paragraph);
    if (holds_targets(paragraph.kind) && shares.empty()) take(paragraph, child ? head : "");
    heading_due.give(targets, before);
    if (const std::string own = head_of_children(paragraph); !own.empty()) {
      head = own;
      head_marker = paragraph.marker;
    }
  }
  for (const auto& row : table_paragraphs(plan)) take(row, "");
  return targets;
}

}  // namespace planscribe

// Parts the lines of a plan into head, title, body, recipients and signature: by the regions of the layout where it
// is known, else by the words that open each zone.
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr int kHeadLines = 60;       // the type of the document stands within so many lines with text
constexpr size_t kStrayBytes = 6;    // what a seal or a stain may leave before the authority
constexpr double kTailShare = 0.5;   // a signature in the first half of the lines belongs to something else

bool outside_text(RegionKind kind) {
  return kind == RegionKind::page_number || kind == RegionKind::stamp || kind == RegionKind::margin;
}

// A lone page number (not a year, which ends many a title), a rule of dashes, or nothing.
bool is_noise(const std::string& text) {
  static const Pattern noise(R"(^[\s\-–—_=*.·•#/|]*\d{0,3}[\s\-–—_=*.·•#/|]*$)");
  static const Pattern letters_or_digits(R"([\p{L}\d])");
  return text.size() <= 12 ? RE2::FullMatch(text, noise) : !RE2::PartialMatch(text, letters_or_digits);
}

// Lines without markdown asterisks and page furniture; blank lines leave after_blank on the next.
std::vector<Fragment> clean_lines(const Plan& plan, const std::set<int>& taken) {
  std::vector<Fragment> out;
  bool blank = false;
  for (size_t i = 0; i < plan.lines.size(); ++i) {
    const SourceLine& line = plan.lines[i];
    if ((line.layout_known && outside_text(line.region)) || taken.count(static_cast<int>(i))) continue;
    Fragment fragment;
    size_t from = 0;
    while (from <= line.text.size()) {
      const size_t star = std::min(line.text.find("**", from), line.text.size());
      Fragment part;
      part.text = line.text.substr(from, star - from);
      part.pieces.push_back({0, static_cast<int>(i), from, part.text.size()});
      if (!part.text.empty()) append(fragment, part, "");
      from = star + 2;
    }
    const size_t hashes = fragment.text.find_first_not_of("# ");
    fragment = sub_fragment(fragment, hashes == std::string::npos ? 0 : hashes, fragment.text.size());
    if (fragment.empty() || (line.table < 0 && is_noise(fragment.text))) {
      blank = true;
      continue;
    }
    fragment.after_blank = blank;
    blank = false;
    out.push_back(std::move(fragment));
  }
  return out;
}

const SourceLine& source(const Plan& plan, const Fragment& fragment) { return plan.lines[fragment.pieces[0].line]; }

bool in_region(const Plan& plan, const Fragment& fragment, RegionKind kind) {
  const SourceLine& line = source(plan, fragment);
  return line.layout_known && line.region == kind;
}

std::optional<Match> first_match(const Plan& plan, const Fragment& fragment, const char* field, const char* where) {
  auto matches = find_matches(plan.rules, MatchText(fragment.text), field, where);
  if (matches.empty()) return std::nullopt;
  return matches.front();
}

size_t find_type(const Plan& plan, const std::vector<Fragment>& lines) {
  const size_t limit = std::min<size_t>(lines.size(), kHeadLines);
  for (size_t i = 0; i < limit; ++i) {
    if (first_match(plan, lines[i], "document.type", "title")) return i;
  }
  return lines.size();
}

// Left and right column of the head stand on one line in plain text: the motto and the place with its date are
// the right one, what is before them the left one.
void split_head_line(Plan& plan, const Fragment& line) {
  if (in_region(plan, line, RegionKind::head_left)) return plan.head_left.push_back(line);
  size_t cut = std::string::npos;
  for (const char* field : {"document.motto", "document.place_date"}) {
    if (auto match = first_match(plan, line, field, "")) cut = std::min(cut, match->begin);
  }
  if (cut == std::string::npos) cut = in_region(plan, line, RegionKind::head_right) ? 0 : line.text.size();
  Fragment left = sub_fragment(line, 0, cut), right = sub_fragment(line, cut, line.text.size());
  if (!left.empty()) plan.head_left.push_back(std::move(left));
  if (!right.empty()) plan.head_right.push_back(std::move(right));
}

// "HẠT TRƯỞNG" alone on its line: who signs without an authority before it, above the recipients.
bool is_lone_position(const Plan& plan, const Fragment& line) {
  static const Pattern capitals(R"(^[\s\p{Lu}]+$)");
  if (!line.after_blank || !RE2::FullMatch(line.text, capitals)) return false;
  const auto position = first_match(plan, line, "signer.position", "signature");
  return position && position->begin == 0;
}

size_t find_tail(const Plan& plan, const std::vector<Fragment>& lines, size_t from) {
  const size_t half = std::max(from, static_cast<size_t>(lines.size() * kTailShare));
  for (size_t i = half; i < lines.size(); ++i) {
    if (in_region(plan, lines[i], RegionKind::recipients) || in_region(plan, lines[i], RegionKind::signature)) return i;
    if (first_match(plan, lines[i], "recipients.start", "recipients")) return i;
    const auto authority = first_match(plan, lines[i], "signer.authority", "signature");
    if ((authority && authority->begin <= kStrayBytes) || is_lone_position(plan, lines[i])) return i;
  }
  return lines.size();
}

bool opens_annex(const Fragment& line) {
  static const Pattern annex(R"(^(?:PHỤ LỤC|Phụ lục|BIỂU (?:SỐ|CHI TIÊU|CHỈ TIÊU)|DANH MỤC))");
  return RE2::PartialMatch(line.text, annex);
}

// The signature stands to the right of the recipients and may share their lines.
void split_tail_line(Plan& plan, const Fragment& line) {
  if (in_region(plan, line, RegionKind::signature)) return plan.signature.push_back(line);
  const bool known = in_region(plan, line, RegionKind::recipients);
  size_t cut = line.text.size();
  for (const char* field : {"signer.authority", "signer.position", "signer.name", "signer.mark"}) {
    if (known && field == std::string_view("signer.name")) continue;  // no name hides in a list that was seen apart
    if (auto match = first_match(plan, line, field, "signature")) cut = std::min(cut, match->begin);
  }
  Fragment left = sub_fragment(line, 0, cut), right = sub_fragment(line, cut, line.text.size());
  left.after_blank = line.after_blank;
  if (!left.empty()) plan.recipients.push_back(std::move(left));
  if (!right.empty()) plan.signature.push_back(std::move(right));
}

// The title runs from the type to the first line that opens the body.
size_t take_title(Plan& plan, const std::vector<Fragment>& lines, size_t type) {
  plan.type_and_title.push_back(lines[type]);
  const auto own = first_match(plan, lines[type], "document.type", "title");
  bool has_title = own && own->end + 3 < lines[type].text.size();
  size_t i = type + 1;
  for (; i < lines.size() && i < type + 8; ++i) {
    if (in_region(plan, lines[i], RegionKind::title)) {
      plan.type_and_title.push_back(lines[i]);
      has_title = true;
      continue;
    }
    if (source(plan, lines[i]).layout_known && has_title) break;
    const std::string& text = lines[i].text;
    static const Pattern lower(R"(^\p{Ll})");
    const bool starts_lower = RE2::PartialMatch(text, lower);
    if (first_match(plan, lines[i], "document.body_start", "title")) break;
    if (has_title && lines[i].after_blank && !starts_lower) break;
    if (has_title && !starts_lower && first_match(plan, lines[i], "document.title_end", "title")) break;
    if (text.size() > 300 || (has_title && (text.back() == ';' || text.back() == ':'))) break;
    plan.type_and_title.push_back(lines[i]);
    has_title = true;
  }
  return i;
}

}  // namespace

void split_zones(Plan& plan) {
  std::set<int> taken;
  plan.table_rows = find_table_rows(plan, taken);
  const std::vector<Fragment> lines = clean_lines(plan, taken);
  const size_t type = find_type(plan, lines);
  size_t body = 0;
  if (type < lines.size()) {
    for (size_t i = 0; i < type; ++i) split_head_line(plan, lines[i]);
    body = take_title(plan, lines, type);
  } else {
    // Without a type only what the layout shows as head is head.
    while (body < lines.size() && (in_region(plan, lines[body], RegionKind::head_left) ||
                                   in_region(plan, lines[body], RegionKind::head_right))) {
      split_head_line(plan, lines[body++]);
    }
  }
  const size_t tail = find_tail(plan, lines, body);
  size_t annex = tail;
  while (annex < lines.size() && !(annex > tail && opens_annex(lines[annex]))) split_tail_line(plan, lines[annex++]);
  std::vector<Fragment> text;
  for (size_t i = body; i < lines.size(); ++i) {
    if (i == tail) i = annex;
    if (i < lines.size() && source(plan, lines[i]).table < 0) text.push_back(lines[i]);
  }
  plan.paragraphs = assemble_paragraphs(plan, text);
  mark_sections(plan, plan.paragraphs);
}

}  // namespace planscribe

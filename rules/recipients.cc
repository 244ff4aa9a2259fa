// The list of recipients: one item a line, whole and apart also where a seal or a signature left signs beside it.
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"
#include "rules/known_terms.h"
#include "rules/look_alike.h"

namespace planscribe {
namespace {

constexpr double kItem = 0.92, kRepairedPurpose = 0.8, kMendedTerm = 0.8;
constexpr size_t kPurposeBytes = 24;  // a longer bracket is no purpose

Fragment without_bullet(const Fragment& line) {
  static const Pattern bullet(R"(^([-–—+*•●▪·o~=»]\s*-?\s*|\d{1,2}[.)]\s+))");
  re2::StringPiece rest(line.text), found;
  if (!RE2::Consume(&rest, bullet)) return line;
  return sub_fragment(line, rest.data() - line.text.data(), line.text.size());
}

bool has_bullet(const Fragment& line) { return without_bullet(line).text.size() != line.text.size(); }

// Where the ";" stands that closes the item; the end when there is none.
size_t item_end(const std::string& text) {
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' || text[i] == '}') depth = std::max(0, depth - 1);
    if (text[i] == ';' && depth == 0) return i;
  }
  return text.size();
}

bool is_file_copy(const std::string& item) {
  static const Pattern file_copy(R"((?i)^lưu(?:$|[^\p{L}]))");
  return RE2::PartialMatch(item, file_copy);
}

// What stands behind the ";": words of the item, or what a stamp left. Of the file copy ("Lưu: VT; TH") an
// abbreviation goes on with it: no tone mark stands in one.
bool goes_on(const std::string& item, const std::string& rest) {
  static const Pattern words(R"(\p{L}{2,}[\s,]+(?:\p{L}+[\s,]+)*\p{L}{2,})");
  static const Pattern abbreviations(R"(^\s*[A-ZĐƯƠÂĂÊÔ&\d]{2,}(?:[\s,;.-]+[A-ZĐƯƠÂĂÊÔ&\d]{2,})*(?:\s*\([^()]*\))?\W*$)");
  return is_file_copy(item) ? RE2::PartialMatch(rest, abbreviations) : RE2::PartialMatch(rest, words);
}

// An item is closed by ";"; "- Như trên; - Lưu: VT." are two.
void add_items(std::vector<Fragment>& items, Fragment line) {
  static const Pattern two_letters(R"(\p{L}{2})");
  while (!line.empty()) {
    const size_t end = item_end(line.text);
    if (end == line.text.size()) return items.push_back(std::move(line));
    const Fragment rest = sub_fragment(line, end + 1, line.text.size());
    const bool next = has_bullet(rest) && RE2::PartialMatch(rest.text, two_letters);
    const bool more = !next && goes_on(line.text, rest.text);
    items.push_back(more ? line : sub_fragment(line, 0, end + 1));
    line = next ? without_bullet(rest) : Fragment{};
  }
}

// "(để T/" and "h);" are cut inside a word.
const char* joint(const std::string& before) { return before.back() == '/' ? "" : " "; }

// Lines that go on with an item are joined first: a line with a bullet, or one behind a ";", opens the next.
std::vector<Fragment> recipient_items(const Plan& plan) {
  std::vector<Fragment> lines, items;
  bool started = false;
  static const Pattern item(R"(^[-–—~]\s*\p{Lu}.*;\s*$)");  // the list tells itself where its heading is lost
  for (const auto& line : plan.recipients) {
    started = started || RE2::FullMatch(line.text, item);
    Fragment rest = line;
    const auto start = find_matches(plan.rules, MatchText(line.text), "recipients.start", "recipients");
    if (!start.empty()) {
      rest = sub_fragment(line, start.front().end, line.text.size());
      started = true;
    }
    if (rest.empty() || !started) continue;
    const bool closed = lines.empty() || lines.back().text.back() == '.' || item_end(lines.back().text) < lines.back().text.size();
    // The file copy ends the list.
    if (closed && !has_bullet(rest) && !lines.empty() && is_file_copy(lines.back().text)) break;
    if (has_bullet(rest) || closed) {
      lines.push_back(without_bullet(rest));
    } else {
      append(lines.back(), rest, joint(lines.back().text));
    }
  }
  for (auto& line : lines) add_items(items, std::move(line));
  return items;
}

// "để Bọc", "để Th": of a purpose in two letters the stroke is what print and reading lose; the letters tell it.
std::string purpose_by_letters(const WordList& list, const std::string& printed) {
  static const Pattern letters(R"(^de\s+([a-z])\S?([a-z])$)");
  std::string first, last, found;
  if (!RE2::FullMatch(fold(collapse_spaces(printed)), letters, &first, &last)) return "";
  for (const auto& entry : list.entries) {
    if (fold(entry.text) != "de " + first + "/" + last) continue;
    if (!found.empty()) return "";
    found = entry.text;
  }
  return found;
}

// "(để 1/h)" is "(để t/h)": the purposes are few, and only one looks like it. Says whether it was repaired.
bool repair_purpose(const RuleSet::Impl& rules, std::string& value) {
  size_t open = value.rfind('(');
  re2::StringPiece purpose;
  if (open == std::string::npos && value.back() == ')' &&
      RE2::PartialMatch(value.substr(0, value.size() - 1), *rules.list("recipient_purpose").suffix, &purpose)) {
    open = value.size() - 1 - purpose.size();
    value.insert(open, "(");
    return true;
  }
  if (open == std::string::npos || value.size() - open > kPurposeBytes) return false;
  const size_t close = value.find_last_not_of(")}] .");
  const std::string printed = value.substr(open + 1, close - open);
  const WordList& list = rules.list("recipient_purpose");
  const bool whole = list.exact.count(to_lower(collapse_spaces(printed))) > 0;
  if (whole && value.back() == ')') return false;
  std::string known = whole ? printed : same_shape_entry(list, printed);
  if (known.empty()) known = purpose_by_letters(list, printed);
  if (known.empty()) return false;
  // "T/h" is printed as often as "t/h".
  const size_t stroke = known.find('/');
  const bool capital = std::any_of(printed.begin(), printed.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (capital && stroke != std::string::npos && stroke > 0) {
    known[stroke - 1] = static_cast<char>(std::toupper(static_cast<unsigned char>(known[stroke - 1])));
  }
  value = value.substr(0, open + 1) + known + ")";
  return true;
}

bool stands_in_text(const Plan& plan, const std::string& word) {
  const Pattern whole("(?:^|[^\\p{L}\\p{N}.])" + RE2::QuoteMeta(word) + "(?:$|[^\\p{L}\\p{N}])");
  const auto has = [&](const Fragment& fragment) { return RE2::PartialMatch(fragment.text, whole); };
  return std::any_of(plan.recipients.begin(), plan.recipients.end(), has) ||
         std::any_of(plan.paragraphs.begin(), plan.paragraphs.end(), has);
}

// The names of bodies before the bracket; the bracket says what for.
bool mend_bodies(const Plan& plan, const Fragment& item, std::string& value) {
  const auto doubtful = [&](const LinePiece& piece) { return may_be_misread(plan.lines[piece.line]); };
  if (std::none_of(item.pieces.begin(), item.pieces.end(), doubtful)) return false;
  const size_t end = std::min(value.rfind('('), value.size());
  const std::string bodies = value.substr(0, end);
  const std::string mended = mend_terms(plan.rules.list("recipient_term"), bodies, [&](const std::string& word) { return stands_in_text(plan, word); });
  if (mended == bodies) return false;
  value = mended + value.substr(end);
  return true;
}

}  // namespace

void read_recipients(const Plan& plan, DocumentFields& document) {
  for (const auto& item : recipient_items(plan)) {
    std::string value = trim_to_words(collapse_spaces(item.text));
    static const Pattern word(R"(\p{L}{2})");
    if (!RE2::PartialMatch(value, word)) continue;
    const bool repaired = repair_purpose(plan.rules, value);
    const bool mended = mend_bodies(plan, item, value);
    const double strength = kItem * (repaired ? kRepairedPurpose : 1) * (mended ? kMendedTerm : 1);
    document.recipients.push_back(text_field(plan, item, 0, item.text.size(), value, "recipients.item", strength));
  }
}

}  // namespace planscribe

// Numbers allotted to places or units: "Số hộ thoát nghèo" for each commune, in tables and in bullets.
#include "rules/allotments.h"

#include <algorithm>

#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr int kLinesAbove = 3;        // of a table, where its title and unit stand
constexpr size_t kLongestTitle = 160;  // bytes

// "Số người được tập huấn" counts persons, who are told something of; "Số dân" only describes a place.
Fragment counted_thing(const Plan& plan, const Fragment& asked) {
  static const Pattern counts(R"((?i)^\s*(?:tổng\s+)?số\s+(\p{L}.*)$)");
  re2::StringPiece thing, verb;
  if (!RE2::PartialMatch(asked.text, counts, &thing) || !RE2::PartialMatch(thing, *plan.rules.list("predicate").anywhere, &verb)) return {};
  const std::string words(thing);
  const size_t begin = thing.data() - asked.text.data();
  for (size_t end = words.rfind(' ', verb.data() - thing.data()); end != std::string::npos && end > 0; end = words.rfind(' ', end - 1)) {
    if (!plan.rules.unit_name(to_lower(collapse_spaces(words.substr(0, end)))).empty()) return sub_fragment(asked, begin, begin + end);
  }
  return {};
}

// "III. Giao chỉ tiêu trồng cây phân tán" -> "trồng cây phân tán".
Fragment without_lead(const Fragment& title) {
  static const Pattern lead(R"((?i)^(?:(?:[ivx]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)/-]+\s*)?(?:(?:bảng|biểu|phụ lục)\s*(?:số\s*)?\d*\s*[.:]?\s*)?(?:(?:phân\s+)?(?:giao|bổ)\s+)?(?:chỉ tiêu\s+)?)");
  re2::StringPiece rest(title.text);
  RE2::Consume(&rest, lead);
  static const Pattern to_whom(R"((?i)(\s(?:theo (?:đơn vị|từng|địa)|cho (?:các|từng))))");
  const size_t begin = rest.data() - title.text.data();
  size_t end = std::min(title.text.find_first_of("(:", begin), title.text.size());
  re2::StringPiece found;
  if (RE2::PartialMatch(rest, to_whom, &found)) end = std::min<size_t>(end, found.data() - title.text.data());
  Fragment name = sub_fragment(title, begin, end);
  static const Pattern capitals(R"([^\p{Ll}]+)");  // "TRỒNG CÂY PHÂN TÁN" is no name
  const std::string lower = to_lower(name.text);
  if (RE2::FullMatch(name.text, capitals) && lower.size() == name.text.size()) name.text = lower;
  return name;
}

}  // namespace

// "Tỷ lệ (%)" over "75" beside "Thành phố Quy Nhơn" -> "Tỷ lệ Thành phố Quy Nhơn: 75 %". Without a unit in the heading,
// the cell or above the table it stays unread.
Paragraph allotted(const Plan& plan, const Fragment& asked, const Fragment& place, const Fragment& value, const Fragment& shared_unit) {
  Paragraph paragraph;
  paragraph.kind = "table";
  const size_t open = std::min(asked.text.find('('), asked.text.size());
  const size_t close = std::min(asked.text.find(')', open), asked.text.size());
  append(paragraph, sub_fragment(asked, 0, open), "");
  append(paragraph, place, " ");
  append(paragraph, value, ": ");
  static const Pattern letters(R"([\p{L}%])");
  const Fragment own = sub_fragment(asked, std::min(open + 1, close), close);
  const Fragment& unit = !own.empty() ? own : !shared_unit.empty() ? shared_unit : counted_thing(plan, asked);
  if (!unit.empty() && !RE2::PartialMatch(value.text, letters)) append(paragraph, unit, " ");
  return paragraph;
}

// "(Đơn vị tính: người)" above a table holds for all its columns.
Fragment unit_above(const Plan& plan, int first) {
  static const Pattern unit(R"((?i)(?:đơn vị(?: tính)?|đvt)\s*:\s*([^\s\d()][^\d();:]*))");
  for (int i = first - 1; i >= std::max(0, first - kLinesAbove); --i) {
    const std::string& text = plan.lines[i].text;
    re2::StringPiece found;
    if (!RE2::PartialMatch(text, unit, &found)) continue;
    const size_t at = found.data() - text.data();
    return line_fragment(plan, i, at, at + found.size());
  }
  return {};
}

// The line above a table that says what its numbers are; empty where a long line or none stands there.
Fragment title_above(const Plan& plan, int first) {
  static const Pattern letters(R"(\p{L}{2})"), unit(R"((?i)(?:đơn vị(?: tính)?|đvt)\s*:)");
  for (int i = first - 1; i >= std::max(0, first - kLinesAbove); --i) {
    const std::string& text = plan.lines[i].text;
    if (!RE2::PartialMatch(text, letters) || RE2::PartialMatch(text, unit)) continue;
    const Fragment title = without_lead(line_fragment(plan, i, 0, text.size()));
    static const Pattern to_whom(R"((?i)^(?:cho|theo|đối với)\s)");
    return text.size() > kLongestTitle || RE2::PartialMatch(title.text, to_whom) ? Fragment{} : title;
  }
  return {};
}

bool BulletAllotment::opens(const Plan& plan, const Paragraph& paragraph) {
  static const Pattern head(R"((?i)\((?:(?:đơn vị(?: tính)?|đvt)\s*:?\s*)?([^\d();:]{1,24})\)\s*:?\s*$)"), asks(R"((?i)(?:chỉ tiêu|kế hoạch|phân bổ|phân giao|giao))");
  re2::StringPiece unit;
  name_ = unit_ = {};
  if (!RE2::PartialMatch(paragraph.text, head, &unit) || !RE2::PartialMatch(paragraph.text, asks)) return false;
  if (plan.rules.unit_name(to_lower(trim_to_words(std::string(unit)))).empty()) return false;
  const size_t at = unit.data() - paragraph.text.data();
  unit_ = sub_fragment(paragraph, at, at + unit.size());
  name_ = without_lead(sub_fragment(paragraph, paragraph.body, paragraph.text.size()));
  return true;
}

std::vector<Paragraph> BulletAllotment::read(const Plan& plan, const Paragraph& paragraph) const {
  static const Pattern shares(R"((?:[^:;\d][^:;]*:\s*\d[\d.,]*\s*(?:[;.,]\s*|$))+)"), share(R"(([^:;\d][^:;]*):\s*(\d[\d.]*(?:,\d+)?)\s*(?:[;.,]\s*|$))");
  std::vector<Paragraph> out;
  const std::string& text = paragraph.text;
  re2::StringPiece rest(text), place, value;
  rest.remove_prefix(paragraph.body);
  if (unit_.empty() || paragraph.heading || !RE2::FullMatch(rest, shares)) return out;
  const auto part = [&](const re2::StringPiece& piece) {
    const size_t at = piece.data() - text.data();
    return sub_fragment(paragraph, at, at + piece.size());
  };
  while (RE2::Consume(&rest, share, &place, &value)) {
    Fragment number = part(value);
    if (!number.text.empty() && number.text.back() == '.') number = sub_fragment(number, 0, number.text.size() - 1);
    out.push_back(allotted(plan, name_, part(place), number, unit_));
    out.back().section = paragraph.section;
  }
  return out;
}

}  // namespace planscribe

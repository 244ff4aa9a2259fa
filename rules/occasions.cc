// What a round celebrates: "chào mừng 75 năm Cách mạng tháng Tám và Quốc khánh 2/9, Đại hội Đảng bộ huyện". The rules
// of "occasions.open" say where an occasion begins; it goes on to the next one, and "occasions" reads it.
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr double kDateMissing = 0.5, kYearsDisagree = 0.6;

// "75 năm A và": the word that joins the next occasion is no part of the name.
std::string name_of(const Match& match) {
  std::string name = trim_to_words(collapse_spaces(match.text("name")));
  static const Pattern joint(R"(\s+(?:và|cùng|với|cùng với|,)$)");
  while (RE2::Replace(&name, joint, "")) name = trim_to_words(name);
  return name;
}

// Of a campaign's or a contest's own name no word opens an occasion: chủ điểm “Mừng Đảng, mừng Xuân”.
bool within_name(const std::string& text, size_t at) {
  static const Pattern named(R"((?i)(?:chủ điểm|chủ đề|khẩu hiệu|phương châm|phong trào|hội thi|cuộc thi|hội diễn|tên gọi)\s*:?\s*[“"«][^”"»]*$)");
  return RE2::PartialMatch(text.substr(0, at), named);
}

// The years between must give the anniversary, and dates must exist.
void check(Occasion& occasion, const Match& match) {
  double& confidence = occasion.evidence.confidence;
  if ((match.has("from") && !occasion.from) || (match.has("to") && !occasion.to)) confidence *= kDateMissing;
  if (!occasion.anniversary || !occasion.from || !occasion.to) return;
  const int years = std::atoi(occasion.to->c_str()) - std::atoi(occasion.from->c_str());
  if (years != *occasion.anniversary) confidence *= kYearsDisagree;
}

std::optional<Occasion> read_item(const Plan& plan, const Fragment& item) {
  const auto matches = find_matches(plan.rules, MatchText(item.text), "occasions", "list", plan.explain);
  if (matches.empty() || !matches.front().has("name")) return std::nullopt;
  const Match& match = matches.front();
  Occasion occasion;
  occasion.name = name_of(match);
  static const Pattern no_name(R"((?i)^ngày$)");  // "mừng ngày hoàn thành kế hoạch"
  if (occasion.name.empty() || RE2::FullMatch(occasion.name, no_name)) return std::nullopt;
  if (match.has("years")) occasion.anniversary = std::atoi(match.text("years").c_str());
  const auto values = typed_values(plan.rules, match);
  const auto date = [&](const char* group) {
    const auto value = values.value(group, nlohmann::json());
    return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
  };
  occasion.from = date("from");
  occasion.to = date("to");
  // "(từ 01/3/2024 đến 30/4/2024)" is the time of the round.
  const bool same_year = occasion.from && occasion.to && occasion.from->substr(0, 4) == occasion.to->substr(0, 4);
  if (same_year) occasion.from = occasion.to = std::nullopt;
  if (const auto day = date("day")) {
    (plan.year != 0 && std::atoi(day->c_str()) >= plan.year - 1 ? occasion.to : occasion.from) = day;
  }
  occasion.evidence = make_evidence(plan, item, match.begin, match.end, match.rule->id, match.rule->strength);
  if (!same_year) check(occasion, match);
  return occasion;
}

// "80 năm Cách mạng tháng Tám và Quốc khánh": nothing but "và" between them, the number holds for both.
bool shares_years(const Occasion& before, const Occasion& occasion, const std::string& between) {
  static const Pattern only_and(R"(.*[\p{L}\p{N}]\s+và\s*)"), day(R"(^[nN]gày\s)");
  if (RE2::PartialMatch(occasion.name, day)) return false;
  const bool dated = occasion.from && occasion.to;
  const int years = dated ? std::atoi(occasion.to->c_str()) - std::atoi(occasion.from->c_str()) : 0;
  return before.anniversary && !before.to && !occasion.anniversary && (!dated || years == *before.anniversary) &&
         RE2::FullMatch(between, only_and);
}

}  // namespace

std::vector<Occasion> read_occasions(const Plan& plan, const Fragment& part) {
  std::vector<Occasion> occasions;
  auto opens = find_matches(plan.rules, MatchText(part.text), "occasions.open", "rounds", plan.explain);
  std::erase_if(opens, [&](const Match& open) { return within_name(part.text, open.begin); });
  std::string before;  // the words of the occasion before, when that one was read
  for (size_t i = 0; i < opens.size(); ++i) {
    const size_t begin = opens[i].begin, end = i + 1 < opens.size() ? opens[i + 1].begin : part.text.size();
    auto occasion = read_item(plan, sub_fragment(part, begin, end));
    if (occasion) {
      if (!occasions.empty() && shares_years(occasions.back(), *occasion, before)) {
        occasion->anniversary = occasions.back().anniversary;
      }
      occasions.push_back(std::move(*occasion));
    }
    before = occasion ? part.text.substr(begin, end - begin) : "";
  }
  return occasions;
}

}  // namespace planscribe

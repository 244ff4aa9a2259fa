// Emulation rounds (đợt): label, span and occasions.
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"
#include "rules/value.h"

namespace planscribe {
namespace {

constexpr double kSameLabel = 0.6;
constexpr size_t kSpanReach = 160;  // bytes behind the label within which its span stands

bool says_now(const std::string& text) {
  const std::string folded = fold(text);
  return folded.find("nay") != std::string::npos || folded.find("ngay ky") != std::string::npos ||
         folded.find("ban hanh") != std::string::npos;
}

// "01" of "tháng 01 - 6/2024" is a month.
std::string as_point(const std::string& text) {
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  static const Pattern day(R"(\d{1,2}\s?/\s?\d{1,2})");
  return digits ? "tháng " + text : RE2::FullMatch(text, day) ? "ngày " + text : text;
}

int year_in(const std::string& text) {
  static const Pattern year(R"(((?:19|20)\d{2}))");
  std::string found;
  return RE2::PartialMatch(text, year, &found) ? std::atoi(found.c_str()) : 0;
}

struct RoundReader {
  const Plan& plan;

  std::optional<std::string> point(const std::string& text, int year, bool end) const {
    if (text.empty()) return std::nullopt;
    static const Pattern opening(R"((?i)^\s*đầu\s+năm(?:\s+((?:19|20)\d{2}))?\s*$)");
    if (std::string own; RE2::FullMatch(text, opening, &own)) {
      const int of = own.empty() ? year : std::atoi(own.c_str());
      return of > 0 ? std::optional(std::to_string(of) + "-01") : std::nullopt;
    }
    if (says_now(text)) return plan.issue_date.empty() ? std::nullopt : std::optional(plan.issue_date);
    const auto date = parse_date(as_point(text), year, end);
    if (!date || date->impossible) return std::nullopt;
    return date->iso;
  }

  void read_span(Round& round, const std::string& text) const {
    // The dates of an anniversary look like a span too: what stands before the occasions is read first.
    static const Pattern occasion(R"((?i)(chào mừng|kỷ niệm|lập thành tích))");
    re2::StringPiece found;
    const bool cut = RE2::PartialMatch(text, occasion, &found);
    if (cut && try_span(round, text.substr(0, found.data() - text.data()))) return;
    try_span(round, text);
  }

  bool try_span(Round& round, const std::string& text) const {
    const auto matches = find_matches(plan.rules, MatchText(text), "rounds.span", "rounds", plan.explain);
    if (matches.empty()) return false;
    const Match& match = matches.front();
    const auto constant = [&](const char* key) {
      const auto found = match.rule->set.find(key);
      return found == match.rule->set.end() ? std::string() : found->second;
    };
    const std::string to = match.has("to") ? match.text("to") : match.has("span") ? match.text("span") : "";
    const std::string from = match.has("from") ? match.text("from") : match.text("span");
    int year = match.has("year") ? std::atoi(match.text("year").c_str()) : year_in(to);
    if (year == 0) year = plan.year;
    round.from = point(from, year, false);
    round.to = point(to, year, true);
    if (round.from && round.to && std::atoi(round.to->c_str()) - std::atoi(round.from->c_str()) > 2) {
      round.from = round.to = std::nullopt;  // no round, but the years of an anniversary
      return false;
    }
    if (!constant("from_month").empty() && year > 0) round.from = std::to_string(year) + "-" + constant("from_month");
    if (!constant("to_month").empty() && year > 0) round.to = std::to_string(year) + "-" + constant("to_month");
    return true;
  }

  void read_occasions(Round& round, const Paragraph& paragraph, size_t from, size_t to) const {
    const Fragment part = sub_fragment(paragraph, from, to);
    for (const auto& match : find_matches(plan.rules, MatchText(part.text), "occasions", "rounds", plan.explain)) {
      Occasion occasion;
      occasion.name = trim_to_words(collapse_spaces(match.text("name")));
      if (match.has("years")) occasion.anniversary = std::atoi(match.text("years").c_str());
      const auto values = typed_values(plan.rules, match);
      if (values.contains("from") && values["from"].is_string()) occasion.from = values["from"];
      if (values.contains("to") && values["to"].is_string()) occasion.to = values["to"];
      occasion.evidence = make_evidence(plan, part, match.begin, match.end, match.rule->id, match.rule->strength);
      check(occasion, match);
      round.occasions.push_back(std::move(occasion));
    }
  }

  // The years between must give the anniversary, and dates must exist.
  static void check(Occasion& occasion, const Match& match) {
    if ((match.has("from") && !occasion.from) || (match.has("to") && !occasion.to)) occasion.evidence.confidence *= 0.5;
    if (!occasion.anniversary || !occasion.from || !occasion.to) return;
    const int years = std::atoi(occasion.to->c_str()) - std::atoi(occasion.from->c_str());
    if (years != *occasion.anniversary) occasion.evidence.confidence *= 0.6;
  }

  std::vector<Round> of_paragraph(const Paragraph& paragraph) const {
    std::vector<Round> rounds;
    const auto labels = find_matches(plan.rules, paragraph.body_text(), "rounds", paragraph.kind, plan.explain);
    for (size_t i = 0; i < labels.size(); ++i) {
      const size_t begin = paragraph.body + labels[i].begin, end = paragraph.body + labels[i].groups.at("label").end;
      const size_t stop = i + 1 < labels.size() ? paragraph.body + labels[i + 1].begin : paragraph.text.size();
      Round round;
      round.label = trim_to_words(collapse_spaces(labels[i].text("label")));
      size_t reach = std::min(stop, end + kSpanReach);
      while (reach < stop && (paragraph.text[reach] & 0xc0) == 0x80) ++reach;
      read_span(round, paragraph.text.substr(end, reach - end));
      read_occasions(round, paragraph, end, stop);
      const double strength = labels[i].rule->strength * (round.from || round.to ? 1 : 0.8);
      round.evidence = make_evidence(plan, paragraph, begin, std::max(end, labels[i].end + paragraph.body),
                                     labels[i].rule->id, strength);
      rounds.push_back(std::move(round));
    }
    return rounds;
  }
};

bool below(const Paragraph& child, MarkerKind parent) {
  return child.marker != parent && (child.marker == MarkerKind::dash || child.marker == MarkerKind::plus ||
                                    child.marker == MarkerKind::none);
}

}  // namespace

std::vector<Round> read_rounds(const Plan& plan) {
  const RoundReader reader{plan};
  std::vector<Round> rounds;
  std::map<std::string, size_t> seen;
  MarkerKind open = MarkerKind::none;  // the marker of the round whose occasions may follow in bullets
  for (const auto& paragraph : plan.paragraphs) {
    auto found = reader.of_paragraph(paragraph);
    if (found.empty()) {
      if (open != MarkerKind::none && below(paragraph, open) && !paragraph.heading) {
        reader.read_occasions(rounds.back(), paragraph, paragraph.body, paragraph.text.size());
      } else {
        open = MarkerKind::none;
      }
      continue;
    }
    open = paragraph.marker;
    for (auto& round : found) {
      const auto [at, added] = seen.emplace(fold(round.label), rounds.size());
      // The same label over another span is another round: a stroke of "Đợt II" was lost.
      const Round& known = rounds[std::min(at->second, rounds.size() - 1)];
      const bool other = !added && round.from && known.from && *round.from > known.to.value_or(*known.from);
      if (other) round.evidence.confidence *= kSameLabel;
      if (added || other) rounds.push_back(std::move(round));
    }
  }
  return rounds;
}

}  // namespace planscribe

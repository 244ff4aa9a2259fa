// Emulation rounds (đợt, also giai đoạn, chặng, quý): label, span and occasions.
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"
#include "rules/value.h"

namespace planscribe {
namespace {

constexpr double kSameLabel = 0.6, kNoSpan = 0.8;
constexpr size_t kSpanReach = 160;  // bytes behind the label within which any span is the round's own
constexpr size_t kLeadReach = 60;   // bytes of a paragraph below the round before its span

bool is_day_month(const std::string& text) {
  static const Pattern day(R"(\d{1,2}\s?[/.-]\s?\d{1,2})");
  return RE2::FullMatch(text, day);
}

int year_in(const std::string& text) {
  static const Pattern year(R"((?:^|[^\d])((?:19|20)\d{2})(?:$|[^\d]))");
  std::string found;
  return RE2::PartialMatch(text, year, &found) ? std::atoi(found.c_str()) : 0;
}

int month_in(const std::string& iso) { return iso.size() < 7 ? 0 : std::atoi(iso.c_str() + 5); }

std::string with_month(int year, const std::string& month) { return std::to_string(year) + "-" + month; }

// A point of time as printed: "05/4", "đầu năm", "T7", "6" with the word that stood before it.
std::optional<std::string> point(const std::string& text, const std::string& word, int year, bool end) {
  if (text.empty()) return std::nullopt;
  static const Pattern year_begin(R"(^dau\s+nam)"), short_month(R"(^((?:cuoi|dau|giua|het)\s+)?t\.?\s?(\d))");
  std::string folded = fold(text);
  if (RE2::PartialMatch(folded, year_begin)) return year == 0 ? std::nullopt : std::optional(with_month(year, "01"));
  RE2::Replace(&folded, short_month, R"(\1thang \2)");
  static const Pattern dotted(R"(^(?:(?:cuoi|dau|giua|het)\s+)*(\d{1,2})\s?[.]\s?(\d{1,2})$)");
  RE2::Replace(&folded, dotted, R"(\1/\2)");
  const std::string written = !word.empty() ? word + " " + folded : is_day_month(folded) ? "ngay " + folded : folded;
  const auto date = parse_date(written, year, end);
  if (!date || date->impossible) return std::nullopt;
  return date->iso;
}

struct Span {
  std::optional<std::string> from, to;
  bool any() const { return from || to; }
};

// Reads spans; years that are not printed come from the other end, else from the plan.
struct SpanReader {
  const Plan& plan;

  // whole_only: both ends must stand there.
  std::optional<Span> find(const std::string& text, bool whole_only = false) const {
    auto matches = find_matches(plan.rules, MatchText(text), "rounds.span", "rounds", plan.explain);
    std::stable_sort(matches.begin(), matches.end(),
                     [](const Match& a, const Match& b) { return a.rule->priority > b.rule->priority; });
    for (const auto& match : matches) {
      const Span span = read(match);
      if (span.any() && plausible(span) && (!whole_only || (span.from && span.to))) return span;
    }
    return std::nullopt;
  }

 private:
  static std::string constant(const Match& match, const char* key) {
    const auto found = match.rule->set.find(key);
    return found == match.rule->set.end() ? std::string() : found->second;
  }

  Span read(const Match& match) const {
    const bool one = match.has("span");
    const std::string& to = match.text(one ? "span" : "to");
    const std::string from = one ? to : match.has("day") ? first_day(match.text("day"), to) : match.text("from");
    if (match.has("year") || !constant(match, "to_month").empty()) return half(match);
    const std::string word = constant(match, "point");
    const int own_from = year_in(from), own_to = year_in(to);
    const int year = own_to != 0 ? own_to : own_from != 0 ? own_from : plan.year;
    Span span{point(from, word, own_from != 0 ? own_from : year, false), point(to, word, year, true)};
    if (!span.from || !span.to || month_in(*span.from) == 0 || month_in(*span.to) == 0) return span;
    // "từ tháng 9 đến tháng 5/2025": over the turn of the year.
    const bool turned = span.from->substr(0, 7) > span.to->substr(0, 7);
    if (turned && own_from == 0 && own_to != 0) span.from = point(from, word, own_to - 1, false);
    if (turned && own_to == 0) span.to = point(to, word, year + 1, true);
    return span;
  }

  Span half(const Match& match) const {
    const int year = match.has("year") ? std::atoi(match.text("year").c_str()) : plan.year;
    if (year == 0) return {};
    return {with_month(year, constant(match, "from_month")), with_month(year, constant(match, "to_month"))};
  }

  // "từ ngày 05 đến ngày 26/3/2024": the first day has the month of the last.
  static std::string first_day(const std::string& day, const std::string& to) {
    static const Pattern behind_day(R"(^\D*\d{1,2}(.*))");
    std::string rest;
    return RE2::FullMatch(to, behind_day, &rest) ? "ngày " + day + rest : "";
  }

  // The dates of an anniversary look like a span; a round neither began nor ended long before its plan.
  bool plausible(const Span& span) const {
    const int from = span.from ? std::atoi(span.from->c_str()) : 0, to = span.to ? std::atoi(span.to->c_str()) : 0;
    if (from != 0 && to != 0 && (to < from || to - from > 6)) return false;
    if (plan.year == 0) return to - from <= 2 || from == 0;
    const int issued = std::atoi(plan.issue_date.c_str()), first = issued == 0 ? plan.year : std::min(plan.year, issued);
    return to != 0 ? to >= first && (from == 0 || from >= first - 1) : from >= first - 1;
  }
};

// Where in the plan rounds are told of: by its headings and the sentences that count them.
class RoundPlaces {
 public:
  explicit RoundPlaces(const Plan& plan) : plan_(plan) {}

  // The place of a paragraph: rounds, schedule, other (rounds of reports and the like), or the kind of its section.
  std::string of(const Paragraph& paragraph) {
    const std::string& path = paragraph.heading ? paragraph.own_section : paragraph.section;
    while (!open_.empty() && !inside(path, open_.back().path, paragraph.heading)) open_.pop_back();
    const std::string kind = told_by(paragraph);
    if (!kind.empty()) open_.push_back({path, kind});
    return open_.empty() ? paragraph.kind : open_.back().kind;
  }

 private:
  struct Place {
    std::string path, kind;
  };

  static bool inside(const std::string& path, const std::string& outer, bool heading) {
    if (outer.empty()) return !heading;
    return path.compare(0, outer.size(), outer) == 0 && (path.size() == outer.size() || path[outer.size()] == '.');
  }

  std::string told_by(const Paragraph& paragraph) const {
    const char* where = paragraph.heading ? "heading" : "text";
    const Match* best = nullptr;
    const auto matches = find_matches(plan_.rules, paragraph.body_text(), "rounds.list", where, plan_.explain);
    for (const auto& match : matches) {
      if (!best || match.rule->priority > best->rule->priority) best = &match;
    }
    return best ? best->rule->set.at("kind") : "";
  }

  const Plan& plan_;
  std::vector<Place> open_;
};

struct RoundReader {
  const Plan& plan;
  SpanReader spans{plan};

  // Behind the label, before the occasions; then anywhere in its part, in the label ("Quý I"), or before it.
  Span span_of(const std::string& before, const std::string& label, const std::string& behind) const {
    static const Pattern occasion(R"((?i)(chào mừng|kỷ niệm|lập thành tích|hưởng ứng))");
    re2::StringPiece words;
    const size_t near = std::min(behind.size(), kSpanReach);
    if (RE2::PartialMatch(behind, occasion, &words)) {
      if (auto span = spans.find(behind.substr(0, std::min<size_t>(near, words.data() - behind.data())))) return *span;
    }
    if (auto span = spans.find(whole_letters(behind, near))) return *span;
    if (auto span = spans.find(label)) return *span;
    if (auto span = spans.find(behind, true)) return *span;
    return spans.find(before).value_or(Span{});
  }

  static std::string whole_letters(const std::string& text, size_t length) {
    while (length < text.size() && (text[length] & 0xc0) == 0x80) ++length;
    return text.substr(0, length);
  }

  std::vector<Round> of_paragraph(const Paragraph& paragraph, const std::string& place) const {
    std::vector<Round> rounds;
    if (place == "other" || paragraph.kind == "past") return rounds;
    const auto labels = find_matches(plan.rules, paragraph.body_text(), "rounds", place, plan.explain);
    for (size_t i = 0; i < labels.size(); ++i) {
      const Match& label = labels[i];
      if (!label.has("label")) continue;  // only looks like one
      const size_t begin = paragraph.body + label.begin, end = paragraph.body + label.groups.at("label").end;
      const size_t stop = i + 1 < labels.size() ? paragraph.body + labels[i + 1].begin : paragraph.text.size();
      const std::string before = i == 0 ? paragraph.text.substr(paragraph.body, label.begin) : "";
      Round round;
      round.label = trim_to_words(collapse_spaces(label.text("label")));
      const Span span = span_of(before, round.label, paragraph.text.substr(end, stop - end));
      round.from = span.from;
      round.to = span.to;
      round.occasions = read_occasions(plan, sub_fragment(paragraph, begin, stop));
      const double strength = label.rule->strength * (span.any() ? 1 : kNoSpan);
      round.evidence = make_evidence(plan, paragraph, begin, std::max(end, label.end + paragraph.body), label.rule->id, strength);
      if (is_told(round, place)) rounds.push_back(std::move(round));
    }
    return rounds;
  }

  // Outside the places of rounds "Đợt 1 năm 2024 tuyển 20 công dân" is none: nothing tells of its time or occasion.
  // In what is about rewards and reports "Đợt 1: trước ngày 15/6" is no emulation round, nor are the years of a time table.
  static bool is_told(const Round& round, const std::string& place) {
    if (place == "schedule" && round.from && round.from->size() == 4) return false;
    if (place == "organisation" || place == "reward") return (round.from && round.to) || !round.occasions.empty();
    const bool listed = place == "rounds" || place == "schedule";
    return listed || round.from || round.to || !round.occasions.empty();
  }

  // "Thời gian: từ ... đến ...", "Chào mừng ..." in paragraphs below the round.
  void add_paragraph(Round& round, const Paragraph& paragraph) const {
    const std::string text = paragraph.text.substr(paragraph.body);
    if (!round.from && !round.to) {
      static const Pattern lead(R"(^\W*(?:thoi (?:gian|diem|han)|bat dau|tu|dien ra|trong|to chuc)[^a-z])");
      const bool told = RE2::PartialMatch(fold(text.substr(0, std::min(text.size(), kLeadReach))), lead);
      const auto span = told ? spans.find(text) : std::nullopt;
      if (span) round.from = span->from, round.to = span->to;
    }
    auto occasions = read_occasions(plan, sub_fragment(paragraph, paragraph.body, paragraph.text.size()));
    for (auto& occasion : occasions) round.occasions.push_back(std::move(occasion));
  }
};

int rank(const Paragraph& paragraph) {
  const int dots = static_cast<int>(std::count(paragraph.label.begin(), paragraph.label.end(), '.'));
  switch (paragraph.marker) {
    case MarkerKind::capital: return 0;
    case MarkerKind::roman: return 1;
    case MarkerKind::number: return 2 + dots;
    case MarkerKind::letter: return 7;
    case MarkerKind::bracket: return 8;
    case MarkerKind::none: return 9;
    case MarkerKind::dash: return 10;
    default: return 11;
  }
}

// What stands below the paragraph of a round: deeper markers, or running text behind running text.
bool below(const Paragraph& child, const Paragraph& parent) {
  const bool running = child.marker == MarkerKind::none && !child.heading;
  return running || rank(child) > rank(parent);
}

// The rounds in order of text. One that is told of again gets what was not known of it.
class RoundList {
 public:
  void add(Round round) {
    const auto [at, added] = seen_.emplace(fold(round.label), rounds_.size());
    if (added) return rounds_.push_back(std::move(round));
    Round& known = rounds_[at->second];
    // The same label over another span is another round: a stroke of "Đợt II" was lost.
    const bool other = round.from && known.from && *round.from > known.to.value_or(*known.from);
    if (other) {
      round.evidence.confidence *= kSameLabel;
      return rounds_.push_back(std::move(round));
    }
    if (!known.from && !known.to) known.from = round.from, known.to = round.to;
    if (known.occasions.empty()) known.occasions = std::move(round.occasions);
  }

  Round& last() { return rounds_.back(); }
  std::vector<Round> take() { return std::move(rounds_); }

 private:
  std::vector<Round> rounds_;
  std::map<std::string, size_t> seen_;
};

}  // namespace

std::vector<Round> read_rounds(const Plan& plan) {
  const RoundReader reader{plan};
  RoundPlaces places(plan);
  RoundList rounds;
  const Paragraph* open = nullptr;  // the paragraph of the round whose details may follow below
  for (const auto& paragraph : plan.paragraphs) {
    auto found = reader.of_paragraph(paragraph, places.of(paragraph));
    if (!found.empty()) {
      open = &paragraph;
      for (auto& round : found) rounds.add(std::move(round));
    } else if (open && below(paragraph, *open)) {
      reader.add_paragraph(rounds.last(), paragraph);
    } else {
      open = nullptr;
    }
  }
  for (const auto& row : round_rows(plan)) {
    for (auto& round : reader.of_paragraph(row, row.kind)) rounds.add(std::move(round));
  }
  return rounds.take();
}

}  // namespace planscribe

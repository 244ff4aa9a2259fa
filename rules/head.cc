// The head: number, place and date, type, title, theme, year and period of the plan.
#include <algorithm>

#include "rules/extraction.h"
#include "rules/value.h"

namespace planscribe {
namespace {

constexpr int kLongestPeriod = 15;  // years
constexpr double kDottedLetter = 0.8;

struct Hit {
  Fragment fragment;  // a copy: the fragments searched may be temporary
  Match match;
};

// The best match among fragments; the first of equals, or the last where later ones say more (take_last).
std::optional<Hit> best_hit(const Plan& plan, const std::vector<Fragment>& fragments, const char* field,
                            const char* where, bool take_last = false) {
  std::optional<Hit> best;
  for (const auto& fragment : fragments) {
    for (auto& match : find_matches(plan.rules, MatchText(fragment.text), field, where, plan.explain)) {
      if (match.rule->values.empty()) continue;  // says only what the words are not
      const int had = best ? best->match.rule->priority : -1;
      if (match.rule->priority > had || (take_last && match.rule->priority == had)) best = Hit{fragment, std::move(match)};
    }
  }
  return best;
}

OptionalField<std::string> field_of(const Plan& plan, const std::optional<Hit>& hit, const char* group) {
  if (!hit || !hit->match.has(group)) return std::nullopt;
  const auto value = typed_values(plan.rules, hit->match).value(group, nlohmann::json());
  if (!value.is_string() || value.get<std::string>().empty()) return std::nullopt;
  const Group& words = hit->match.groups.at(group);
  return text_field(plan, hit->fragment, words.begin, words.end, value.get<std::string>(), hit->match.rule->id,
                    hit->match.rule->strength);
}

void read_number(Plan& plan, DocumentFields& document) {
  std::vector<Fragment> lines = plan.head_left;
  lines.insert(lines.end(), plan.head_right.begin(), plan.head_right.end());
  document.number = field_of(plan, best_hit(plan, lines, "document.number", "head_left"), "number");
  if (document.number) plan.own_number = document.number->value;
}

bool is_impossible(const std::string& date) {
  const auto parsed = parse_date(date);
  return parsed && parsed->impossible;
}

void read_place_and_date(Plan& plan, DocumentFields& document) {
  std::vector<Fragment> lines = plan.head_right;
  // The right column may be cut in two lines: "Nhơn Hưng, ngày 07 tháng 03 / năm 2024".
  Fragment joined;
  for (const auto& line : plan.head_right) append(joined, line, " ");
  lines.push_back(joined);
  lines.insert(lines.end(), plan.head_left.begin(), plan.head_left.end());
  const auto hit = best_hit(plan, lines, "document.place_date", "head_right");
  document.place = field_of(plan, hit, "place");
  document.issue_date = field_of(plan, hit, "date");
  plan.impossible_date = hit && hit->match.has("date") && is_impossible(hit->match.text("date"));
  // Day and month left blank: a bare year is no date of issue.
  if (document.issue_date && document.issue_date->value.size() == 4) document.issue_date.reset();
  if (document.issue_date) plan.issue_date = document.issue_date->value;
}

void read_title(const Plan& plan, DocumentFields& document, Fragment& title) {
  if (plan.type_and_title.empty()) return;
  const auto hit = best_hit(plan, {plan.type_and_title[0]}, "document.type", "title");
  if (!hit) return;
  const Fragment& line = plan.type_and_title[0];
  const Group& words = hit->match.groups.at("type");
  const auto type = typed_values(plan.rules, hit->match).value("type", "");
  document.type = text_field(plan, line, words.begin, words.end, type, hit->match.rule->id, hit->match.rule->strength);
  title = sub_fragment(line, words.end, line.text.size());
  for (size_t i = 1; i < plan.type_and_title.size(); ++i) append(title, plan.type_and_title[i], " ");
  const std::string value = trim_to_words(collapse_spaces(title.text));
  if (value.empty()) return;
  // A long title has likely swallowed the first words of the body.
  const double strength = title.text.size() > 400 ? 0.5 : 0.95;
  document.title = text_field(plan, title, 0, title.text.size(), value, "document.title", strength);
}

std::vector<Fragment> preamble_of(const Plan& plan) {
  std::vector<Fragment> out;
  for (const auto& paragraph : plan.paragraphs) {
    if (paragraph.kind == "preamble" && !paragraph.heading) out.push_back(paragraph);
  }
  return out;
}

// Two dots over a letter are what a blurred tilde was read as: no Vietnamese letter has them.
void mend_dotted_letters(const Plan& plan, OptionalField<std::string>& field) {
  static const std::pair<const char*, const char*> dotted[] = {{"ä", "ã"}, {"ö", "õ"}, {"ü", "ũ"}, {"Ä", "Ã"}, {"Ö", "Õ"}, {"Ü", "Ũ"}};
  if (!field || !may_be_misread(plan.lines[field->evidence.spans[0].line])) return;
  for (const auto& [printed, letter] : dotted) {
    const int count = RE2::GlobalReplace(&field->value, printed, letter);
    if (count > 0) field->evidence.confidence *= kDottedLetter;
  }
}

void read_theme(const Plan& plan, const Fragment& title, DocumentFields& document) {
  std::vector<Fragment> places = preamble_of(plan);
  places.push_back(title);
  document.theme = field_of(plan, best_hit(plan, places, "document.theme", "preamble"), "theme");
  if (document.theme) return;
  const std::vector<Fragment> body(plan.paragraphs.begin(), plan.paragraphs.end());
  document.theme = field_of(plan, best_hit(plan, body, "document.theme", "body"), "theme");
}

std::optional<Hit> year_hit(const Plan& plan, const Fragment& title) {
  if (auto hit = best_hit(plan, {title}, "document.plan_year", "title", true)) return hit;
  std::vector<Fragment> closing;
  const size_t from = plan.paragraphs.size() > 3 ? plan.paragraphs.size() - 3 : 0;
  for (size_t i = from; i < plan.paragraphs.size(); ++i) closing.push_back(plan.paragraphs[i]);
  return best_hit(plan, closing, "document.plan_year", "closing", true);
}

// "kỷ niệm 60 năm (1965 - 2025)" are the years of an anniversary.
bool is_period(const Match& match) {
  const int years = std::atoi(match.text("to").c_str()) - std::atoi(match.text("from").c_str());
  return years >= 0 && years <= kLongestPeriod;
}

int year_in(const std::string& text) {
  static const Pattern year(R"((?:^|\D)((?:19|20)\d{2})(?:\D|$))");
  std::string found;
  return RE2::PartialMatch(text, year, &found) ? std::atoi(found.c_str()) : 0;
}

// "năm 2006, năm đầu thực hiện kế hoạch 5 năm 2006 - 2010": the span of a further plan.
bool is_of_further_plan(const Fragment& title, const Match& period) {
  static const Pattern further(R"((?i)năm\s+20\d{2}[^\d].*(?:kế hoạch(?:\s+(?:5|05|năm)\s+năm)?|nhiệm kỳ|nghị quyết)\s*\(?$)");
  return RE2::PartialMatch(collapse_spaces(title.text.substr(0, period.groups.at("from").begin)), further);
}

// A campaign whose title names no year is told by the section about its time.
void read_time(Plan& plan, DocumentFields& document) {
  plan.year = std::atoi(plan.issue_date.c_str());
  const std::vector<Fragment> body(plan.paragraphs.begin(), plan.paragraphs.end());
  const auto hit = best_hit(plan, body, "document.period", "time");
  if (!hit) return;
  const Match& match = hit->match;
  const int to = year_in(match.text("to")), own = year_in(match.text("from")), from = own == 0 ? to : own;
  if (from == 0 || to < from) return;
  const auto evidence = make_evidence(plan, hit->fragment, match.begin, match.end, match.rule->id, match.rule->strength);
  document.period = Field<Period>{{std::to_string(from), std::to_string(to)}, evidence};
  if (from == to) document.plan_year = Field<int>{plan.year = to, evidence};
}

void read_year_and_period(Plan& plan, const Fragment& title, DocumentFields& document) {
  const auto hit = best_hit(plan, {title}, "document.period", "title");
  if (hit && is_period(hit->match) && !is_of_further_plan(title, hit->match)) {
    const Match& match = hit->match;
    document.period = Field<Period>{{match.text("from"), match.text("to")},
                                    make_evidence(plan, title, match.begin, match.end, match.rule->id, match.rule->strength)};
    plan.year = std::atoi(plan.issue_date.c_str());
    if (match.text("from") != match.text("to")) return;
  }
  if (auto hit = year_hit(plan, title)) {
    const Match& match = hit->match;
    const int year = std::atoi(match.text("year").c_str());
    const auto evidence = make_evidence(plan, hit->fragment, match.begin, match.end, match.rule->id, match.rule->strength);
    document.plan_year = Field<int>{year, evidence};
    document.period = Field<Period>{{std::to_string(year), std::to_string(year)}, evidence};
    plan.year = year;
  } else if (!document.period) {
    read_time(plan, document);
  }
}

}  // namespace

void read_head(Plan& plan, DocumentFields& document) {
  Fragment title;
  read_number(plan, document);
  read_place_and_date(plan, document);
  read_title(plan, document, title);
  read_year_and_period(plan, title, document);
  read_theme(plan, title, document);
  mend_dotted_letters(plan, document.theme);
}

}  // namespace planscribe

// Matching text against the rules, and turning groups into typed values.
#include <algorithm>
#include <ostream>

#include "models/unicode.h"
#include "rules/rule_set.h"
#include "rules/value.h"

namespace planscribe {
namespace {

bool applies(const Rule& rule, const std::string& where) {
  return rule.where.empty() || where.empty() ||
         std::find(rule.where.begin(), rule.where.end(), where) != rule.where.end();
}

bool better(const Match& a, const Match& b) {
  if (a.rule->priority != b.rule->priority) return a.rule->priority > b.rule->priority;
  if (a.end - a.begin != b.end - b.begin) return a.end - a.begin > b.end - b.begin;
  return a.begin != b.begin ? a.begin < b.begin : a.rule->order < b.rule->order;
}

Match make_match(const Rule& rule, const MatchText& text, const std::string& subject,
                 const std::vector<re2::StringPiece>& pieces) {
  Match match;
  match.rule = &rule;
  const auto original = [&](size_t offset) { return rule.folded ? text.from_folded(offset) : offset; };
  size_t begin = subject.size(), end = 0;
  for (const auto& [name, number] : rule.groups) {
    if (pieces[number].data() == nullptr) continue;
    const size_t from = pieces[number].data() - subject.data(), to = from + pieces[number].size();
    begin = std::min(begin, from);
    end = std::max(end, to);
    const size_t first = original(from), last = original(to);
    match.groups[name] = {first, last, text.text().substr(first, last - first)};
  }
  if (begin > end) {
    begin = pieces[0].data() - subject.data();
    end = begin + pieces[0].size();
  }
  match.begin = original(begin);
  match.end = original(end);
  return match;
}

void explain_match(std::ostream* explain, const Match& match, const MatchText& text, const Match* winner) {
  if (!explain) return;
  *explain << (winner ? "lost " : "won  ") << match.rule->id << " \""
           << collapse_spaces(text.text().substr(match.begin, match.end - match.begin)) << "\"";
  if (winner) *explain << " to " << winner->rule->id;
  *explain << "\n";
}

nlohmann::json date_value(const std::string& text, bool end) {
  const auto date = parse_date(text, 0, end);
  if (!date || date->impossible) return nullptr;
  return date->iso;
}

nlohmann::json number_value(const std::optional<double>& number) {
  return number ? nlohmann::json(*number) : nlohmann::json(nullptr);
}

// "21⁄/KH-UBND" -> "21/KH-UBND": a stroke that was read as two.
std::string plain_strokes(std::string text) {
  static const Pattern stroke("⁄/?");
  RE2::GlobalReplace(&text, stroke, "/");
  return text;
}

std::string without_spaces(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (!std::isspace(static_cast<unsigned char>(c))) out += c;
  }
  return out;
}

// "5I3/KH-SYT" -> "513/KH-SYT": letters that print and OCR make of ones and noughts, in the number of a symbol.
std::string digits_before_stroke(std::string code) {
  for (char& c : code) {
    if (c == '/' || c == '-') break;
    if (c == 'l' || c == 'I' || c == '|') c = '1';
    if (c == 'O') c = '0';
  }
  return code;
}

}  // namespace

const WordList& RuleSet::Impl::list(const std::string& name) const {
  static const WordList empty = [] {
    WordList list;
    for (auto* pattern : {&list.prefix, &list.suffix, &list.anywhere})
      *pattern = std::make_unique<Pattern>("([^\\x00-\\x{10ffff}])");
    return list;
  }();
  const auto found = lists.find(name);
  return found == lists.end() ? empty : found->second;
}

double Calibration::of(double confidence) const {
  if (points.empty()) return confidence;
  const auto& [first, share] = points.front();
  if (confidence <= first) return first > 0 ? share * confidence / first : share;  // down to (0, 0)
  for (size_t i = 1; i < points.size(); ++i) {
    const auto& [from, low] = points[i - 1];
    const auto& [to, high] = points[i];
    if (confidence <= to) return low + (high - low) * (confidence - from) / (to - from);
  }
  return points.back().second;
}

std::string WordList::value(std::string_view printed) const {
  const std::string words = collapse_spaces(printed);
  const auto same = exact.find(to_lower(unify_tone_placement(words)));
  if (same != exact.end()) return same->second;
  const auto alike = by_key.find(fold(words));
  return alike == by_key.end() ? "" : alike->second;
}

std::string RuleSet::Impl::unit_name(std::string_view printed) const {
  const auto found = unit_names.find(to_lower(unify_tone_placement(collapse_spaces(printed))));
  return found == unit_names.end() ? "" : found->second;
}

const Unit* RuleSet::Impl::unit(std::string_view printed) const {
  const auto found = units.find(unit_name(printed));
  return found == units.end() ? nullptr : &found->second;
}

MatchText::MatchText(std::string_view text) : text_(text) {
  plain_ = unify_tone_placement(text_);
  // Offsets are shared with the text as given; moving a mark keeps the length of NFC Vietnamese.
  if (plain_.size() != text_.size()) plain_ = text_;
}

const std::string& MatchText::folded() const {
  if (!has_folded_) {
    folded_ = fold(text_, &map_);
    has_folded_ = true;
  }
  return folded_;
}

size_t MatchText::from_folded(size_t offset) const {
  if (map_.empty()) return offset;
  return static_cast<size_t>(map_[std::min(offset, map_.size() - 1)]);
}

const std::string& Match::text(const std::string& name) const {
  static const std::string empty;
  const auto found = groups.find(name);
  return found == groups.end() ? empty : found->second.text;
}

std::vector<Match> match_rule(const Rule& rule, const MatchText& text) {
  std::vector<Match> matches;
  const std::string& subject = rule.folded ? text.folded() : text.plain();
  std::vector<re2::StringPiece> pieces(1 + rule.re->NumberOfCapturingGroups());
  size_t at = 0;
  while (at <= subject.size() &&
         rule.re->Match(subject, at, subject.size(), RE2::UNANCHORED, pieces.data(), static_cast<int>(pieces.size()))) {
    matches.push_back(make_match(rule, text, subject, pieces));
    const size_t whole_end = pieces[0].data() - subject.data() + pieces[0].size();
    size_t named_end = 0;
    for (const auto& [name, number] : rule.groups) {
      if (pieces[number].data()) {
        named_end = std::max<size_t>(named_end, pieces[number].data() - subject.data() + pieces[number].size());
      }
    }
    // Go on after the last named group: the boundary character behind it may begin the next match.
    const size_t next = rule.groups.empty() || named_end <= at ? whole_end : named_end;
    at = next > at ? next : at + 1;
  }
  return matches;
}

std::vector<Match> find_matches(const RuleSet::Impl& rules, const MatchText& text, const std::string& field,
                                const std::string& where, std::ostream* explain) {
  std::vector<Match> all;
  const auto found = rules.by_field.find(field);
  if (found == rules.by_field.end()) return all;
  for (const Rule* rule : found->second) {
    if (!applies(*rule, where)) continue;
    for (auto& match : match_rule(*rule, text)) all.push_back(std::move(match));
  }
  std::sort(all.begin(), all.end(), better);
  // Winners by where they begin; they do not overlap, so only two neighbours can touch a new one.
  std::map<size_t, Match> won;
  for (auto& match : all) {
    auto next = won.lower_bound(match.begin);
    const Match* over = nullptr;
    if (next != won.end() && next->second.begin < std::max(match.end, match.begin + 1)) over = &next->second;
    if (next != won.begin() && std::prev(next)->second.end > match.begin) over = &std::prev(next)->second;
    explain_match(explain, match, text, over);
    if (!over) won.emplace(match.begin, std::move(match));
  }
  std::vector<Match> winners;
  for (auto& [begin, match] : won) winners.push_back(std::move(match));
  return winners;
}

nlohmann::json typed_value(const RuleSet::Impl& rules, const std::string& type, const std::string& text) {
  if (type == "text") return trim_to_words(collapse_spaces(text));
  if (type == "upper") return to_upper(collapse_spaces(text));
  if (type == "code") return plain_strokes(without_spaces(text));
  if (type == "damaged_code") return plain_strokes(digits_before_stroke(without_spaces(text)));
  if (type == "number") return number_value(parse_number(text));
  if (type == "decimal") return number_value(parse_damaged_decimal(text));
  if (type == "words") return number_value(parse_number_words(text));
  if (type == "date" || type == "date_end") return date_value(text, type == "date_end");
  if (type == "unit") return rules.unit_name(text);
  if (type == "ordinal") {
    const auto ordinal = parse_ordinal(text);
    return ordinal ? nlohmann::json(*ordinal) : nlohmann::json(nullptr);
  }
  const WordList& list = rules.list(type.substr(5));
  const std::string value = list.value(text);
  return value.empty() ? nlohmann::json(nullptr) : nlohmann::json(value);
}

nlohmann::json typed_values(const RuleSet::Impl& rules, const Match& match) {
  nlohmann::json values = nlohmann::json::object();
  for (const auto& [name, type] : match.rule->values) {
    if (match.has(name)) values[name] = typed_value(rules, type, match.text(name));
  }
  for (const auto& [name, value] : match.rule->set) values[name] = value;
  return values;
}

std::string collapse_spaces(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool no_break = text.compare(i, 2, "\u00a0") == 0;
    if (no_break) ++i;
    if (no_break || std::isspace(static_cast<unsigned char>(text[i]))) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += text[i];
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string trim_to_words(std::string_view text) {
  static const std::vector<std::string> noise = {" ", "-", "–", ":", ";", ",", ".", "*", "/", "\t", "\n", "…", "+", "_", "|"};
  bool again = true;
  while (again && !text.empty()) {
    again = false;
    for (const auto& n : noise) {
      while (text.size() >= n.size() && text.substr(0, n.size()) == n) text.remove_prefix(n.size()), again = true;
      while (text.size() >= n.size() && text.substr(text.size() - n.size()) == n) text.remove_suffix(n.size()), again = true;
    }
  }
  return std::string(text);
}

}  // namespace planscribe

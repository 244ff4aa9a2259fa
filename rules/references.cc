// The acts a plan cites: one row for each distinct type and number, over line breaks.
#include <algorithm>
#include <set>

#include "models/unicode.h"
#include "rules/extraction.h"
#include "rules/look_alike.h"

namespace planscribe {
namespace {

constexpr double kRepaired = 0.8;  // a symbol that was read as no known one

std::string sentence_case(const std::string& text) {
  const std::string lower = to_lower(collapse_spaces(text));
  size_t first = 1;
  while (first < lower.size() && (lower[first] & 0xc0) == 0x80) ++first;
  return to_upper(lower.substr(0, first)) + lower.substr(first);
}

std::string act_number(const RuleSet::Impl& rules, const std::string& printed) {
  static const Pattern long_dash("–");
  std::string number = typed_value(rules, "code", printed);
  RE2::GlobalReplace(&number, long_dash, "-");
  while (!number.empty() && number.back() == '.') number.pop_back();
  return number;
}

// A symbol that print and OCR confuse with a known one: "QHI5" is QH15, "TTEg" is TTg. Digits stand only for letters
// that look like them inside a known symbol; the number itself is never touched. Empty when there is none or a choice.
std::string known_symbol(const RuleSet::Impl& rules, const std::string& printed) {
  const WordList& symbols = rules.list("issuer_symbol");
  // A stray letter: any in a symbol of mixed case (TTEg), else only strokes (UBTVQHI15).
  const bool mixed = std::any_of(printed.begin(), printed.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  std::string found = same_shape_entry(symbols, printed);
  if (!found.empty()) return found;
  for (size_t i = 0; i < printed.size(); ++i) {
    if (!mixed && std::string_view("Il|").find(printed[i]) == std::string_view::npos) continue;
    const std::string shorter = printed.substr(0, i) + printed.substr(i + 1);
    const auto same = std::find_if(symbols.entries.begin(), symbols.entries.end(),
                                   [&](const ListEntry& entry) { return entry.text == shorter; });
    if (same == symbols.entries.end() || same->text == found) continue;
    if (!found.empty()) return "";
    found = same->text;
  }
  return found;
}

// "Nghị quyết số 28/NÑQ-HĐND": the kind says which symbol was printed, where one letter parts them.
std::string symbol_of_kind(const RuleSet::Impl& rules, const std::string& kind, const std::string& printed) {
  for (const auto& entry : rules.list("act_symbol").entries) {
    if (to_lower(entry.value) == to_lower(kind) && edit_distance(fold(entry.text), fold(printed)) <= 1) return entry.text;
  }
  return "";
}

// The number with the symbols of its issuers as the list writes them; repaired tells that one was not.
std::string with_known_symbols(const RuleSet::Impl& rules, const std::string& number, const std::string& kind,
                               bool* repaired) {
  std::string out;
  size_t from = 0;
  bool kind_open = false;  // the symbol of the kind stands behind the number or its year
  while (from <= number.size()) {
    const size_t end = std::min(number.find_first_of("/-", from), number.size());
    const std::string part = number.substr(from, end - from);
    std::string known = from == 0 || part.size() < 2 ? part : known_symbol(rules, part);
    if (known.empty() && kind_open) known = symbol_of_kind(rules, kind, part);
    kind_open = from == 0 || part.find_first_not_of("0123456789") == std::string::npos;
    *repaired = *repaired || (!known.empty() && known != part);
    out += known.empty() ? part : known;
    if (end < number.size()) out += number[end];
    from = end + 1;
  }
  return out;
}

// Of an act cited by number alone the symbol tells the kind: 15/NQ-HĐND -> Nghị quyết.
std::string kind_of_number(const RuleSet::Impl& rules, const std::string& number) {
  static const Pattern symbol(R"([/-]([\p{L}]+\d*))");
  re2::StringPiece rest(number), found;
  while (RE2::FindAndConsume(&rest, symbol, &found)) {
    const auto& kinds = rules.list("act_symbol").exact;
    const auto kind = kinds.find(to_lower(std::string(found)));
    if (kind != kinds.end()) return kind->second;
  }
  return "Văn bản";
}

Reference make_reference(const Plan& plan, const Paragraph& paragraph, const Match& match) {
  Reference reference;
  bool repaired = false;
  if (match.has("type")) reference.type = sentence_case(match.text("type"));
  reference.number = with_known_symbols(plan.rules, act_number(plan.rules, match.text("number")), reference.type, &repaired);
  if (!match.has("type")) reference.type = kind_of_number(plan.rules, reference.number);
  const auto values = typed_values(plan.rules, match);
  double strength = match.rule->strength * (repaired ? kRepaired : 1);
  if (values.contains("date") && values["date"].is_string()) reference.date = values["date"];
  if (match.has("date") && !reference.date) strength *= 0.5;  // a date that does not exist is reported, not mended
  if (match.has("issuer")) {
    const std::string issuer = trim_to_words(collapse_spaces(match.text("issuer")));
    if (!issuer.empty()) reference.issuer = issuer;
  }
  reference.evidence = make_evidence(plan, paragraph, paragraph.body + match.begin, paragraph.body + match.end, match.rule->id, strength);
  return reference;
}

// "Chỉ thị số 17-CT/TU ngày ... và Chỉ thị số 19-CT/TU ngày ... của Ban Thường vụ": one issuer for both.
void share_issuers(std::vector<Reference>& references, const std::vector<Match>& matches, const std::string& text,
                   size_t first) {
  for (size_t i = matches.size(); i-- > 1;) {
    Reference& before = references[first + i - 1];
    const Reference& after = references[first + i];
    if (before.issuer || !after.issuer) continue;
    const size_t from = matches[i - 1].end, to = matches[i].begin;
    const std::string between = trim_to_words(text.substr(from, to > from ? to - from : 0));
    if (between.empty() || between == "và") before.issuer = after.issuer;
  }
}

}  // namespace

std::vector<Reference> read_references(const Plan& plan) {
  std::vector<Reference> all, distinct;
  for (const auto& paragraph : plan.paragraphs) {
    if (paragraph.text.find_first_of("0123456789") == std::string::npos) continue;  // an act is known by its number
    const MatchText& text = paragraph.body_text();
    const auto matches = find_matches(plan.rules, text, "references", paragraph.kind, plan.explain);
    const size_t first = all.size();
    for (const auto& match : matches) all.push_back(make_reference(plan, paragraph, match));
    share_issuers(all, matches, text.text(), first);
  }
  std::map<std::string, size_t> seen;
  for (auto& reference : all) {
    if (reference.number == plan.own_number) continue;
    const auto [found, added] = seen.emplace(fold(reference.type + " " + reference.number), distinct.size());
    if (added) {
      distinct.push_back(std::move(reference));
    } else {
      // A later mention may say what the first left out.
      Reference& known = distinct[found->second];
      if (!known.date) known.date = reference.date;
      if (!known.issuer) known.issuer = reference.issuer;
    }
  }
  return distinct;
}

}  // namespace planscribe

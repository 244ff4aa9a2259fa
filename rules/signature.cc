// The signature block and the list of recipients.
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr size_t kMaxAuthorityLine = 160;  // bytes; longer lines are running text

struct SignatureReader {
  const Plan& plan;
  DocumentFields& document;

  std::optional<Match> match(const Fragment& line, const char* field) const {
    auto matches = find_matches(plan.rules, MatchText(line.text), field, "signature", plan.explain);
    return matches.empty() ? std::nullopt : std::optional(matches.front());
  }

  void set(OptionalField<std::string>& field, const Fragment& line, const Match& match, const char* group) const {
    const Group& words = match.groups.at(group);
    const std::string value = collapse_spaces(words.text);
    field = text_field(plan, line, words.begin, words.end, value, match.rule->id, match.rule->strength);
  }

  void read(const Fragment& line) const {
    Signer& signer = document.signer;
    auto authority = match(line, "signer.authority");
    // "TM. ỦY BAN NHÂN DÂN" / "KT. CHỦ TỊCH": the body signs; who stands in for whom is told by the position.
    if (authority && signer.authority) return;
    if (authority && !signer.position) return set(signer.authority, line, *authority, "authority");
    auto position = match(line, "signer.position");
    if (position && !signer.position) return set(signer.position, line, *position, "position");
    auto name = match(line, "signer.name");
    if (name && !signer.name) return set(signer.name, line, *name, "name");
    // An authority in two lines: "TM. BAN CHẤP HÀNH" / "ĐẢNG BỘ TỈNH".
    static const RE2 capitals(R"(^[\p{Lu}\s,&.-]+$)");
    const bool short_line = line.text.size() >= 4 && line.text.size() <= kMaxAuthorityLine;
    if (signer.authority && !signer.position && short_line && RE2::FullMatch(line.text, capitals)) {
      signer.authority->value += " " + collapse_spaces(line.text);
    }
  }
};

Fragment without_bullet(const Fragment& line) {
  static const RE2 bullet(R"(^([-–—+*•●▪·o~=»]\s*-?\s*|\d{1,2}[.)]\s+))");
  re2::StringPiece rest(line.text), found;
  if (!RE2::Consume(&rest, bullet)) return line;
  return sub_fragment(line, rest.data() - line.text.data(), line.text.size());
}

bool has_bullet(const Fragment& line) { return without_bullet(line).text.size() != line.text.size(); }

// One item a bullet; a line without one goes on with the item before unless that was closed by ";".
std::vector<Fragment> recipient_items(const Plan& plan) {
  std::vector<Fragment> items;
  bool started = false;
  static const RE2 item(R"(^[-–—~]\s*\p{Lu}.*;\s*$)");  // the list tells itself where its heading is lost
  for (const auto& line : plan.recipients) {
    started = started || RE2::FullMatch(line.text, item);
    Fragment rest = line;
    const auto start = find_matches(plan.rules, MatchText(line.text), "recipients.start", "recipients");
    if (!start.empty()) {
      rest = sub_fragment(line, start.front().end, line.text.size());
      started = true;
    }
    if (rest.empty() || !started) continue;
    const bool closed = items.empty() || std::string(";.").find(items.back().text.back()) != std::string::npos;
    if (has_bullet(rest) || closed) {
      items.push_back(without_bullet(rest));
    } else {
      append(items.back(), rest, " ");
    }
  }
  return items;
}

}  // namespace

void read_signature(const Plan& plan, DocumentFields& document) {
  const SignatureReader reader{plan, document};
  for (const auto& line : plan.signature) reader.read(line);
  for (const auto& item : recipient_items(plan)) {
    std::string value = trim_to_words(collapse_spaces(item.text));
    static const RE2 word(R"(\p{L}{2})");
    if (!RE2::PartialMatch(value, word)) continue;
    document.recipients.push_back(text_field(plan, item, 0, item.text.size(), value, "recipients.item", 0.92));
  }
}

}  // namespace planscribe

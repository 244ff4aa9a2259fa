// The signature block: authority, position and name.
#include <algorithm>

#include "models/unicode.h"
#include "rules/clause.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr double kCutName = 0.4, kMendedName = 0.7;
constexpr double kBehindStain = 0.5;       // "^ CHỦ TỊCH": "PHÓ" may lie below the stain
constexpr size_t kMaxAuthorityLine = 160;  // bytes; longer lines are running text

// A stroke of the seal between two words of a position: "PHÓ-GIÁM ĐỐC". Positions are no words with hyphens.
std::string without_hyphens(std::string text) {
  static const Pattern hyphen(R"((\p{Lu})-(\p{Lu}))");
  RE2::GlobalReplace(&text, hyphen, R"(\1 \2)");
  return text;
}

struct SignatureReader {
  const Plan& plan;
  DocumentFields& document;

  std::optional<Match> match(const Fragment& line, const char* field) const {
    auto matches = find_matches(plan.rules, MatchText(without_hyphens(line.text)), field, "signature", plan.explain);
    return matches.empty() ? std::nullopt : std::optional(matches.front());
  }

  void set(OptionalField<std::string>& field, const Fragment& line, const Match& match, const char* group) const {
    const Group& words = match.groups.at(group);
    const auto typed = typed_values(plan.rules, match).value(group, nlohmann::json());
    const bool of_list = match.rule->values.at(group).rfind("list:", 0) == 0 && typed.is_string();
    const std::string value = of_list ? typed.get<std::string>() : collapse_spaces(words.text);
    field = text_field(plan, line, words.begin, words.end, value, match.rule->id, match.rule->strength);
  }

  // A stroke between two words is no part of a name; one that begins or ends with a middle name has lost a word.
  void check_name(Field<std::string>& name) const {
    static const Pattern stroke(R"((\p{Ll})['’`](\p{Lu}))");
    RE2::GlobalReplace(&name.value, stroke, R"(\1 \2)");
    static const Pattern middle(R"(^(?:Thị|Văn)\s|\sThị$|^\S+\sVăn$)");
    const bool cut = RE2::PartialMatch(name.value, middle) && count_words(name.value) < 4;
    if (cut) name.evidence.confidence *= kCutName;
  }

  // "Nguyen": no family name is written so, and a single one has these letters. "Vị" may be several.
  void mend_family_name(Field<std::string>& name) const {
    const WordList& names = plan.rules.list("family_name");
    const size_t end = name.value.find(' ');
    const std::string printed = name.value.substr(0, end);
    if (names.exact.count(to_lower(printed)) > 0) return;
    std::set<std::string> found;
    for (const auto& entry : names.entries) {
      if (fold(entry.text) == fold(printed)) found.insert(entry.text);
    }
    if (count_words(name.value) < 3) return;
    if (!may_be_misread(plan.lines[name.evidence.spans[0].line])) return;
    name.evidence.confidence *= kMendedName;
    if (found.size() != 1) return;
    const bool capitals = printed == to_upper(printed);
    name.value = (capitals ? to_upper(*found.begin()) : *found.begin()) + name.value.substr(end);
  }

  void read_position(const Fragment& line, const Match& match) const {
    set(document.signer.position, line, match, "position");
    Evidence& evidence = document.signer.position->evidence;
    const SourceLine& source = plan.lines[evidence.spans[0].line];
    static const Pattern stain(R"((?:^|\s)[^\p{L}\p{N}\s;.:,"”)]{1,3}\s*$)");
    const std::string before = source.text.substr(0, evidence.spans[0].begin);
    if (may_be_misread(source) && RE2::PartialMatch(before, stain)) evidence.confidence *= kBehindStain;
  }

  void read(const Fragment& line) const {
    Signer& signer = document.signer;
    auto authority = match(line, "signer.authority");
    // "TM. ỦY BAN NHÂN DÂN" / "KT. CHỦ TỊCH": the body signs; who stands in for whom is told by the position.
    if (authority && signer.authority) return;
    if (authority && !signer.position) return set(signer.authority, line, *authority, "authority");
    auto position = match(line, "signer.position");
    if (position && !signer.position) return read_position(line, *position);
    auto name = match(line, "signer.name");
    if (name && !signer.name) {
      set(signer.name, line, *name, "name");
      check_name(*signer.name);
      return mend_family_name(*signer.name);
    }
    // An authority in two lines: "TM. BAN CHẤP HÀNH" / "ĐẢNG BỘ TỈNH".
    static const Pattern capitals(R"(^[\p{Lu}\s,&.-]+$)");
    const bool short_line = line.text.size() >= 4 && line.text.size() <= kMaxAuthorityLine;
    if (signer.authority && !signer.position && short_line && RE2::FullMatch(line.text, capitals)) {
      signer.authority->value += ' ';
      signer.authority->value += collapse_spaces(line.text);
    }
  }
};

}  // namespace

void read_signature(const Plan& plan, DocumentFields& document) {
  const SignatureReader reader{plan, document};
  for (const auto& line : plan.signature) reader.read(line);
  // A prefix alone names nobody: "TM."
  auto& authority = document.signer.authority;
  if (authority && authority->value.find(' ') == std::string::npos) authority.reset();
}

}  // namespace planscribe

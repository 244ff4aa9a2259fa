// The issuing body and the one above it: from the left column of the head; where that is lost, from the number's
// symbol, the place, the signature and what the text calls its own place, with less confidence.
#include <algorithm>

#include "models/unicode.h"
#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr double kFromHead = 0.95, kHeadWithoutBase = 0.8, kFromText = 0.7;

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string capitalised(const std::string& word) {
  const std::string lower = to_lower(word);
  size_t first = 1;
  while (first < lower.size() && (lower[first] & 0xc0) == 0x80) ++first;
  return to_upper(lower.substr(0, first)) + lower.substr(first);
}

// In capitals, but for a word or two that were misread: "Sở KHOA HỌC VÀ CÔNG NGHỆ".
bool is_upper_text(const std::string& text) {
  static const Pattern lower(R"((\p{Ll}))"), upper(R"((\p{Lu}))");
  const auto count = [&](const RE2& letter) {
    re2::StringPiece rest(text), found;
    int letters = 0;
    while (RE2::FindAndConsume(&rest, letter, &found)) ++letters;
    return letters;
  };
  return count(lower) * 4 <= count(upper);
}

bool in_list(const RuleSet::Impl& rules, const char* list, const std::string& word) {
  return rules.list(list).exact.count(to_lower(unify_tone_placement(word))) > 0;
}

// The rule under a body is read as signs at the ends of its words: "THÀNH PHỐ_ HUẾ".
std::string without_rule(std::string text) {
  static const Pattern rule(R"((\p{L})_+(\s|$))");
  RE2::GlobalReplace(&text, rule, "\\1\\2");
  return text;
}

// "ỦY BAN NHÂN DÂN PHƯỜNG NGÔ QUYỀN" -> "Ủy ban nhân dân phường Ngô Quyền": after a level everything is a name.
std::string running_text(const RuleSet::Impl& rules, const std::string& text) {
  if (!is_upper_text(text)) return text;
  std::string out;
  bool name = false, capital = true;
  std::string two;
  const auto words = words_of(collapse_spaces(text));
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const std::string lower = to_lower(word);
    const std::string ahead = i + 1 < words.size() ? lower + " " + to_lower(words[i + 1]) : "";
    two = two.empty() ? lower : two.substr(two.rfind(' ') == std::string::npos ? 0 : two.rfind(' ') + 1) + " " + lower;
    const bool level = !in_list(rules, "level_compound", ahead) &&
                       (in_list(rules, "level", two) || in_list(rules, "level", lower));
    std::string written;
    if (in_list(rules, "kept_capitals", word)) {
      written = word;
    } else if (level && !(name && !in_list(rules, "level", lower))) {
      written = lower;
      name = true;
    } else if (name && lower != "thuộc") {
      written = lower == "phố" || lower == "trấn" || (lower == "xã" && two == "thị xã") ? lower : capitalised(word);
    } else {
      written = capital || !in_list(rules, "common_word", lower) ? capitalised(word) : lower;
    }
    const bool pair = in_list(rules, "common_pair", two);  // "ủy ban", "hội đồng", "nhân dân"
    if (pair && !name) written = lower;
    capital = (in_list(rules, "capital_after", lower) || in_list(rules, "capital_after", two)) && !level && !pair;
    if (out.empty() && !in_list(rules, "kept_capitals", word)) written = capitalised(written);
    if (out.empty() && level) written = lower;
    out += (out.empty() ? "" : " ") + written;
  }
  return out;
}

std::string written_out(const RuleSet::Impl& rules, const std::string& text) {
  std::string out;
  const auto& list = rules.list("body_abbreviation").exact;
  for (const auto& word : words_of(text)) {
    const auto found = list.find(to_lower(unify_tone_placement(word)));
    const bool abbreviation = found != list.end() && is_upper_text(word);
    out += (out.empty() ? "" : " ") + (abbreviation ? found->second : word);
  }
  return out;
}

bool begins_body(const RuleSet::Impl& rules, const std::string& line) {
  return RE2::PartialMatch(unify_tone_placement(line), *rules.list("body_prefix").prefix);
}

bool begins_level(const RuleSet::Impl& rules, const std::string& line) {
  return RE2::PartialMatch(line, *rules.list("level").prefix);
}

// Lines of the left column grouped into bodies: a line that begins like a body opens one, others go on with it.
// "THÀNH PHỐ ..." after a whole name goes on too, for a level cannot open a body where one stands. A text layer may
// give the columns line by line in any order: a body behind the number is the one printed above.
std::vector<Fragment> bodies_of_head(const Plan& plan) {
  std::vector<Fragment> bodies;
  static const Pattern letters(R"(\p{Lu}\S*\s*\p{Lu})"), star(R"(^[\W_]*$)"), marginal(R"((?i)^\W{0,4}(?:số|so|dự thảo|hỏa tốc|khẩn|mật|v/v|lần)(?:[^\p{L}]|$))");
  static const Pattern number_sign(R"((?i)^\W{0,4}s[ốôo])");
  bool numbered = false;
  for (const auto& line : plan.head_left) {
    if (RE2::PartialMatch(line.text, marginal)) {
      numbered = numbered || RE2::PartialMatch(line.text, number_sign);
      continue;
    }
    if (numbered) {
      const bool above = bodies.size() == 1 && is_upper_text(line.text) && begins_body(plan.rules, line.text);
      if (above) bodies.insert(bodies.begin(), line);
      continue;
    }
    if (RE2::FullMatch(line.text, star) || !RE2::PartialMatch(line.text, letters)) {
      if (bodies.empty() || RE2::FullMatch(line.text, star)) continue;
    }
    // "BAN CHẤP HÀNH" over "HỘI PHỤ NỮ HUYỆN ...": a committee is somebody's.
    static const Pattern committee(R"((?i)^\W*(?:ban chấp hành|ban thường vụ|bch|btv)\W*$)");
    const bool open = !bodies.empty() && RE2::PartialMatch(unify_tone_placement(bodies.back().text), committee);
    if (bodies.empty() || (begins_body(plan.rules, line.text) && !open)) {
      bodies.push_back(line);
    } else {
      append(bodies.back(), line, " ");
    }
  }
  return bodies;
}

// Level and name of the place a text speaks of most, where its name is the place of the head.
struct PlaceName {
  std::string level, name;
  Fragment fragment;
  size_t begin = 0, end = 0;
};

std::optional<PlaceName> own_place(const Plan& plan, const std::string& place) {
  std::map<std::string, std::pair<int, PlaceName>> counted;
  for (const auto& paragraph : plan.paragraphs) {
    for (const auto& match : find_matches(plan.rules, MatchText(paragraph.text), "document.body_mention", "")) {
      const std::string level = to_lower(match.text("level")), name = collapse_spaces(match.text("name"));
      if (!place.empty() && fold(place).find(fold(name)) == std::string::npos) continue;
      const bool issuer = match.has("base");
      if (place.empty() && !issuer) continue;
      auto& entry = counted[fold(level + " " + name)];
      entry.first += issuer ? 3 : 1;
      if (entry.second.name.empty()) entry.second = {level, name, paragraph, match.begin, match.end};
    }
  }
  const PlaceName* best = nullptr;
  int most = 0;
  for (const auto& [key, entry] : counted) {
    if (entry.first > most) {
      most = entry.first;
      best = &entry.second;
    }
  }
  return best ? std::optional(*best) : std::nullopt;
}

// "Ủy ban nhân dân" from the symbol of the number or the signature.
std::string base_name(const Plan& plan, const DocumentFields& document) {
  std::string signs = document.number ? document.number->value : "";
  for (const auto& line : plan.head_left) signs += " " + line.text;
  for (const auto& line : plan.signature) signs += " " + line.text;
  const std::string folded = fold(signs);
  if (folded.find("ubnd") != std::string::npos || folded.find("uy ban nhan dan") != std::string::npos) return "Ủy ban nhân dân";
  if (folded.find("hdnd") != std::string::npos || folded.find("hoi dong nhan dan") != std::string::npos) return "Hội đồng nhân dân";
  return "";
}

bool names_place(const RuleSet::Impl& rules, const std::string& name) {
  return RE2::PartialMatch(name, *rules.list("level").anywhere) || RE2::PartialMatch(name, *rules.list("province").anywhere);
}

// "Bệnh viện Đa khoa khu vực Ea Kar" has a name of its own, "Sở Nội vụ" and "Liên hiệp các hội KH&KT" have not.
bool ends_in_name(const std::string& body) {
  static const Pattern name(R"(\s\p{Lu}\p{Ll}+$)");
  return RE2::PartialMatch(body, name);
}

// The place of the parent body: "UBND tỉnh Bắc Giang" -> "tỉnh Bắc Giang".
std::string place_of(const RuleSet::Impl& rules, const std::string& body) {
  // "Tỉnh ủy Khánh Hòa" sits in "tỉnh Khánh Hòa".
  re2::StringPiece compound;
  if (RE2::PartialMatch(body, *rules.list("level_compound").prefix, &compound)) {
    return rules.list("level_compound").value(compound) + body.substr(compound.data() + compound.size() - body.data());
  }
  re2::StringPiece level;
  const RE2& pattern = *rules.list("level").anywhere;
  if (!RE2::PartialMatch(body, pattern, &level)) return "";
  return body.substr(level.data() - body.data());
}

// "Ban Dân vận" below "Tỉnh ủy Sơn La" is the committee's, not the province's.
bool is_organ_of(const RuleSet::Impl& rules, const std::string& name, const std::string& parent) {
  return RE2::PartialMatch(name, *rules.list("committee_organ").prefix) &&
         RE2::PartialMatch(parent, *rules.list("level_compound").prefix);
}

std::string without_level(const RuleSet::Impl& rules, const std::string& place) {
  re2::StringPiece level;
  return RE2::PartialMatch(place, *rules.list("level").prefix, &level) ? place.substr(level.size()) : place;
}

void issuing_from_head(const Plan& plan, DocumentFields& document, const Fragment& body, const std::string& parent) {
  std::string name = trim_to_words(written_out(plan.rules, running_text(plan.rules, without_rule(collapse_spaces(body.text)))));
  double strength = kFromHead;
  if (begins_level(plan.rules, body.text) && !begins_body(plan.rules, body.text)) {
    const std::string base = base_name(plan, document);
    if (!base.empty()) name = base + " " + name;
    strength = kHeadWithoutBase;
  }
  const std::string place = place_of(plan.rules, parent);
  // A level with its name cut off: "Ủy ban nhân dân phường" -> the place of the head.
  const bool bare_level = RE2::PartialMatch(name, *plan.rules.list("level").suffix);
  if (bare_level && document.place) {
    const auto own = own_place(plan, document.place->value);
    if (own) name += " " + own->name;
    strength = kFromText;
    if (!own && !place.empty()) name += without_level(plan.rules, place);
  } else if (is_organ_of(plan.rules, name, parent)) {
    name += " " + parent;
  } else if (!names_place(plan.rules, name) && !ends_in_name(name) && !place.empty()) {
    name += " " + place;
  }
  document.issuing_body = text_field(plan, body, 0, body.text.size(), name, "document.body.head", strength);
}

void issuing_from_text(const Plan& plan, DocumentFields& document) {
  const auto own = own_place(plan, document.place ? document.place->value : "");
  const std::string base = base_name(plan, document);
  if (!own || base.empty()) return;
  document.issuing_body = text_field(plan, own->fragment, own->begin, own->end, base + " " + own->level + " " + own->name,
                                     "document.body.text", kFromText);
}

}  // namespace

void read_bodies(const Plan& plan, DocumentFields& document) {
  const auto bodies = bodies_of_head(plan);
  if (bodies.empty()) return issuing_from_text(plan, document);
  std::string parent;
  if (bodies.size() > 1) {
    parent = trim_to_words(running_text(plan.rules, without_rule(collapse_spaces(bodies[0].text))));
    document.parent_body = text_field(plan, bodies[0], 0, bodies[0].text.size(), parent, "document.body.parent", kFromHead);
  }
  issuing_from_head(plan, document, bodies.back(), parent);
}

}  // namespace planscribe

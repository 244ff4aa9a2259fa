#include "corpus/evaluate/record_scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

#include "models/letters.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

using nlohmann::json;

const std::map<std::string, std::string> kAbbreviations = {{"ubnd", "ủy ban nhân dân"},
                                                           {"hđnd", "hội đồng nhân dân"},
                                                           {"ubmttq", "ủy ban mặt trận tổ quốc"},
                                                           {"kh&kt", "khoa học và kỹ thuật"},
                                                           {"tp", "thành phố"}};
const std::map<std::string, std::string> kUnits = {{"tỉ đồng", "tỷ đồng"},      {"phần trăm", "%"}, {"cán bộ, công chức", "người"},
                                                   {"cán bộ", "người"},         {"công chức", "người"}, {"lao động", "người"},
                                                   {"học sinh", "người"}};
constexpr double kNearlyEqual = 0.85, kSameRound = 0.5, kSameOccasion = 0.4, kSameIndicator = 0.5;

// Values stand bare in gold and as {value, evidence} in records.
json value_of(const json& holder, const char* key) {
  if (!holder.is_object() || !holder.contains(key)) return nullptr;
  const json& item = holder.at(key);
  return item.is_object() && item.contains("value") ? item.at("value") : item;
}
json bare(const json& item) { return item.is_object() && item.contains("value") ? item.at("value") : item; }

const json& list_of(const json& holder, const char* key) {
  static const json kEmpty = json::array();
  return holder.is_object() && holder.contains(key) && holder.at(key).is_array() ? holder.at(key) : kEmpty;
}

std::string text_of(const json& value) { return value.is_null() ? "" : value.is_string() ? value.get<std::string>() : value.dump(); }

// Lower case of NFC; letters keep their marks where they stand.
std::u32string lower_text(const std::string& text) {
  std::u32string out = decode(plain_nfc(text));
  for (char32_t& c : out) c = lower(c);
  return out;
}

// The letters of a word without tones, then its tones: hoà and hòa become one.
std::string tones_last(const std::string& word) {
  std::u32string letters, tones;
  for (char32_t c : decode(plain_nfd(word)))
    (c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323 ? tones : letters) += c;
  return encode(letters + tones);
}

std::vector<std::string> split(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// What two values must share to be equal: words in lower case without signs, abbreviations written out.
std::string key_of(const json& value) {
  static const std::u32string kSigns = U"“”\"'‘’.,;:()/-–—";
  std::u32string plain = lower_text(text_of(value));
  for (char32_t& c : plain)
    if (kSigns.find(c) != std::u32string::npos || c == 0xA0) c = ' ';
  std::string key;
  for (const std::string& word : split(encode(plain))) {
    const auto full = kAbbreviations.find(word);
    for (const std::string& part : split(full == kAbbreviations.end() ? word : full->second)) key += (key.empty() ? "" : " ") + tones_last(part);
  }
  return key;
}

std::map<std::string, int> bag_of(const json& value) {
  std::u32string words;  // marks part words, as in the scoring script
  for (char32_t c : decode(key_of(value))) words += is_letter(c) || is_digit(c) || c == '_' ? c : U' ';
  std::map<std::string, int> bag;
  for (const std::string& word : split(blind_form(encode(words)))) ++bag[word];
  return bag;
}

// Twice the words in both over all words.
double overlap(const json& a, const json& b) {
  const auto in_a = bag_of(a), in_b = bag_of(b);
  int both = 0, all = 0;
  for (const auto& [word, count] : in_a) {
    all += count;
    const auto other = in_b.find(word);
    if (other != in_b.end()) both += std::min(count, other->second);
  }
  for (const auto& [word, count] : in_b) all += count;
  return both == 0 ? 0 : 2.0 * both / all;
}

bool same_number(const json& a, const json& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (!a.is_number() || !b.is_number()) return false;
  const double x = a, y = b;
  return std::abs(x - y) < 1e-9 * std::max(1.0, std::abs(x));
}

bool is_said(const json& value) { return !value.is_null() && value != "" && value != 0; }

double field_score(const json& gold, const json& given) {
  if (key_of(gold) == key_of(given)) return 1;
  return is_said(gold) && is_said(given) && overlap(gold, given) >= kNearlyEqual ? 0.5 : 0;
}

// A list in the gold names readings that are all accepted.
double signer_score(const json& gold, const json& given) {
  const json accepted = gold.is_array() ? gold : json::array({gold});
  for (const json& reading : accepted)
    if (key_of(reading) == key_of(given)) return 1;
  for (const json& reading : accepted)
    if (is_said(given) && is_said(reading) && blind_form(text_of(reading)) == blind_form(text_of(given))) return 0.5;
  return 0;
}

std::map<std::string, double> compare_fields(const json& gold, const json& given) {
  std::map<std::string, double> scores;
  for (const char* field : {"type", "number", "parent_body", "issuing_body", "place", "issue_date", "title", "theme", "plan_year"})
    scores[field] = field_score(value_of(gold, field), value_of(given, field));
  const json signer = gold.contains("signer") ? gold.at("signer") : json(), read = given.contains("signer") ? given.at("signer") : json();
  for (const char* field : {"authority", "position", "name"})
    scores[std::string("signer.") + field] = signer_score(value_of(signer, field), value_of(read, field));
  return scores;
}

Found compare_recipients(const json& gold, const json& given) {
  std::map<std::string, int> wanted;
  Found found;
  for (const json& name : list_of(gold, "recipients")) ++wanted[blind_form(key_of(bare(name)))], ++found.wanted;
  for (const json& name : list_of(given, "recipients")) ++found.given, found.right += wanted[blind_form(key_of(bare(name)))]-- > 0;
  return found;
}

// By their number without white space.
std::map<std::string, json> by_number(const json& references) {
  std::map<std::string, json> result;
  for (const json& reference : references) {
    std::u32string number;
    for (char32_t c : lower_text(text_of(value_of(reference, "number"))))
      if (c > ' ' && c != 0xA0) number += c == U'đ' ? U'd' : c;
    result[encode(number)] = reference;
  }
  return result;
}

void compare_references(const json& gold, const json& given, std::map<std::string, Found>& lists) {
  const auto wanted = by_number(list_of(gold, "references"));
  auto read = by_number(list_of(given, "references"));
  read.erase("");
  Found found{0, static_cast<int>(read.size()), static_cast<int>(wanted.size())}, dates;
  for (const auto& [number, reference] : wanted) {
    const auto match = read.find(number);
    if (match == read.end()) continue;
    ++found.right;
    dates.right += text_of(value_of(reference, "date")) == text_of(value_of(match->second, "date"));
  }
  dates.given = dates.wanted = found.right;
  lists["references"] = found;
  lists["reference_dates"] = dates;
}

// Pairs each wanted item with the first given one that fits and is not taken.
template <typename Fits>
Found pair_off(const std::vector<json>& wanted, std::vector<json> given, Fits fits) {
  Found found{0, static_cast<int>(given.size()), static_cast<int>(wanted.size())};
  for (const json& want : wanted) {
    const auto match = std::find_if(given.begin(), given.end(), [&](const json& item) { return fits(want, item); });
    if (match == given.end()) continue;
    ++found.right;
    given.erase(match);
  }
  return found;
}

std::string month_of(const json& item, const char* key) { return text_of(value_of(item, key)).substr(0, 7); }

void compare_rounds(const json& gold, const json& given, std::map<std::string, Found>& lists) {
  const std::vector<json> wanted = list_of(gold, "rounds"), read = list_of(given, "rounds");
  lists["rounds"] = pair_off(wanted, read, [](const json& a, const json& b) {
    return month_of(a, "from") == month_of(b, "from") && month_of(a, "to") == month_of(b, "to") &&
           overlap(value_of(a, "label"), value_of(b, "label")) >= kSameRound;
  });
  const auto occasions = [](const std::vector<json>& rounds) {
    std::vector<json> all;
    for (const json& round : rounds)
      for (const json& occasion : list_of(round, "occasions")) all.push_back(occasion);
    return all;
  };
  lists["occasions"] = pair_off(occasions(wanted), occasions(read), [](const json& a, const json& b) {
    return text_of(value_of(a, "to")) == text_of(value_of(b, "to")) && overlap(value_of(a, "name"), value_of(b, "name")) >= kSameOccasion;
  });
}

std::string unit_of(const json& target) {
  std::string unit = encode(lower_text(text_of(value_of(target, "unit"))));
  unit.erase(0, std::min(unit.find_first_not_of(" \t"), unit.size()));
  unit.erase(unit.find_last_not_of(" \t") + 1);
  const auto known = kUnits.find(unit);
  return known == kUnits.end() ? unit : known->second;
}

bool same_figure(const json& a, const json& b) {
  return same_number(value_of(a, "value"), value_of(b, "value")) && same_number(value_of(a, "value_max"), value_of(b, "value_max")) &&
         unit_of(a) == unit_of(b);
}

bool same_details(const json& a, const json& b) {
  const auto comparator = [](const json& target) {
    const std::string sign = text_of(value_of(target, "comparator"));
    return sign.empty() ? "=" : sign;
  };
  return comparator(a) == comparator(b) && text_of(value_of(a, "direction")) == text_of(value_of(b, "direction")) &&
         same_number(value_of(a, "of"), value_of(b, "of")) && key_of(value_of(a, "per")) == key_of(value_of(b, "per"));
}

std::optional<size_t> best_match(const json& wanted, const std::vector<json>& given, const std::set<size_t>& used) {
  std::optional<size_t> best;
  double best_overlap = 0;
  for (size_t i = 0; i < given.size(); ++i) {
    if (used.contains(i) || !same_figure(wanted, given[i])) continue;
    const double share = overlap(value_of(wanted, "indicator"), value_of(given[i], "indicator"));
    if (share > best_overlap) best = i, best_overlap = share;
  }
  return best_overlap >= kSameIndicator ? best : std::nullopt;
}

void compare_targets(const json& gold, const json& given, std::map<std::string, Found>& lists) {
  const std::vector<json> wanted = list_of(gold, "targets"), read = list_of(given, "targets");
  std::set<size_t> used;
  Found found, full;
  int optional = 0;
  for (const bool core : {true, false})
    for (const json& target : wanted) {
      if (target.value("core", true) != core) continue;
      found.wanted += core;
      const auto match = best_match(target, read, used);
      if (!match) continue;
      used.insert(*match);
      optional += !core;
      found.right += core;
      full.right += core && same_details(target, read[*match]);
    }
  found.given = full.given = static_cast<int>(read.size()) - optional;
  full.wanted = found.wanted;
  lists["targets"] = found;
  lists["targets_full"] = full;
}

}  // namespace

double Found::precision() const { return given ? static_cast<double>(right) / given : wanted ? 0 : 1; }
double Found::recall() const { return wanted ? static_cast<double>(right) / wanted : 1; }
double Found::f1() const {
  const double p = precision(), r = recall();
  return p + r > 0 ? 2 * p * r / (p + r) : 0;
}
Found& Found::operator+=(const Found& other) {
  right += other.right, given += other.given, wanted += other.wanted;
  return *this;
}

double RecordScores::field_accuracy() const {
  double sum = 0;
  for (const auto& [name, score] : fields) sum += score;
  return fields.empty() ? 0 : sum / static_cast<double>(fields.size());
}

RecordScores compare_records(const json& gold, const json& record) {
  const json nothing = json::object();
  const json& wanted = gold.at("document");
  const json& given = record.contains("document") && record.at("document").is_object() ? record.at("document") : nothing;
  RecordScores scores;
  scores.fields = compare_fields(wanted, given);
  scores.lists["recipients"] = compare_recipients(wanted, given);
  compare_references(gold, record, scores.lists);
  compare_rounds(gold, record, scores.lists);
  compare_targets(gold, record, scores.lists);
  return scores;
}

}  // namespace planscribe

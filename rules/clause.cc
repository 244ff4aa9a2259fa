#include "rules/clause.h"

#include <algorithm>

#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr int kLongSuffix = 4, kLongList = 30;  // words

bool starts_upper(std::string_view text) {
  static const Pattern upper(R"(^\s+[“"(]?\p{Lu})");
  return RE2::PartialMatch(re2::StringPiece(text.data(), std::min<size_t>(text.size(), 12)), upper);
}

// "TT. Đảng ủy", "TP. Huế": a dot behind an abbreviation ends no sentence.
bool after_abbreviation(std::string_view text, size_t dot) {
  size_t from = dot;
  while (from > 0 && text[from - 1] != ' ' && dot - from < 4) --from;
  const std::string_view word = text.substr(from, dot - from);
  return word.size() <= 3 && !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::vector<Stretch> split(const std::string& text, Stretch within, bool sentences) {
  std::vector<Stretch> out;
  size_t from = within.begin;
  int depth = 0;
  for (size_t i = within.begin; i < within.end; ++i) {
    const char c = text[i];
    if (c == '(') ++depth;
    if (c == ')') depth = std::max(0, depth - 1);
    const std::string_view rest(text.data() + i + 1, within.end - i - 1);
    const bool cut = sentences ? c == '.' && starts_upper(rest) && !after_abbreviation(text, i) : c == ';' && depth == 0;
    if (!cut) continue;
    out.push_back({from, i});
    from = i + 1;
    depth = 0;
  }
  if (from < within.end) out.push_back({from, within.end});
  return out;
}

// Takes words of a list off the end; their value, or empty.
std::string take_suffix(const WordList& list, std::string_view& text) {
  re2::StringPiece words;
  if (!RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *list.suffix, &words)) return "";
  text = text.substr(0, words.data() - text.data());
  const std::string value = list.value(words);
  return value.empty() ? std::string(words) : value;
}

std::string_view trimmed_end(std::string_view text) {
  while (!text.empty() && std::string_view(" ,(").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

}  // namespace

std::vector<Stretch> split_sentences(const std::string& text) { return split(text, {0, text.size()}, true); }

std::vector<Stretch> split_clauses(const std::string& text, Stretch sentence) { return split(text, sentence, false); }

Before take_words_before(const RuleSet::Impl& rules, std::string_view text) {
  // "giảm từ 5,2% xuống còn 3%": the value of before stands between the verb and the number.
  static const Pattern old_value(R"((?i)(\stừ\s+[\d.,]+\s*(?:%|ngày làm việc|\p{L}[\p{L}/]*(?:\s[\p{L}/]+)?(?:\s?/\s?[\d.]+\s+\p{L}+(?:\s\p{L}+)?)?)?)\s*$)");
  static const Pattern whole_word(R"((?i)trở (?:lên|xuống)\s*$)");
  static const Pattern open_bracket(R"(\(\s*$)");
  const std::string_view whole = text;
  Before before;
  before.bracket = RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), open_bracket);
  for (bool again = true; again;) {
    again = false;
    text = trimmed_end(text);
    const re2::StringPiece piece(text.data(), text.size());
    if (re2::StringPiece old; RE2::PartialMatch(piece, old_value, &old)) text = text.substr(0, old.data() - text.data());
    if (RE2::PartialMatch(piece, whole_word)) break;
    if (!text.empty() && text.back() == ':') {
      before.colon = true;
      text.remove_suffix(1);
      again = true;
      continue;
    }
    std::string_view rest = text;
    if (const std::string value = take_suffix(rules.list("comparator"), rest); !value.empty()) {
      if (before.comparator.empty()) before.comparator = value;
      again = true;
    } else if (re2::StringPiece part; RE2::PartialMatch(piece, *rules.list("no_copula").suffix, &part)) {
      break;
    } else if (const std::string direction = take_suffix(rules.list("direction"), rest); !direction.empty()) {
      if (before.direction.empty()) before.direction = direction;
      again = true;
    } else if (const std::string copula = take_suffix(rules.list("copula"), rest); !copula.empty()) {
      if (before.direction.empty() && before.way.empty()) before.way = rules.list("copula_direction").value(copula);
      before.copula = before.copula || to_lower(copula) != "từ";
      before.from = before.from || to_lower(copula).find("từ") != std::string::npos;
      again = true;
    }
    text = again ? rest : text;
  }
  // "đưa độ che phủ rừng lên 43%": the verb that opens is far off, the way is told before the number.
  static const Pattern brought(R"((?i)(?:^|[^\p{L}])(?:đưa|nâng|kéo|phát triển|mở rộng)\s)");
  const bool is_brought = RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), brought);
  if (before.direction.empty() && (is_brought || before.way == "decrease")) before.direction = before.way;
  before.end = text.size();
  before.told_bracket = text.size() < whole.size() && whole.substr(text.size()).find('(') != std::string_view::npos;
  return before;
}

std::string_view take_lead_words(const RuleSet::Impl& rules, std::string_view text, std::string* direction) {
  for (bool again = true; again && !text.empty();) {
    again = false;
    const re2::StringPiece piece(text.data(), text.size());
    re2::StringPiece words;
    if (RE2::PartialMatch(piece, *rules.list("no_direction").prefix, &words)) break;
    const char* list = nullptr;
    if (RE2::PartialMatch(piece, *rules.list("direction").prefix, &words)) {
      list = "direction";
    } else if (RE2::PartialMatch(piece, *rules.list("indicator_lead").prefix, &words)) {
      list = "lead";
    }
    if (!list) break;
    if (list == std::string("direction") && direction && direction->empty()) {
      *direction = rules.list("direction").value(words);
    }
    text.remove_prefix(words.data() + words.size() - text.data());
    again = true;
  }
  while (!text.empty() && std::string_view(" ,:-").find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  return text;
}

std::string_view cut_suffix(const RuleSet::Impl& rules, std::string_view text) {
  re2::StringPiece rest(text.data(), text.size()), words;
  static const Pattern bound_inside(R"((?i)\d\s*(?:tuổi|lao động|năm)\s*$)");  // "người từ 15 tuổi trở lên có tài khoản"
  while (RE2::FindAndConsume(&rest, *rules.list("suffix_end").anywhere, &words)) {
    const re2::StringPiece before(text.data(), words.data() - text.data());
    if (words.starts_with("trở") && RE2::PartialMatch(before, bound_inside)) continue;
    text = text.substr(0, words.data() - text.data());
    break;
  }
  const size_t bracket = text.find('(');
  if (bracket != std::string_view::npos) text = text.substr(0, bracket);
  const size_t colon = text.find(':');
  if (colon != std::string_view::npos) text = text.substr(0, colon);
  // Behind some words a comma opens another thought where a verb of such follows it; else a list goes on.
  for (size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',', comma + 1)) {
    const int before = count_words(text.substr(0, comma));
    if (before > kLongList) return text.substr(0, comma);
    const std::string_view after = text.substr(comma + 1);
    if (before > kLongSuffix && RE2::PartialMatch(re2::StringPiece(after.data(), after.size()), *rules.list("afterthought").prefix, &words)) {
      return text.substr(0, comma);
    }
  }
  return text;
}

int count_words(std::string_view text) {
  int words = 0;
  bool inside = false;
  for (char c : text) {
    const bool letter = !std::isspace(static_cast<unsigned char>(c)) && std::string_view(",:;.()-").find(c) == std::string_view::npos;
    words += letter && !inside;
    inside = letter;
  }
  return words;
}

}  // namespace planscribe

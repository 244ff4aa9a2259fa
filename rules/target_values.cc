// Number, unit, comparator, rate and due of a target.
#include <cmath>

#include "models/unicode.h"
#include "rules/quantity.h"
#include "rules/value.h"

namespace planscribe {
namespace {

constexpr int kShareWords = 6;  // of what a share is taken of, and the comparator behind it

void apply_multiplier(const std::string& factor, const std::string& printed, Target& target) {
  target.amount->value *= std::atof(factor.c_str());
  std::string word = to_lower(printed);
  if (word == "tỉ") word = "tỷ";
  if (word == "ngàn") word = "nghìn";
  target.unit = word + " " + target.unit;
}

re2::StringPiece piece_of(std::string_view text) { return re2::StringPiece(text.data(), text.size()); }

// "98,5% dân số trở lên": what the share is of may stand between; the words up to the next comma, where they are few.
std::string_view bound_of_share(std::string_view after, const Target& target) {
  const std::string_view words = after.substr(0, after.find_first_of(",;(."));
  return target.unit == "%" && target.comparator == "=" && count_words(words) <= kShareWords ? words : std::string_view();
}

}  // namespace

bool read_values(const Bullet& bullet, const Quantity& quantity, Target& target) {
  const auto& values = quantity.values;
  const auto number = [&](const char* key) -> std::optional<double> {
    const auto found = values.find(key);
    return found != values.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
  };
  const auto value = number("value") ? number("value") : number("words");
  if (!value) return false;
  target.value = *value;
  target.value_max = number("max");
  target.of = number("of");
  target.unit = quantity.noun.empty() ? values.value("unit", "") : quantity.noun;
  if (target.unit.empty() || (target.value_max && *target.value_max <= target.value)) return false;
  const Unit* unit = bullet.rules().unit(target.unit);
  if (auto second = number("value2"); second && unit) {
    const Unit* smaller = bullet.rules().unit(values.value("unit2", ""));
    if (smaller && smaller->base == unit->base) target.value += *second * smaller->factor / unit->factor;
  }
  target.amount = Amount{unit ? target.value * unit->factor : target.value, unit ? unit->base : target.unit};
  if (quantity.match->has("mult")) apply_multiplier(values.value("mult", "1"), quantity.match->text("mult"), target);
  target.amount->value = std::round(target.amount->value * 1e6) / 1e6;
  return true;
}

void read_comparator(const Bullet& bullet, Stretch clause, const Quantity& quantity, Target& target) {
  if (!quantity.before.comparator.empty()) target.comparator = quantity.before.comparator;
  // "trồng 600 cây trên 9 tuyến phố" tells where.
  static const Pattern where(R"(\p{L}\s+trên\s*$)"), said(R"((?:^|\s)(?:có|đạt|được|là|từ|hơn|còn|lên|gồm|thêm)\s+trên\s*$)");
  const bool first = quantity.prefix.begin == clause.begin;
  const std::string told = collapse_spaces(bullet.lower(clause.begin, quantity.begin));
  if (target.comparator == ">" && !first && !is_measure(bullet, quantity) && quantity.before.end == 0 && RE2::PartialMatch(told, where) &&
      !RE2::PartialMatch(told, said)) {
    target.comparator = "=";
  }
  if (quantity.values.contains("comparator")) target.comparator = quantity.values["comparator"];
  const std::string before = bullet.lower(quantity.prefix.begin, quantity.begin);
  static const Pattern kept_below(R"((?:^|\s)không để\s.*\s(?:vượt|quá|lên)\s*$)"), reached(R"((?:đạt và vượt|đạt hoặc vượt|đạt, vượt)\s+(?:[^\s\d,;.]+\s+){1,6}$)");
  if (target.comparator == "=" && RE2::PartialMatch(before, kept_below)) target.comparator = "<=";
  if (target.comparator == "=" && RE2::PartialMatch(before, reached)) target.comparator = ">=";
  if (target.value_max) return;
  const std::string_view after = bullet.view(quantity.end, clause.end);
  re2::StringPiece words;
  const auto& list = bullet.rules().list("trailing_comparator");
  static const Pattern ends_from(R"((?:^|\s)từ\s*$)");
  const bool from = quantity.before.from || RE2::PartialMatch(bullet.lower(quantity.prefix.begin, quantity.begin), ends_from);
  const bool directly = RE2::PartialMatch(piece_of(after), *list.prefix, &words);
  if (directly || (from && RE2::PartialMatch(piece_of(after), *list.anywhere, &words))) {
    target.comparator = list.value(words);
  } else if (std::string_view bound = bound_of_share(after, target); !bound.empty() && RE2::PartialMatch(piece_of(bound), *list.suffix, &words)) {
    target.comparator = list.value(words);
  } else if (from && target.comparator == "=" && quantity.before.direction.empty()) {
    target.comparator = ">=";
  }
}

// "Mỗi hội viên trồng 5 cây, nuôi 10 con gà": holds to the end of the clause, but not across a bracket.
std::string told_of_each(const Bullet& bullet, Stretch clause, const Quantity& quantity) {
  if (unit_kind(bullet, quantity) == "percent") return "";
  std::string per;
  for (const auto& each : bullet.eaches) {
    if (each.begin < clause.begin || each.end > quantity.begin) continue;
    const bool bracket = bullet.view(each.end, quantity.begin).find_first_of("()") != std::string_view::npos;
    per = bracket ? "" : collapse_spaces(each.text("per"));
  }
  return per;
}

// "từ 30 m2 trở lên/căn"; of measures also "40 triệu đồng một căn".
std::string told_behind(const Bullet& bullet, Stretch clause, const Quantity& quantity) {
  static const Pattern bound(R"(^\s*trở (?:lên|xuống)\s?/\s?(.*))"), for_one(R"(^\s*(?:một|mỗi|trên một|trên mỗi)\s+(.*))");
  const std::string behind = bullet.lower(quantity.end, clause.end);
  std::string base;
  re2::StringPiece words;
  const bool told = RE2::PartialMatch(behind, bound, &base) || (is_measure(bullet, quantity) && RE2::PartialMatch(behind, for_one, &base));
  return told && RE2::PartialMatch(base, *bullet.rules().list("per").prefix, &words) ? std::string(words) : "";
}

// "100% xã mỗi quý có ít nhất 04 tin, bài": stands right before the number, among the words of the share.
std::string told_before(const Bullet& bullet, Stretch clause, const Quantity& quantity) {
  static const Pattern directly(R"(((?:hàng|hằng|mỗi)\s+(?:năm|tháng|quý))\s+(?:có|tổ chức|đăng|thực hiện)?\s*(?:(?:ít nhất|tối thiểu|từ|trên)\s*)?$)");
  re2::StringPiece words;
  const std::string text = bullet.lower(clause.begin, quantity.begin);
  return RE2::PartialMatch(text, directly, &words) ? bullet.rules().list("per_word").value(words) : "";
}

// "Hằng năm, giám sát 02 nội dung; tổ chức 16 cuộc đối thoại": holds for all that is counted in the sentence.
std::string told_of_time(const Bullet& bullet, Stretch sentence, const Quantity& quantity) {
  static const Pattern opening(R"(^[^\p{L}]*((?:hàng|hằng|mỗi)\s+(?:năm|tháng|quý))\s*,)");
  re2::StringPiece words;
  // "Hằng năm, số vụ ... tăng trên 3%; số vụ ... giảm 5%": of shares only changes are told by the year
  const bool change = unit_kind(bullet, quantity) == "percent" && !quantity.direction.empty();
  if (is_measure(bullet, quantity) && !change) return "";
  const std::string text = bullet.lower(sentence.begin, quantity.begin);
  return RE2::PartialMatch(text, opening, &words) ? bullet.rules().list("per_word").value(words) : "";
}

// "/người/năm" behind the unit, or "hàng năm" among the words of this number.
void read_per(const Bullet& bullet, Stretch sentence, Stretch clause, const Quantity& quantity, Target& target) {
  if (quantity.match->has("per")) {
    std::string per = collapse_spaces(quantity.match->text("per"));
    static const Pattern stroke(R"(\s*/\s*)");
    RE2::GlobalReplace(&per, stroke, "/");
    target.per = per.substr(per.find_first_not_of("/ "));
    return;
  }
  if (quantity.match->has("per_word")) {
    target.per = trim_to_words(collapse_spaces(quantity.match->text("per_word")));
    return;
  }
  if (!quantity.per.empty()) {
    target.per = quantity.per;
    return;
  }
  if (const std::string told = told_behind(bullet, clause, quantity); !told.empty()) {
    target.per = told;
    return;
  }
  if (const std::string each = told_of_each(bullet, clause, quantity); !each.empty()) {
    target.per = each;
    return;
  }
  re2::StringPiece words;
  const auto& list = bullet.rules().list("per_word");
  // "04 hội nghị (mỗi quý 01 hội nghị)": what a bracket says is told of the number in it.
  const size_t bracket = std::min(bullet.text.find('(', quantity.end), quantity.suffix.end);
  const bool another = bullet.view(quantity.suffix.end, clause.end).find_first_of("0123456789") != std::string_view::npos;
  const bool share_of_more = another && unit_kind(bullet, quantity) == "percent" && quantity.counts;
  const std::string around = bullet.lower(quantity.prefix.begin, share_of_more ? quantity.end : std::max(bracket, quantity.end));
  if (RE2::PartialMatch(around, *bullet.rules().list("no_rate").anywhere, &words)) return;
  // "12 bác sĩ trên một vạn dân"; "Mỗi chi hội có 01 mô hình": of each of them.
  static const Pattern on_one(R"(^\s*trên\s+(?:một|0?1)\s+(.*))");
  static const Pattern each(R"((?:^|[^\p{L}])mỗi\s+(.*))");
  std::string rest;
  const bool of_each = RE2::PartialMatch(bullet.lower(quantity.prefix.begin, quantity.begin), each, &rest) ||
                       RE2::PartialMatch(bullet.lower(quantity.end, quantity.suffix.end), on_one, &rest);
  if (of_each &&
      RE2::PartialMatch(rest, *bullet.rules().list("per").prefix, &words)) {
    target.per = std::string(words);
    return;
  }
  std::string per = RE2::PartialMatch(around, *list.anywhere, &words) ? list.value(words) : told_before(bullet, clause, quantity);
  if (per.empty()) per = told_of_time(bullet, sentence, quantity);
  if (!per.empty()) target.per = per;
}

// The nearest due of the clause; one that opens the sentence ("Đến năm 2025: ...") holds for all its clauses.
void read_due(const Bullet& bullet, Stretch sentence, Stretch clause, const Quantity& quantity, Target& target) {
  const Match* best = nullptr;
  static const Pattern compared(R"((?:so với|so|cùng kỳ|thực hiện|của|từ)\s*(?:năm\s*)?$)");  // with a year of before
  for (const auto& due : bullet.dues) {
    if (RE2::PartialMatch(bullet.lower(sentence.begin, due.begin), compared)) continue;
    const bool own = due.begin >= quantity.prefix.begin && due.end <= std::max(quantity.suffix.end, quantity.end);
    const bool opens = due.begin >= sentence.begin && due.begin <= sentence.begin + 4 && due.end <= clause.end;
    if (own || (opens && !best)) best = &due;
  }
  if (!best) return;
  const int year = bullet.plan.year;
  const auto date = parse_date(best->text("due"), year, true);
  if (!date || date->impossible || std::atoi(date->iso.c_str()) < year) return;
  target.due = date->iso;
}

}  // namespace planscribe

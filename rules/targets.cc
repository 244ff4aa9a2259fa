// Quantitative targets of a bullet: rules find the numbers with their units, masks take away what is no target, and
// the words around each number give indicator, comparator, direction, per and due.
#include <algorithm>
#include <cmath>

#include "models/unicode.h"
#include "rules/clause.h"
#include "rules/extraction.h"
#include "rules/value.h"

namespace planscribe {
namespace {

struct Quantity {
  const Match* match = nullptr;
  size_t begin = 0, end = 0;       // of the words of the quantity
  nlohmann::json values;
  Stretch prefix, suffix;          // words before and behind that belong to it
  Before before;
  std::string indicator, direction, lead;
  bool takes_back = false;         // the indicator is that of the quantity before
};

class BulletReader {
 public:
  BulletReader(const Plan& plan, const Paragraph& paragraph, std::string head)
      : plan_(plan), paragraph_(paragraph), outer_head_(std::move(head)), text_(paragraph.text.substr(paragraph.body)) {}

  std::vector<Target> read() {
    const MatchText subject(text_);
    matches_ = find_matches(plan_.rules, subject, "targets.quantity", paragraph_.kind, plan_.explain);
    if (matches_.empty()) return {};
    dues_ = find_matches(plan_.rules, subject, "targets.due", paragraph_.kind);
    drop_masked(subject);
    for (const Stretch& sentence : split_sentences(text_)) read_sentence(sentence);
    return std::move(targets_);
  }

 private:
  const RuleSet::Impl& rules() const { return plan_.rules; }
  std::string_view view(size_t begin, size_t end) const {
    return end > begin ? std::string_view(text_).substr(begin, end - begin) : std::string_view();
  }

  static const Group& number_of(const Match& match) {
    return match.groups.count("value") ? match.groups.at("value") : match.groups.at("words");
  }

  // Masks are all matches of all mask rules: they need not win over each other.
  void drop_masked(const MatchText& subject) {
    std::vector<Stretch> masks;
    const auto found = rules().by_field.find("targets.mask");
    if (found == rules().by_field.end()) return;
    for (const Rule* rule : found->second) {
      if (!subject.may_match(rules(), *rule)) continue;
      for (const auto& match : match_rule(*rule, subject)) masks.push_back({match.begin, match.end});
    }
    std::erase_if(matches_, [&](const Match& match) {
      const Group& number = number_of(match);
      return std::any_of(masks.begin(), masks.end(),
                         [&](const Stretch& mask) { return mask.begin < number.end && number.begin < mask.end; });
    });
  }

  void read_sentence(Stretch sentence) {
    head_ = outer_head_;
    head_direction_.clear();
    for (const Stretch& clause : split_clauses(text_, sentence)) read_clause(sentence, clause);
  }

  void read_clause(Stretch sentence, Stretch clause) {
    quantities_.clear();
    for (const auto& match : matches_) {
      if (match.begin < clause.begin || match.begin >= clause.end) continue;
      Quantity quantity;
      quantity.match = &match;
      quantity.begin = number_of(match).begin;
      quantity.end = std::min(match.end, clause.end);
      quantity.values = typed_values(rules(), match);
      quantities_.push_back(std::move(quantity));
    }
    if (quantities_.empty()) {
      note_head(clause);
      return;
    }
    part_words(clause);
    for (size_t i = 0; i < quantities_.size(); ++i) compose(i);
    share_endings();
    for (auto& quantity : quantities_) emit(sentence, clause, quantity);
  }

  // "Phát triển chăn nuôi: trâu, bò: 710 con; lợn: 5.500 con": the words before the first colon head every clause
  // until the sentence ends.
  void note_head(Stretch clause) {
    const std::string_view words = view(clause.begin, clause.end);
    if (!words.empty() && words.back() == ':') set_head(words);
  }

  void set_head(std::string_view words) {
    Before before = take_words_before(rules(), words);
    head_direction_ = before.direction;
    std::string lead;
    const std::string_view left = take_lead_words(rules(), words.substr(0, before.end), &lead);
    if (head_direction_.empty()) head_direction_ = lead;
    head_ = trim_to_words(collapse_spaces(left));
  }

  // Between two numbers the words are parted at a comma, "và", a bracket: behind a finished statement at the first,
  // behind a counted thing at the last.
  size_t boundary(const Quantity& quantity, size_t next) const {
    static const RE2 separator(R"((?:,|\(|[\s]và[\s]|[\s]trong đó[\s]|[\s]nhưng[\s]|[\s]với[\s]|[\s]trị giá[\s]))");
    const std::string_view between = view(quantity.end, next);
    re2::StringPiece rest(between.data(), between.size()), found;
    const RE2 captured("(" + separator.pattern() + ")");
    size_t first = next, last = next;
    while (RE2::FindAndConsume(&rest, captured, &found)) {
      const size_t at = quantity.end + (found.data() - between.data());
      if (first == next) first = at;
      last = at;
    }
    if (first == next) return gap_without_separator(quantity, next);
    return is_statement(quantity) ? first : last;
  }

  // "sản phẩm đạt 4 sao": a verb before the next number parts them. "dê 380 con bò 20 con": the words between belong
  // to the next number.
  size_t gap_without_separator(const Quantity& quantity, size_t next) const {
    const std::string_view between = view(quantity.end, next);
    const Before before = take_words_before(rules(), between);
    return before.copula || !before.comparator.empty() ? quantity.end + before.end : quantity.end;
  }

  bool is_measure(const Quantity& quantity) const {
    const Unit* unit = rules().unit(base_unit(quantity));
    return unit && unit->kind != "count" && unit->kind != "classifier";
  }

  std::string base_unit(const Quantity& quantity) const {
    return quantity.values.value("unit", quantity.match->text("noun"));
  }

  bool is_statement(const Quantity& quantity) const {
    const std::string_view before = view(quantity.prefix.begin, quantity.prefix.begin + quantity.before.end);
    std::string direction;
    const int words = count_words(take_lead_words(rules(), before, &direction));
    if (words == 0) return false;
    if (quantity.before.colon || quantity.before.copula) return true;
    return is_measure(quantity) && (words >= 2 || !quantity.before.comparator.empty() || !quantity.before.direction.empty()) &&
           (!quantity.before.comparator.empty() || !quantity.before.direction.empty() || unit_kind(quantity) != "percent");
  }

  std::string unit_kind(const Quantity& quantity) const {
    const Unit* unit = rules().unit(base_unit(quantity));
    return unit ? unit->kind : "count";
  }

  void part_words(Stretch clause) {
    size_t from = clause.begin;
    for (size_t i = 0; i < quantities_.size(); ++i) {
      Quantity& quantity = quantities_[i];
      quantity.prefix = {from, std::max(from, quantity.begin)};
      quantity.before = take_words_before(rules(), view(quantity.prefix.begin, quantity.prefix.end));
      split_head(quantity);
      const size_t next = i + 1 < quantities_.size() ? quantities_[i + 1].begin : clause.end;
      const size_t stop = i + 1 < quantities_.size() ? boundary(quantity, next) : clause.end;
      quantity.suffix = {std::min(quantity.end, stop), stop};
      from = std::max(stop, quantity.end);
    }
  }

  void split_head(Quantity& quantity) {
    const std::string_view before = view(quantity.prefix.begin, quantity.prefix.begin + quantity.before.end);
    const size_t colon = before.find(':');
    if (colon == std::string_view::npos || colon + 1 >= before.size()) return;
    if (count_words(before.substr(colon + 1)) == 0) return;
    set_head(before.substr(0, colon + 1));
    quantity.prefix.begin += colon + 1;
    quantity.before.end -= colon + 1;
  }

  // Words without those that tell the time or the rate: they have fields of their own.
  std::string words_of(size_t begin, size_t end) const {
    std::string out;
    size_t from = begin;
    for (const auto& due : dues_) {
      if (due.begin < from || due.end > end) continue;
      out += std::string(view(from, due.begin)) + " ";
      from = due.end;
    }
    out += std::string(view(from, end));
    static const RE2 per(R"((?i)(?:hàng|hằng|mỗi)\s+(?:năm|tháng|quý))");
    RE2::GlobalReplace(&out, per, " ");
    return collapse_spaces(out);
  }

  void compose(size_t i) {
    Quantity& quantity = quantities_[i];
    quantity.direction = quantity.before.direction;
    std::string prefix = words_of(quantity.prefix.begin, quantity.prefix.begin + quantity.before.end);
    re2::StringPiece restart, rest(prefix);
    while (RE2::FindAndConsume(&rest, *rules().list("restart").anywhere, &restart)) {
      if (restart.data() > prefix.data()) quantity.lead = prefix.substr(0, restart.data() - prefix.data());
      prefix = prefix.substr(restart.data() - prefix.data() + restart.size());
      rest = prefix;
    }
    std::string lead_direction;
    std::string subject = trim_to_words(take_lead_words(rules(), prefix, &lead_direction));
    if (quantity.direction.empty()) quantity.direction = lead_direction;
    const bool statement = is_statement(quantity) && !subject.empty();
    quantity.indicator = trim_to_words(collapse_spaces(join(subject, behind(quantity, statement, subject))));
    if (i > 0 && (subject.empty() || is_part_of(quantity))) inherit(i, subject.empty());
    if (!head_.empty() && i == 0 && !starts_with_head(quantity.indicator)) {
      quantity.indicator = quantity.indicator.empty() ? head_ : head_ + ": " + quantity.indicator;
    }
    if (quantity.direction.empty()) quantity.direction = head_direction_;
    if (quantity.indicator.empty()) quantity.indicator = trim_to_words(quantity.lead);
  }

  // "Giảm 01 hộ nghèo và 01 hộ cận nghèo theo chuẩn mới": what ends the last holds for those joined to it by "và".
  void share_endings() {
    for (size_t i = quantities_.size(); i-- > 1;) {
      Quantity& before = quantities_[i - 1];
      const std::string& last = quantities_[i].indicator;
      const size_t ending = last.find(" theo ");
      const std::string joint = to_lower(collapse_spaces(view(quantities_[i].prefix.begin, quantities_[i].begin)));
      if (ending == std::string::npos || joint != "và" || before.indicator.find(" theo ") != std::string::npos) continue;
      if (count_words(before.indicator) <= 4) before.indicator += last.substr(ending);
    }
  }

  bool starts_with_head(const std::string& indicator) const { return indicator.rfind(head_, 0) == 0; }

  static std::string join(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? a + b : a + " " + b; }

  // What the words behind the number add to the indicator. Of counted things the unit is a part: "trường đạt chuẩn".
  std::string behind(const Quantity& quantity, bool statement, const std::string& subject) const {
    const int subject_words = count_words(subject);
    const Match& match = *quantity.match;
    const std::string kind = unit_kind(quantity);
    const std::string noun = kind == "count" ? match.has("unit") ? match.text("unit") : match.text("noun") : "";
    const std::string whole = match.has("whole") ? match.text("whole") : "";
    const std::string raw = words_of(quantity.suffix.begin, quantity.suffix.end);
    const std::string more = trim_to_words(cut_suffix(rules(), raw));
    const Before& before = quantity.before;
    if (before.bracket && subject_words > 0) return "";
    const bool finished = before.colon || before.copula || !before.direction.empty() ||
                          (!before.comparator.empty() && (more.empty() || kind != "percent"));
    if (statement && finished && kind != "count" && kind != "classifier") return whole;
    if (statement && finished && count_words(more) < 2) return "";
    static const RE2 open_end(R"((?:^|\s)(?:cho|của|với|về|đối với|được)$)");
    if (more.empty() && subject_words > 4 && !RE2::PartialMatch(subject, open_end)) return whole;
    return join(noun, join(whole, more));
  }

  bool is_part_of(const Quantity& quantity) const {
    return lower_words(quantity.prefix.begin, quantity.begin).find("trong đó") != std::string::npos;
  }

  // What the number before counted, without what it says of it: "Công chức đạt danh hiệu ..." -> "Công chức".
  static std::string subject_of(const Quantity& quantity) {
    static const RE2 verb(R"((\s(?:đạt|hoàn thành|được|có)\s))");
    re2::StringPiece found;
    std::string subject = quantity.indicator;
    if (RE2::PartialMatch(subject, verb, &found)) subject.resize(found.data() - subject.data());
    return subject;
  }

  // "790 tỷ đồng, tăng 14,38%": the second number tells of what the first did. "trong đó có 10% hoàn thành xuất
  // sắc": of those the first counted.
  void inherit(size_t i, bool without_subject) {
    Quantity& quantity = quantities_[i];
    const Quantity& previous = quantities_[i - 1];
    const bool rate = unit_kind(quantity) == "percent";
    const bool verb_only = without_subject && quantity.before.copula;
    if (is_part_of(quantity) && !quantity.indicator.empty() && (rate || !without_subject)) {
      quantity.indicator = subject_of(previous) + (without_subject ? " " : ": ") + quantity.indicator;
    } else if (quantity.indicator.empty() || verb_only || (is_measure(quantity) && !rate) ||
               (rate && !quantity.before.direction.empty())) {
      quantity.indicator = previous.indicator;
      return;
    }
    if (quantity.direction.empty()) quantity.direction = previous.direction;
  }

  bool is_told_of_past(const Quantity& quantity) const {
    std::string before = lower_words(quantity.prefix.begin, quantity.begin);
    static const RE2 opening_year(R"(^[^\p{L}]*(?:trong\s+)?năm\s+(\d{4})\s*,)");
    if (std::string opening; RE2::PartialMatch(before, opening_year, &opening) && plan_.year > 0 &&
                             std::atoi(opening.c_str()) < plan_.year) {
      return true;
    }
    const size_t comma = before.rfind(", ");
    if (comma != std::string::npos && comma + 2 < before.size()) before.erase(0, comma);
    if (RE2::PartialMatch(before, *rules().list("past").anywhere)) return true;
    static const RE2 year(R"(năm\s+(\d{4}))");
    std::string text;
    re2::StringPiece rest(before);
    int last = 0;
    while (RE2::FindAndConsume(&rest, year, &text)) last = std::atoi(text.c_str());
    return last > 0 && plan_.year > 0 && last < plan_.year;
  }

  std::string lower_words(size_t begin, size_t end) const { return to_lower(view(begin, end)); }

  // Outside the target section a number counts only where the sentence commits to it.
  bool is_committed(Stretch sentence, const Quantity& quantity) const {
    if (paragraph_.kind == "target" || paragraph_.kind == "table") return true;
    const std::string before = lower_words(sentence.begin, quantity.begin);
    return RE2::PartialMatch(before, *rules().list("commitment").anywhere);
  }

  void emit(Stretch sentence, Stretch clause, const Quantity& quantity) {
    if (quantity.indicator.empty() || is_told_of_past(quantity) || !is_committed(sentence, quantity)) return;
    Target target;
    if (!read_values(quantity, target)) return;
    target.indicator = upper_first(without_loose_brackets(quantity.indicator));
    read_comparator(clause, quantity, target);
    if (!quantity.direction.empty()) target.direction = quantity.direction;
    read_per(quantity, target);
    read_due(sentence, clause, quantity, target);
    const std::string& section = paragraph_.section;
    if (!section.empty()) target.section = section;
    const size_t at = paragraph_.body;
    target.evidence = make_evidence(plan_, paragraph_, at + clause.begin, at + clause.end, quantity.match->rule->id,
                                    quantity.match->rule->strength * certainty(quantity));
    targets_.push_back(std::move(target));
  }

  double certainty(const Quantity& quantity) const {
    double factor = paragraph_.kind == "target" || paragraph_.kind == "table" ? 1 : 0.7;
    const int words = count_words(quantity.indicator);
    if (words < 2) factor *= 0.85;
    if (words > 30) factor *= 0.8;
    return factor;
  }

  static std::string without_loose_brackets(std::string text) {
    const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
    if (count('(') != count(')') || text[0] == '(') std::erase_if(text, [](char c) { return c == '(' || c == ')'; });
    return trim_to_words(collapse_spaces(text));
  }

  static std::string upper_first(const std::string& text) {
    size_t first = 1;
    while (first < text.size() && (text[first] & 0xc0) == 0x80) ++first;
    return to_upper(text.substr(0, first)) + text.substr(first);
  }

  bool read_values(const Quantity& quantity, Target& target) const {
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
    target.unit = quantity.match->has("noun") ? to_lower(quantity.match->text("noun")) : values.value("unit", "");
    if (target.unit.empty() || (target.value_max && *target.value_max <= target.value)) return false;
    const Unit* unit = rules().unit(target.unit);
    if (auto second = number("value2"); second && unit) {
      const Unit* smaller = rules().unit(values.value("unit2", ""));
      if (smaller && smaller->base == unit->base) target.value += *second * smaller->factor / unit->factor;
    }
    target.amount = Amount{unit ? target.value * unit->factor : target.value, unit ? unit->base : target.unit};
    if (quantity.match->has("mult")) apply_multiplier(values.value("mult", "1"), quantity.match->text("mult"), target);
    target.amount->value = std::round(target.amount->value * 1e6) / 1e6;
    return true;
  }

  static void apply_multiplier(const std::string& factor, const std::string& printed, Target& target) {
    target.amount->value *= std::atof(factor.c_str());
    std::string word = to_lower(printed);
    if (word == "tỉ") word = "tỷ";
    if (word == "ngàn") word = "nghìn";
    target.unit = word + " " + target.unit;
  }

  void read_comparator(Stretch clause, const Quantity& quantity, Target& target) const {
    if (!quantity.before.comparator.empty()) target.comparator = quantity.before.comparator;
    if (quantity.values.contains("comparator")) target.comparator = quantity.values["comparator"];
    if (target.value_max) return;
    const std::string_view after = view(quantity.end, clause.end);
    re2::StringPiece words;
    const auto& list = rules().list("trailing_comparator");
    const bool from = quantity.before.from || RE2::PartialMatch(lower_words(quantity.prefix.begin, quantity.begin), R"((?:^|\s)từ\s*$)");
    const bool directly = RE2::PartialMatch(re2::StringPiece(after.data(), after.size()), *list.prefix, &words);
    if (directly || (from && RE2::PartialMatch(re2::StringPiece(after.data(), after.size()), *list.anywhere, &words))) {
      const auto found = list.exact.find(to_lower(collapse_spaces(words)));
      if (found != list.exact.end()) target.comparator = found->second;
    } else if (from && target.comparator == "=" && quantity.before.direction.empty()) {
      target.comparator = ">=";
    }
  }

  // "/người/năm" behind the unit, or "hàng năm" among the words of this number.
  void read_per(const Quantity& quantity, Target& target) const {
    if (quantity.match->has("per")) {
      std::string per = collapse_spaces(quantity.match->text("per"));
      RE2::GlobalReplace(&per, R"(\s*/\s*)", "/");
      target.per = per.substr(per.find_first_not_of("/ "));
      return;
    }
    if (quantity.match->has("per_word")) {
      target.per = trim_to_words(collapse_spaces(quantity.match->text("per_word")));
      return;
    }
    re2::StringPiece words;
    const std::string around = lower_words(quantity.prefix.begin, quantity.suffix.end);
    if (!RE2::PartialMatch(around, *rules().list("per_word").anywhere, &words)) return;
    const auto found = rules().list("per_word").exact.find(to_lower(collapse_spaces(words)));
    if (found != rules().list("per_word").exact.end()) target.per = found->second;
  }

  // The nearest due of the clause; one that opens the sentence ("Đến năm 2025: ...") holds for all its clauses.
  void read_due(Stretch sentence, Stretch clause, const Quantity& quantity, Target& target) const {
    const Match* best = nullptr;
    for (const auto& due : dues_) {
      const bool own = due.begin >= quantity.prefix.begin && due.end <= std::max(quantity.suffix.end, quantity.end);
      const bool opens = due.begin >= sentence.begin && due.begin <= sentence.begin + 4 && due.end <= clause.end;
      if (own || (opens && !best)) best = &due;
    }
    if (!best) return;
    const auto date = parse_date(best->text("due"), plan_.year, true);
    if (!date || date->impossible || std::atoi(date->iso.c_str()) < plan_.year) return;
    target.due = date->iso;
  }

  const Plan& plan_;
  const Paragraph& paragraph_;
  const std::string outer_head_;
  const std::string text_;
  std::vector<Match> matches_, dues_;
  std::string head_, head_direction_;
  std::vector<Quantity> quantities_;
  std::vector<Target> targets_;
};

}  // namespace

std::vector<Target> targets_of_paragraph(const Plan& plan, const Paragraph& paragraph, const std::string& head) {
  return BulletReader(plan, paragraph, head).read();
}

}  // namespace planscribe

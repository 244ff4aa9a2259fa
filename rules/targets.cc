// Quantitative targets of a bullet: rules find the numbers with their units, masks take away what is no target, and
// the words around each number give indicator, comparator, direction, per and due.
#include <algorithm>
#include <set>

#include "models/unicode.h"
#include "rules/quantity.h"

namespace planscribe {
namespace {

// No bullet of prose holds as many; each would carry the words of all as its evidence.
constexpr size_t kMostNumbers = 150;

class BulletReader {
 public:
  BulletReader(const Plan& plan, const Paragraph& paragraph, std::string head)
      : bullet_{plan, paragraph, paragraph.text.substr(paragraph.body), {}, {}} {
    heads_.outer = std::move(head);
  }

  std::vector<Target> read() {
    const MatchText& subject = bullet_.paragraph.body_text();
    matches_ = find_matches(rules(), subject, "targets.quantity", bullet_.paragraph.kind, bullet_.plan.explain);
    if (matches_.empty() || matches_.size() > kMostNumbers) return {};
    bullet_.dues = find_matches(rules(), subject, "targets.due", bullet_.paragraph.kind);
    bullet_.eaches = find_matches(rules(), subject, "targets.each", bullet_.paragraph.kind);
    drop_masked(subject);
    for (const Stretch& sentence : split_sentences(bullet_.text)) read_sentence(sentence);
    return std::move(targets_);
  }

 private:
  const RuleSet::Impl& rules() const { return bullet_.rules(); }

  // Masks are all matches of all mask rules: they need not win over each other.
  void drop_masked(const MatchText& subject) {
    std::vector<std::pair<Stretch, const Rule*>> masks;
    const auto found = rules().by_field.find("targets.mask");
    if (found == rules().by_field.end()) return;
    for (const Rule* rule : found->second) {
      for (const auto& match : match_rule(*rule, subject)) masks.push_back({{match.begin, match.end}, rule});
    }
    std::erase_if(matches_, [&](const Match& match) {
      const Group& number = number_of(match);
      const auto over = std::find_if(masks.begin(), masks.end(), [&](const auto& mask) {
        return mask.first.begin < number.end && number.begin < mask.first.end;
      });
      if (over != masks.end()) explain_dropped(match, "masked by " + over->second->id);
      return over != masks.end();
    });
  }

  void explain_dropped(const Match& match, const std::string& why) const {
    if (!bullet_.plan.explain) return;
    *bullet_.plan.explain << "drop " << match.rule->id << " \""
                          << collapse_spaces(bullet_.view(match.begin, match.end)) << "\" " << why << "\n";
  }

  void read_sentence(Stretch sentence) {
    heads_.head = heads_.outer;
    heads_.direction.clear();
    heads_.last.clear();
    heads_.mixed = tells_of_many(sentence);
    for (const Stretch& clause : split_clauses(bullet_.text, sentence)) read_clause(sentence, clause);
  }

  // "Nông nghiệp: thanh lý 310 ha, ươm 450.000 cây giống, khai thác 20 tấn, tỷ lệ sống 95%"
  bool tells_of_many(Stretch sentence) const {
    std::set<std::string> units;
    int numbers = 0;
    for (const auto& match : matches_) {
      if (match.begin < sentence.begin || match.begin >= sentence.end) continue;
      ++numbers;
      if (match.has("unit")) units.insert(to_lower(match.text("unit")));
    }
    return numbers >= kMixedNumbers && units.size() >= kMixedUnits;
  }

  void read_clause(Stretch sentence, Stretch clause) {
    std::vector<Quantity> quantities = quantities_of(bullet_, matches_, clause);
    if (quantities.empty()) return note_words(clause);
    part_words(bullet_, heads_, quantities, clause);
    name_indicators(bullet_, heads_, quantities);
    heads_.last = quantities.back().indicator;
    past_ = false;
    size_t whole = targets_.size(), parts = 0;  // the target that "trong đó" parts, and where its parts begin
    for (size_t i = 0; i < quantities.size(); ++i) {
      const size_t before = targets_.size();
      emit(sentence, clause, quantities[i]);
      if (i > 0 && before > 0 && before < targets_.size() && opens_parts(quantities[i - 1], quantities[i])) {
        whole = before - 1;
        parts = before;
      }
    }
    if (parts > 0) doubt_parts(whole, parts);
  }

  bool opens_parts(const Quantity& whole, const Quantity& part) const {
    return bullet_.lower(whole.end, part.begin).find("trong đó") != std::string::npos;
  }

  // "750 ha, trong đó: phòng hộ 250 ha, sản xuất 600 ha": the parts cannot be more than the whole.
  void doubt_parts(size_t whole, size_t parts) {
    const Target& all = targets_[whole];
    double sum = 0, most = 0;
    for (size_t i = parts; i < targets_.size(); ++i) {
      if (targets_[i].unit != all.unit || targets_[i].per != all.per) return;
      sum += targets_[i].value;
      most = std::max(most, targets_[i].value);
    }
    if ((all.unit == "%" ? most : sum) <= all.value_max.value_or(all.value) * kRounding) return;
    for (size_t i = whole; i < targets_.size(); ++i) targets_[i].evidence.confidence *= kDisagree;
  }

  // "Phát triển chăn nuôi: trâu, bò: 710 con; lợn: 5.500 con": the words before the first colon head every clause
  // until the sentence ends.
  void note_words(Stretch clause) {
    const std::string_view words = bullet_.view(clause.begin, clause.end);
    if (!words.empty() && words.back() == ':') set_head(bullet_, heads_, words);
    const bool short_words = count_words(words) <= kSpokenOf;
    heads_.last = short_words ? trim_to_words(take_lead_words(rules(), words, nullptr)) : "";
  }

  // "Năm 2021, ...", "Hiện nay, ...", "Qua 4 năm, ..." open a sentence about what was, up to where it looks ahead.
  bool sentence_tells_of_past(Stretch sentence, const Quantity& quantity) const {
    static const Pattern opening_year(R"(^[^\p{L}]*(?:trong\s+)?năm\s+(?:học\s+)?(\d{4})(?:\s*[-–]\s*\d{4})?\s*,)");
    static const Pattern opening_years(R"(^[^\p{L}]*(?:\d+[\p{P}\s]+)?(?:qua|sau|trong)\s+(?:gần\s+|hơn\s+)?\d{1,2}\s+năm(?:\s+\p{L}+){0,6}\s*,)");
    static const Pattern ahead(R"((?:^|\s)(?:phấn đấu|mục tiêu|chỉ tiêu|kế hoạch đề ra|sẽ|tiếp tục|đến năm)(?:$|\s))");
    const std::string text = bullet_.lower(sentence.begin, quantity.begin);
    if (RE2::PartialMatch(text, ahead)) return false;
    const int year = bullet_.plan.year;
    std::string opening;
    if (RE2::PartialMatch(text, opening_year, &opening) && year > 0 && std::atoi(opening.c_str()) < year) return true;
    re2::StringPiece words;
    const bool past = RE2::PartialMatch(text, *rules().list("past").prefix, &words) &&
                      text.compare(words.data() + words.size() - text.data(), 1, ",") == 0;
    return past || RE2::PartialMatch(text, opening_years);
  }

  bool is_told_of_past(Stretch sentence, const Quantity& quantity) const {
    if (heads_tell_of_past() || goes_on_of_past(quantity) || sentence_tells_of_past(sentence, quantity)) return true;
    std::string before = bullet_.lower(quantity.prefix.begin, quantity.begin);
    const size_t comma = before.rfind(", ");
    if (comma != std::string::npos && comma + 2 < before.size()) before.erase(0, comma);
    if (RE2::PartialMatch(before, *rules().list("past").anywhere)) return true;
    return is_past_year(before);
  }

  // "hiện có 412 công đoàn với 96.814 đoàn viên": what follows the past without a word of its own is past too.
  bool goes_on_of_past(const Quantity& quantity) const {
    if (!past_ || !quantity.before.direction.empty() || !quantity.before.comparator.empty()) return false;
    const std::string words = bullet_.lower(quantity.prefix.begin, quantity.begin);
    return !RE2::PartialMatch(words, *rules().list("commitment").anywhere);
  }

  bool is_past_year(const std::string& text) const {
    static const Pattern any_year(R"(năm\s+(\d{4}))");
    std::string found;
    re2::StringPiece rest(text);
    int last = 0;
    while (RE2::FindAndConsume(&rest, any_year, &found)) last = std::atoi(found.c_str());
    return last > 0 && last < bullet_.plan.year;
  }

  // "Kết quả năm 2024: tỷ lệ hộ nghèo còn 3%, hộ khá đạt 40%" in a plan of 2025.
  bool heads_tell_of_past() const {
    const std::string heads = to_lower(heads_.outer + " " + heads_.head);
    return is_past_year(heads) && RE2::PartialMatch(heads, *rules().list("past").anywhere);
  }

  bool in_target_list() const { return bullet_.paragraph.kind == "target" || bullet_.paragraph.kind == "table"; }

  // Outside the target section a number counts only where its clause commits to it.
  bool is_committed(Stretch clause, const Quantity& quantity) const {
    if (in_target_list()) return true;
    // "Sở Tài chính đề nghị không quá 01 tập thể": a share in what is asked for
    static const Pattern asks(R"((?:^|\s)đề nghị\s)"), strives(R"((?:^|\s)phấn đấu\s)");
    const std::string words = bullet_.lower(clause.begin, quantity.begin);
    if (RE2::PartialMatch(words, asks) && !RE2::PartialMatch(words, strives)) return false;
    // "tỷ lệ vi phạm kỷ luật dưới 0,2%": a rate with a bound is promised
    static const Pattern rate(R"((?i)^(?:tỷ|tỉ)\s+(?:lệ|suất)\s)");
    if (!quantity.before.comparator.empty() && unit_kind(bullet_, quantity) == "percent" && RE2::PartialMatch(quantity.subject, rate)) return true;
    return RE2::PartialMatch(words, *rules().list("commitment").anywhere);
  }

  // Why a number is no target after all; empty when it is one.
  std::string objection(Stretch sentence, Stretch clause, const Quantity& quantity) {
    const std::string name = to_lower(quantity.indicator);
    const bool says_nothing = rules().list("no_indicator").exact.count(name) > 0 && !quantity.match->has("of");
    const bool unit_only = is_measure(bullet_, quantity) && name == to_lower(quantity.match->text("unit"));
    if (quantity.indicator.empty() || says_nothing || unit_only) return "tells of nothing";
    re2::StringPiece scope;
    if (RE2::PartialMatch(to_lower(heads_.head), *rules().list("scope").prefix, &scope)) return "tells of a scope";
    if (RE2::PartialMatch(bullet_.lower(sentence.begin, sentence.end), *rules().list("condition").prefix, &scope)) return "tells of a condition";
    past_ = is_told_of_past(sentence, quantity);
    if (past_) return "told of the past";
    return is_committed(clause, quantity) ? "" : "outside a list of targets, and not promised";
  }

  void emit(Stretch sentence, Stretch clause, const Quantity& quantity) {
    if (const std::string why = objection(sentence, clause, quantity); !why.empty()) return explain_dropped(*quantity.match, why);
    Target target;
    if (!read_values(bullet_, quantity, target)) return explain_dropped(*quantity.match, "its value cannot be read");
    target.indicator = upper_first(without_loose_brackets(quantity.indicator));
    if (target.indicator.empty()) return explain_dropped(*quantity.match, "tells of nothing");
    read_comparator(bullet_, clause, quantity, target);
    if (!quantity.direction.empty()) target.direction = quantity.direction;
    if (!target.direction && keeps(quantity)) target.direction = "maintain";
    read_per(bullet_, sentence, clause, quantity, target);
    read_due(bullet_, sentence, clause, quantity, target);
    const std::string& section = bullet_.paragraph.section;
    if (!section.empty()) target.section = section;
    const size_t at = bullet_.paragraph.body;
    target.evidence = make_evidence(bullet_.plan, bullet_.paragraph, at + clause.begin, at + clause.end,
                                    quantity.match->rule->id, quantity.match->rule->strength * certainty(quantity));
    targets_.push_back(std::move(target));
  }

  // "15/15 tổ dân phố giữ vững danh hiệu": the verb stands behind what is counted.
  bool keeps(const Quantity& quantity) const {
    static const Pattern verb(R"(^\s*(?:\p{L}+,?\s+){0,6}(?:giữ vững|duy trì)\s)");
    return !is_measure(bullet_, quantity) && RE2::PartialMatch(bullet_.lower(quantity.end, quantity.suffix.end), verb);
  }

  double certainty(const Quantity& quantity) const {
    // A number left over, or an end that waits for more: the words were parted wrongly.
    static const Pattern loose_number(R"((?:^|\s)\d[\d.,]*(?:\s|$))");
    static const Pattern open_end(R"(\s(?:cho|ở|của|với|về|tại|theo|và|được|là|có|để|mở|trên|từ|do)$)");
    double factor = in_target_list() ? 1 : kOutsideList;
    const int words = count_words(quantity.indicator);
    if (words < 2) factor *= kDoubtful;
    if (words > kManyWords) factor *= kDoubtful;
    if (RE2::PartialMatch(quantity.indicator, loose_number)) factor *= kDoubtful;
    if (RE2::PartialMatch(to_lower(quantity.indicator), open_end)) factor *= kDoubtful;
    const auto value = quantity.values.find("value");
    const bool year = value != quantity.values.end() && value->is_number() && *value >= 1945 && *value <= 2100 && !is_measure(bullet_, quantity);
    return year ? factor * kDoubtful : factor;
  }

  static std::string without_loose_brackets(std::string text) {
    const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
    static const Pattern aside(R"(\s*\((?i:theo|không kể|kể cả|không bao gồm|bao gồm|gồm|trừ|giá|tính)\s[^()]*\))");  // "Tỷ lệ hộ nghèo (theo chuẩn mới)"
    RE2::GlobalReplace(&text, aside, "");
    if (count('(') != count(')') || text.rfind('(', 0) == 0) std::erase_if(text, [](char c) { return c == '(' || c == ')'; });
    return trim_to_words(collapse_spaces(text));
  }

  static std::string upper_first(const std::string& text) {
    size_t first = std::min<size_t>(text.size(), 1);
    while (first < text.size() && (text[first] & 0xc0) == 0x80) ++first;
    return to_upper(text.substr(0, first)) + text.substr(first);
  }

  static constexpr double kRounding = 1.001, kDisagree = 0.6;
  static constexpr double kOutsideList = 0.7, kDoubtful = 0.75;
  static constexpr int kManyWords = 25;
  static constexpr int kMixedNumbers = 4;
  static constexpr size_t kMixedUnits = 3;
  static constexpr int kSpokenOf = 20;  // words of a clause that the next may still speak of

  Bullet bullet_;
  Heads heads_;
  std::vector<Match> matches_;
  bool past_ = false;  // the number before was told of the past
  std::vector<Target> targets_;
};

}  // namespace

std::vector<Target> targets_of_paragraph(const Plan& plan, const Paragraph& paragraph, const std::string& head) {
  return BulletReader(plan, paragraph, head).read();
}

}  // namespace planscribe

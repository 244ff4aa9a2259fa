// What each number of a clause tells of: the words before it, those behind it where it counts things, and what it
// shares with the numbers beside it.
#include <algorithm>

#include "models/unicode.h"
#include "rules/quantity.h"

namespace planscribe {
namespace {

constexpr int kShortName = 3;    // words of a name that needs its head: "Kết quả rèn luyện: Tốt 92%, Khá 7%"
constexpr int kOwnName = 5;      // from so many words on a name needs no head: "Cải cách hành chính: cắt giảm 30% thời gian giải quyết"
constexpr int kSharedEnding = 3; // words behind a thing that still waits for the ending of the last

std::string join(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? a + b : a + " " + b; }

bool same_unit(const Quantity& a, const Quantity& b) {
  return a.values.value("unit", a.noun) == b.values.value("unit", b.noun);
}

class Namer {
 public:
  Namer(const Bullet& bullet, Heads& heads, std::vector<Quantity>& quantities)
      : bullet_(bullet), heads_(heads), quantities_(quantities) {}

  void name() {
    for (size_t i = 0; i < quantities_.size(); ++i) compose(i);
    share_endings();
  }

 private:
  const RuleSet::Impl& rules() const { return bullet_.rules(); }

  void compose(size_t i) {
    Quantity& quantity = quantities_[i];
    quantity.direction = quantity.before.direction;
    quantity.subject = subject_of_words(quantity);
    if (quantity.subject.empty() && i > 0) quantity.subject = grade_name(quantity);
    const bool bare = quantity.subject.empty();
    const bool statement = is_statement(bullet_, quantity) && !bare;
    const std::string more = behind(quantity, statement);
    const bool labelled = quantity.before.colon && quantity.counts && !bare && count_words(more) > 2;
    quantity.indicator = trim_to_words(collapse_spaces(labelled ? quantity.subject + ": " + more : join(quantity.subject, more)));
    if (i > 0) relate(i, bare);
    if (i == 0) take_head(quantity);
    if (quantity.direction.empty()) quantity.direction = heads_.direction;
    if (quantity.indicator.empty()) quantity.indicator = trim_to_words(quantity.lead);
    if (quantity.indicator.empty() && i == 0 && says_more(quantity)) quantity.indicator = heads_.last;
  }

  std::string subject_of_words(Quantity& quantity) const {
    std::string prefix = bullet_.words(quantity.prefix.begin, quantity.prefix.begin + quantity.before.end);
    re2::StringPiece restart, rest(prefix);
    while (RE2::FindAndConsume(&rest, *rules().list("restart").anywhere, &restart)) {
      if (restart.data() > prefix.data()) quantity.lead = prefix.substr(0, restart.data() - prefix.data());
      prefix = prefix.substr(restart.data() - prefix.data() + restart.size());
      rest = prefix;
    }
    // "Tỷ lệ bệnh án điện tử phấn đấu đạt 80%": nothing begins anew.
    if (count_words(prefix) == 0) prefix = quantity.lead;
    std::string lead_direction;
    const std::string subject = trim_to_words(take_lead_words(rules(), prefix, &lead_direction));
    if (quantity.direction.empty()) quantity.direction = lead_direction;
    return is_rate_noun(subject) ? with_direction(quantity, subject) : subject;
  }

  bool is_rate_noun(const std::string& subject) const { return rules().list("rate_noun").exact.count(to_lower(subject)) > 0; }

  // "Tốc độ tăng bình quân 5%": the words of the direction belong to the name.
  std::string with_direction(const Quantity& quantity, const std::string& subject) const {
    const std::string_view told = bullet_.view(quantity.prefix.begin + quantity.before.end, quantity.begin);
    re2::StringPiece words;
    const re2::StringPiece piece(told.data(), told.size());
    if (quantity.before.direction.empty() || !RE2::PartialMatch(piece, *rules().list("direction").anywhere, &words)) return subject;
    return subject + " " + to_lower(words);
  }

  // "Khá 7%, Đạt 1%": a verb with a capital behind a comma is the name of a grade.
  std::string grade_name(const Quantity& quantity) const {
    static const Pattern grade(R"(^[,\s]*(Đạt)\s*:?\s*$)");
    std::string name;
    const std::string words(bullet_.view(quantity.prefix.begin, quantity.begin));
    return RE2::PartialMatch(words, grade, &name) ? name : "";
  }

  void take_head(Quantity& quantity) const {
    if (heads_.head.empty() || quantity.indicator.rfind(heads_.head, 0) == 0) return;
    if (topic_only(quantity)) return;
    quantity.indicator = quantity.indicator.empty() ? heads_.head : heads_.head + ": " + quantity.indicator;
  }

  // A head that names a field of work, over a statement of its own. "Tỷ lệ", "Số" ask for what stands below them.
  bool topic_only(const Quantity& quantity) const {
    static const Pattern measures(R"((?i)^(?:tỷ|tỉ|số|tổng|diện|sản|năng|giá|thu|mức|độ|chỉ số|kết quả)\s)");
    static const Pattern one_name(R"(^\p{Lu}\S*$)");  // "Khá 7%, không có hồ sơ yếu"
    const bool label = RE2::PartialMatch(quantity.subject, one_name) || rules().list("grade").exact.count(to_lower(quantity.subject)) > 0;
    return !label && count_words(quantity.indicator) >= kOwnName && !RE2::PartialMatch(heads_.head, measures) &&
           heads_.outer != heads_.head;
  }

  static bool says_more(const Quantity& quantity) {
    return quantity.before.copula || !quantity.direction.empty() || !quantity.before.comparator.empty();
  }

  // "vận động được 90% hội viên tham gia": "được" ends no statement where a share of something follows.
  bool is_finished(const Quantity& quantity, const std::string& kind, const std::string& more) const {
    const Before& before = quantity.before;
    if (before.colon && kind == "percent" && counts_things(more)) return false;
    // "Cải cách hành chính: cắt giảm 25% thời gian giải quyết": the words before the colon name a field of work.
    if (before.colon && kind == "percent" && !before.direction.empty() && count_words(more) > 2) return false;
    if (before.colon || !before.direction.empty()) return true;
    if (before.copula) {
      static const Pattern gained(R"((?:^|\s)được\s+(?:\S+\s+){0,2}$)"), reached(R"((?:^|\s)(?:đến|tới)\s+$)");
      const std::string words = bullet_.lower(quantity.prefix.begin, quantity.begin);
      re2::StringPiece group;
      const bool of_group = RE2::PartialMatch(more, *rules().list("counted_group").prefix, &group);
      const bool open = kind == "percent" && ((count_words(more) > 1 && RE2::PartialMatch(words, gained)) ||
                                              (of_group && RE2::PartialMatch(words, reached)));
      return !open;
    }
    return !before.comparator.empty() && (more.empty() || kind != "percent");
  }

  // "Cá nhân: 85% viên chức đạt Lao động tiên tiến": the words before the colon only name a group.
  bool counts_things(const std::string& more) const {
    re2::StringPiece thing;
    return count_words(more) > 2 && RE2::PartialMatch(more, *rules().list("counted_group").prefix, &thing);
  }

  // "giảm còn dưới 2 giờ đối với khám lâm sàng": what a statement holds for is a part of it.
  static std::string restriction(const std::string& raw) {
    static const Pattern holds_for(R"(^\s*(đối với\s[^,;.(]+))");
    std::string words;
    return RE2::PartialMatch(raw, holds_for, &words) ? trim_to_words(words) : "";
  }

  // "95% trở lên chi hội đạt loại khá": the comparator stands between the number and what is counted.
  std::string_view without_comparator(const std::string& behind) const {
    re2::StringPiece words;
    if (!RE2::PartialMatch(behind, *rules().list("trailing_comparator").prefix, &words)) return behind;
    return std::string_view(behind).substr(words.data() + words.size() - behind.data());
  }

  // What the words behind the number add. Of counted things the unit is a part: "trường đạt chuẩn".
  std::string behind(Quantity& quantity, bool statement) const {
    const int subject_words = count_words(quantity.subject);
    const Match& match = *quantity.match;
    const std::string kind = unit_kind(bullet_, quantity);
    const std::string noun = kind != "count" ? "" : match.has("unit") ? match.text("unit") : quantity.noun;
    const std::string whole = match.has("whole") ? match.text("whole") : "";
    std::string raw = bullet_.words(quantity.suffix.begin, quantity.suffix.end);
    // "từ 90% công chức trở lên đạt Lao động tiên tiến"
    static const Pattern bound_inside(R"(^([^\d,;.]*)\s+trở (?:lên|xuống)(\s+(?:đạt|hoàn thành|được|xếp|tham gia)\s))");
    if (kind == "percent") RE2::Replace(&raw, bound_inside, R"(\1\2)");
    std::string more = trim_to_words(cut_suffix(rules(), without_comparator(raw)));
    if (count_words(more) == 0) more.clear();
    if (quantity.before.bracket && subject_words > 0) return "";
    const bool finished = is_finished(quantity, kind, more);
    if (statement && finished && kind != "count" && kind != "classifier") return join(whole, restriction(raw));
    if (statement && finished && count_words(more) < 2) return "";
    static const Pattern open_end(R"((?:^|\s)(?:cho|của|với|về|đối với|được)$)");
    const bool plain = subject_words > 2 && rules().list("plain_counter").exact.count(to_lower(noun)) > 0;
    if (more.empty() && plain) return whole;
    if (more.empty() && subject_words > 4 && !RE2::PartialMatch(quantity.subject, open_end)) return whole;
    quantity.counts = true;
    return join(noun, join(whole, more));
  }

  bool is_part(const Quantity& quantity) const {
    return bullet_.lower(quantity.prefix.begin, quantity.begin).find("trong đó") != std::string::npos;
  }

  // What the number before counted, without what it says of it: "Công chức đạt danh hiệu ..." -> "Công chức".
  static std::string thing_of(const Quantity& quantity) {
    static const Pattern verb(R"((\s(?:đạt|hoàn thành|được|có)\s))");
    re2::StringPiece found;
    std::string thing = quantity.indicator;
    if (RE2::PartialMatch(thing, verb, &found)) thing.resize(found.data() - thing.data());
    return thing;
  }

  // "5.000 căn hộ (từ 30 m2 trở lên/căn), 3 nhà trẻ": what stands in brackets is passed over by what follows them.
  size_t before_in_sense(size_t i) const {
    const auto depth = [&](size_t j) {
      const std::string_view text = bullet_.view(quantities_[0].prefix.begin, quantities_[j].begin);
      return std::count(text.begin(), text.end(), '(') - std::count(text.begin(), text.end(), ')');
    };
    size_t j = i - 1;
    while (j > 0 && depth(j) > depth(i)) --j;
    return j;
  }

  // "Diện tích ngô 60 ha, năng suất 5,5 tấn/ha": a property needs the name of what has it.
  bool take_owner(Quantity& quantity, const Quantity& previous) const {
    if (rules().list("property").exact.count(to_lower(quantity.subject)) == 0 || previous.indicator.empty()) return false;
    re2::StringPiece lead;
    std::string owner = previous.counts || previous.subject.empty() ? previous.indicator : previous.subject;
    if (RE2::PartialMatch(owner, *rules().list("property").prefix, &lead)) owner.erase(0, lead.data() + lead.size() - owner.data());
    owner = trim_to_words(owner);
    if (owner.empty()) return false;
    quantity.indicator = quantity.subject + " " + owner;
    return true;
  }

  // "bị hủy không quá 0,7%, bị sửa không quá 1,5%"; "thể nhẹ cân 13%, thể thấp còi 22%": in the place of its like.
  bool take_place(Quantity& quantity, const Quantity& previous) const {
    const std::string subject = to_lower(quantity.subject);
    const std::string kind = subject.substr(0, subject.find(' '));
    if (rules().list("kind_word").exact.count(kind) == 0 || count_words(subject) > kShortName) return false;
    const size_t at = previous.subject.rfind(" " + kind + " ");
    if (at == std::string::npos) return false;
    quantity.indicator = previous.subject.substr(0, at + 1) + subject;
    return true;
  }

  // What a number takes from those before it in its clause.
  void relate(size_t i, bool bare) {
    Quantity& quantity = quantities_[i];
    const Quantity& previous = quantities_[before_in_sense(i)];
    const bool part = is_part(quantity);
    static const Pattern goes_on(R"(^(?:cho|gồm|dành cho|phục vụ|thuộc|tại)$)");
    static const Pattern each(R"((?i)^[^\p{L}]*mỗi\s+\S+(?:\s+\S+)?$)"), joined_by_with(R"(^[\s,]*(?:với|có)\s)");
    const bool members = bare && rules().list("member").exact.count(to_lower(quantity.values.value("unit", ""))) > 0;
    if (RE2::FullMatch(to_lower(quantity.subject), goes_on) || members) {
      quantity.indicator = join(previous.indicator, quantity.indicator);
    } else if (is_measure(bullet_, quantity) && RE2::FullMatch(quantity.subject, each)) {
      quantity.indicator = previous.indicator;  // "300 suất học bổng (mỗi suất 1 triệu đồng)"
      quantity.subject = previous.subject;
      quantity.counts = previous.counts;
    } else if (!bare && (previous.counts || !is_measure(bullet_, previous)) && is_measure(bullet_, quantity) &&
               RE2::PartialMatch(bullet_.lower(quantity.prefix.begin, quantity.begin), joined_by_with)) {
      quantity.indicator = previous.indicator + " với " + quantity.indicator;
    } else if (!bare && (take_owner(quantity, previous) || take_place(quantity, previous))) {
      return;
    } else if (bare || part) {
      inherit(quantity, previous, bare, part);
    } else if (same_unit(quantity, quantities_[0]) && count_words(quantity.subject) <= kShortName) {
      take_name(quantity, previous);
    }
  }

  // "Kết quả: Tốt 92%, Khá 7%"; "Tỷ lệ hài lòng của người bệnh nội trú: 92%, ngoại trú: 90%".
  void take_name(Quantity& quantity, const Quantity& previous) const {
    static const Pattern rate(R"(^(?:Tỷ|tỷ|Tỉ|tỉ)\s+(?:lệ|suất))");
    if (!heads_.head.empty()) return take_head(quantity);
    if (rules().list("grade").exact.count(to_lower(quantity.indicator)) > 0 && !previous.subject.empty()) {
      quantity.indicator = previous.subject + ": " + quantity.indicator;
      return;
    }
    const bool of_rate = RE2::PartialMatch(previous.indicator, rate) && !RE2::PartialMatch(quantity.indicator, rate);
    if (of_rate && !quantity.counts) quantity.indicator = previous.subject + ": " + quantity.indicator;
  }

  // "2.500 kg lúa giống, 1,2 tấn phân bón": a measured thing behind its measure.
  bool names_thing(const Quantity& quantity) const { return quantity.counts && !quantity.indicator.empty(); }

  // "790 tỷ đồng, tăng 14,38%": the second number tells of what the first did. "trong đó có 10% hoàn thành xuất
  // sắc": of those the first counted. "Cử 15 bác sĩ, 20 điều dưỡng": the verb holds for both.
  void inherit(Quantity& quantity, const Quantity& previous, bool bare, bool part) const {
    const bool rate = unit_kind(bullet_, quantity) == "percent";
    const bool verb_only = bare && quantity.before.copula && quantity.subject.empty();
    // "30 giải (tăng 3 giải so với năm trước)"
    const bool change = bare && quantity.before.told_bracket && !quantity.before.direction.empty() && same_unit(quantity, previous);
    // "100% chỉ tiêu giao quân (18 thanh niên)"
    const bool in_other_words = bare && quantity.before.bracket && count_words(quantity.indicator) <= kShortName &&
                                unit_kind(bullet_, previous) == "percent";
    if (part && !quantity.indicator.empty() && (rate || !bare)) {
      const std::string thing = thing_of(previous);
      const bool says_it = to_lower(quantity.indicator).rfind(to_lower(thing), 0) == 0;
      if (!says_it) quantity.indicator = thing + (bare ? " " : ": ") + quantity.indicator;
    } else if (quantity.indicator.empty() || verb_only || change || in_other_words || (is_measure(bullet_, quantity) && !rate && !names_thing(quantity)) ||
               (rate && !quantity.before.direction.empty())) {
      quantity.indicator = previous.indicator;
      return;
    } else if (bare && quantity.subject.empty() && quantity.counts && !previous.subject.empty() &&
               (previous.counts || part) && !quantity.before.bracket) {
      quantity.subject = previous.subject;
      quantity.indicator = quantity.subject + (part ? ": " : " ") + quantity.indicator;
    } else if (!quantity.subject.empty()) {
      take_head(quantity);
    }
    if (quantity.direction.empty() && !quantity.match->has("of")) quantity.direction = previous.direction;
    // "tối thiểu 120 học viên hệ trung cấp và 60 học viên hệ cao đẳng"
    const std::string joint = to_lower(collapse_spaces(bullet_.view(quantity.prefix.begin, quantity.begin)));
    if (joint == "và" && same_unit(quantity, previous)) quantity.before.comparator = previous.before.comparator;
  }

  // "Giảm 01 hộ nghèo và 01 hộ cận nghèo theo chuẩn mới": what ends the last holds for those joined to it.
  void share_endings() {
    for (size_t i = quantities_.size(); i-- > 1;) {
      Quantity& before = quantities_[i - 1];
      const Quantity& last = quantities_[i];
      const std::string joint = to_lower(collapse_spaces(bullet_.view(last.prefix.begin, last.begin)));
      if (joint != "và" && joint != "," && joint != ", và") continue;
      const std::string ending = ending_of(last.indicator);
      if (ending.empty() || !before.counts || !ending_of(before.indicator).empty()) continue;
      const int behind = count_words(bullet_.view(before.suffix.begin, before.suffix.end));
      if (behind <= kSharedEnding) before.indicator += ending;
    }
  }

  std::string ending_of(const std::string& indicator) const {
    re2::StringPiece found;
    if (!RE2::PartialMatch(indicator, *rules().list("shared_ending").anywhere, &found)) return "";
    const size_t at = found.data() - indicator.data();
    return at == 0 ? "" : indicator.substr(at - 1);
  }

  const Bullet& bullet_;
  Heads& heads_;
  std::vector<Quantity>& quantities_;
};

}  // namespace

void name_indicators(const Bullet& bullet, Heads& heads, std::vector<Quantity>& quantities) {
  Namer(bullet, heads, quantities).name();
}

}  // namespace planscribe

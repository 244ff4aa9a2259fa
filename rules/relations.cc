// What a number of a clause takes from the head above it and from the numbers beside it.
#include <algorithm>

#include "models/unicode.h"
#include "rules/quantity.h"

namespace planscribe {
namespace {

constexpr int kShortName = 3;    // words of a name that needs its head: "Kết quả rèn luyện: Tốt 92%, Khá 7%"
constexpr int kOwnName = 5;      // from so many words on a name needs no head: "Cải cách hành chính: cắt giảm 30% thời gian giải quyết"
constexpr int kLongHead = 12;    // words of a head that is a sentence rather than a name
constexpr int kSharedEnding = 4; // words behind a thing that still waits for the ending of the last

bool same_unit(const Quantity& a, const Quantity& b) {
  return a.values.value("unit", a.noun) == b.values.value("unit", b.noun);
}

class Relations {
 public:
  Relations(const Bullet& bullet, const Heads& heads, std::vector<Quantity>& quantities)
      : bullet_(bullet), heads_(heads), quantities_(quantities) {}

  void take_head(Quantity& quantity) const {
    if (heads_.head.empty() || quantity.indicator.rfind(heads_.head, 0) == 0) return;
    if (topic_only(quantity)) return;
    quantity.indicator = quantity.indicator.empty() ? heads_.head : heads_.head + ": " + quantity.indicator;
  }

  // What a number takes from those before it in its clause.
  void relate(size_t i, bool bare) {
    Quantity& quantity = quantities_[i];
    Quantity& previous = quantities_[before_in_sense(i)];
    const bool part = is_part(quantity);
    if (bare && !part && waits_for_thing(previous) && quantity.counts) previous.indicator = join_words(previous.indicator, quantity.indicator);
    static const Pattern goes_on(R"(^(?:cho|gồm|dành cho|phục vụ|thuộc|tại)$)");
    static const Pattern where(R"((?i)^(?:ở|tại|đối với)\s)");  // "đạt 97% ở cấp huyện và 95% ở cấp xã"
    static const Pattern each(R"((?i)^[^\p{L}]*mỗi\s+\S+(?:\s+\S+)?$)"), joined_by_with(R"(^[\s,]*(?:với|có)\s)");
    const bool members = bare && rules().list("member").exact.count(to_lower(quantity.values.value("unit", ""))) > 0;
    if (bare && !previous.subject.empty() && RE2::PartialMatch(quantity.indicator, where)) {
      quantity.subject = previous.subject;
      quantity.indicator = join_words(previous.subject, quantity.indicator);
    } else if (RE2::FullMatch(to_lower(quantity.subject), goes_on) || members) {
      quantity.indicator = join_words(previous.indicator, quantity.indicator);
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

  // "Giảm 01 hộ nghèo và 01 hộ cận nghèo theo chuẩn mới": what ends the last holds for those joined to it.
  void share_endings() {
    for (size_t i = quantities_.size(); i-- > 1;) {
      Quantity& before = quantities_[i - 1];
      const Quantity& last = quantities_[i];
      if (joined_shares(before, last)) before.indicator = last.indicator;
      const std::string joint = to_lower(collapse_spaces(bullet_.view(last.prefix.begin, last.begin)));
      if (joint != "và" && joint != "," && joint != ", và") continue;
      const std::string ending = ending_of(last.indicator);
      if (ending.empty() || !before.counts || !ending_of(before.indicator).empty()) continue;
      if (joint == "," && before.match->has("of") && unit_kind(bullet_, last) == "percent") continue;  // "71/78 ấp văn hóa, 93% gia đình đạt chuẩn"
      const int behind = count_words(bullet_.view(before.suffix.begin, before.suffix.end));
      if (behind <= kSharedEnding) before.indicator += ending;
    }
  }

 private:
  const RuleSet::Impl& rules() const { return bullet_.rules(); }

  // A head that names a field of work, over a statement of its own. "Tỷ lệ", "Số" ask for what stands below them.
  bool topic_only(const Quantity& quantity) const {
    static const Pattern measures(R"((?i)^(?:tỷ|tỉ|số|tổng|diện|sản|năng|giá|thu|mức|độ|chỉ số|kết quả)\s)");
    static const Pattern one_name(R"(^\p{Lu}\S*$)");  // "Khá 7%, không có hồ sơ yếu"
    const bool label = RE2::PartialMatch(quantity.subject, one_name) || rules().list("grade").exact.count(to_lower(quantity.subject)) > 0;
    // "Đối với người dân:", "Lĩnh vực quốc phòng:" never name what is counted.
    static const Pattern field(R"((?i)^(?:lĩnh vực|đối với|về|phong trào|cuộc vận động|công tác|thi đua)\s)");
    if (!label && RE2::PartialMatch(heads_.head, field)) return count_words(quantity.indicator) > 1;
    if (!label && heads_.mixed && heads_.outer != heads_.head && !RE2::PartialMatch(heads_.head, measures)) {
      static const Pattern deed(R"((?i)^(?:phát triển|xây dựng|mở rộng|nâng cấp|trồng|nuôi|làm|mở|sửa)\s)");  // "Nuôi cá lồng bè: phát triển 35 lồng"
      return count_words(quantity.indicator) > (RE2::PartialMatch(quantity.indicator, deed) ? kShortName : 1);
    }
    const int enough = count_words(heads_.head) > kLongHead ? kShortName - 1 : kOwnName;
    return !label && count_words(quantity.indicator) >= enough && !RE2::PartialMatch(heads_.head, measures) &&
           heads_.outer != heads_.head;
  }

  // "đến hết quý II có 80% và đến hết năm có 90% người dân được tập huấn"
  bool joined_shares(const Quantity& before, const Quantity& last) const {
    static const Pattern joint(R"((?i)^[\s,]*và\s*(?:có|đạt|là|còn|phấn đấu)?\s*$)");
    const auto bare = [&](const Quantity& quantity) { return unit_kind(bullet_, quantity) == "percent" && quantity.before.direction.empty(); };
    return bare(before) && bare(last) && last.counts && last.suffix.begin > before.suffix.begin &&
           count_words(bullet_.words(before.suffix.begin, before.suffix.end)) == 0 &&
           RE2::FullMatch(bullet_.words(last.prefix.begin, last.begin), joint);
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

  // "tỷ lệ tham gia BHYT đạt 94%, BHXH 41%"
  bool take_place_of_abbreviation(Quantity& quantity, const Quantity& previous) const {
    static const Pattern abbreviation(R"(^\p{Lu}{3,}$)"), behind_rate(R"((?i)^((?:tỷ|tỉ) lệ\s.*\s)(?-i:\p{Lu}{3,})$)");
    std::string rate;
    if (!RE2::FullMatch(quantity.subject, abbreviation) || !RE2::FullMatch(previous.subject, behind_rate, &rate)) return false;
    quantity.indicator = quantity.subject = rate + quantity.subject;
    return true;
  }

  // "bị hủy không quá 0,7%, bị sửa không quá 1,5%"; "thể nhẹ cân 13%, thể thấp còi 22%": in the place of its like.
  bool take_place(Quantity& quantity, const Quantity& previous) const {
    if (take_place_of_abbreviation(quantity, previous)) return true;
    const std::string subject = to_lower(quantity.subject);
    const std::string kind = subject.substr(0, subject.find(' '));
    if (rules().list("kind_word").exact.count(kind) == 0 || count_words(subject) > kShortName) return false;
    const size_t at = previous.subject.rfind(" " + kind + " ");
    if (at == std::string::npos) return false;
    quantity.indicator = previous.subject.substr(0, at + 1) + subject;
    quantity.subject = quantity.indicator;
    return true;
  }

  // "Kết quả: Tốt 92%, Khá 7%"; "Tỷ lệ hài lòng của người bệnh nội trú: 92%, ngoại trú: 90%".
  void take_name(Quantity& quantity, const Quantity& previous) const {
    static const Pattern rate(R"((?i)^(?:(?:tỷ|tỉ)\s+(?:lệ|suất)|chỉ số|mức độ|điểm trung bình)(?:$|\s))");
    if (!heads_.head.empty()) return take_head(quantity);
    if (rules().list("grade").exact.count(to_lower(quantity.indicator)) > 0 && !previous.subject.empty()) {
      quantity.indicator = previous.subject + ": " + quantity.indicator;
      return;
    }
    const bool of_rate = RE2::PartialMatch(previous.indicator, rate) && !RE2::PartialMatch(quantity.indicator, rate);
    if (of_rate && !quantity.counts) quantity.indicator = previous.subject + ": " + quantity.indicator;
  }

  // "100% xã có ít nhất 01 nhà văn hóa": what they have is a part of what the share tells of.
  bool waits_for_thing(const Quantity& share) const {
    static const Pattern open_verb(R"(\s(?:có|sử dụng|tổ chức|xây dựng|thành lập|đăng ký|thực hiện|trồng)$)");
    return share.counts && unit_kind(bullet_, share) == "percent" && RE2::PartialMatch(share.indicator, open_verb);
  }

  // "bảo vệ 500 ha rừng, giảm 30% số vụ phá rừng" tells of another thing than the number before.
  static bool names_own(const Quantity& quantity) {
    static const Pattern things(R"((?i)^(?:số|tỷ lệ|tỉ lệ|thời gian|chi phí|lượng)\s+\p{L}.*)");
    return quantity.counts && RE2::FullMatch(quantity.indicator, things);
  }

  // "75% số tiết được xếp loại giỏi" needs no name from before.
  bool names_whole(const Quantity& quantity) const {
    re2::StringPiece verb;
    return count_words(quantity.indicator) > kShortName && RE2::PartialMatch(quantity.indicator, *rules().list("predicate").anywhere, &verb) &&
           !starts_with_verb(quantity);
  }

  bool starts_with_verb(const Quantity& quantity) const {
    re2::StringPiece verb;
    return RE2::PartialMatch(quantity.indicator, *rules().list("predicate").prefix, &verb);
  }

  // "2.500 kg lúa giống, 1,2 tấn phân bón": a measured thing behind its measure.
  bool names_thing(const Quantity& quantity) const { return quantity.counts && !quantity.indicator.empty(); }

  // "790 tỷ đồng, tăng 14,38%": the second number tells of what the first did. "trong đó có 10% hoàn thành xuất
  // sắc": of those the first counted. "Cử 15 bác sĩ, 20 điều dưỡng": the verb holds for both.
  void inherit(Quantity& quantity, const Quantity& previous, bool bare, bool part) const {
    const bool rate = unit_kind(bullet_, quantity) == "percent";
    const bool verb_only = bare && quantity.before.copula && quantity.subject.empty();
    // "30 giải (tăng 3 giải so với năm trước)"
    const bool told_again = quantity.before.told_bracket || count_words(quantity.indicator) < 2;
    const bool change = bare && told_again && !quantity.before.direction.empty() && same_unit(quantity, previous);
    // "100% chỉ tiêu giao quân (18 thanh niên)", "3,2% (tương đương 790 hộ)"
    static const Pattern equals(R"(^\s*\(\s*(?:tương đương|tức|bằng|khoảng))");
    const bool bracket = quantity.before.bracket || RE2::PartialMatch(bullet_.lower(quantity.prefix.begin, quantity.begin), equals);
    const bool in_other_words = bare && bracket && count_words(quantity.indicator) <= kShortName &&
                                unit_kind(bullet_, previous) == "percent";
    if (part && !quantity.indicator.empty() && (rate || !bare)) {
      const std::string thing = thing_of(previous);
      const bool says_it = to_lower(quantity.indicator).rfind(to_lower(thing), 0) == 0;
      // "trong đó thu thuế 33 tỷ đồng", "trong đó sản lượng ...": named in full
      static const Pattern full(R"((?i)^(?:thu|chi|sản lượng|diện tích|tỷ lệ|tỉ lệ|tổng)\s+\p{L}.*)");
      if (!says_it && (bare || !RE2::FullMatch(quantity.indicator, full))) quantity.indicator = thing + (bare ? " " : ": ") + quantity.indicator;
    } else if (quantity.indicator.empty() || verb_only || change || in_other_words || (is_measure(bullet_, quantity) && !rate && !names_thing(quantity)) ||
               (rate && !quantity.before.direction.empty() && !names_own(quantity))) {
      quantity.indicator = in_other_words && !is_measure(bullet_, quantity) ? without_rate(previous.indicator) : previous.indicator;
      // "giảm 1,5%/năm, đến cuối năm còn 5,6%"
      static const Pattern remains(R"((?:^|\s)còn\s)");
      if (in_other_words && quantity.direction.empty()) quantity.direction = previous.direction;
      const bool left = RE2::PartialMatch(bullet_.lower(quantity.prefix.begin, quantity.begin), remains);
      if (left && same_unit(quantity, previous) && quantity.direction.empty()) quantity.direction = previous.direction;
      return;
    } else if (bare && quantity.subject.empty() && quantity.counts && !previous.subject.empty() &&
               (previous.counts || part) && !quantity.before.bracket && !quantity.anew && !names_own(quantity) && !(rate && !part && names_whole(quantity))) {
      quantity.subject = previous.subject;
      quantity.indicator = quantity.subject + (part ? ": " : " ") + quantity.indicator;
    } else if (bare && rate && starts_with_verb(quantity) && unit_kind(bullet_, previous) == "percent" && previous.counts) {
      quantity.indicator = join_words(thing_of(previous), quantity.indicator);  // "100% hộ có điện và 90% có nước sạch"
    } else if (!quantity.subject.empty()) {
      take_head(quantity);
    }
    if (quantity.direction.empty() && !quantity.match->has("of")) quantity.direction = previous.direction;
    // "tối thiểu 120 học viên hệ trung cấp và 60 học viên hệ cao đẳng"
    const std::string joint = to_lower(collapse_spaces(bullet_.view(quantity.prefix.begin, quantity.begin)));
    const bool above_all = rate && quantity.values.value("value", 0.0) >= 100;  // "trên 80% trạm và 100% cơ sở"
    if (joint == "và" && same_unit(quantity, previous) && !above_all) quantity.before.comparator = previous.before.comparator;
  }

  // "giảm tỷ lệ hộ nghèo 3% (tương đương 79 hộ)": counted in things it is no rate.
  static std::string without_rate(const std::string& indicator) {
    static const Pattern rate(R"((?i)^(?:tỷ|tỉ)\s+(?:lệ|trọng)\s+)");
    std::string thing = indicator;
    RE2::Replace(&thing, rate, "");
    return thing;
  }

  std::string ending_of(const std::string& indicator) const {
    re2::StringPiece found;
    if (!RE2::PartialMatch(indicator, *rules().list("shared_ending").anywhere, &found)) return "";
    const size_t at = found.data() - indicator.data();
    return at == 0 ? "" : indicator.substr(at - 1);
  }

  const Bullet& bullet_;
  const Heads& heads_;
  std::vector<Quantity>& quantities_;
};

}  // namespace

std::string join_words(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? a + b : a + " " + b; }

void relate(const Bullet& bullet, const Heads& heads, std::vector<Quantity>& quantities, size_t i, bool bare) {
  Relations relations(bullet, heads, quantities);
  if (i == 0) return relations.take_head(quantities[0]);
  relations.relate(i, bare);
}

void share_endings(const Bullet& bullet, const Heads& heads, std::vector<Quantity>& quantities) {
  Relations(bullet, heads, quantities).share_endings();
}

}  // namespace planscribe

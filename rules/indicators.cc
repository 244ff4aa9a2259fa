// What each number of a clause tells of: the words before it, and those behind it where it counts things.
#include <algorithm>

#include "models/unicode.h"
#include "rules/quantity.h"

namespace planscribe {
namespace {

constexpr int kDeedWords = 4;  // words of a deed that needs the name of what it is done to: "thu hái 3,5 tấn dược liệu"
constexpr int kFinished = 7;  // from so many words on a thought before a comma is whole
constexpr int kWho = 3;  // words of a name that only says who: "Đơn vị đạt 100% số hộ ..."

class Namer {
 public:
  Namer(const Bullet& bullet, Heads& heads, std::vector<Quantity>& quantities)
      : bullet_(bullet), heads_(heads), quantities_(quantities) {}

  void name() {
    for (size_t i = 0; i < quantities_.size(); ++i) compose(i);
    share_endings(bullet_, heads_, quantities_);
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
    quantity.indicator = trim_to_words(collapse_spaces(labelled ? quantity.subject + ": " + more : join_words(quantity.subject, more)));
    if (quantity.anew && bare && tells_no_thing(more)) quantity.indicator = i > 0 ? quantities_[i - 1].indicator : trim_to_words(quantity.lead);
    relate(bullet_, heads_, quantities_, i, bare && !(quantity.anew && tells_no_thing(more)));
    if (quantity.direction.empty()) quantity.direction = heads_.direction;
    const bool says_nothing = rules().list("no_indicator").exact.count(to_lower(quantity.indicator)) > 0;
    if (quantity.indicator.empty() || (says_nothing && !quantity.lead.empty())) quantity.indicator = trim_to_words(quantity.lead);
    if (quantity.indicator.empty() && i == 0 && says_more(quantity)) quantity.indicator = heads_.last;
  }

  // "tỷ trọng chi đầu tư 28%, phấn đấu 29% tổng chi": behind the number stands only where or of what it is a share.
  static bool tells_no_thing(const std::string& more) {
    static const Pattern words(R"((?i)^(?:tổng|trong|của|so|trên|ở|tại|với|theo|vào|về|cho)(?:$|\s))");
    return RE2::PartialMatch(more, words);
  }

  std::string subject_of_words(Quantity& quantity) const {
    std::string prefix = words_before(quantity);
    re2::StringPiece restart, rest(prefix);
    bool part = false;
    while (RE2::FindAndConsume(&rest, *rules().list("restart").anywhere, &restart)) {
      if (restart.data() > prefix.data()) quantity.lead = prefix.substr(0, restart.data() - prefix.data());
      part = to_lower(restart) == "trong đó";
      prefix = prefix.substr(restart.data() - prefix.data() + restart.size());
      rest = prefix;
    }
    // "Tỷ lệ bệnh án điện tử phấn đấu đạt 80%": nothing begins anew, unless a comma stands there.
    static const Pattern ends_comma(R"(,\s*$)");
    quantity.anew = !quantity.lead.empty() && !part && RE2::PartialMatch(quantity.lead, ends_comma);
    if (count_words(prefix) == 0 && (part || !RE2::PartialMatch(quantity.lead, ends_comma))) prefix = quantity.lead;
    prefix = from_measure(prefix, quantity);
    std::string lead_direction;
    std::string subject = trim_to_words(take_lead_words(rules(), prefix, &lead_direction));
    // "(riêng năm 2021 là 08 khu vực)" tells of what was named before; "Chỉ tiêu 4: 100% xã ..." of what follows.
    static const Pattern apart(R"((?i)^[(\s]*riêng$)"), label(R"(^[\d\s.]+$)");
    if (RE2::FullMatch(subject, apart) || RE2::FullMatch(subject, label)) subject.clear();
    if (quantity.direction.empty()) quantity.direction = lead_direction;
    return is_rate_noun(subject) ? with_direction(quantity, subject) : subject;
  }

  // The words before a number. "các cấp ít nhất vào năm 2025 đạt 40%": behind the date more may be told of the number.
  std::string words_before(Quantity& quantity) const {
    const size_t end = quantity.prefix.begin + quantity.before.end;
    std::string prefix = bullet_.words(quantity.prefix.begin, end);
    const bool dated = std::any_of(bullet_.dues.begin(), bullet_.dues.end(), [&](const Match& due) {
      return due.begin > quantity.prefix.begin && due.end <= end && end - due.end < 3;
    });
    if (!dated) return prefix;
    const Before before = take_words_before(rules(), prefix);
    if (quantity.before.comparator.empty()) quantity.before.comparator = before.comparator;
    if (quantity.direction.empty()) quantity.direction = before.direction;
    return prefix.substr(0, before.end);
  }

  // "Phục hồi rừng ngập mặn, diện tích rừng ngập mặn đạt 50 ha": what is measured opens a name of its own.
  std::string from_measure(const std::string& prefix, const Quantity& quantity) const {
    static const Pattern opens(R"((?i),\s+(?:(?:không để|mục tiêu|với mục tiêu|góp phần)\s+)?((?:(?:đưa|nâng|giảm|hạ|kéo giảm|duy trì)\s+)?(?:tỷ lệ|tỉ lệ|diện tích|sản lượng|tổng diện tích|tổng sản lượng|thu nhập bình quân|độ che phủ|tổng số)\s+\S.*)$)");
    static const Pattern itself(R"((?i)^\s*(?:tỷ lệ|tỉ lệ|diện tích|sản lượng|tổng|độ|mức|số|thu)\s)");
    std::string own;
    if (RE2::PartialMatch(prefix, opens, &own) && !RE2::PartialMatch(prefix, itself)) return own;
    return from_deed(prefix, unit_kind(bullet_, quantity) == "money");
  }

  // "Chi bộ hoàn thành tốt nhiệm vụ, kết nạp 3 đảng viên": behind a finished thought a deed opens its own.
  std::string from_deed(const std::string& prefix, bool money) const {
    for (size_t comma = prefix.rfind(", "); comma != std::string::npos && comma > 0; comma = prefix.rfind(", ", comma - 1)) {
      const std::string behind = prefix.substr(comma + 1);
      re2::StringPiece deed, told;
      if (!RE2::PartialMatch(behind, *rules().list("deed").prefix, &deed)) continue;
      if (money && count_words(behind) == count_words(std::string_view(deed.data(), deed.size()))) continue;  // "hỗ trợ 5 triệu đồng"
      const std::string before = prefix.substr(0, comma);
      const bool finished = RE2::PartialMatch(before, *rules().list("predicate").anywhere, &told) || count_words(before) > kFinished;
      return finished ? trim_to_words(behind) : prefix;
    }
    return prefix;
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

  bool is_dated(const Quantity& quantity) const {
    return std::any_of(bullet_.dues.begin(), bullet_.dues.end(), [&](const Match& due) {
      return due.begin >= quantity.prefix.begin && due.end <= quantity.suffix.end;
    });
  }

  bool says_more(const Quantity& quantity) const {
    // "đạt 0,7 triệu tấn vào năm 2015; 1,2 triệu tấn vào năm 2020": a number and its year alone go on too.
    const bool alone = bullet_.words(quantity.prefix.begin, quantity.begin).empty() && is_dated(quantity);
    return alone || quantity.before.copula || !quantity.direction.empty() || !quantity.before.comparator.empty();
  }

  // "vận động được 90% hội viên tham gia": "được" ends no statement where a share of something follows.
  bool is_finished(const Quantity& quantity, const std::string& kind, const std::string& more) const {
    const Before& before = quantity.before;
    if (before.colon && kind == "percent" && (counts_things(more) || is_told_whole(quantity, more))) return false;
    // "Cải cách hành chính: cắt giảm 25% thời gian giải quyết": the words before the colon name a field of work.
    if (before.colon && kind == "percent" && !before.direction.empty() && count_words(more) > 2) return false;
    // "đạt trên 80% tổng số dự án được bố trí vốn": what the share is taken of, behind a whole statement
    static const Pattern base(R"((?i)^(?:tổng|kế hoạch|dự toán|chỉ tiêu|nghị quyết|GRDP|GDP)(?:$|\s))");
    const bool told = before.copula || !before.comparator.empty();
    if (kind == "percent" && told && count_words(quantity.subject) >= kWho && RE2::PartialMatch(more, base)) return true;
    // "tiết kiệm thêm 10% chi thường xuyên", "sẽ hoàn thành khoảng 355 km đường sắt": a deed and what is done
    re2::StringPiece deed;
    const bool bare_deed = rules().list("deed").exact.count(to_lower(quantity.subject)) > 0;
    if (bare_deed && kind == "percent" && !before.colon && !before.copula && count_words(more) > 1) return false;
    if (before.colon || !before.direction.empty()) return true;
    if (before.copula) {
      static const Pattern gained(R"((?:^|\s)được\s+(?:\S+\s+){0,2}$)"), reached(R"((?:^|\s)(?:đến|tới)\s+$)");
      const std::string words = bullet_.lower(quantity.prefix.begin, quantity.begin);
      re2::StringPiece group;
      const bool of_group = RE2::PartialMatch(more, *rules().list("counted_group").prefix, &group);
      // "Đơn vị đạt tỷ lệ 100% số người hưởng trợ cấp được rà soát": who reaches it, and of what
      static const Pattern share(R"((?:^|\s)đạt(?: tỷ lệ)?\s+$)");
      static const Pattern all_of(R"((?i)^(?:số|tổng số|các|toàn bộ|người)\s)");
      const bool whose = (of_group || RE2::PartialMatch(more, all_of)) && count_words(quantity.subject) <= kWho && count_words(more) > kWho && !names_measure(quantity.subject);
      const bool open = kind == "percent" && ((count_words(more) > 1 && RE2::PartialMatch(words, gained)) ||
                                              (of_group && RE2::PartialMatch(words, reached)) ||
                                              (whose && RE2::PartialMatch(words, share)));
      return !open;
    }
    // "thu hái tối thiểu 3,5 tấn dược liệu tươi": a measure of what stands behind it
    static const Pattern bound(R"(^(?:so|từ|theo|của|cho|trong|tại|ở|về|đối|để|vào|với|do|và|trở|một|mỗi)\s)");
    const bool of_deed = count_words(quantity.subject) <= kDeedWords || RE2::PartialMatch(quantity.subject, *rules().list("deed").suffix, &deed);
    if (kind == "measure" && of_deed && !names_measure(quantity.subject)) {
      return !before.comparator.empty() && (more.empty() || RE2::PartialMatch(more, bound));
    }
    return !before.comparator.empty() && (more.empty() || kind != "percent");
  }

  // "Cá nhân: 85% viên chức đạt Lao động tiên tiến": the words before the colon only name a group.
  bool counts_things(const std::string& more) const {
    re2::StringPiece thing;
    return count_words(more) > 2 && RE2::PartialMatch(more, *rules().list("counted_group").prefix, &thing);
  }

  // "Đổi mới công nghệ: 100% khu công nghiệp triển khai chương trình": a statement stands behind the colon.
  bool is_told_whole(const Quantity& quantity, const std::string& more) const {
    re2::StringPiece found;
    static const Pattern directly(R"(^\s*\p{L})");  // "Khá: 7%, không có loại Yếu" is another thought
    const std::string_view behind = bullet_.view(quantity.end, quantity.suffix.end);
    return RE2::PartialMatch(re2::StringPiece(behind.data(), behind.size()), directly) && count_words(more) > kWho && !names_measure(quantity.subject) &&
           RE2::PartialMatch(more, *rules().list("predicate").anywhere, &found);
  }

  static bool names_measure(const std::string& subject) {
    static const Pattern measure(R"((?i)^(?:(?:tỷ|tỉ|số|tổng|diện|sản|năng|giá|mức|độ|chỉ số|kết quả|tốc)\s|thu (?:nhập|ngân)))");
    return RE2::PartialMatch(subject, measure);
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
    static const Pattern aside(R"(\s*\([^()]*\)(\s+\p{Ll}))");  // "số người hưởng (kể cả người nhận thay) qua tài khoản"
    RE2::GlobalReplace(&raw, aside, R"(\1)");
    std::string more = trim_to_words(cut_suffix(rules(), without_comparator(raw)));
    if (count_words(more) == 0) more.clear();
    if (quantity.before.bracket && subject_words > 0) return "";
    const bool finished = is_finished(quantity, kind, more);
    if (statement && finished && kind != "count" && kind != "classifier") return join_words(whole, restriction(raw));
    if (statement && finished && count_words(more) < 2) return "";
    static const Pattern open_end(R"((?:^|\s)(?:cho|của|với|về|đối với|được)$)");
    const bool plain = subject_words > 2 && rules().list("plain_counter").exact.count(to_lower(noun)) > 0;
    if (more.empty() && plain) return whole;
    if (more.empty() && subject_words > 4 && !RE2::PartialMatch(quantity.subject, open_end)) return whole;
    quantity.counts = true;
    return join_words(noun, join_words(whole, more));
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

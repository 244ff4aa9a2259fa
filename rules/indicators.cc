// What each number of a clause tells of: the words before it, and those behind it where it counts things.
#include "models/unicode.h"
#include "rules/quantity.h"

namespace planscribe {
namespace {

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
    relate(bullet_, heads_, quantities_, i, bare);
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
    static const RE2 grade(R"(^[,\s]*(Đạt)\s*:?\s*$)");
    std::string name;
    const std::string words(bullet_.view(quantity.prefix.begin, quantity.begin));
    return RE2::PartialMatch(words, grade, &name) ? name : "";
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
      static const RE2 gained(R"((?:^|\s)được\s+(?:\S+\s+){0,2}$)"), reached(R"((?:^|\s)(?:đến|tới)\s+$)");
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
    static const RE2 holds_for(R"(^\s*(đối với\s[^,;.(]+))");
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
    static const RE2 bound_inside(R"(^([^\d,;.]*)\s+trở (?:lên|xuống)(\s+(?:đạt|hoàn thành|được|xếp|tham gia)\s))");
    if (kind == "percent") RE2::Replace(&raw, bound_inside, R"(\1\2)");
    std::string more = trim_to_words(cut_suffix(rules(), without_comparator(raw)));
    if (count_words(more) == 0) more.clear();
    if (quantity.before.bracket && subject_words > 0) return "";
    const bool finished = is_finished(quantity, kind, more);
    if (statement && finished && kind != "count" && kind != "classifier") return join_words(whole, restriction(raw));
    if (statement && finished && count_words(more) < 2) return "";
    static const RE2 open_end(R"((?:^|\s)(?:cho|của|với|về|đối với|được)$)");
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

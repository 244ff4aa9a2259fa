// Which words belong to which number of a clause.
#include <algorithm>

#include "models/unicode.h"
#include "rules/quantity.h"

namespace planscribe {
namespace {

constexpr int kInnerHead = 3;  // words of a head within a head

std::string base_unit(const Quantity& quantity) {
  const std::string unit = quantity.values.value("unit", "");
  return unit.empty() ? quantity.noun : unit;
}

// "12 tivi cho các điểm": of the two syllables taken for an unknown thing only those that can name one.
std::string noun_of(const RuleSet::Impl& rules, const std::string& words) {
  const auto& ends = rules.list("noun_end").exact;
  const std::string name = to_lower(collapse_spaces(words));
  const size_t space = name.find(' ');
  if (ends.count(name.substr(0, space))) return "";
  return space != std::string::npos && ends.count(name.substr(space + 1)) ? name.substr(0, space) : name;
}

// "sản phẩm đạt 4 sao": a verb before the next number parts them. "lớp tập huấn cho 120 người": so does what opens
// another part of the same. "dê 380 con bò 20 con": the words between belong to the next number.
size_t gap_without_separator(const Bullet& bullet, const Quantity& quantity, size_t next) {
  const std::string_view between = bullet.view(quantity.end, next);
  static const Pattern opens(R"(\s((?:cho|gồm|dành cho|phục vụ|thuộc|tại)(?:\s+(?:hơn|trên|khoảng|ít nhất|từ))?)\s*$)");
  re2::StringPiece found;
  if (RE2::PartialMatch(re2::StringPiece(between.data(), between.size()), opens, &found)) {
    return quantity.end + (found.data() - between.data());
  }
  const Before before = take_words_before(bullet.rules(), between);
  return before.copula || !before.comparator.empty() ? quantity.end + before.end : quantity.end;
}

// "100% cơ quan, tổ chức sử dụng ít nhất 01 ứng dụng": of a share the group is still being named where the comma
// stands; its verb comes behind it.
bool lists_group(const Bullet& bullet, const Quantity& quantity, std::string_view between, const re2::StringPiece& comma) {
  const WordList& predicate = bullet.rules().list("predicate");
  static const Pattern governs(R"(\s(?:có|sử dụng|tổ chức|xây dựng|thành lập|đăng ký|thực hiện|trồng)(?:\s+(?:ít nhất|tối thiểu|từ|trên|hơn|khoảng|đủ|được))*\s*$)");
  const size_t at = comma.data() - between.data(), behind = at + comma.size();
  const re2::StringPiece group(between.data(), at), told(between.data() + behind, between.size() - behind);
  re2::StringPiece verb;
  return comma == "," && count_words(between.substr(0, at)) > 0 && unit_kind(bullet, quantity) == "percent" && !is_statement(bullet, quantity) &&
         !RE2::PartialMatch(group, *predicate.anywhere, &verb) && RE2::PartialMatch(told, *predicate.anywhere, &verb) && RE2::PartialMatch(told, governs) &&
         verb.data() > told.data() && count_words(told.substr(0, verb.data() - told.data())) > 0;
}

// Between two numbers the words are parted at a comma, "và", a bracket: behind a finished statement at the first,
// behind a counted thing at the last.
size_t boundary(const Bullet& bullet, const Quantity& quantity, size_t next) {
  static const Pattern separator(R"(([\s]đối với[\s]|,|\(|[\s]và[\s]|[\s]trong đó[\s]|[\s]nhưng[\s]|[\s]với[\s]|[\s]trị giá[\s]))");
  const std::string_view between = bullet.view(quantity.end, next);
  re2::StringPiece rest(between.data(), between.size()), found;
  // "3.000 phần quà cho công nhân, mỗi phần trị giá 500.000 đồng"
  static const Pattern each(R"((?i)([,.])\s*(?:(?:quy mô|diện tích|trị giá|kinh phí|mức hỗ trợ)\s+(?:của\s+)?)?mỗi\s)");
  if (RE2::PartialMatch(rest, each, &found)) return quantity.end + (found.data() - between.data());
  size_t first = next, last = next;
  while (RE2::FindAndConsume(&rest, separator, &found)) {
    if (found.starts_with(" đối")) continue;  // no "với" that parts
    if (lists_group(bullet, quantity, between, found)) continue;
    // "2 xã (Tân Hòa, Tân Lập) đạt 19 tiêu chí": names in brackets part nothing.
    static const Pattern names(R"(^[^()\d]*\)\s+\p{Ll})");
    if (found == "(" && RE2::PartialMatch(rest, names)) {
      rest.remove_prefix(rest.find(')') + 1);
      continue;
    }
    const size_t at = quantity.end + (found.data() - between.data());
    if (first == next) first = at;
    last = at;
  }
  if (first == next) return gap_without_separator(bullet, quantity, next);
  return is_statement(bullet, quantity) ? first : last;
}

void split_head(const Bullet& bullet, Heads& heads, Quantity& quantity) {
  const std::string_view before = bullet.view(quantity.prefix.begin, quantity.prefix.begin + quantity.before.end);
  size_t colon = before.find(':'), from = 0;
  if (colon == std::string_view::npos || colon + 1 >= before.size()) return;
  if (count_words(before.substr(colon + 1)) == 0) return;
  // "Giáo dục: huy động học sinh đến trường: nhà trẻ 12%, mẫu giáo 82%": the nearer head names what they are parts of.
  const size_t inner = before.find(':', colon + 1);
  if (inner != std::string_view::npos && count_words(before.substr(inner + 1)) > 0 && count_words(before.substr(colon + 1, inner - colon - 1)) > kInnerHead) {
    from = colon + 1;
    colon = inner;
  }
  set_head(bullet, heads, before.substr(from, colon + 1 - from));
  quantity.prefix.begin += colon + 1;
  quantity.before.end -= colon + 1;
}

// "02 hội nghị đối thoại/năm": the rate stands behind the whole name of what is counted.
void take_rate_behind(const Bullet& bullet, Quantity& quantity) {
  if (unit_kind(bullet, quantity) == "percent" || quantity.match->has("per")) return;
  const std::string_view behind = bullet.view(quantity.suffix.begin, quantity.suffix.end);
  re2::StringPiece rest(behind.data(), std::min(behind.size(), behind.find_first_of(",(;"))), found;
  while (RE2::FindAndConsume(&rest, *bullet.rules().list("per_of_count").anywhere, &found)) {
    size_t at = found.data() - behind.data();
    while (at > 0 && behind[at - 1] == ' ') --at;
    if (at == 0 || behind[at - 1] != '/') continue;
    quantity.per = collapse_spaces(found);
    quantity.suffix.end = quantity.suffix.begin + at - 1;
    return;
  }
}

}  // namespace

std::string_view Bullet::view(size_t begin, size_t end) const {
  return end > begin ? std::string_view(text).substr(begin, end - begin) : std::string_view();
}

std::string Bullet::lower(size_t begin, size_t end) const { return to_lower(view(begin, end)); }

std::string Bullet::words(size_t begin, size_t end) const {
  std::string out;
  size_t from = begin;
  for (const auto& due : dues) {
    if (due.begin < from || due.end > end) continue;
    out += std::string(view(from, due.begin)) + " ";
    from = due.end;
  }
  out += std::string(view(from, end));
  static const Pattern per(R"((?i)(?:hàng|hằng|mỗi)\s+(?:năm|tháng|quý))");
  re2::StringPiece kind;
  if (!RE2::PartialMatch(out, *rules().list("no_rate").anywhere, &kind)) RE2::GlobalReplace(&out, per, " ");
  return collapse_spaces(out);
}

const Group& number_of(const Match& match) {
  return match.groups.count("value") ? match.groups.at("value") : match.groups.at("words");
}

std::vector<Quantity> quantities_of(const Bullet& bullet, const std::vector<Match>& matches, Stretch clause) {
  std::vector<Quantity> quantities;
  for (const auto& match : matches) {
    if (match.begin < clause.begin || match.begin >= clause.end) continue;
    Quantity quantity;
    quantity.match = &match;
    quantity.begin = number_of(match).begin;
    quantity.end = std::min(match.end, clause.end);
    quantity.values = typed_values(bullet.rules(), match);
    if (quantity.values.contains("noun")) {
      const std::string noun = to_lower(quantity.values["noun"].get<std::string>());
      if (!bullet.rules().unit_name(noun).empty()) quantity.values["unit"] = bullet.rules().unit_name(noun);
      quantity.noun = quantity.values.contains("unit") ? "" : noun;
    } else if (match.has("noun")) {
      quantity.noun = noun_of(bullet.rules(), match.text("noun"));
      if (quantity.noun.empty()) continue;
      if (quantity.noun.find(' ') == std::string::npos) {
        const Group& words = match.groups.at("noun");
        quantity.end = words.begin + std::min(words.text.size(), words.text.find_first_of(" \t"));
      }
    }
    quantities.push_back(std::move(quantity));
  }
  return quantities;
}

std::string unit_kind(const Bullet& bullet, const Quantity& quantity) {
  const Unit* unit = bullet.rules().unit(base_unit(quantity));
  return unit ? unit->kind : "count";
}

bool is_measure(const Bullet& bullet, const Quantity& quantity) {
  const std::string kind = unit_kind(bullet, quantity);
  return kind != "count" && kind != "classifier";
}

// "Từng xã đăng ký chỉ tiêu, phấn đấu đạt 20% thôn ...": the words before the comma state nothing of the number.
std::string_view behind_restart(const Bullet& bullet, std::string_view words) {
  re2::StringPiece rest(words.data(), words.size()), restart;
  size_t from = 0;
  while (RE2::FindAndConsume(&rest, *bullet.rules().list("restart").anywhere, &restart)) {
    const std::string_view before = words.substr(0, restart.data() - words.data());
    const size_t last = before.find_last_not_of(' ');
    if (last != std::string_view::npos && before[last] == ',') from = restart.data() + restart.size() - words.data();
  }
  return words.substr(from);
}

bool is_statement(const Bullet& bullet, const Quantity& quantity) {
  const Before& before = quantity.before;
  std::string direction;
  const std::string_view words = behind_restart(bullet, bullet.view(quantity.prefix.begin, quantity.prefix.begin + before.end));
  const int count = count_words(take_lead_words(bullet.rules(), words, &direction));
  if (count == 0) return false;
  if (before.colon || before.copula) return true;
  const bool told = !before.comparator.empty() || !before.direction.empty();
  return is_measure(bullet, quantity) && (count >= 2 || told) && (told || unit_kind(bullet, quantity) != "percent");
}

void part_words(const Bullet& bullet, Heads& heads, std::vector<Quantity>& quantities, Stretch clause) {
  size_t from = clause.begin;
  for (size_t i = 0; i < quantities.size(); ++i) {
    Quantity& quantity = quantities[i];
    quantity.prefix = {from, std::max(from, quantity.begin)};
    quantity.before = take_words_before(bullet.rules(), bullet.view(quantity.prefix.begin, quantity.prefix.end));
    split_head(bullet, heads, quantity);
    const size_t next = i + 1 < quantities.size() ? quantities[i + 1].begin : clause.end;
    const size_t stop = i + 1 < quantities.size() ? boundary(bullet, quantity, next) : clause.end;
    quantity.suffix = {std::min(quantity.end, stop), stop};
    take_rate_behind(bullet, quantity);
    from = std::max(stop, quantity.end);
  }
}

void set_head(const Bullet& bullet, Heads& heads, std::string_view words) {
  Before before = take_words_before(bullet.rules(), words);
  heads.direction = before.direction;
  std::string lead;
  const std::string_view left = take_lead_words(bullet.rules(), words.substr(0, before.end), &lead);
  if (heads.direction.empty()) heads.direction = lead;
  heads.head = trim_to_words(collapse_spaces(left));
  // "Chỉ tiêu 3:", "Đợt 1 (từ nay đến 31/12):" only number or date what stands behind them.
  static const Pattern letter(R"(\p{L})"), when(R"((?i)^(?:đợt|giai đoạn|quý|tháng|tuần|năm)\s+(?:\d+|[ivx]+)(?:$|[^\p{L}\d]))");
  if (!RE2::PartialMatch(heads.head, letter) || RE2::PartialMatch(heads.head, when)) heads.head.clear();
}

}  // namespace planscribe

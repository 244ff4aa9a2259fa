#include "models/pieces.h"

#include <algorithm>
#include <cstdint>

#include "models/letters.h"

namespace planscribe {
namespace {

// A set of signs, asked for every letter of a text.
class Signs {
 public:
  constexpr explicit Signs(std::u32string_view signs) : signs_(signs) {
    for (char32_t c : signs) {
      if (c < 128) ascii_[c / 64] |= uint64_t{1} << (c % 64);
    }
  }
  bool has(char32_t c) const { return c < 128 ? ascii_[c / 64] >> (c % 64) & 1 : !is_letter(c) && signs_.find(c) != signs_.npos; }

 private:
  std::u32string_view signs_;
  uint64_t ascii_[2] = {};
};

constexpr Signs kPlainSigns(U".,;:()[]\"“”„«»-–—‐‑/%+=…!?'‘’•·*<>_|");
constexpr Signs kNumberSigns(U".,/-–:%");
constexpr Signs kParting(U".,;:()/-–—\"“”…?!");
constexpr Signs kRomanLookAlikes(U"IVX1l|v"), kRoman(U"IVX"), kBullets(U"-+•*–"), kEnds(U".;:!?");

bool is_capitals(std::u32string_view line) {
  size_t capitals = 0, smalls = 0;
  for (char32_t c : line) capitals += is_upper(c), smalls += is_letter(c) && !is_upper(c);
  return capitals > 2 * smalls && capitals > 2;
}

class LineSplitter {
 public:
  explicit LineSplitter(std::u32string_view line) : line_(line), in_capitals_(is_capitals(line)) {}

  std::vector<Piece> run() {
    for (size_t i = 0; i < line_.size();) {
      while (i < line_.size() && is_space(line_[i])) ++i;
      size_t begin = i;
      while (i < line_.size() && !is_space(line_[i])) ++i;
      if (begin < i) chunk(begin, i);
    }
    mark_head();
    for (Piece& piece : out_) piece.in_capitals = in_capitals_;
    if (!in_capitals_) mark_capitals();
    return std::move(out_);
  }

 private:
  void add(PieceKind kind, size_t begin, size_t end) {
    bool space = begin > 0 && is_space(line_[begin - 1]);
    out_.push_back({kind, begin, end, space, false, line_.substr(begin, end - begin)});
  }

  bool is_symbol(size_t begin, size_t end) const {
    size_t capitals = 0, digits = 0;
    bool dash = false, stroke = false, joint = false;
    for (size_t i = begin; i < end; ++i) {
      capitals += is_upper(line_[i]), digits += is_digit(line_[i]);
      dash |= line_[i] == '-', stroke |= line_[i] == '/', joint |= i > begin && i + 1 < end && line_[i] == '&';
    }
    if (joint && digits == 0 && capitals >= 3 && capitals + 2 >= end - begin) return true;  // KH&KT
    bool number_before = !out_.empty() && out_.back().kind == PieceKind::number;
    bool after_stroke = line_[begin] == '/' || (!out_.empty() && out_.back().text.back() == '/');
    bool after_dash = number_before && out_.back().text.back() == '-';
    return capitals >= 3 && ((after_stroke && dash) || (after_dash && stroke));
  }

  // CT/TU, TĐ-KT: groups of capitals joined by a stroke or dash, as no words are in running text.
  bool is_joined_capitals(size_t begin, size_t end) const {
    constexpr size_t kLongestGroup = 8;
    while (end > begin && kParting.has(line_[end - 1])) --end;
    size_t group = 0, groups = 0, capitals = 0;
    for (size_t i = begin; i < end; ++i) {
      bool joint = line_[i] == '-' || line_[i] == '/' || line_[i] == '&';
      if (!joint && !is_upper(line_[i])) return false;
      groups += !joint && group == 0;
      group = joint ? 0 : group + 1, capitals += !joint;
      if (group > kLongestGroup) return false;
    }
    return groups >= 2 && capitals >= 3;
  }

  void chunk(size_t begin, size_t end) {
    if (std::all_of(line_.begin() + begin, line_.begin() + end, is_letter)) return add(PieceKind::word, begin, end);
    if (is_symbol(begin, end)) {
      while (end > begin + 1 && is_plain_sign(line_[end - 1])) --end;
      size_t stop = end;
      while (stop < line_.size() && !is_space(line_[stop])) ++stop;
      add(PieceKind::code, begin, end);
      for (size_t i = end; i < stop; ++i) add(PieceKind::sign, i, i + 1);
      return;
    }
    if (!in_capitals_ && is_joined_capitals(begin, end)) return parts(begin, end, PieceKind::group);
    while (begin < end && is_plain_sign(line_[begin])) add(PieceKind::sign, begin, begin + 1), ++begin;
    size_t core_end = end;
    while (core_end > begin && is_plain_sign(line_[core_end - 1]) &&
           !((line_[core_end - 1] == '/' || line_[core_end - 1] == '-') && core_end - begin > 1 && is_digit(line_[core_end - 2]))) {
      --core_end;
    }
    if (core_end > begin) core(begin, core_end);
    for (size_t i = core_end; i < end; ++i) add(PieceKind::sign, i, i + 1);
  }

  void core(size_t begin, size_t end) {
    size_t digits = 0, capitals = 0;
    bool letter = false, parting = false, stroke = false;
    for (size_t i = begin; i < end; ++i) {
      digits += is_digit(line_[i]), capitals += is_upper(line_[i]);
      letter |= !is_digit(line_[i]) && !kNumberSigns.has(line_[i]);
      parting |= kParting.has(line_[i]);
      stroke |= line_[i] == '/';
    }
    if (digits && !letter) return add(PieceKind::number, begin, end);
    if (digits && !parting) return add(PieceKind::mixed, begin, end);
    bool shares = stroke && capitals == 0;  // 5%/năm, kg/người
    bool apart = shares || is_word_and_number(begin, end);
    if (digits && !apart && (stroke || digits >= 2)) return add(PieceKind::code, begin, end);
    parts(begin, end);
  }

  // ngay-29, 03.nam: a word in small letters and a number with a speck between them.
  bool is_word_and_number(size_t begin, size_t end) const {
    size_t joint = begin;
    while (joint < end && line_[joint] != '.' && line_[joint] != '-') ++joint;
    if (joint == begin || joint + 1 >= end) return false;
    auto all = [&](size_t from, size_t to, auto test) { return std::all_of(line_.begin() + from, line_.begin() + to, test); };
    auto small = [](char32_t c) { return is_letter(c) && !is_upper(c); };
    if (all(begin, joint, is_digit)) return end - joint > 2 && all(joint + 1, end, small);
    return joint - begin > 1 && all(begin, joint, small) && all(joint + 1, end, is_digit);
  }

  // Words run together at a sign (xã/phường) and damaged words beside one.
  void parts(size_t begin, size_t end, PieceKind letters = PieceKind::word) {
    for (size_t i = begin; i < end;) {
      size_t start = i, digits = 0, others = 0;
      auto parts_here = [&](char32_t c) { return kParting.has(c) || (letters == PieceKind::group && c == U'&'); };
      for (; i < end && !parts_here(line_[i]); ++i) digits += is_digit(line_[i]), others += !kNumberSigns.has(line_[i]);
      if (i == start) {
        add(PieceKind::sign, i, i + 1), ++i;
      } else {
        add(digits == 0 ? letters : digits == others ? PieceKind::number : PieceKind::mixed, start, i);
      }
    }
  }

  // A heading beside running text, as where two columns stand in one line: three words and more.
  void mark_capitals() {
    constexpr size_t kWords = 3, kLetters = 9;
    size_t letters = 0;
    for (size_t begin = 0, end = 0; begin < out_.size(); begin = std::max(end, begin + 1), letters = 0) {
      for (end = begin; end < out_.size() && is_shouted(out_[end]); ++end) letters += out_[end].text.size();
      if (end - begin < kWords || letters < kLetters) continue;
      for (size_t i = begin; i < end; ++i) out_[i].in_capitals = true;
    }
  }

  static bool is_shouted(const Piece& piece) {
    size_t capitals = 0, smalls = 0;
    for (char32_t c : piece.text) capitals += is_upper(c), smalls += is_letter(c) && !is_upper(c);
    return piece.kind == PieceKind::word && capitals > 1 && capitals > smalls;
  }

  // A roman numeral or list letter at the head of the line.
  void mark_head() {
    if (out_.size() < 2 || out_[1].kind != PieceKind::sign || out_[1].space_before) return;
    Piece& head = out_[0];
    bool roman = head.text.size() <= 5 && (out_[1].text == U"." || out_[1].text == U"-") &&
                 std::all_of(head.text.begin(), head.text.end(), [](char32_t c) { return kRomanLookAlikes.has(c); }) &&
                 std::any_of(head.text.begin(), head.text.end(), [](char32_t c) { return kRoman.has(c); });
    if (roman) head.kind = PieceKind::roman;
    if (head.text.size() == 1 && is_letter(head.text[0]) && (out_[1].text == U")" || out_[1].text == U"-")) head.kind = PieceKind::letter;
  }

  std::u32string_view line_;
  bool in_capitals_;
  std::vector<Piece> out_;
};

bool starts_item(std::u32string_view line) {
  std::vector<Piece> head = split_line(line.substr(0, 24));
  if (head.empty()) return true;
  if (head[0].kind == PieceKind::roman || head[0].kind == PieceKind::letter) return true;
  if (head[0].kind == PieceKind::sign) return kBullets.has(head[0].text[0]);
  return head[0].kind == PieceKind::number && head.size() > 1 && (head[1].text == U"." || head[1].text == U")");
}

bool ends_sentence(std::u32string_view line) {
  size_t end = line.size();
  while (end > 0 && is_space(line[end - 1])) --end;
  return end == 0 || kEnds.has(line[end - 1]);
}


}  // namespace

bool is_plain_sign(char32_t c) { return kPlainSigns.has(c); }

std::vector<Piece> split_line(std::u32string_view line) { return LineSplitter(line).run(); }

std::vector<size_t> paragraph_starts(const std::vector<std::u32string_view>& lines) {
  std::vector<size_t> lengths, starts;
  for (const auto& line : lines) {
    if (!line.empty()) lengths.push_back(line.size());
  }
  if (lengths.empty()) lengths.push_back(0);
  std::nth_element(lengths.begin(), lengths.begin() + static_cast<long>(lengths.size() * 3 / 4), lengths.end());
  size_t usual = lengths[lengths.size() * 3 / 4];
  for (size_t i = 0; i < lines.size(); ++i) {
    bool begins = i == 0 || lines[i].empty() || lines[i - 1].empty() || ends_sentence(lines[i - 1]) ||
                  lines[i - 1].size() * 10 < usual * 6 || starts_item(lines[i]) ||
                  is_capitals(lines[i]) != is_capitals(lines[i - 1]);
    if (begins) starts.push_back(i);
  }
  return starts;
}

}  // namespace planscribe

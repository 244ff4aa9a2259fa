// Lines -> paragraphs: what line and page breaks cut is joined, what a bullet or a heading opens is parted.
#include <algorithm>
#include <span>

#include "rules/extraction.h"
#include "rules/value.h"

namespace planscribe {
namespace {

constexpr double kShortLine = 0.7;  // of the usual line length: a line that the paragraph ended, not the margin

constexpr size_t kBracketReach = 60;  // bytes behind "(" within which a line break may stand before ")"

struct Marker {
  MarkerKind kind = MarkerKind::none;
  std::string label;
  size_t length = 0;
};

struct MarkerPatterns {
  RE2 roman{R"(^((?:X{0,2})(?:IX|IV|V?I{0,3}))\s?[.\-/)]\s*(?:\p{L}|[“"]))"};
  RE2 damaged_roman{R"(^([IVXHLTUl1|!]{1,5}|[IV]{1,3}v)\s?[.,/\-]{1,2}\s*\p{Lu}\p{L}+[\s,])"};  // "HH. Chỉ tiêu", "IH/- NỘI DUNG"
  RE2 capital{R"(^([A-HK])(?:\.\s+\p{Lu}|\s?[-–/]\s+\p{Lu}\p{L}))"};
  // "1/ Mục đích" is marked, "14/14 cơ sở" counts.
  RE2 number{R"(^(\d{1,2}(?:\.\d{1,2}){0,3})(?:(?:\s?[.)]|\s?\.\s?-)\s*[\p{L}“"(\d]|\s?/\s*[\p{L}“"(]|-\s*\p{Lu}\p{Ll}|-\s+\p{L}))"};
  RE2 bare_number{R"(^(\d{1,2}(?:\.\d{1,2}){1,3})\s+\p{Lu})"};
  RE2 number_before_value{R"(^([1-9])-\s+\d{2})"};  // "4- 85% hộ" behind "3- ..."
  RE2 word{R"(^(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Phần thứ)\s+([IVX]+|\d{1,2})\b)"};
  RE2 number_comma{R"(^(\d{1,2}),\s+\p{Lu}\p{Ll})"};  // "5, Có 20 xã": a dot badly read
  RE2 number_commas{R"(^([1-9](?:[.,][1-9]){1,3})\.\s+\p{Lu}\p{Ll})"};  // "1,3. Các chỉ tiêu"
  RE2 letter{R"(^([a-zđ]\d?)\s?[)/.]\s*[\p{L}“"\d])"};
  RE2 bracket{R"(^\((\d{1,2}|[a-zđ]|i{1,3}|iv|v)\)\s*[\p{L}“"\d])"};
  RE2 half_bracket{R"(^\((\d{1,2})\s+[\p{Lu}\d])"};
  RE2 dash{R"(^([-–—*•●▪■♦➢✓·o~=»]|\x{f0b7})\s+[^\s])"};  // "~" and "=" are dashes badly read
  RE2 tight_dash{R"(^([-–—•●▪·])[\p{L}\d])"};
  RE2 plus{R"(^(\+)\s*[\p{L}\d“"])"};
};

const MarkerPatterns& patterns() {
  static const MarkerPatterns p;
  return p;
}

// The length of a marker ends where its text begins.
// "1.571,8 tỷ đồng" at the beginning of a line is a number, no marker.
bool begins_with_thousands(const std::string& text) {
  static const Pattern thousands(R"(^\d{1,3}(?:\.\d{3})+(?:$|[,\s]))");
  return RE2::PartialMatch(text, thousands);
}

std::optional<Marker> try_marker(const std::string& text, const RE2& pattern, MarkerKind kind, bool labelled) {
  re2::StringPiece pieces[2];
  if (!pattern.Match(text, 0, text.size(), RE2::ANCHOR_START, pieces, 2) || pieces[1].empty()) return std::nullopt;
  Marker marker{kind, labelled ? std::string(pieces[1]) : "", static_cast<size_t>(pieces[1].data() - text.data()) + pieces[1].size()};
  while (marker.length < text.size() && std::string_view(" .,)/-:~").find(text[marker.length]) != std::string_view::npos) {
    ++marker.length;
  }
  return marker;
}

Marker find_marker(const std::string& text) {
  const auto& p = patterns();
  if (begins_with_thousands(text)) return {};
  if (auto m = try_marker(text, p.roman, MarkerKind::roman, true)) return *m;
  if (auto m = try_marker(text, p.word, MarkerKind::roman, true)) return *m;
  if (auto m = try_marker(text, p.capital, MarkerKind::capital, true)) return *m;
  if (auto m = try_marker(text, p.number, MarkerKind::number, true)) return *m;
  if (auto m = try_marker(text, p.bare_number, MarkerKind::number, true)) return *m;
  if (auto m = try_marker(text, p.number_comma, MarkerKind::number, true)) return *m;
  if (auto m = try_marker(text, p.number_commas, MarkerKind::number, true)) return std::replace(m->label.begin(), m->label.end(), ',', '.'), *m;
  if (auto m = try_marker(text, p.letter, MarkerKind::letter, true)) return *m;
  if (auto m = try_marker(text, p.bracket, MarkerKind::bracket, true)) return *m;
  if (auto m = try_marker(text, p.half_bracket, MarkerKind::bracket, true)) return *m;
  if (auto m = try_marker(text, p.dash, MarkerKind::dash, false)) return *m;
  if (auto m = try_marker(text, p.tight_dash, MarkerKind::dash, false)) return *m;
  if (auto m = try_marker(text, p.plus, MarkerKind::plus, false)) return *m;
  return {};
}

bool ends_with_any(const std::string& text, std::string_view ends) {
  return !text.empty() && ends.find(text.back()) != std::string_view::npos;
}

bool starts_lower(const std::string& text, size_t from = 0) {
  static const Pattern lower(R"(\p{Ll})");
  re2::StringPiece rest(text.data() + from, text.size() - from);
  return RE2::Consume(&rest, lower);
}

size_t length_in_letters(const std::string& text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

// The usual length of a full line; lines of long paragraphs on one line make it large, and nothing is then "full".
size_t usual_length(const std::vector<Fragment>& lines) {
  std::vector<size_t> lengths;
  for (const auto& line : lines) lengths.push_back(length_in_letters(line.text));
  if (lengths.empty()) return 0;
  const size_t at = lengths.size() * 7 / 10;
  std::nth_element(lengths.begin(), lengths.begin() + at, lengths.end());
  return lengths[at];
}

int page_of(const Plan& plan, const Fragment& fragment, bool last) {
  return plan.lines[(last ? fragment.pieces.back() : fragment.pieces.front()).line].page;
}

class Assembler {
 public:
  Assembler(const Plan& plan, const std::vector<Fragment>& lines) : plan_(plan), usual_(usual_length(lines)) {}

  // behind: the lines that follow.
  void add(const Fragment& line, std::span<const Fragment> behind) {
    Marker marker = find_marker(line.text);
    if (closes_bracket(line.text, marker)) marker = {};
    if (marker.kind == MarkerKind::none) {
      const auto next = try_marker(line.text, patterns().number_before_value, MarkerKind::number, true);
      if (next && std::atoi(next->label.c_str()) == last_number_ + 1 && last_number_ > 0) marker = *next;
    }
    if (is_one(line.text, marker, behind)) {
      marker.kind = MarkerKind::number, marker.label = "1";
    } else {
      repair_roman(line.text, marker);
    }
    if (!out_.empty() && continues(line, marker)) {
      Paragraph& last = out_.back();
      append(last, line, cut_word(last.text, line.text) ? "" : " ");
    } else {
      Paragraph paragraph;
      static_cast<Fragment&>(paragraph) = line;
      paragraph.marker = marker.kind;
      paragraph.label = marker.label;
      paragraph.body = marker.length;
      note_order(marker);
      out_.push_back(std::move(paragraph));
    }
    previous_ = &line;
  }

  std::vector<Paragraph> take() { return std::move(out_); }

 private:
  // "(khóa" / "XI) Một số vấn đề": the bracket of the line above, no marker.
  bool closes_bracket(const std::string& text, const Marker& marker) const {
    const size_t close = text.find(')');
    if (marker.label.empty() || close >= marker.length || out_.empty()) return false;
    const std::string& above = out_.back().text;
    const size_t open = above.rfind('(');
    return text[0] != '(' && open != std::string::npos && above.find(')', open) == std::string::npos && above.size() - open < kBracketReach;
  }

  // "I- Lĩnh vực kinh tế" behind "II- CHỈ TIÊU" and before "2- Lĩnh vực xã hội" is a one.
  bool is_one(const std::string& text, const Marker& marker, std::span<const Fragment> behind) const {
    if (marker.kind != MarkerKind::roman || marker.label != "I" || last_roman_ == 0 || in_capitals(text)) return false;
    for (const auto& line : behind) {
      const Marker next = find_marker(line.text);
      if (!next.label.empty() && next.kind != MarkerKind::bracket) return next.kind == MarkerKind::number && next.label == "2";
    }
    return false;
  }

  // Strokes of Roman numbers are misread for each other and for H, L, T, U: "HH. Chỉ tiêu". By their order they are
  // known; a number that does not go on is one of them too ("I" behind "I").
  void repair_roman(const std::string& text, Marker& marker) const {
    const bool letter = marker.kind == MarkerKind::capital && marker.label == "H" && last_capital_ != "G";
    if (marker.kind == MarkerKind::none || letter) {
      const auto damaged = try_marker(text, patterns().damaged_roman, MarkerKind::roman, true);
      if (!damaged || damaged->label.find_first_of("IVXHLTU") == std::string::npos) return;
      marker = *damaged;
    } else if (marker.kind != MarkerKind::roman) {
      return;
    }
    const auto read = parse_ordinal(marker.label);
    static const char* const numerals[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"};
    if ((!read || *read <= last_roman_) && last_roman_ < 15) marker.label = numerals[last_roman_];
  }

  void note_order(const Marker& marker) {
    if (marker.kind == MarkerKind::capital) {
      last_capital_ = marker.label;
      last_roman_ = 0;
    }
    if (marker.kind == MarkerKind::number) last_number_ = std::atoi(marker.label.c_str());
    if (marker.kind == MarkerKind::roman) last_roman_ = parse_ordinal(marker.label).value_or(last_roman_ + 1);
  }

  static bool in_capitals(const std::string& text) {
    static const Pattern lower(R"(\p{Ll})"), words(R"(\p{Lu}{2,}[\s,]+\p{Lu}{2,})");
    return RE2::PartialMatch(text, words) && !RE2::PartialMatch(text, lower);
  }

  // "Đợt 2: ..." behind a sentence, where no marker opens the rounds.
  static bool opens_round(const std::string& text, bool behind_sentence) {
    static const Pattern label(R"(^(?:Đợt|Giai đoạn|Chặng|Quý)\s+(?:thi đua\s+)?(?:thứ\s+)?(?:\d{1,2}|[IVX]{1,4}|một|hai|ba|bốn|nhất|nhì|tư)(\s*[:(.]|[^\p{L}\d]))");
    std::string sign;
    return RE2::PartialMatch(text, label, &sign) && (behind_sentence || sign.find_first_of(":(.") != std::string::npos);
  }

  // "19-" + "CT/TU", "2023-" + "2030": cut at a hyphen that stands tight.
  static bool cut_word(const std::string& before, const std::string& after) {
    if (before.size() < 2 || before.back() != '-') return false;
    return std::isalnum(static_cast<unsigned char>(before[before.size() - 2])) && !starts_lower(after);
  }

  bool continues(const Fragment& line, const Marker& marker) const {
    const std::string& before = out_.back().text;
    const bool ended = ends_with_any(before, ".;:!?");
    const bool full = length_in_letters(previous_->text) >= kShortLine * usual_;
    const bool new_page = page_of(plan_, out_.back(), true) != page_of(plan_, line, false);
    const bool gap = line.after_blank && !new_page;
    if (marker.kind != MarkerKind::none) return !gap && false_marker(before, line, marker, ended, full);
    if (starts_lower(line.text)) return before.back() != '.' || !gap;
    if (opens_round(line.text, ended)) return false;
    if (ends_with_any(before, ",(") || cut_word(before, line.text)) return true;
    if (gap || (in_capitals(line.text) && !in_capitals(before))) return false;
    if (new_page) return !ended && !out_.back().label.size();
    return full && !(before.size() > 3 && before.compare(before.size() - 3, 3, "./.") == 0);
  }

  // "chuyển đổi 60" / "- 80 ha đất": the dash of a range.
  static bool between_numbers(const std::string& before, const std::string& line, const Marker& marker) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return marker.length < line.size() && digit(before.back()) && digit(line[marker.length]);
  }

  // A line that only looks as if a bullet opened it: "kinh tế / - xã hội", "tháng / 12. Tổ chức".
  static bool false_marker(const std::string& before, const Fragment& line, const Marker& marker, bool ended, bool full) {
    if (ended || !full) return false;
    if (marker.kind == MarkerKind::dash) return starts_lower(line.text, marker.length) || between_numbers(before, line.text, marker);
    if (marker.kind == MarkerKind::number) {
      const bool value = marker.length < line.text.size() && line.text[marker.length] >= '0' && line.text[marker.length] <= '9';
      return value || (marker.label.find('.') == std::string::npos && std::atoi(marker.label.c_str()) > 9);
    }
    return marker.kind == MarkerKind::capital;
  }

  const Plan& plan_;
  size_t usual_;
  const Fragment* previous_ = nullptr;
  std::string last_capital_;
  int last_roman_ = 0, last_number_ = 0;
  std::vector<Paragraph> out_;
};

}  // namespace

std::vector<Paragraph> assemble_paragraphs(const Plan& plan, const std::vector<Fragment>& lines) {
  Assembler assembler(plan, lines);
  for (size_t i = 0; i < lines.size(); ++i) assembler.add(lines[i], std::span(lines).subspan(i + 1));
  std::vector<Paragraph> paragraphs = assembler.take();
  // "- 3. Kinh phí": the number behind a dash is the marker.
  for (auto& paragraph : paragraphs) {
    if (paragraph.marker != MarkerKind::dash) continue;
    const Marker inner = find_marker(paragraph.text.substr(paragraph.body));
    if (inner.kind != MarkerKind::number) continue;
    paragraph.marker = inner.kind;
    paragraph.label = inner.label;
    paragraph.body += inner.length;
  }
  return paragraphs;
}

}  // namespace planscribe

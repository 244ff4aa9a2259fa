// region_names.cc: what only the text of a region tells about it. Texts are compared without marks and case,
// so that a misread mark does not matter.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "models/unicode.h"
#include "pipeline/geometry.h"
#include "pipeline/layout.h"
#include "pipeline/tesseract.h"

namespace planscribe {
namespace {

constexpr double kUnreadable = 0.3;  // mean confidence of a line that is no print

// Lower case letters and digits without marks, words parted by one space.
std::string folded(const Line& line) {
  std::string out;
  for (const Word& word : line.words) {
    for (const char c : fold(word.raw))
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

bool starts_with_any(const std::string& text, std::initializer_list<const char*> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](const char* start) { return text.rfind(start, 0) == 0; });
}

bool is_recipients_heading(const Line& line) {
  const std::string text = folded(line);
  constexpr size_t kFirstWord = 4;  // of three letters and a space, however they are read
  return starts_with_any(text, {"noi nhan", "noinhan"}) || (text.size() > kFirstWord && text.compare(kFirstWord, 5, "nhan ") == 0);
}

bool in_capitals(const Line& line) {
  return !line.words.empty() && std::all_of(line.words.begin(), line.words.end(), [](const Word& word) {
    return word.raw == to_upper(word.raw);
  });
}

// As print of a head is that was read with a wrong letter or two; no running text.
bool mostly_in_capitals(const Line& line) {
  const auto capitals = std::count_if(line.words.begin(), line.words.end(),
                                      [](const Word& word) { return word.raw == to_upper(word.raw); });
  return 2 * static_cast<size_t>(capitals) > line.words.size();
}

bool is_motto(const Line& line) {
  constexpr size_t kMottoWords = 8;  // with the dashes
  const std::string text = folded(line);
  return (starts_with_any(text, {"doc lap"}) && line.words.size() <= kMottoWords) ||
         (mostly_in_capitals(line) && starts_with_any(text, {"cong hoa", "dang cong san"}));
}

// "Hà Nội, ngày 07 tháng 3 năm 2024": nothing stands behind the year. "51 năm Ngày giải phóng" is running text.
bool is_place_and_date(const Line& line) {
  constexpr size_t kYear = 12, kLongest = 60;  // letters behind "năm ", and in all
  const std::string text = folded(line);
  const size_t day = text.find("ngay "), year = text.rfind("nam ");
  return day != std::string::npos && year != std::string::npos && day < year && text.size() < kLongest &&
         text.size() - year < kYear;
}

// "Số: 34/KH-UBND", "Số    /KH-UBND"; not "số người tham gia".
bool is_number(const Line& line) {
  if (!starts_with_any(folded(line), {"so "})) return false;
  return std::any_of(line.words.begin(), line.words.end(), [](const Word& word) {
    return word.raw.find_first_of("0123456789/:") != std::string::npos;
  });
}

bool is_authority(const Line& line) {
  if (!in_capitals(line)) return false;
  const std::string text = folded(line);
  // What a seal leaves may stand before these, in capitals too.
  const auto says = [&](const char* words) { return (" " + text).find(words) != std::string::npos; };
  return says(" tm ") || says(" kt ") || says(" tuq ") || says(" chu tich ") || says(" giam doc ") ||
         starts_with_any(text, {"tl ", "q ", "chu tich", "giam doc", "truong ", "pho ", "hieu truong", "chanh ", "nguoi ky",
                                "bi thu", "chu nhiem", "ban ", "uy ban"});
}

bool is_stamp(const Line& line) {
  const std::string text = folded(line);
  return starts_with_any(text, {"hoa toc", "thuong khan", "cong van den"}) || text == "khan " ||
         text == "den " || text == "mat " || text == "toi mat " || text == "tuyet mat ";
}

// Recipients go on from the page before: most lines begin with a dash.
bool is_list(const Region& region) {
  constexpr double kMost = 0.6;
  const auto dashes = std::count_if(region.lines.begin(), region.lines.end(), [](const Line& line) {
    return !line.words.empty() && std::string("-_=+*").find(line.words.front().raw.front()) != std::string::npos;
  });
  return static_cast<double>(dashes) > kMost * static_cast<double>(region.lines.size());
}

bool only_digits(const Region& region) {
  if (region.lines.size() != 1) return false;
  const std::string text = folded(region.lines.front());
  return !text.empty() && text.find_first_not_of("0123456789 ") == std::string::npos;
}

Region with_lines(const Region& like, RegionKind kind, std::vector<Line> lines) {
  Region region = like;
  region.kind = kind;
  region.lines = std::move(lines);
  region.box = {};
  for (const Line& line : region.lines) region.box = join(region.box, line.box);
  return region;
}

// "11/6/2024)." alone on a line, the end of a sentence: no seal leaves that, however unsure its reading.
bool holds_date(const Line& line) {
  constexpr int kDigits = 6;
  int digits = 0, strokes = 0;
  for (const Word& word : line.words) {
    for (const char c : word.raw) digits += c >= '0' && c <= '9', strokes += c == '/';
  }
  return digits >= kDigits && strokes == 2;
}

// Moves the lines that satisfy a test out of the regions into stamps of their own.
void take_stamps(std::vector<Region>& regions) {
  std::vector<Region> stamps;
  for (Region& region : regions) {
    if (region.kind == RegionKind::table || region.kind == RegionKind::page_number) continue;
    auto& lines = region.lines;
    const auto stamp = [](const Line& line) {
      return is_stamp(line) || (mean_confidence({line}) < kUnreadable && !holds_date(line));
    };
    const auto kept =
        std::stable_partition(lines.begin(), lines.end(), [&](const Line& l) { return !stamp(l); });
    if (kept == lines.end()) continue;
    stamps.push_back(with_lines(region, RegionKind::stamp, {kept, lines.end()}));
    lines.erase(kept, lines.end());
    region = with_lines(region, region.kind, std::move(lines));
  }
  std::erase_if(regions, [](const Region& r) { return r.lines.empty() && r.row < 0; });
  regions.insert(regions.end(), stamps.begin(), stamps.end());
}

// "118/KH-UBND": a number with a symbol, as no stamp has.
bool holds_symbol(const Line& line) {
  return std::any_of(line.words.begin(), line.words.end(), [](const Word& word) {
    const size_t stroke = word.raw.find('/');
    if (stroke == std::string::npos || word.raw.size() < stroke + 3) return false;
    const std::string symbol = word.raw.substr(stroke + 1);
    return symbol.find_first_of("0123456789.") == std::string::npos && symbol == to_upper(symbol);
  });
}

// The number of the document may stand in the frame of a stamp.
void free_number(std::vector<Region>& regions) {
  const auto stamp = std::find_if(regions.begin(), regions.end(), [](const Region& r) { return r.kind == RegionKind::stamp; });
  const auto head = std::find_if(regions.begin(), regions.end(), [](const Region& r) { return r.kind == RegionKind::head_left; });
  if (stamp == regions.end() || head == regions.end()) return;
  const auto number = std::find_if(stamp->lines.begin(), stamp->lines.end(), holds_symbol);
  if (number == stamp->lines.end()) return;
  const auto below = std::find_if(head->lines.begin(), head->lines.end(), [&](const Line& line) { return line.box.top > number->box.top; });
  head->lines.insert(below, *number);
  head->box = join(head->box, number->box);
  stamp->lines.erase(number);
  *stamp = with_lines(*stamp, RegionKind::stamp, std::move(stamp->lines));
}

// The last lines of the text may have been taken for the left column of the foot.
void part_recipients(std::vector<Region>& regions) {
  for (size_t i = 0; i < regions.size(); ++i) {
    if (regions[i].kind != RegionKind::recipients) continue;
    auto& lines = regions[i].lines;
    const auto heading = std::find_if(lines.begin(), lines.end(), is_recipients_heading);
    if (heading == lines.begin() || heading == lines.end()) return;
    Region before = with_lines(regions[i], RegionKind::body, {lines.begin(), heading});
    regions[i] = with_lines(regions[i], RegionKind::recipients, {heading, lines.end()});
    regions.insert(regions.begin() + static_cast<long>(i), std::move(before));
    return;
  }
}

// Below the head: lines in the middle, indented on both sides, until the first that is not.
void part_title(std::vector<Region>& regions, double letter) {
  const bool has_head = std::any_of(regions.begin(), regions.end(),
                                    [](const Region& r) { return r.kind == RegionKind::head_right; });
  const auto body = std::find_if(regions.begin(), regions.end(),
                                 [](const Region& r) { return r.kind == RegionKind::body; });
  if (!has_head || body == regions.end()) return;
  const Box around = body->box;
  const auto in_middle = [&](const Line& line) {
    const double left = line.box.left - around.left, right = around.right - line.box.right;
    return std::abs(left - right) < 4 * letter && std::min(left, right) > 1.5 * letter;
  };
  const auto end = std::find_if_not(body->lines.begin(), body->lines.end(), in_middle);
  if (end == body->lines.begin()) return;
  Region title = with_lines(*body, RegionKind::title, {body->lines.begin(), end});
  *body = with_lines(*body, RegionKind::body, {end, body->lines.end()});
  const auto at = regions.insert(body, std::move(title));
  if ((at + 1)->lines.empty()) regions.erase(at + 1);
}

}  // namespace

bool is_head(const Region& left, const Region& right) {
  const auto right_says = [](const Line& line) { return is_motto(line) || is_place_and_date(line); };
  const auto left_says = [](const Line& line) {
    return is_number(line) || (mostly_in_capitals(line) && starts_with_any(folded(line), {"uy ban nhan dan"}));
  };
  return std::any_of(right.lines.begin(), right.lines.end(), right_says) ||
         std::any_of(left.lines.begin(), left.lines.end(), left_says);
}

int foot_top(const Region& left, const Region& right) {
  int top = std::numeric_limits<int>::max() / 2;
  const auto heading = std::find_if(left.lines.begin(), left.lines.end(), is_recipients_heading);
  const auto authority = std::find_if(right.lines.begin(), right.lines.end(), is_authority);
  if (heading != left.lines.end()) top = std::min(top, heading->box.top);
  if (authority != right.lines.end()) top = std::min(top, authority->box.top);
  if (heading == left.lines.end() && authority == right.lines.end() && is_list(left) && !right.lines.empty()) {
    top = std::min(left.lines.front().box.top, right.lines.front().box.top);
  }
  return top;
}

bool is_framed_stamp(const Region& inside) {
  return std::any_of(inside.lines.begin(), inside.lines.end(), [](const Line& line) {
    return starts_with_any(folded(line), {"den ", "cong van den", "chuyen", "hoa toc", "khan ", "thuong khan", "mat ", "toi mat", "tuyet mat"});
  });
}

void name_regions(std::vector<Region>& regions, double letter) {
  for (Region& region : regions) {
    if (region.kind == RegionKind::page_number && !only_digits(region)) region.kind = RegionKind::margin;
  }
  free_number(regions);
  part_recipients(regions);
  part_title(regions, letter);
  take_stamps(regions);
}

}  // namespace planscribe

#include "pipeline/text_layer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "models/unicode.h"
#include "pipeline/geometry.h"

namespace planscribe {
namespace {

constexpr int kFewWords = 15;              // fewer letter words than this are a caption (signature, stamp), not a page
constexpr double kMinValidShare = 0.80;    // Vietnamese syllables among the letter words; names and abbreviations miss
constexpr double kMinMarkedShare = 0.15;   // letters with a mark; clean Vietnamese has 0.25-0.35, stripped text 0
constexpr double kMaxBrokenShare = 0.005;  // characters that only broken fonts give
constexpr double kColumnGap = 2.5;         // line heights between two columns
constexpr double kLowestMotto = 0.4;       // of the page's height

bool is_broken(unsigned code) {
  return code == 0xFFFD || (code >= 0xE000 && code <= 0xF8FF) || (code < 0x20 && code != '\t' && code != '\n');
}

double broken_share(const std::string& text) {
  int broken = 0, all = 0;
  for (size_t i = 0; i < text.size();) {
    const unsigned char lead = text[i];
    const int size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned code = size == 1 ? lead : lead & (0xFF >> (size + 1));
    for (int k = 1; k < size && i + k < text.size(); ++k) code = code << 6 | (text[i + k] & 0x3F);
    broken += is_broken(code);
    ++all;
    i += size;
  }
  return all ? static_cast<double>(broken) / all : 0;
}

bool same_row(const Box& a, const Box& b) {
  const int overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return overlap * 2 > std::min(a.height(), b.height());
}

Word to_word(const LayerWord& layer) {
  Word word;
  word.raw = word.text = to_nfc(layer.text);
  word.box = layer.box;
  return word;
}

// Pieces of lines: words on one row without a wide gap between them, top to bottom, left to right.
std::vector<Line> to_pieces(const std::vector<LayerWord>& words) {
  std::vector<Line> pieces;
  bool glue = false;  // official gazettes set each marked letter apart: no space between the cells of one word
  for (const LayerWord& layer : words) {
    Word word = to_word(layer);
    const bool joins = !pieces.empty() && same_row(pieces.back().box, word.box) && word.box.left >= pieces.back().words.back().box.left &&
                       word.box.left - pieces.back().box.right < kColumnGap * word.box.height();
    if (!joins) pieces.emplace_back();
    Line& piece = pieces.back();
    piece.box = join(piece.box, word.box);
    const bool touches = joins && glue && word.box.left - piece.words.back().box.right < word.box.height() / 8;
    if (touches) {
      Word& last = piece.words.back();
      last.raw = last.text = to_nfc(last.raw + word.raw);
      last.box = join(last.box, word.box);
    } else {
      piece.words.push_back(std::move(word));
    }
    glue = !layer.space_after;
  }
  std::stable_sort(pieces.begin(), pieces.end(), [](const Line& a, const Line& b) {
    return same_row(a.box, b.box) ? false : a.box.top < b.box.top;
  });
  return pieces;
}

std::string folded(const Line& line) {
  std::string text;
  for (const Word& word : line.words) text += word.text + " ";
  return fold(text);
}

// In the head; running text speaks of the "nước Cộng hòa Xã hội chủ nghĩa Việt Nam" as well, in small letters.
bool is_motto(const Line& line, const Page& page) {
  if (line.box.bottom > page.height * kLowestMotto) return false;
  const std::string text = folded(line);
  if (text.find("doc lap - tu do") != std::string::npos) return true;
  return text.find("cong hoa xa hoi") != std::string::npos &&
         std::any_of(line.words.begin(), line.words.end(), [](const Word& word) { return word.text == "CỘNG" || word.text == "CONG"; });
}

struct Bounds {
  int head_end = -1;    // pieces before this one are the head
  int foot_start = -1;  // pieces from this one on are the foot
};

Bounds find_bounds(const std::vector<Line>& pieces, const Page& page) {
  Bounds bounds;
  bool motto = false;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const std::string text = folded(pieces[i]);
    if (bounds.head_end < 0 && is_motto(pieces[i], page)) motto = true;
    if (motto && bounds.head_end < 0 && text.find("ngay") != std::string::npos && text.find("nam") != std::string::npos) {
      bounds.head_end = static_cast<int>(i) + 1;
      while (bounds.head_end < static_cast<int>(pieces.size()) && same_row(pieces[bounds.head_end].box, pieces[i].box)) ++bounds.head_end;
    }
    if (text.starts_with("noi nhan")) {
      bounds.foot_start = static_cast<int>(i);
      while (bounds.foot_start > 0 && same_row(pieces[bounds.foot_start - 1].box, pieces[i].box)) --bounds.foot_start;
    }
  }
  return bounds;
}

void add_region(Page& page, RegionKind kind, std::vector<Line> lines) {
  if (lines.empty()) return;
  Region region{kind, {}, std::move(lines)};
  for (const Line& line : region.lines) region.box = join(region.box, line.box);
  page.regions.push_back(std::move(region));
}

// The pieces [from, to) as two columns, parted at the middle of the page.
void add_columns(Page& page, const std::vector<Line>& pieces, int from, int to, RegionKind left, RegionKind right) {
  std::vector<Line> columns[2];
  for (int i = from; i < to; ++i) {
    const Box& box = pieces[i].box;
    columns[(box.left + box.right) / 2 > page.width * 45 / 100].push_back(pieces[i]);
  }
  add_region(page, left, std::move(columns[0]));
  add_region(page, right, std::move(columns[1]));
}

std::vector<Line> whole_lines(const std::vector<Line>& pieces, int from, int to) {
  std::vector<Line> lines;
  for (int i = from; i < to; ++i) {
    if (lines.empty() || !same_row(lines.back().box, pieces[i].box)) {
      lines.push_back(pieces[i]);
      continue;
    }
    lines.back().box = join(lines.back().box, pieces[i].box);
    lines.back().words.insert(lines.back().words.end(), pieces[i].words.begin(), pieces[i].words.end());
  }
  return lines;
}

bool is_page_number(const Line& line, const Page& page) {
  return line.words.size() == 1 && line.box.bottom < page.height / 10 && line.words[0].text.size() <= 4 &&
         std::all_of(line.words[0].text.begin(), line.words[0].text.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
}

// How most letters of the layer stand on the page; degrees clockwise.
int main_turn(const std::vector<LayerWord>& words) {
  std::array<size_t, 4> letters{};
  for (const LayerWord& word : words) letters[word.turn / 90 % 4] += word.text.size();
  return static_cast<int>(std::max_element(letters.begin(), letters.end()) - letters.begin()) * 90;
}

// The regions of a page whose words stand upright.
void add_regions(Page& page, const std::vector<LayerWord>& words) {
  std::vector<Line> pieces = to_pieces(words);
  if (!pieces.empty() && is_page_number(pieces.front(), page)) {
    add_region(page, RegionKind::page_number, {pieces.front()});
    pieces.erase(pieces.begin());
  }
  const Bounds bounds = find_bounds(pieces, page);
  const int count = static_cast<int>(pieces.size());
  const int body_start = std::max(bounds.head_end, 0);
  const int body_end = bounds.foot_start >= body_start ? bounds.foot_start : count;
  add_columns(page, pieces, 0, body_start, RegionKind::head_left, RegionKind::head_right);
  add_region(page, RegionKind::body, whole_lines(pieces, body_start, body_end));
  add_columns(page, pieces, body_end, count, RegionKind::recipients, RegionKind::signature);
}

// Lays out a page that must be turned to be read; boxes stay those of the page as it lies.
void add_turned_regions(Page& page, std::vector<LayerWord> words) {
  const Transform back = Transform::unturn(page.rotation, page.width, page.height);
  const Transform turn = back.inverse();
  Page upright = page;
  if (page.rotation % 180 != 0) std::swap(upright.width, upright.height);
  for (LayerWord& word : words) word.box = map_box(turn, word.box, upright.width, upright.height);
  add_regions(upright, words);
  page.regions = std::move(upright.regions);
  const auto turn_back = [&](Box& box) { box = map_box(back, box, page.width, page.height); };
  for (Region& region : page.regions) {
    turn_back(region.box);
    for (Line& line : region.lines) {
      turn_back(line.box);
      for (Word& word : line.words) turn_back(word.box);
    }
  }
}

}  // namespace

LayerTrust judge_text_layer(const std::vector<LayerWord>& words, const Restorer& restorer) {
  if (words.empty()) return {false, "no text"};
  std::string text;
  for (const LayerWord& word : words) text += word.text + (word.space_after ? " " : "");
  if (find_invalid_utf8(text) != std::string::npos || broken_share(text) > kMaxBrokenShare) return {false, "broken font"};
  const Restorer::Health health = restorer.health(text);
  const int all = static_cast<int>(words.size());
  if (health.words < kFewWords) {
    // Few letter words: a page of figures is fine when those few are good; a lone caption is not the page.
    const bool table = all >= 4 * kFewWords && health.words > 0 && health.valid_share >= kMinValidShare;
    return table ? LayerTrust{true, ""} : LayerTrust{false, "few words"};
  }
  if (health.valid_share < kMinValidShare) return {false, "few Vietnamese syllables"};
  if (health.marked_share < kMinMarkedShare) return {false, "few Vietnamese marks"};
  return {true, ""};
}

Page lay_out(Page page, const std::vector<LayerWord>& words) {
  page.origin = PageOrigin::text_layer;
  page.rotation = (360 - main_turn(words)) % 360;
  if (page.rotation == 0)
    add_regions(page, words);
  else
    add_turned_regions(page, words);
  return page;
}

}  // namespace planscribe

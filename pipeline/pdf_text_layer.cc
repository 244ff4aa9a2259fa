#include "pipeline/pdf_text_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "corpus/export/printed_words.h"
#include "pipeline/geometry.h"

namespace planscribe {
namespace {

constexpr double kAdvance = 0.5;   // width of every code, in units of the size; as the font says
constexpr double kDescent = 0.22;  // share of a line below its base line; as the font says

Point in_user_space(const PixelMap& m, Point p) { return {m.a * p.x + m.c * p.y + m.e, m.b * p.x + m.d * p.y + m.f}; }

// A word in the line's own frame, in pixels: along the reading direction from u0 to u1, its middle at v (downwards).
struct Placed {
  std::string text;
  double u0 = 0, u1 = 0, v = 0, height = 0;
};

// The frame in which text of a page that must be turned clockwise by `rotation` runs to the right and upright.
struct Frame {
  int rotation = 0;

  Point to_pixels(double u, double v) const {
    switch (rotation) {
      case 90: return {v, -u};
      case 180: return {-u, -v};
      case 270: return {-v, u};
      default: return {u, v};
    }
  }
  Placed place(const PrintedWord& word) const {
    const Box& b = word.box;
    switch (rotation) {
      case 90: return {word.text, -1.0 * b.bottom, -1.0 * b.top, (b.left + b.right) / 2.0, 1.0 * b.width()};
      case 180: return {word.text, -1.0 * b.right, -1.0 * b.left, -(b.top + b.bottom) / 2.0, 1.0 * b.height()};
      case 270: return {word.text, 1.0 * b.top, 1.0 * b.bottom, -(b.left + b.right) / 2.0, 1.0 * b.width()};
      default: return {word.text, 1.0 * b.left, 1.0 * b.right, (b.top + b.bottom) / 2.0, 1.0 * b.height()};
    }
  }
};

// The straight line v = v0 + slope * u through the middles of the words (least squares).
struct Fit {
  double v0 = 0, slope = 0;
  double at(double u) const { return v0 + slope * u; }
};

Fit fit_line(const std::vector<Placed>& words) {
  double n = 0, su = 0, sv = 0, suu = 0, suv = 0;
  for (const Placed& word : words) {
    const double u = (word.u0 + word.u1) / 2;
    n += 1, su += u, sv += word.v, suu += u * u, suv += u * word.v;
  }
  const double spread = n * suu - su * su;
  constexpr double kMaxSlope = 0.2;  // more is not the skew of a line but a few words beside each other
  const double slope = words.size() < 3 || spread <= 0 ? 0 : (n * suv - su * sv) / spread;
  if (std::abs(slope) > kMaxSlope) return {sv / n, 0};
  return {(sv - slope * su) / n, slope};
}

// Of most words; single tall marks and brackets do not make the line taller.
double line_height(std::vector<Placed> words) {
  const size_t at = words.size() * 4 / 5;
  std::nth_element(words.begin(), words.begin() + at, words.end(), [](const Placed& a, const Placed& b) { return a.height < b.height; });
  return words[at].height;
}

// UTF-16BE as hexadecimal digits; characters beyond the basic plane, which the font has no codes for, become U+FFFD.
std::string hex_codes(const std::string& text, int& count) {
  std::string hex;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned code = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (size_t k = 1; k < size && i + k < text.size(); ++k) code = code << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    hex += fmt::format("{:04X}", code > 0xFFFF ? 0xFFFD : code);
    ++count;
    i += size;
  }
  return hex;
}

Point unit(Point p) {
  const double length = std::hypot(p.x, p.y);
  return {p.x / length, p.y / length};
}

// One line: its size, then a matrix, a stretch and a string for each word.
std::string line_content(const std::vector<Placed>& words, const Frame& frame, const PixelMap& map, const std::string& font) {
  const Fit fit = fit_line(words);
  const double height = line_height(words);
  const auto at = [&](double u, double v) { return in_user_space(map, frame.to_pixels(u, v)); };
  const Point origin = at(0, 0), right = at(1, 0), up = at(0, -1);
  const double along = std::hypot(right.x - origin.x, right.y - origin.y);  // points a pixel, along the line
  const double size = height * std::hypot(up.x - origin.x, up.y - origin.y);
  if (!(size > 0) || !(along > 0)) return "";
  const Point x = unit({right.x - origin.x, right.y - origin.y}), y = unit({up.x - origin.x, up.y - origin.y});
  std::string content = fmt::format("{} {:.3f} Tf\n", font, size);
  for (size_t i = 0; i < words.size(); ++i) {
    const Placed& word = words[i];
    int codes = 0;
    const std::string hex = hex_codes(word.text, codes);
    const double stretch = 100 * (word.u1 - word.u0) * along / (codes * kAdvance * size);
    const Point start = at(word.u0, fit.at((word.u0 + word.u1) / 2) + height * (0.5 - kDescent));
    content += fmt::format("{:.4f} {:.4f} {:.4f} {:.4f} {:.3f} {:.3f} Tm {:.2f} Tz <{}{}> Tj\n", x.x, x.y, y.x, y.y, start.x, start.y,
                           stretch, hex, i + 1 < words.size() ? "0020" : "");  // a space, so that words stay apart
  }
  return content;
}

// A TrueType file with one empty glyph: the seven tables that a font inside a PDF must have.
class FontFile {
 public:
  std::string make() {
    add("glyf", std::string(4, '\0'));
    add("head", u32(0x00010000) + u32(0x00010000) + u32(0) + u32(0x5F0F3CF5) + u16(0) + u16(1000) + std::string(16, '\0') + u16(0) +
                    u16(0) + u16(1000) + u16(1000) + u16(0) + u16(8) + u16(2) + u16(0) + u16(0));
    add("hhea", u32(0x00010000) + u16(780) + u16(0x10000 - 220) + u16(0) + u16(500) + std::string(22, '\0') + u16(1));
    add("hmtx", u16(500) + u16(0));
    add("loca", u16(0) + u16(0));
    add("maxp", u32(0x00010000) + u16(1) + std::string(26, '\0'));
    const auto count = static_cast<unsigned>(tables_.size());
    std::string file = u32(0x00010000) + u16(count) + u16(64) + u16(2) + u16(count * 16 - 64);
    unsigned offset = 12 + 16 * count;
    for (const auto& [tag, bytes] : tables_) {
      file += tag + u32(checksum(bytes)) + u32(offset) + u32(static_cast<unsigned>(bytes.size()));
      offset += static_cast<unsigned>(padded(bytes).size());
    }
    for (const auto& [tag, bytes] : tables_) file += padded(bytes);
    const size_t adjustment = file.find(u32(0x5F0F3CF5)) - 4;
    return file.replace(adjustment, 4, u32(0xB1B0AFBA - checksum(file)));
  }

 private:
  static std::string u16(unsigned value) { return {static_cast<char>(value >> 8), static_cast<char>(value)}; }
  static std::string u32(unsigned value) { return u16(value >> 16 & 0xFFFF) + u16(value & 0xFFFF); }
  static std::string padded(std::string bytes) {
    bytes.resize((bytes.size() + 3) / 4 * 4);
    return bytes;
  }
  static unsigned checksum(const std::string& table) {
    const std::string bytes = padded(table);
    unsigned sum = 0;
    for (size_t i = 0; i < bytes.size(); i += 4)
      sum += static_cast<unsigned>(static_cast<unsigned char>(bytes[i])) << 24 | static_cast<unsigned char>(bytes[i + 1]) << 16 |
             static_cast<unsigned char>(bytes[i + 2]) << 8 | static_cast<unsigned char>(bytes[i + 3]);
    return sum;
  }
  void add(const char* tag, const std::string& bytes) { tables_.emplace_back(tag, bytes); }

  std::vector<std::pair<std::string, std::string>> tables_;
};

// Every code stands for itself.
std::string to_unicode_map() {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  constexpr int kRows = 256, kRowsABlock = 64;  // a range may not cross a row, a block holds 100 at most
  for (int row = 0; row < kRows; ++row) {
    if (row % kRowsABlock == 0) map += fmt::format("{} beginbfrange\n", kRowsABlock);
    map += fmt::format("<{0:02X}00> <{0:02X}FF> <{0:02X}00>\n", row);
    if ((row + 1) % kRowsABlock == 0) map += "endbfrange\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

}  // namespace

PixelMap pixel_map(const CropBox& box, int rotate, int width, int height) {
  const double across = box.right - box.left, down = box.top - box.bottom;
  switch (((rotate % 360) + 360) % 360) {
    case 90: return {0, down / width, across / height, 0, box.left, box.bottom};
    case 180: return {-across / width, 0, 0, down / height, box.right, box.bottom};
    case 270: return {0, -down / width, -across / height, 0, box.right, box.top};
    default: return {across / width, 0, 0, -down / height, box.left, box.top};
  }
}

std::string text_layer_content(const Page& page, const PixelMap& map, const std::string& font) {
  const Frame frame{page.rotation};
  std::string content;
  for (const Region& region : page.regions)
    for (const Line& line : region.lines) {
      std::vector<Placed> words;
      for (const PrintedWord& word : printed_words(line, page.rotation))
        if (!word.box.empty()) words.push_back(frame.place(word));
      if (!words.empty()) content += line_content(words, frame, map, font);
    }
  return content.empty() ? "" : "q BT 3 Tr 0 Tc 0 Tw 0 Ts\n" + content + "ET Q\n";
}

QPDFObjectHandle make_glyphless_font(QPDF& pdf) {
  QPDFObjectHandle file = pdf.newStream(FontFile().make());
  QPDFObjectHandle descriptor = pdf.makeIndirectObject(QPDFObjectHandle::parse(
      "<< /Type /FontDescriptor /FontName /PlanscribeGlyphless /Flags 5 /FontBBox [0 -220 500 780] /ItalicAngle 0 "
      "/Ascent 780 /Descent -220 /CapHeight 780 /StemV 80 >>"));
  descriptor.replaceKey("/FontFile2", file);
  QPDFObjectHandle glyph_of_code = pdf.newStream(std::string(2 * 65536, '\0'));  // all codes show the one empty glyph
  QPDFObjectHandle descendant = pdf.makeIndirectObject(QPDFObjectHandle::parse(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /PlanscribeGlyphless /DW 500 "
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"));
  descendant.replaceKey("/FontDescriptor", descriptor);
  descendant.replaceKey("/CIDToGIDMap", glyph_of_code);
  QPDFObjectHandle font = pdf.makeIndirectObject(
      QPDFObjectHandle::parse("<< /Type /Font /Subtype /Type0 /BaseFont /PlanscribeGlyphless /Encoding /Identity-H >>"));
  QPDFObjectHandle descendants = QPDFObjectHandle::newArray();
  descendants.appendItem(descendant);
  font.replaceKey("/DescendantFonts", descendants);
  font.replaceKey("/ToUnicode", pdf.newStream(to_unicode_map()));
  return font;
}

}  // namespace planscribe

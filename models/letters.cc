#include "models/letters.h"

#include <vector>

#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr std::u32string_view kAlphabet =
    U"aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz";

char32_t single(const std::string& text, char32_t otherwise) {
  size_t at = 0;
  if (text.empty()) return otherwise;
  char32_t c = decode_next(text, at);
  return at == text.size() ? c : otherwise;
}

// Scripts between Cyrillic and the Latin letters that Vietnamese uses.
constexpr char32_t kOtherScripts = 0x530, kMoreLatin = 0x1E00;

constexpr std::u32string_view kTones = U"\u0300\u0301\u0303\u0309\u0323", kHats = U"\u0302\u0306\u031B";

char32_t without(std::u32string_view marks, char32_t c) {
  if (c == U'đ' || c == U'Đ') return marks == kTones ? c : c == U'đ' ? U'd' : U'D';
  std::string one, rest;
  append_utf8(one, c);
  for (char32_t part : decode(plain_nfd(one))) {
    if (marks.find(part) == marks.npos) append_utf8(rest, part);
  }
  return single(plain_nfc(rest), c);
}

LetterProperties properties_of(char32_t c) {
  if (c >= kOtherScripts && c < kMoreLatin) return {c, c, c, c, c, false, false, -1};
  LetterProperties p;
  p.lower = to_lower(c);
  p.upper = to_upper(c);
  p.letter = p.lower != p.upper || c == U'ß';
  p.is_upper = p.letter && p.lower != c;
  p.bare = c;
  if (p.letter) {
    std::string one;
    append_utf8(one, c);
    const char32_t plain = single(fold(one), c);
    p.bare = p.is_upper ? to_upper(plain) : plain;
  }
  p.toneless = p.hatless = c;
  if (p.bare != c) p.toneless = without(kTones, c), p.hatless = without(kHats, c);
  p.index = -1;
  return p;
}

}  // namespace

const LetterProperties* make_letter_properties() {
  static const std::vector<LetterProperties> table = [] {
    std::vector<LetterProperties> t(kPastLetters);
    for (char32_t c = 0; c < kPastLetters; ++c) t[c] = properties_of(c);
    static_assert(kAlphabet.size() == kAlphabetSize);
    for (size_t i = 0; i < kAlphabet.size(); ++i) t[kAlphabet[i]].index = static_cast<signed char>(i);
    return t;
  }();
  return table.data();
}

char32_t decode_next(std::string_view text, size_t& at) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byte(at);
  int more = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
  if (more < 0 || at + more >= text.size()) return ++at, 0xFFFD;
  char32_t c = more == 0 ? lead : lead & (0x3F >> more);
  for (int i = 1; i <= more; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return ++at, 0xFFFD;
    c = (c << 6) | (byte(at + i) & 0x3F);
  }
  at += more + 1;
  return c;
}

std::u32string decode(std::string_view text) {
  std::u32string out(text.size(), U' ');
  size_t size = 0;
  for (size_t i = 0; i < text.size();) out[size++] = decode_next(text, i);
  out.resize(size);
  return out;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string encode(std::u32string_view text) {
  std::string out;
  for (char32_t c : text) append_utf8(out, c);
  return out;
}

char32_t letter_at(int index) { return kAlphabet[static_cast<size_t>(index)]; }

}  // namespace planscribe

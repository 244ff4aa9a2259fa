#include "models/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>

#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr UChar32 kTableEnd = 0x3000;  // the fold of everything below is kept ready
constexpr UChar32 kReplacement = 0xFFFD;

// Folded form of one code point; Vietnamese, Latin and punctuation need at most a few bytes.
struct Folded {
  char bytes[11] = {};
  unsigned char size = 0;
};

void append_code_point(std::string& out, UChar32 c) {
  uint8_t buffer[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(buffer, size, c);
  out.append(reinterpret_cast<const char*>(buffer), size);
}

// Reads one code point; U+FFFD for an invalid sequence. at moves on by at least one byte.
UChar32 next_code_point(std::string_view text, size_t& at) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  auto size = static_cast<int64_t>(text.size());
  auto i = static_cast<int64_t>(at);
  UChar32 c;
  U8_NEXT(bytes, i, size, c);
  at = static_cast<size_t>(i);
  return c < 0 ? kReplacement : c;
}

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* result = get(status);
  if (U_FAILURE(status)) throw Error(ExitCode::missing_dependency, "ICU: normalisation data is missing");
  return *result;
}

const icu::Normalizer2& nfc() { return normalizer(&icu::Normalizer2::getNFCInstance); }
const icu::Normalizer2& nfd() { return normalizer(&icu::Normalizer2::getNFDInstance); }
const icu::Normalizer2& nfkd() { return normalizer(&icu::Normalizer2::getNFKDInstance); }

std::string normalise(const icu::Normalizer2& how, std::string_view text) {
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  how.normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, status);
  if (U_FAILURE(status)) throw Error(ExitCode::other, "ICU: cannot normalise the text");
  return out;
}

// Quotes, dashes and strokes of every make become one, so that a search need not know which was printed.
UChar32 plain_sign(UChar32 c) {
  switch (c) {
    case 0x0110: case 0x0111: case 0x0189: case 0x00D0: case 0x00F0: return 'd';
    case 0x2018: case 0x2019: case 0x201B: case 0x2032: case 0x00B4: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x00AB: case 0x00BB: case 0x2033: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return '-';
    case 0x2044: case 0x2215: return '/';
    default: return c;
  }
}

std::string fold_code_point(UChar32 c) {
  std::string one;
  append_code_point(one, plain_sign(c));
  std::string parts = normalise(nfkd(), one), out;
  for (size_t i = 0; i < parts.size();) {
    UChar32 part = next_code_point(parts, i);
    if (u_charType(part) == U_NON_SPACING_MARK || part == 0x00AD) continue;
    append_code_point(out, plain_sign(u_tolower(part)));
  }
  return out;
}

const std::array<Folded, kTableEnd>& fold_table() {
  static const auto table = [] {
    std::array<Folded, kTableEnd> result;
    for (UChar32 c = 0; c < kTableEnd; ++c) {
      std::string folded = fold_code_point(c);
      if (folded.size() > sizeof(Folded::bytes)) folded.clear(), append_code_point(folded, c);
      result[c].size = static_cast<unsigned char>(folded.size());
      folded.copy(result[c].bytes, folded.size());
    }
    return result;
  }();
  return table;
}

// Tone marks, and the marks that make another vowel of a letter, as combining characters.
bool is_tone(UChar32 c) { return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323; }
bool is_vowel_mark(UChar32 c) { return c == 0x302 || c == 0x306 || c == 0x31B; }

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (unsigned char c : text) all |= c;
  return all < 0x80;
}

bool has_combining_mark(std::string_view text) {
  for (unsigned char c : text) {
    if (c == 0xCC || c == 0xCD) return true;  // lead bytes of U+0300..U+037F
  }
  return false;
}

// NFC cannot compose e + acute + circumflex; with the vowel mark first it can.
std::string mend_mark_order(const std::string& text) {
  std::string apart = normalise(nfd(), text), out, tones;
  for (size_t i = 0; i < apart.size();) {
    UChar32 c = next_code_point(apart, i);
    if (is_tone(c)) {
      append_code_point(tones, c);
      continue;
    }
    if (!is_vowel_mark(c)) out += tones, tones.clear();
    append_code_point(out, c);
  }
  return normalise(nfc(), out + tones);
}

// The look-alikes of Đ are two bytes each, as Đ is: replaced in place.
void mend_stroke_d(std::string& text) {
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    auto a = static_cast<unsigned char>(text[i]), b = static_cast<unsigned char>(text[i + 1]);
    if (a == 0xC3 && (b == 0x90 || b == 0xB0)) text[i] = '\xC4', text[i + 1] = b == 0x90 ? '\x90' : '\x91';
    if (a == 0xC6 && b == 0x89) text[i] = '\xC4', text[i + 1] = '\x90';
    if (a == 0xC9 && b == 0x96) text[i] = '\xC4', text[i + 1] = '\x91';
  }
}

template <typename Map>
std::string map_code_points(std::string_view text, Map map) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      out += static_cast<char>(map(text[i++]));
    } else {
      append_code_point(out, map(next_code_point(text, i)));
    }
  }
  return out;
}

}  // namespace

size_t find_invalid_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  auto size = static_cast<int64_t>(text.size());
  for (int64_t i = 0; i < size;) {
    int64_t start = i;
    if (bytes[i] < 0x80) {
      ++i;
      continue;
    }
    UChar32 c;
    U8_NEXT(bytes, i, size, c);
    if (c < 0) return static_cast<size_t>(start);
  }
  return std::string::npos;
}

std::string replace_invalid_utf8(std::string_view text) {
  return map_code_points(text, [](UChar32 c) { return c; });
}

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  std::string out;
  if (nfc().isNormalizedUTF8(piece, status) && U_SUCCESS(status)) {
    out.assign(text);
  } else {
    out = normalise(nfc(), text);
  }
  if (has_combining_mark(out)) out = mend_mark_order(out);
  mend_stroke_d(out);
  return out;
}

std::string fold(std::string_view text, std::vector<int>* map) {
  const auto& table = fold_table();
  std::string out;
  out.reserve(text.size());
  if (map) map->clear(), map->reserve(text.size() + 1);
  for (size_t i = 0; i < text.size();) {
    size_t start = i;
    UChar32 c = next_code_point(text, i);
    if (c < kTableEnd) {
      out.append(table[c].bytes, table[c].size);
    } else {
      out += fold_code_point(c);
    }
    if (map) map->resize(out.size(), static_cast<int>(start));
  }
  if (map) map->push_back(static_cast<int>(text.size()));
  return out;
}

std::string to_lower(std::string_view text) {
  return unify_tone_placement(map_code_points(text, [](UChar32 c) { return u_tolower(c); }));
}

std::string to_upper(std::string_view text) {
  return map_code_points(text, [](UChar32 c) { return u_toupper(c); });
}

bool is_alphabetic(char32_t c) { return c < 0x80 ? (c | 0x20) - 'a' < 26 : u_isalpha(static_cast<UChar32>(c)) != 0; }

char32_t to_lower(char32_t c) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))); }
char32_t to_upper(char32_t c) { return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))); }

std::string plain_nfc(std::string_view text) { return normalise(nfc(), replace_invalid_utf8(text)); }

std::string plain_nfd(std::string_view text) { return normalise(nfd(), replace_invalid_utf8(text)); }

std::string blind_form(std::string_view text) {
  const std::string apart = plain_nfd(text);
  std::string out;
  for (size_t i = 0; i < apart.size();) {
    const UChar32 c = next_code_point(apart, i);
    if (u_charType(c) != U_NON_SPACING_MARK) append_code_point(out, c == 0x110 || c == 0x111 ? 'd' : u_tolower(c));
  }
  return out;
}

}  // namespace planscribe

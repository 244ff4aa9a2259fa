#include "models/symbols.h"

#include <algorithm>

#include "models/letters.h"

namespace planscribe {
namespace {

// The one abbreviation that a long group of capitals may be a slight misreading of.
std::u32string near_abbreviation(std::u32string_view group, const Lexicon& lexicon, const CandidateFinder& finder) {
  constexpr size_t kLong = 4;
  if (group.size() < kLong || !std::all_of(group.begin(), group.end(), is_upper)) return U"";
  for (const Candidate& c : finder.find_near(group)) {
    const Lexicon::Entry& entry = lexicon.entries()[c.entry];
    if (entry.abbreviation && entry.size + 1u >= group.size()) return std::u32string(lexicon.text(entry));
  }
  return U"";
}

}  // namespace

std::u32string mend_group(std::u32string_view group, const Lexicon& lexicon, const CandidateFinder& finder) {
  auto lookup = [&](std::u32string_view text) -> std::u32string {
    for (int index : lexicon.by_bare(text)) {
      const Lexicon::Entry& e = lexicon.entries()[index];
      if (e.abbreviation) return std::u32string(lexicon.text(e));
    }
    return U"";
  };
  if (group.empty() || !is_upper(group[0])) return std::u32string(group);
  std::u32string found = lookup(group);
  if (!found.empty()) return found;
  bool stroke = group.size() > 2 && (group[0] == U'I' || group[0] == U'l');  // the slash once more
  if (stroke && !(found = lookup(group.substr(1))).empty()) return found;
  found = near_abbreviation(group, lexicon, finder);
  return found.empty() ? std::u32string(group) : found;
}

std::u32string mend_symbol(std::u32string_view code, const Lexicon& lexicon, const CandidateFinder& finder) {
  std::u32string out, group;
  bool digit = false;
  if (size_t head = number_head_size(code); head > 0) {
    out = U"Số";
    for (; !is_digit(code[head]); ++head) out += code[head] == U':' ? U':' : U' ';
    if (out.size() == 2) out += U' ';
    code.remove_prefix(head);
  }
  constexpr std::u32string_view kGuidance = U"HD";  // hướng dẫn, a kind of document; elsewhere in a symbol rather HĐ
  bool after_number = false;
  auto flush = [&] {
    bool kind = after_number && group == kGuidance;
    out += digit || kind ? group : mend_group(group, lexicon, finder);
    after_number = digit || (after_number && group.empty());
    group.clear(), digit = false;
  };
  if (std::count_if(code.begin(), code.end(), [](char32_t c) { return c == '/' || c == '-' || c == '&'; }) == 0) {
    return out + std::u32string(code);
  }
  for (char32_t c : code) {
    if (is_letter(c) || is_digit(c)) {
      group += c, digit |= is_digit(c);
      continue;
    }
    flush();
    out += c;
  }
  flush();
  return out;
}

size_t number_head_size(std::u32string_view text) {
  constexpr std::u32string_view kS = U"Ss$§", kO = U"6oOóòôốồổộõọơớ0&éèeàdđ";
  if (text.size() < 3 || kS.find(text[0]) == kS.npos || kO.find(text[1]) == kO.npos) return 0;
  size_t next = 2;
  while (next < text.size() && (text[next] == U':' || text[next] == U'.')) ++next;
  // Without a colon between them, digits after 6 or 0 may all belong to one number.
  bool parted = next > 2 || !is_digit(text[1]);
  return parted && next < text.size() && is_digit(text[next]) ? 2 : 0;
}

int roman_value(std::u32string_view text, bool look_alikes) {
  constexpr std::u32string_view kOnes = U"1l|!iJLH";
  std::u32string clean;
  for (char32_t c : text) {
    if (look_alikes && c == U'H') clean += U'I';
    if (look_alikes && kOnes.find(c) != kOnes.npos) c = U'I';
    if (look_alikes && c == U'v' && !clean.empty() && clean.back() == U'V') continue;  // one V seen twice
    if (look_alikes && c == U'v') c = U'V';
    if (c != U'I' && c != U'V' && c != U'X') return 0;
    clean += c;
  }
  for (int value = 1; value < 40; ++value) {
    if (roman_text(value) == clean) return value;
  }
  return 0;
}

std::u32string roman_text(int value) {
  static constexpr const char32_t* kOnes[] = {U"", U"I", U"II", U"III", U"IV", U"V", U"VI", U"VII", U"VIII", U"IX"};
  std::u32string out(static_cast<size_t>(value / 10), U'X');
  return out + kOnes[value % 10];
}

}  // namespace planscribe

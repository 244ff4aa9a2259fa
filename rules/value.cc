#include "rules/value.h"

#include <re2/re2.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "models/unicode.h"
#include "rules/pattern.h"

namespace planscribe {
namespace {

// Letters that OCR puts in the place of digits, as they look in print.
char digit_of(char c) {
  switch (c) {
    case 'O': case 'o': return '0';
    case 'l': case 'I': case '|': return '1';
    default: return c;
  }
}

struct Groups {
  std::vector<std::string> parts;  // digits between separators
  std::string separators;          // '.' or ',' between them
};

std::optional<Groups> split_groups(std::string_view text) {
  Groups groups{{""}, ""};
  for (char raw : text) {
    const char c = digit_of(raw);
    if (c == ' ') continue;
    if (c >= '0' && c <= '9') {
      groups.parts.back() += c;
    } else if ((c == '.' || c == ',') && !groups.parts.back().empty()) {
      groups.separators += c;
      groups.parts.emplace_back();
    } else {
      return std::nullopt;
    }
  }
  if (groups.parts.back().empty()) return std::nullopt;
  return groups;
}

// Whether the separator at i parts thousands: three digits follow, and a comma needs company, for 12,500 is a
// decimal in Vietnamese print. "0.125" has no thousands before it.
bool parts_thousands(const Groups& groups, size_t i) {
  if (groups.parts[i + 1].size() != 3 || groups.parts[0].size() > 3 || groups.parts[0] == "0") return false;
  if (groups.separators[i] == '.') return true;
  const size_t commas = std::count(groups.separators.begin(), groups.separators.end(), ',');
  return commas > 1;
}

std::string iso(int year, int month = 0, int day = 0) {
  char buffer[40];
  if (day > 0) {
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
  } else if (month > 0) {
    std::snprintf(buffer, sizeof buffer, "%04d-%02d", year, month);
  } else {
    std::snprintf(buffer, sizeof buffer, "%04d", year);
  }
  return buffer;
}

ParsedDate checked(int year, int month, int day) {
  const bool possible = day > 0 ? is_calendar_day(year, month, day)
                                : month >= 1 && month <= 12 && year >= 1000 && year <= 2999;
  return possible ? ParsedDate{iso(year, month, day), false} : ParsedDate{"", true};
}

// All patterns run on folded text, so that wrong marks do not hide a date.
struct DatePatterns {
  RE2 day{R"((?:ngay\s*)?(\d{1,2})\s*thang\s*(\d{1,2})(?:\s*,?\s*nam\s*(\d{4}))?)"};
  RE2 slashed{R"((\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4}))"};
  RE2 day_month{R"(ngay\s*(\d{1,2})\s?[/\-]\s?(\d{1,2}))"};
  RE2 month{R"(thang\s*(\d{1,2})(?:\s*(?:/|-|nam)\s*(\d{4}))?)"};
  RE2 month_year{R"((?:^|[^\d/])(\d{1,2})\s?/\s?(\d{4}))"};
  RE2 quarter{R"(quy\s*([ivx]+|\d)(?:\s*(?:/|-|nam|,)?\s*(\d{4}))?)"};
  RE2 year{R"((?:^|[^\d])([12]\d{3})(?:$|[^\d]))"};
  RE2 year_end{R"((?:cuoi|het)\s+nam)"};
  RE2 end_word{R"((?:cuoi|het))"};
};

const DatePatterns& date_patterns() {
  static const DatePatterns patterns;
  return patterns;
}

int to_int(const std::string& text, int fallback) { return text.empty() ? fallback : std::atoi(text.c_str()); }

std::optional<ParsedDate> parse_day(const std::string& text, int default_year) {
  const auto& p = date_patterns();
  std::string day, month, year;
  if (!RE2::PartialMatch(text, p.slashed, &day, &month, &year) &&
      !RE2::PartialMatch(text, p.day, &day, &month, &year) &&
      !RE2::PartialMatch(text, p.day_month, &day, &month)) {
    return std::nullopt;
  }
  const int y = to_int(year, default_year);
  if (y == 0) return std::nullopt;
  return checked(y, to_int(month, 0), to_int(day, 0) == 0 ? 99 : to_int(day, 0));
}

std::optional<ParsedDate> parse_quarter(const std::string& text, int default_year, bool end) {
  std::string number, year;
  if (!RE2::PartialMatch(text, date_patterns().quarter, &number, &year)) return std::nullopt;
  const auto quarter = parse_ordinal(number);
  const int y = to_int(year, default_year);
  if (!quarter || y == 0) return std::nullopt;
  if (*quarter < 1 || *quarter > 4) return ParsedDate{"", true};
  return checked(y, end ? *quarter * 3 : *quarter * 3 - 2, 0);
}

std::optional<ParsedDate> parse_month(const std::string& text, int default_year) {
  std::string month, year;
  if (!RE2::PartialMatch(text, date_patterns().month, &month, &year) &&
      !RE2::PartialMatch(text, date_patterns().month_year, &month, &year)) {
    return std::nullopt;
  }
  const int y = to_int(year, default_year);
  if (y == 0) return std::nullopt;
  return checked(y, to_int(month, 0) == 0 ? 99 : to_int(month, 0), 0);
}

const std::vector<std::string>& digit_words() {
  static const std::vector<std::string> words = {"khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"};
  return words;
}

int word_digit(const std::string& word) {
  if (word == "lam") return 5;
  if (word == "tu") return 4;
  for (size_t i = 0; i < digit_words().size(); ++i) {
    if (digit_words()[i] == word) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  const auto groups = split_groups(text);
  if (!groups) return std::nullopt;
  std::string digits = groups->parts[0];
  bool decimal = false;
  for (size_t i = 0; i < groups->separators.size(); ++i) {
    if (!decimal && parts_thousands(*groups, i)) {
      digits += groups->parts[i + 1];
    } else if (!decimal) {
      digits += '.' + groups->parts[i + 1];
      decimal = true;
    } else {
      return std::nullopt;
    }
  }
  if (digits.size() > 30) return std::nullopt;
  return std::strtod(digits.c_str(), nullptr);
}

std::optional<double> parse_damaged_decimal(std::string_view text) {
  static const Pattern two_groups(R"(^(\d+)\s?[/ ]\s?(\d+)$)");
  std::string whole, rest;
  if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), two_groups, &whole, &rest)) return std::nullopt;
  return parse_number(whole + "," + rest);
}

std::optional<double> parse_number_words(std::string_view text) {
  const std::string folded = fold(text);
  double total = 0, group = 0, digit = -1;
  bool any = false;
  size_t at = 0;
  while (at < folded.size()) {
    const size_t end = std::min(folded.find(' ', at), folded.size());
    const std::string word = folded.substr(at, end - at);
    at = end + 1;
    if (word.empty() || word == "linh" || word == "le") continue;
    if (word == "tram") {
      group += (digit < 0 ? 1 : digit) * 100;
      digit = 0;
    } else if (word == "muoi" || word == "chuc") {
      group += (digit <= 0 ? 1 : digit) * 10;
      digit = 0;
    } else if (word == "nghin" || word == "ngan") {
      total += (group + std::max(digit, 0.0)) * 1000;
      group = 0;
      digit = 0;
    } else if (word_digit(word) >= 0) {
      digit = word_digit(word);
    } else {
      return std::nullopt;
    }
    any = true;
  }
  if (!any) return std::nullopt;
  return total + group + std::max(digit, 0.0);
}

std::optional<ParsedDate> parse_date(std::string_view text, int default_year, bool end) {
  const std::string folded = fold(text);
  if (auto day = parse_day(folded, default_year)) return day;
  if (auto quarter = parse_quarter(folded, default_year, end || RE2::PartialMatch(folded, date_patterns().end_word))) {
    return quarter;
  }
  if (auto month = parse_month(folded, default_year)) return month;
  std::string year;
  const bool written = RE2::PartialMatch(folded, date_patterns().year, &year);
  const int y = written ? to_int(year, 0) : default_year;
  if (RE2::PartialMatch(folded, date_patterns().year_end) && y != 0) return ParsedDate{iso(y, 12, 31), false};
  if (written) return ParsedDate{iso(y), false};
  return std::nullopt;
}

int days_in_month(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool is_calendar_day(int year, int month, int day) {
  if (year < 1000 || year > 2999 || month < 1 || month > 12) return false;
  return day >= 1 && day <= days_in_month(year, month);
}

std::optional<int> parse_ordinal(std::string_view text) {
  int number = 0, previous = 0;
  bool roman = false, arabic = false;
  for (auto c = text.rbegin(); c != text.rend(); ++c) {
    const char lower = static_cast<char>(*c | 0x20);
    const int value = lower == 'i' ? 1 : lower == 'v' ? 5 : lower == 'x' ? 10 : 0;
    if (value > 0) {
      roman = true;
      number += value < previous ? -value : value;
      previous = std::max(previous, value);
    } else if (*c >= '0' && *c <= '9') {
      arabic = true;
    } else {
      return std::nullopt;
    }
  }
  if (roman == arabic || text.size() > 9) return std::nullopt;
  return arabic ? std::atoi(std::string(text).c_str()) : number;
}

}  // namespace planscribe

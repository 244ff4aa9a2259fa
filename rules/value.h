// value.h: numbers and dates as Vietnamese administrative papers print them.
//
// Pure functions of their text; nothing is guessed: what cannot be read gives nullopt, a date that does not exist is
// reported as impossible and not mended. Dates are ISO 8601, as exact as the paper (2024-03-07, 2024-03, 2024).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace planscribe {

// 1.571,822 -> 1571.822; 428.000.000; 2.32 -> 2.32 (a dot is a decimal point unless groups of three follow it);
// 03 -> 3; "O,08", "l5", "1 OO" -> 0.08, 15, 100 (letters that OCR puts for digits). Decimal sign and thousands by
// the length of the groups: 1.234 = 1234, 12,5 = 12.5, 1,234,567 = 1234567.
std::optional<double> parse_number(std::string_view text);

// A decimal comma read as another sign or lost: "99/7", "99 7" -> 99.7; nothing but two groups of digits.
std::optional<double> parse_damaged_decimal(std::string_view text);

// "một trăm hai mươi lăm" -> 125, with or without marks; up to 999 999.
std::optional<double> parse_number_words(std::string_view text);

struct ParsedDate {
  std::string iso;          // empty when impossible
  bool impossible = false;  // written as a date, but no such day or month exists
};

// "ngày 07 tháng 03 năm 2024", "07/03/2024", "7.4.2014", "30-6-2023", "tháng 6 năm 2024", "6/2024", "tháng 12",
// "quý II/2023", "năm 2024", "cuối năm", "hết năm 2025". A missing year is taken from default_year when that is not 0.
// end: of a span, its last day or month is wanted (quý II -> June instead of April).
std::optional<ParsedDate> parse_date(std::string_view text, int default_year = 0, bool end = false);

bool is_calendar_day(int year, int month, int day);
int days_in_month(int year, int month);

// "12" or a Roman numeral up to XXXIX.
std::optional<int> parse_ordinal(std::string_view text);

}  // namespace planscribe

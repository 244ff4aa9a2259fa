// readings.h: which of several readings of a column is the better one, line by line. Pure functions; pixels of the clean page.
#pragma once

#include <vector>

#include "pipeline/page.h"

namespace planscribe {

inline constexpr double kReadsWell = 0.8;  // confidence from which a word, a line or a page needs no other reading
inline constexpr int kFewLetters = 30;     // which prove nothing
inline constexpr double kWorthless = 0.5;  // confidence at which a word is as likely wrong as right

// How much is read, and how surely: what is less likely right than wrong counts against a reading.
double worth(const std::vector<Line>& lines);

// Whether there are lines and every word of them reads well.
bool is_sure(const std::vector<Line>& lines);

// The better of two readings of one column; of its lines those that the other reads better are taken from there.
std::vector<Line> better_of(std::vector<Line> one, std::vector<Line> other);

// A column read without its seal; of its lines those that were read better with it, unless the seal has swallowed a part of
// them. What was read in the seal alone must read well. letter: height of a small letter.
std::vector<Line> more_of(std::vector<Line> clear, const std::vector<Line>& sealed, double letter);

// Takes out what was badly read and says nothing: rests of the rim of a seal that were read as strokes.
void drop_strokes(std::vector<Line>& lines);

}  // namespace planscribe

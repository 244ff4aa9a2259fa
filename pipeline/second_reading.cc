// second_reading.cc
//
// Readings of one word err in different places: on copies and yellowed pages another one is right for a third to a half of
// the words that the first misread, on clean ones for a quarter. Confidence alone hardly tells which; with the neighbours
// one wrong choice comes with forty right ones. The word alone, without its neighbours, differs most from the first reading.
#include "pipeline/second_reading.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>
#include <utility>

#include "models/letters.h"
#include "models/symbols.h"
#include "models/unicode.h"
#include "pipeline/geometry.h"

namespace planscribe {
namespace {

constexpr double kSure = 0.969;       // just below the highest confidence that Tesseract gives
constexpr double kConfirmed = 0.9;    // confidence of a second reading that ends the question, and of a numeral that is not asked about
constexpr double kNatural = 16;       // nats of a word and the two after it up to which it is not asked about
constexpr double kDoubt = -14;        // nats from which surprise and rivals together are doubt
constexpr double kRivals = 3.5;       // weight of the rivals beside the surprise
constexpr double kLeastRival = -20, kBestRival = 10;  // nats; beyond, they say no more
constexpr double kUnknownRival = -16; // nats, when the engine does not tell what else it may have read
constexpr double kVoice = 3;          // nats for a reading of confidence 1
constexpr double kFirst = 1;          // nats more for the first reading, which saw the whole line
constexpr double kFluency = 0.5;      // weight of the language model beside them
constexpr size_t kBefore = 3, kAfter = 2;  // words around that the language model is shown
constexpr Scale kScales[] = {{1.3, 1.3}, {1, 1}};
constexpr Scale kStretched = {1.6, 1};
constexpr double kMargin = 0.35;      // of paper around the word, in small letters

bool has_digit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

int letters_and_digits(const std::string& text) {
  const std::u32string all = decode(text);
  return static_cast<int>(std::count_if(all.begin(), all.end(), [](char32_t c) { return is_letter(c) || (c >= U'0' && c <= U'9'); }));
}

// Whether a reading may stand for another: it gives no digits, and does not leave out letters, which always costs less. Digits
// may turn out to be letters one by one (1V., IV.).
bool may_stand_for(const std::string& text, const std::string& first) {
  const int left_out = letters_and_digits(first) - letters_and_digits(text);
  return !text.empty() && !has_digit(text) && (has_digit(first) ? left_out == 0 : left_out <= 1);
}

bool has_letter(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x80 || std::isalpha(c) != 0; });
}

std::string joined(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) (text.empty() ? text : text += ' ') += word.raw;
  return text;
}

double confidence_of(const std::vector<Word>& words) {
  double least = words.empty() ? 0 : 1;
  for (const Word& word : words) least = std::min<double>(least, word.confidence);
  return least;
}

// What stands around a word, over the ends of its line.
struct Neighbours {
  std::string before, after;
};

Neighbours neighbours_of(const std::vector<Line>& lines, size_t line, size_t place) {
  Neighbours out;
  size_t l = line, at = place;
  for (size_t n = 0; n < kBefore;) {
    if (at == 0) {
      if (l == 0) break;
      at = lines[--l].words.size();
      continue;
    }
    out.before = lines[l].words[--at].raw + " " + out.before, ++n;
  }
  l = line, at = place + 1;
  for (size_t n = 0; n < kAfter;) {
    if (at >= lines[l].words.size()) {
      if (++l == lines.size()) break;
      at = 0;
      continue;
    }
    out.after += " " + lines[l].words[at++].raw, ++n;
  }
  return out;
}

class WordReader {
 public:
  WordReader(const TextCost& cost, const ReadAgain& again, const Neighbours& around) : cost_(cost), again_(again), around_(around) {}

  // The word does not follow from its neighbours, and the engine saw another reading of a glyph that does not fit much worse.
  bool doubts(const Word& word) const {
    const double cost = cost_of(word.raw), surprise = cost - cost_(around_.before);
    return surprise > kNatural && surprise + kRivals * lead_of_rivals(word, kFluency * cost) > kDoubt;
  }

  // The words that stand in a box in place of the first reading; empty when it stands.
  std::vector<Word> better_than(const Word& first, const Box& box) const {
    const double heard = kFirst + kVoice * first.confidence;
    std::vector<Reading> readings{{{first}, to_lower(first.raw), heard, kFluency * cost_of(first.raw)}};
    for (const Scale scale : kScales) {
      const bool confirmed = add(readings, again_(box, scale));
      const auto best = std::max_element(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) { return a.worth() < b.worth(); });
      if (best != readings.begin()) return std::move(best->words);
      if (confirmed) break;
    }
    return {};
  }

 private:
  struct Reading {
    std::vector<Word> words;
    std::string lower;  // its text
    double heard;  // nats, of all who read it so
    double price;  // nats, among its neighbours
    double worth() const { return heard - price; }
  };

  // How much less the likeliest word with another reading of one glyph costs than the word itself, in nats.
  double lead_of_rivals(const Word& word, double price) const {
    double best = HUGE_VAL;
    size_t at = 0;
    for (const Glyph& glyph : word.glyphs) {
      for (const Alternative& other : glyph.alternatives) {
        std::string text = word.raw;
        text.replace(at, glyph.text.size(), other.text);
        best = std::min(best, kFluency * cost_of(text) + other.cost);
      }
      at += glyph.text.size();
    }
    return best == HUGE_VAL ? kUnknownRival : std::clamp(price - best, kLeastRival, kBestRival);
  }

  double cost_of(const std::string& text) const { return cost_(around_.before + text + around_.after); }

  // What differs in case only is the same: a word alone does not tell its case. Whether the first reading was surely confirmed.
  bool add(std::vector<Reading>& readings, std::vector<Word> words) const {
    const std::string text = joined(words), lower = to_lower(text);
    const double confidence = confidence_of(words), heard = kVoice * confidence;
    const auto same = std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return r.lower == lower; });
    if (same != readings.end()) {
      same->heard += heard;
      return same == readings.begin() && confidence >= kConfirmed;
    }
    if (may_stand_for(text, readings.front().words.front().raw)) {
      readings.push_back({std::move(words), lower, heard, kFluency * cost_of(text)});
    }
    return false;
  }

  const TextCost& cost_;
  const ReadAgain& again_;
  const Neighbours& around_;
};

// A Roman numeral without the sign behind it, or what one is misread as; empty when it is neither.
std::u32string numeral_of(const std::string& text) {
  std::u32string numeral = decode(text);
  while (!numeral.empty() && !is_letter(numeral.back()) && numeral.back() != U'1') numeral.pop_back();
  const bool strokes = numeral.find_first_of(U"IHl1") != std::u32string::npos;
  const bool letters = std::any_of(numeral.begin(), numeral.end(), is_letter);
  return strokes && letters && roman_value(numeral, true) > 0 ? numeral : std::u32string();
}

// What no other letter is taken for.
std::u32string tens_and_fives(std::u32string numeral) {
  std::erase_if(numeral, [](char32_t c) { return c != U'X' && c != U'V'; });
  return numeral;
}

// Strokes of a Roman numeral run together (H for II, II for III): stretched, with the next word beside it, they part. Nearly
// all readings that are numerals then are right.
void read_numeral_again(Word& word, const Box& box, const ReadAgain& again) {
  const std::u32string numeral = numeral_of(word.raw);
  if (numeral.empty() || word.confidence >= kConfirmed) return;
  std::vector<Word> words = again(box, kStretched);
  if (words.empty()) return;
  const std::u32string text = decode(words.front().raw), other = numeral_of(words.front().raw);
  if (roman_value(other, false) == 0 || tens_and_fives(other) != tens_and_fives(numeral) || text.substr(other.size()) != decode(word.raw).substr(numeral.size())) return;
  words.front().box = word.box;
  if (other != numeral) word = std::move(words.front());
}

// The word with some paper, but not into its neighbours.
Box box_around(const Line& line, size_t place, double letter) {
  const int margin = std::max(2, static_cast<int>(kMargin * letter));
  const Box& word = line.words[place].box;
  Box box{word.left - margin, word.top - margin, word.right + margin, word.bottom + margin};
  if (place > 0) box.left = std::max(box.left, std::min(word.left, (line.words[place - 1].box.right + word.left) / 2));
  if (place + 1 < line.words.size()) box.right = std::min(box.right, std::max(word.right, (line.words[place + 1].box.left + word.right) / 2));
  return box;
}

}  // namespace

void read_doubtful_again(std::vector<Line>& lines, double letter, const TextCost& cost, const ReadAgain& again) {
  for (size_t l = 0; l < lines.size(); ++l) {
    std::vector<Word>& words = lines[l].words;
    for (size_t at = 0; at < words.size(); ++at) {
      if (words[at].confidence >= kSure || !has_letter(words[at].raw)) continue;
      const Box box = box_around(lines[l], at, letter), next = at + 1 < words.size() ? box_around(lines[l], at + 1, letter) : box;
      read_numeral_again(words[at], join(box, next), again);
      if (roman_value(numeral_of(words[at].raw), false) > 0) continue;
      const Neighbours around = neighbours_of(lines, l, at);
      const WordReader reader(cost, again, around);
      if (!reader.doubts(words[at])) continue;
      std::vector<Word> better = reader.better_than(words[at], box);
      if (better.empty()) continue;
      const auto rest = words.insert(words.erase(words.begin() + static_cast<long>(at)), better.begin(), better.end());
      at = static_cast<size_t>(rest - words.begin()) + better.size() - 1;
    }
  }
}

}  // namespace planscribe

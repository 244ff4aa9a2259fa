#include "corpus/evaluate/text_scores.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <unordered_map>

#include "corpus/evaluate/edit_distance.h"
#include "corpus/evaluate/matching_blocks.h"
#include "models/letters.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr size_t kMaxWordsToMove = 4000;
constexpr double kHopeless = 0.6;
constexpr int kMaxMoves = 200;

// White space of Unicode, and the separators that scanners of text take for it.
bool is_white_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// NFC without soft hyphens; runs of white space are one blank, at the ends none.
std::string one_line(const std::string& text) {
  std::u32string line;
  for (char32_t c : decode(plain_nfc(text))) {
    if (c == 0xAD) continue;
    if (!is_white_space(c))
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return encode(line);
}

std::vector<std::string> split(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Symbols characters(const std::string& text) {
  const std::u32string decoded = decode(text);
  return Symbols(decoded.begin(), decoded.end());
}

// The same number for the same word.
class Numbers {
 public:
  Symbols of(const std::vector<std::string>& words) {
    Symbols symbols;
    for (const std::string& word : words)
      symbols.push_back(numbers_.try_emplace(word, static_cast<std::uint32_t>(numbers_.size())).first->second);
    return symbols;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

// A run of words of the text and where it could go.
struct Move {
  int from = 0, size = 0, to = 0;  // to: place in the text before the run is taken out
  size_t rank = 0;                 // in the order in which they are tried
};

std::vector<Move> possible_moves(const Symbols& truth, const Symbols& text) {
  const std::vector<Difference> all = differences(truth, text);
  std::vector<Move> moves;
  const auto part = [](const Symbols& symbols, int begin, int end) { return std::span(symbols).subspan(begin, end - begin); };
  for (const Difference& missing : all) {
    if (missing.a_begin == missing.a_end) continue;
    for (const Difference& extra : all) {
      if (extra.b_begin == extra.b_end) continue;
      const MatchingRun run = longest_run(part(truth, missing.a_begin, missing.a_end), part(text, extra.b_begin, extra.b_end));
      if (run.size < 1) continue;
      const int near = std::min(static_cast<int>(text.size()), missing.b_begin + run.a);
      for (int to : std::set<int>{missing.b_begin, near}) moves.push_back({extra.b_begin + run.b, run.size, to, moves.size()});
    }
  }
  return moves;
}

// The text with the run moved, as numbers or as words; nothing when the place is before the beginning.
template <typename T>
std::optional<std::vector<T>> moved(const std::vector<T>& text, const Move& move) {
  const int to = move.to <= move.from ? move.to : move.to - move.size;
  if (to < 0) return std::nullopt;
  std::vector<T> rest = text;
  const std::vector<T> run(text.begin() + move.from, text.begin() + move.from + move.size);
  rest.erase(rest.begin() + move.from, rest.begin() + move.from + move.size);
  rest.insert(rest.begin() + std::min<size_t>(to, rest.size()), run.begin(), run.end());
  return rest;
}

// The move that brings the text nearest to the truth, of equal ones the first tried. A run of n words can gain 2n at
// most, so the long ones are tried first and the rest need not be.
std::optional<Move> best_move(const Symbols& truth, const Symbols& text, int distance) {
  std::vector<Move> moves = possible_moves(truth, text);
  std::stable_sort(moves.begin(), moves.end(), [](const Move& x, const Move& y) { return x.size > y.size; });
  std::optional<Move> best;
  int nearest = distance;
  for (const Move& move : moves) {
    if (distance - 2 * move.size > nearest) break;
    const auto candidate = moved(text, move);
    if (!candidate) continue;
    const int d = edit_distance(truth, *candidate);
    if (d < nearest || (best && d == nearest && move.rank < best->rank)) best = move, nearest = d;
  }
  return best;
}

std::vector<std::string> with_blocks_moved(const Symbols& truth, std::vector<std::string> words, Symbols text) {
  for (int n = 0; n < kMaxMoves; ++n) {
    const auto move = best_move(truth, text, edit_distance(truth, text));
    if (!move) break;
    words = *moved(words, *move);
    text = *moved(text, *move);
  }
  return words;
}

long bag_overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::map<std::string, long> counts;
  for (const std::string& word : a) ++counts[word];
  long both = 0;
  for (const std::string& word : b) both += counts[word]-- > 0;
  return both;
}

void count_marks(const Symbols& truth, const Symbols& text, TextErrors& counts) {
  counts.marked = std::count_if(truth.begin(), truth.end(), has_mark);
  for (const auto& [i, j] : unchanged_symbols(truth, text)) counts.marked_kept += has_mark(truth[i]);
}

double share(long part, long whole) { return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole); }

}  // namespace

TextErrors& TextErrors::operator+=(const TextErrors& o) {
  for (long TextErrors::*count :
       {&TextErrors::characters, &TextErrors::words, &TextErrors::read_words, &TextErrors::character_errors, &TextErrors::word_errors,
        &TextErrors::character_errors_blocks, &TextErrors::word_errors_blocks, &TextErrors::blind_errors,
        &TextErrors::words_in_both, &TextErrors::words_kept, &TextErrors::marked, &TextErrors::marked_kept})
    this->*count += o.*count;
  return *this;
}

TextErrors compare_texts(const std::string& truth_text, const std::string& read_text) {
  const std::string truth = one_line(truth_text), text = one_line(read_text);
  const std::vector<std::string> truth_words = split(truth), words = split(text);
  Numbers numbers, blind_numbers;
  const Symbols truth_numbers = numbers.of(truth_words), text_numbers = numbers.of(words);
  const Symbols truth_characters = characters(truth), text_characters = characters(text);
  TextErrors counts;
  counts.characters = static_cast<long>(truth_characters.size());
  counts.words = static_cast<long>(truth_words.size());
  counts.read_words = static_cast<long>(words.size());
  counts.character_errors = edit_distance(truth_characters, text_characters);
  counts.word_errors = edit_distance(truth_numbers, text_numbers);
  const bool may_move = counts.word_errors > 0 && counts.word_errors < kHopeless * counts.words && truth_words.size() < kMaxWordsToMove;
  const std::vector<std::string> ordered = may_move ? with_blocks_moved(truth_numbers, words, text_numbers) : words;
  counts.character_errors_blocks = edit_distance(truth_characters, characters(join(ordered)));
  counts.word_errors_blocks = edit_distance(truth_numbers, numbers.of(ordered));
  const Symbols truth_blind = blind_numbers.of(split(blind_form(truth))), text_blind = blind_numbers.of(split(blind_form(text)));
  counts.blind_errors = edit_distance(truth_blind, text_blind);
  counts.words_in_both = bag_overlap(truth_words, words);
  counts.words_kept = static_cast<long>(unchanged_symbols(truth_numbers, text_numbers).size());
  count_marks(truth_characters, text_characters, counts);
  return counts;
}

TextScores scores_of(const TextErrors& c) {
  return {share(c.character_errors, c.characters), share(c.word_errors, c.words),
          share(c.character_errors_blocks, c.characters), share(c.word_errors_blocks, c.words),
          share(2 * c.words_in_both, c.words + c.read_words), share(c.blind_errors, c.words),
          share(c.words_kept, c.words), share(c.marked_kept, c.marked)};
}

}  // namespace planscribe

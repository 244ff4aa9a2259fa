#include "corpus/vocabulary.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <tuple>
#include <unordered_set>

#include "corpus/query.h"
#include "corpus/sqlite.h"
#include "models/unicode.h"

namespace planscribe {

extern const char* const kSyllables;  // models/lexicon/syllables.txt, made by embed.cmake

namespace {

constexpr size_t kShortest = 3, kLongest = 20;  // letters of a word that is looked for
constexpr size_t kTwoEditsFrom = 8;

// Letters only, and plain ones: a folded word of Vietnamese, or a misread one.
bool is_plain_word(const std::string& word) {
  return word.size() >= kShortest && word.size() <= kLongest + 2 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// The parts of bare syllables.
struct Spelling {
  std::unordered_set<std::string> onsets{""}, rimes;

  Spelling() {
    std::istringstream lines(kSyllables);
    std::vector<std::string> nuclei, codas;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string kind;
      words >> kind;
      for (std::string part; words >> part;) {
        if (kind == "onset") onsets.insert(fold(part));
        if (kind == "open") rimes.insert(fold(part));
        if (kind == "closed") nuclei.push_back(fold(part));
        if (kind == "coda") codas.push_back(part);
      }
    }
    for (const std::string& nucleus : nuclei)
      for (const std::string& coda : codas) rimes.insert(nucleus + coda);
  }
};

}  // namespace

bool spelt_like_syllable(const std::string& folded) {
  static const Spelling spelling;
  for (size_t onset = 0; onset <= std::min<size_t>(folded.size(), 3); ++onset)
    if (spelling.onsets.count(folded.substr(0, onset)) && spelling.rimes.count(folded.substr(onset))) return true;
  return false;
}

void count_words(Database& database, const std::string& text, int pages) {
  std::set<std::string> words;
  const std::string folded = fold(text);
  for (const QueryToken& token : tokenize(folded)) {
    std::string word = folded.substr(token.begin, token.end - token.begin);
    if (is_plain_word(word)) words.insert(std::move(word));
  }
  Statement statement(database, R"(
    INSERT INTO vocabulary (length, word, pages) VALUES (?, ?, ?)
    ON CONFLICT (length, word) DO UPDATE SET pages = pages + excluded.pages)");
  for (const std::string& word : words)
    statement.bind(static_cast<std::int64_t>(word.size())).bind(word).bind(pages).run();
}

void rebuild_vocabulary(Database& database) {
  database.execute("DELETE FROM vocabulary");
  Statement rows(database, "SELECT text FROM pages");
  while (rows.step()) count_words(database, rows.text(0), 1);
}

std::optional<std::int64_t> pages_with(const Database& database, const std::string& folded) {
  if (!is_plain_word(folded)) return std::nullopt;
  Statement row(database, "SELECT pages FROM vocabulary WHERE length = ? AND word = ?");
  row.bind(static_cast<std::int64_t>(folded.size())).bind(folded);
  return row.step() ? row.integer(0) : 0;
}

size_t edit_distance(const std::string& a, const std::string& b, size_t most) {
  if (a.size() > b.size()) return edit_distance(b, a, most);
  if (b.size() - a.size() > most) return most + 1;
  std::vector<size_t> row(a.size() + 1);
  for (size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (size_t j = 1; j <= b.size(); ++j) {
    size_t diagonal = row[0], best = row[0] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
      const size_t above = row[i];
      row[i] = a[i - 1] == b[j - 1] ? diagonal : 1 + std::min({diagonal, above, row[i - 1]});
      diagonal = above;
      best = std::min(best, row[i]);
    }
    if (best > most) return most + 1;
  }
  return std::min(row[a.size()], most + 1);
}

std::vector<std::string> find_misreadings(const Database& database, const std::string& folded, size_t limit) {
  if (!is_plain_word(folded)) return {};
  const size_t most = folded.size() >= kTwoEditsFrom ? 2 : 1;
  const bool syllable = spelt_like_syllable(folded);
  Statement rows(database, "SELECT word, pages FROM vocabulary WHERE length BETWEEN ? AND ? AND pages > 0");
  rows.bind(static_cast<std::int64_t>(folded.size() - most)).bind(static_cast<std::int64_t>(folded.size() + most));
  std::vector<std::tuple<size_t, std::int64_t, std::string>> found;  // distance, -pages, word
  while (rows.step()) {
    std::string word = rows.text(0);
    const size_t distance = edit_distance(folded, word, most);
    if (distance == 0 || distance > most || (syllable && spelt_like_syllable(word))) continue;
    found.emplace_back(distance, -rows.integer(1), std::move(word));
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> words;
  for (size_t i = 0; i < std::min(limit, found.size()); ++i) words.push_back(std::get<2>(found[i]));
  return words;
}

}  // namespace planscribe

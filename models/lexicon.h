// lexicon.h: the words a reading may become: Vietnamese syllables of the language model, and abbreviations.
// Built at load from the model and the files of lexicon/; const afterwards, shared by threads.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "models/ngram.h"

namespace planscribe {

// The orthography: which letter strings are syllables. Lower case, NFC.
class Syllables {
 public:
  explicit Syllables(const std::string& path);
  bool valid(std::u32string_view word) const;

 private:
  std::unordered_set<std::u32string> onsets_, open_, closed_, codas_;
};

class Lexicon {
 public:
  struct Entry {
    std::u32string text;  // lower case; as written for abbreviations
    WordId id = kUnknown;
    float cost = 0;  // of the word alone, nats
    bool abbreviation = false;
    float style_cost = 0;  // of hoá for hóa: same word, tone placed the new way; part of cost; not in by_bare()
  };
  // A node of the trie of lower-case spellings; children stand together, sorted by letter.
  struct Node {
    uint32_t first_child = 0;
    uint16_t children = 0;
    char16_t letter = 0;
    int32_t entry = -1;    // index into entries(), -1 inside a word
    float best_cost = 0;   // smallest cost of an entry at or below
  };

  // Throws Error(invalid_data) naming the file.
  Lexicon(const NgramModel& model, const std::string& folder);

  const std::vector<Entry>& entries() const { return entries_; }
  const std::vector<Node>& nodes() const { return nodes_; }
  // Index of the child of a node, or 0 (the root is nobody's child).
  uint32_t child(uint32_t node, char32_t letter) const;

  // Entries whose bare lower-case form this is; nullptr when there is none.
  const std::vector<int>* by_bare(const std::u32string& bare) const;
  bool known(const std::u32string& lower_word) const;
  // A frequent word of English or French, lower case.
  bool foreign_word(const std::u32string& lower_word) const { return foreign_.count(lower_word) > 0; }
  const Syllables& syllables() const { return syllables_; }

 private:
  static std::u32string other_style(const std::u32string& text);
  void add_other_styles();
  void add(Entry entry);
  void read_abbreviations(const NgramModel& model, const std::string& path);
  void read_foreign_words(const std::string& path);
  void build_trie();

  Syllables syllables_;
  std::vector<Entry> entries_;
  std::vector<Node> nodes_;
  std::unordered_map<std::u32string, std::vector<int>> by_bare_;
  std::unordered_map<std::u32string, int> by_text_;
  std::unordered_set<std::u32string> foreign_;
};

// Lower case without marks.
std::u32string bare_lower(std::u32string_view text);
std::u32string lower_text(std::u32string_view text);

}  // namespace planscribe

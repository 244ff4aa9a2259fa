// lexicon.h: the words a reading may become: Vietnamese syllables of the language model, and abbreviations.
// Built at load from the model and the files of lexicon/; const afterwards, shared by threads. Look-ups allocate nothing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "models/letters.h"
#include "models/ngram.h"
#include "models/syllables.h"

namespace planscribe {

class Lexicon {
 public:
  struct Entry {
    uint32_t begin = 0;  // of its spellings in the pool
    uint8_t size = 0;    // letters
    bool abbreviation = false;
    WordId id = kUnknown;
    float cost = 0;        // of the word alone, nats
    float style_cost = 0;  // of hoá for hóa: same word, tone placed the new way; part of cost; not in by_bare()
  };
  // A node of the trie of lower-case spellings; children stand together, the one with the cheapest word first.
  struct Node {
    uint32_t first_child = 0;
    int32_t entry = -1;  // index into entries(), -1 inside a word
    int32_t best_cost = 0;  // smallest cost of an entry at or below, in steps of 1/kCostSteps nat
    uint8_t children = 0;
    uint8_t depth = 0;
  };
  static constexpr int kCostSteps = 16;  // of one nat

  // Throws Error(invalid_data) naming the file.
  Lexicon(const NgramModel& model, const std::string& folder);

  const std::vector<Entry>& entries() const { return entries_; }
  // The spelling in a case; an abbreviation stays as it is written. Valid as long as the lexicon.
  std::u32string_view text(const Entry& entry, CaseMode mode = CaseMode::lower) const {
    return std::u32string_view(pool_).substr(entry.begin + static_cast<size_t>(mode) * entry.size, entry.size);
  }
  const std::vector<Node>& nodes() const { return nodes_; }
  // letter_index of each node.
  const std::vector<uint8_t>& node_letters() const { return node_letters_; }
  // Index of the child of a node, or 0 (the root is nobody's child).
  uint32_t child(uint32_t node, int letter) const;

  // Indices of the entries that have the same letters once case and marks are dropped.
  std::span<const int> by_bare(std::u32string_view word) const;
  // The abbreviation with signs in it (GD&ĐT) that has these letters; empty when there is none.
  std::u32string_view with_signs(std::u32string_view word) const;
  // Index of the entry spelt so, case ignored; -1 when there is none.
  int find(std::u32string_view word) const;
  bool known(std::u32string_view word) const { return find(word) >= 0; }
  // A frequent word of English or French, lower case.
  bool foreign_word(const std::u32string& lower_word) const { return foreign_.count(lower_word) > 0; }

 private:
  using Places = std::unordered_map<std::u32string, int>;  // lower-case spelling -> entry, while building

  void add(std::u32string_view text, Entry entry, Places& places);
  void add_marked_only(const std::u32string& text, const Entry& entry, const NgramModel& model);
  void append(std::u32string_view text, Entry entry);
  void add_syllables(const NgramModel& model, const Syllables& syllables, Places& places);
  void add_other_styles(Places& places);
  void index_bare_forms();
  void build_trie(const Places& places);
  void index_spellings(const Places& places);
  void set_best_costs();

  // Where the search for a spelling begins in spelt_.
  size_t home(std::u32string_view word) const;

  std::u32string pool_;
  std::vector<Entry> entries_;
  std::vector<Node> nodes_;
  std::vector<uint8_t> node_letters_;
  std::vector<int> spelt_;  // entries by hash of their spelling, -1 where none stands; open addressing, half full at most
  std::unordered_map<uint64_t, std::pair<uint32_t, uint32_t>> by_bare_;  // packed letters -> range of bare_entries_
  std::vector<int> bare_entries_;
  std::unordered_map<std::u32string, std::u32string> signed_;  // small letters without marks -> the abbreviation
  std::unordered_set<std::u32string> foreign_;
};

// Lower case without marks.
std::u32string bare_lower(std::u32string_view text);
std::u32string lower_text(std::u32string_view text);
std::u32string in_case(std::u32string_view word, CaseMode mode);

}  // namespace planscribe

#include "models/lexicon.h"

#include <algorithm>
#include <bit>
#include <deque>
#include <fstream>
#include <functional>
#include <sstream>

#include "models/unicode.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr float kAbbreviationCost = 13;  // of one the language model does not know
constexpr float kOtherStyle = 3.0f;      // hoá beside hòa: the paper may print either
constexpr float kMostlyPlain = 2;        // nats
constexpr size_t kLongestOdd = 4;        // letters of a word that is no syllable; longer ones are words run together
constexpr float kRarest = 17.5;          // words dearer than this are noise of the training text
constexpr size_t kLongestWord = 12;      // letters that fit a packed key

// Every word of a list; lines that begin with # are comments.
void for_each_word(const std::string& path, const std::function<void(const std::string&)>& take) {
  std::ifstream file(path);
  if (!file) throw Error(ExitCode::invalid_data, path + ": cannot be opened; reinstall the models");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    for (std::string word; words >> word;) take(word);
  }
}

// The bare lower-case letters, five bits each; 0 when there are others or too many.
uint64_t packed_bare(std::u32string_view word) {
  if (word.size() > kLongestWord) return 0;
  uint64_t key = 0;
  for (char32_t c : word) {
    char32_t letter = bare(lower(c));
    if (letter < U'a' || letter > U'z') return 0;
    key = key << 5 | (letter - U'a' + 1);
  }
  return key;
}

bool all_letters(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) { return letter_index(lower(c)) >= 0; });
}

}  // namespace

std::u32string bare_lower(std::u32string_view text) {
  std::u32string out(text);
  for (char32_t& c : out) c = bare(lower(c));
  return out;
}

std::u32string lower_text(std::u32string_view text) {
  std::u32string out(text);
  for (char32_t& c : out) c = lower(c);
  return out;
}

std::u32string in_case(std::u32string_view word, CaseMode mode) {
  std::u32string out(word);
  for (size_t i = 0; i < out.size(); ++i) {
    if (wanted_upper(mode, i)) out[i] = upper(out[i]);
  }
  return out;
}

Lexicon::Lexicon(const NgramModel& model, const std::string& folder) {
  Places places;
  places.reserve(model.size());
  add_syllables(model, Syllables(folder + "/lexicon/syllables.txt"), places);
  for_each_word(folder + "/lexicon/abbreviations.txt", [&](const std::string& word) {
    WordId id = model.id(to_lower(word));
    std::u32string text = decode(word);
    if (!all_letters(text)) signed_.emplace(bare_lower(text), text);
    else add(text, {0, 0, true, id, id == kUnknown ? kAbbreviationCost : model.word_cost(id), 0}, places);
  });
  index_bare_forms();
  for_each_word(folder + "/lexicon/foreign_words.txt", [&](const std::string& word) {
    std::u32string text = decode(word);
    if (by_bare(text).empty()) foreign_.insert(text);
  });
  add_other_styles(places);
  build_trie(places);
  index_spellings(places);
}

void Lexicon::add_syllables(const NgramModel& model, const Syllables& syllables, Places& places) {
  for (size_t id = 3; id < model.size(); ++id) {
    float cost = model.word_cost(static_cast<WordId>(id));
    if (cost >= kRarest) continue;
    std::u32string text = decode(model.word(static_cast<WordId>(id)));
    if (!all_letters(text)) continue;
    Entry entry = {0, 0, false, static_cast<WordId>(id), cost, 0};
    syllables.valid(text) ? add(text, entry, places) : add_marked_only(text, entry, model);
  }
}

// Words that are no syllables (ôtô, đắk, hđqt) can get their marks back, but no other reading is taken for one. Those
// that are mostly written without marks stay out.
void Lexicon::add_marked_only(const std::u32string& text, const Entry& entry, const NgramModel& model) {
  std::u32string bare = bare_lower(text);
  WordId plain = model.id(encode(bare));
  bool common = plain == kUnknown || entry.cost < model.word_cost(plain) + kMostlyPlain;
  if (bare != text && common && text.size() <= kLongestOdd) append(text, entry);
}

void Lexicon::add(std::u32string_view text, Entry entry, Places& places) {
  if (text.empty() || text.size() > kLongestWord) return;
  if (places.emplace(lower_text(text), static_cast<int>(entries_.size())).second) append(text, entry);
}

void Lexicon::append(std::u32string_view text, Entry entry) {
  entry.begin = static_cast<uint32_t>(pool_.size());
  entry.size = static_cast<uint8_t>(text.size());
  for (CaseMode mode : {CaseMode::lower, CaseMode::title, CaseMode::upper}) {
    pool_ += entry.abbreviation ? std::u32string(text) : in_case(text, mode);
  }
  entries_.push_back(entry);
}

void Lexicon::index_bare_forms() {
  std::vector<std::pair<uint64_t, int>> forms;
  for (size_t i = 0; i < entries_.size(); ++i) forms.emplace_back(packed_bare(text(entries_[i])), static_cast<int>(i));
  std::sort(forms.begin(), forms.end());
  for (size_t i = 0; i < forms.size();) {
    uint32_t begin = static_cast<uint32_t>(i);
    for (uint64_t key = forms[begin].first; i < forms.size() && forms[i].first == key; ++i) bare_entries_.push_back(forms[i].second);
    by_bare_[forms[begin].first] = {begin, static_cast<uint32_t>(i)};
  }
}

void Lexicon::add_other_styles(Places& places) {
  for (size_t i = 0, n = entries_.size(); i < n; ++i) {
    Entry entry = entries_[i];
    if (entry.abbreviation || !places.count(std::u32string(text(entry)))) continue;
    entry.cost += kOtherStyle, entry.style_cost = kOtherStyle;
    add(other_tone_placement(text(entries_[i])), entry, places);
  }
}

// Breadth first, so that the children of a node stand together.
void Lexicon::build_trie(const Places& places) {
  std::vector<std::pair<std::string, int>> sorted;  // letter indices, entry
  for (const auto& [text, entry] : places) {
    std::string letters;
    for (char32_t c : text) letters += static_cast<char>(letter_index(c));
    sorted.emplace_back(std::move(letters), entry);
  }
  std::sort(sorted.begin(), sorted.end());
  struct Range {
    size_t begin, end, depth;
  };
  nodes_.assign(1, {}), node_letters_.assign(1, 0);
  std::deque<Range> todo = {{0, sorted.size(), 0}};
  for (uint32_t node = 0; !todo.empty(); ++node) {
    Range r = todo.front();
    todo.pop_front();
    if (r.begin < r.end && sorted[r.begin].first.size() == r.depth) nodes_[node].entry = sorted[r.begin++].second;
    nodes_[node].first_child = static_cast<uint32_t>(nodes_.size());
    nodes_[node].depth = static_cast<uint8_t>(r.depth);
    std::vector<std::pair<float, Range>> children;  // the one with the cheapest word first
    for (size_t i = r.begin, j = i; i < r.end; i = j) {
      float best = entries_[sorted[i].second].cost;
      for (; j < r.end && sorted[j].first[r.depth] == sorted[i].first[r.depth]; ++j) best = std::min(best, entries_[sorted[j].second].cost);
      children.push_back({best, {i, j, r.depth + 1}});
    }
    std::stable_sort(children.begin(), children.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [best, range] : children) {
      todo.push_back(range);
      nodes_.push_back({}), node_letters_.push_back(static_cast<uint8_t>(sorted[range.begin].first[r.depth]));
      ++nodes_[node].children;
    }
  }
  set_best_costs();
}

void Lexicon::set_best_costs() {
  for (size_t i = nodes_.size(); i-- > 0;) {
    Node& node = nodes_[i];
    node.best_cost = node.entry >= 0 ? static_cast<int>(entries_[node.entry].cost * kCostSteps) : 1 << 20;
    for (uint32_t k = 0; k < node.children; ++k) node.best_cost = std::min(node.best_cost, nodes_[node.first_child + k].best_cost);
  }
}

uint32_t Lexicon::child(uint32_t node, int letter) const {
  const Node& n = nodes_[node];
  for (uint32_t i = n.first_child; i < n.first_child + n.children; ++i) {
    if (node_letters_[i] == letter) return i;
  }
  return 0;
}

std::span<const int> Lexicon::by_bare(std::u32string_view word) const {
  auto found = by_bare_.find(packed_bare(word));
  if (found == by_bare_.end() || word.empty()) return {};
  return std::span(bare_entries_).subspan(found->second.first, found->second.second - found->second.first);
}

std::u32string_view Lexicon::with_signs(std::u32string_view word) const {
  if (std::all_of(word.begin(), word.end(), is_letter)) return {};
  auto found = signed_.find(bare_lower(word));
  return found == signed_.end() ? std::u32string_view() : found->second;
}

size_t Lexicon::home(std::u32string_view word) const {
  uint64_t hash = 0;
  for (char32_t c : word) hash = (hash ^ lower(c)) * 0x9E3779B97F4A7C15ull, hash ^= hash >> 32;
  return hash & (spelt_.size() - 1);
}

void Lexicon::index_spellings(const Places& places) {
  spelt_.assign(std::bit_ceil(2 * places.size() + 1), -1);
  for (const auto& [text, entry] : places) {
    size_t at = home(text);
    while (spelt_[at] >= 0) at = (at + 1) % spelt_.size();
    spelt_[at] = entry;
  }
}

int Lexicon::find(std::u32string_view word) const {
  auto same = [](char32_t a, char32_t b) { return a == b || lower(a) == lower(b); };
  for (size_t at = home(word); spelt_[at] >= 0; at = (at + 1) & (spelt_.size() - 1)) {
    std::u32string_view known = text(entries_[spelt_[at]]);
    if (std::equal(known.begin(), known.end(), word.begin(), word.end(), same)) return spelt_[at];
  }
  return -1;
}

}  // namespace planscribe

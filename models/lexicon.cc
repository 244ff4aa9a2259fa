#include "models/lexicon.h"

#include <algorithm>
#include <deque>
#include <fstream>
#include <sstream>

#include "models/letters.h"
#include "models/unicode.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr float kAbbreviationCost = 13;  // of one the language model does not know
constexpr float kOtherStyle = 3.0f;      // hoá beside hòa: the paper may print either
constexpr float kRarest = 17.5;          // words dearer than this are noise of the training text

std::ifstream open_data(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error(ExitCode::invalid_data, path + ": cannot be opened; reinstall the models");
  return file;
}

// The letter without its tone; vowel marks stay (ế -> ê).
char32_t without_tone(char32_t c) {
  static const std::unordered_map<char32_t, char32_t> table = [] {
    std::unordered_map<char32_t, char32_t> t;
    std::u32string forms =
        decode("àáảãạaằắẳẵặăầấẩẫậâèéẻẽẹeềếểễệêìíỉĩịiòóỏõọoồốổỗộôờớởỡợơùúủũụuừứửữựưỳýỷỹỵy");
    for (size_t i = 0; i < forms.size(); ++i) t[forms[i]] = forms[i / 6 * 6 + 5];
    return t;
  }();
  auto found = table.find(c);
  return found == table.end() ? c : found->second;
}

bool acute_or_dot(char32_t c) {
  static const std::u32string forms = decode("áạắặấậéẹếệíịóọốộớợúụứựýỵ");
  return forms.find(c) != std::u32string::npos;
}

}  // namespace

std::u32string bare_lower(std::u32string_view text) {
  std::u32string out;
  for (char32_t c : text) out += bare(lower(c));
  return out;
}

std::u32string lower_text(std::u32string_view text) {
  std::u32string out;
  for (char32_t c : text) out += lower(c);
  return out;
}

Syllables::Syllables(const std::string& path) {
  std::ifstream file = open_data(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind, word;
    words >> kind;
    auto* set = kind == "onset" ? &onsets_ : kind == "open" ? &open_ : kind == "closed" ? &closed_ : &codas_;
    if (kind != "onset" && kind != "open" && kind != "closed" && kind != "coda") continue;
    while (words >> word) set->insert(decode(word));
  }
  if (onsets_.empty() || open_.empty() || closed_.empty() || codas_.empty()) {
    throw Error(ExitCode::invalid_data, path + ": lacks onset, open, closed or coda; reinstall the models");
  }
  onsets_.insert(U"");
}

bool Syllables::valid(std::u32string_view word) const {
  if (word.empty() || word.size() > 7) return false;
  std::u32string flat;
  int tones = 0;
  bool sharp = false;
  for (char32_t c : word) {
    flat += without_tone(c);
    if (flat.back() != c) ++tones, sharp = acute_or_dot(c);
  }
  if (tones > 1) return false;
  for (size_t onset = 0; onset <= std::min<size_t>(3, flat.size()); ++onset) {
    if (!onsets_.count(flat.substr(0, onset))) continue;
    std::u32string rime = flat.substr(onset);
    if (open_.count(rime)) return true;
    for (size_t coda = 1; coda <= 2 && coda < rime.size(); ++coda) {
      std::u32string end = rime.substr(rime.size() - coda);
      bool stop = end.back() == 't' || end.back() == 'p' || end == U"c" || end == U"ch";
      if (codas_.count(end) && closed_.count(rime.substr(0, rime.size() - coda)) && (!stop || sharp)) return true;
    }
  }
  return false;
}

Lexicon::Lexicon(const NgramModel& model, const std::string& folder) : syllables_(folder + "/lexicon/syllables.txt") {
  for (size_t id = 3; id < model.size(); ++id) {
    std::u32string text = decode(model.word(static_cast<WordId>(id)));
    float cost = model.unigram_cost(static_cast<WordId>(id));
    bool letters = std::all_of(text.begin(), text.end(), [](char32_t c) { return is_letter(c); });
    if (letters && cost < kRarest && syllables_.valid(text)) add({text, static_cast<WordId>(id), cost, false, 0});
  }
  read_abbreviations(model, folder + "/lexicon/abbreviations.txt");
  read_foreign_words(folder + "/lexicon/foreign_words.txt");
  add_other_styles();
  build_trie();
}

void Lexicon::add(Entry entry) {
  std::u32string key = lower_text(entry.text);
  if (!by_text_.emplace(key, static_cast<int>(entries_.size())).second) return;
  by_bare_[bare_lower(key)].push_back(static_cast<int>(entries_.size()));
  entries_.push_back(std::move(entry));
}

void Lexicon::read_abbreviations(const NgramModel& model, const std::string& path) {
  std::ifstream file = open_data(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      std::u32string text = decode(word);
      WordId id = model.id(to_lower(word));
      if (!std::all_of(text.begin(), text.end(), [](char32_t c) { return is_letter(c); })) continue;
      add({text, id, id == kUnknown ? kAbbreviationCost : model.unigram_cost(id), true, 0});
    }
  }
}

void Lexicon::read_foreign_words(const std::string& path) {
  std::ifstream file = open_data(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      std::u32string text = decode(word);
      if (!by_bare(bare_lower(text))) foreign_.insert(text);
    }
  }
}

// The other placement of the tone (hóa -> hoá, ủy -> uỷ); empty when the word has only one.
std::u32string Lexicon::other_style(const std::u32string& text) {
  static const std::unordered_map<std::u32string, std::u32string> table = [] {
    const std::u32string first = decode("òóỏõọ"), a = decode("àáảãạ"), e = decode("èéẻẽẹ");
    const std::u32string u = decode("ùúủũụ"), y = decode("ỳýỷỹỵ");
    std::unordered_map<std::u32string, std::u32string> t;
    for (size_t i = 0; i < 5; ++i) {
      t[std::u32string{first[i], U'a'}] = std::u32string{U'o', a[i]};
      t[std::u32string{first[i], U'e'}] = std::u32string{U'o', e[i]};
      t[std::u32string{u[i], U'y'}] = std::u32string{U'u', y[i]};
    }
    return t;
  }();
  if (text.size() < 2) return U"";
  auto found = table.find(text.substr(text.size() - 2));
  return found == table.end() ? U"" : text.substr(0, text.size() - 2) + found->second;
}

void Lexicon::add_other_styles() {
  for (size_t i = 0, n = entries_.size(); i < n; ++i) {
    Entry entry = entries_[i];
    std::u32string text = entry.abbreviation ? U"" : other_style(entry.text);
    if (text.empty() || by_text_.count(text)) continue;
    by_text_[text] = static_cast<int>(entries_.size());
    entry.text = text, entry.cost += kOtherStyle, entry.style_cost = kOtherStyle;
    entries_.push_back(entry);
  }
}

// Breadth first, so that the children of a node stand together.
void Lexicon::build_trie() {
  std::vector<std::pair<std::u32string, int>> sorted;
  for (const auto& [text, index] : by_text_) sorted.emplace_back(text, index);
  std::sort(sorted.begin(), sorted.end());
  struct Range {
    uint32_t node;
    size_t begin, end, depth;
  };
  nodes_.assign(1, {});
  std::deque<Range> todo = {{0, 0, sorted.size(), 0}};
  while (!todo.empty()) {
    Range r = todo.front();
    todo.pop_front();
    if (r.begin < r.end && sorted[r.begin].first.size() == r.depth) nodes_[r.node].entry = sorted[r.begin++].second;
    nodes_[r.node].first_child = static_cast<uint32_t>(nodes_.size());
    for (size_t i = r.begin; i < r.end;) {
      char32_t letter = sorted[i].first[r.depth];
      size_t j = i;
      while (j < r.end && sorted[j].first[r.depth] == letter) ++j;
      todo.push_back({static_cast<uint32_t>(nodes_.size()), i, j, r.depth + 1});
      nodes_.push_back({});
      nodes_.back().letter = static_cast<char16_t>(letter);
      ++nodes_[r.node].children;
      i = j;
    }
  }
  for (size_t i = nodes_.size(); i-- > 0;) {
    Node& node = nodes_[i];
    node.best_cost = node.entry >= 0 ? entries_[node.entry].cost : 1e9f;
    for (uint32_t k = 0; k < node.children; ++k) {
      node.best_cost = std::min(node.best_cost, nodes_[node.first_child + k].best_cost);
    }
  }
}

uint32_t Lexicon::child(uint32_t node, char32_t letter) const {
  const Node& n = nodes_[node];
  for (uint32_t i = n.first_child; i < n.first_child + n.children; ++i) {
    if (nodes_[i].letter == letter) return i;
  }
  return 0;
}

const std::vector<int>* Lexicon::by_bare(const std::u32string& bare) const {
  auto found = by_bare_.find(bare);
  return found == by_bare_.end() ? nullptr : &found->second;
}

bool Lexicon::known(const std::u32string& lower_word) const { return by_text_.count(lower_word) > 0; }

}  // namespace planscribe

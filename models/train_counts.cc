#include "models/train_counts.h"

#include <algorithm>
#include <numeric>

#include "models/letters.h"
#include "models/ngram.h"
#include "models/tokens.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

constexpr uint32_t kLineEnd = 0xFFFFFFFFu;
constexpr uint32_t kCutoff[2] = {2, 3};  // weighted counts below are dropped before estimation
constexpr size_t kLongestWord = 14;         // letters; what is longer is not Vietnamese

// The windows of three words that start at each word of a line, packed 16 bits a word, first word highest.
void add_windows(const std::vector<uint16_t>& line, std::vector<uint64_t>& out) {
  for (size_t i = 0; i < line.size(); ++i) {
    uint64_t key = 0;
    for (size_t k = 0; k < 3; ++k) key = key << 16 | (i + k < line.size() ? line[i + k] : 0);
    out.push_back(key);
  }
}

std::vector<uint64_t> windows_of(const std::vector<uint32_t>& tokens, const std::vector<uint16_t>& map) {
  std::vector<uint64_t> out;
  out.reserve(tokens.size() + tokens.size() / 8);
  std::vector<uint16_t> line = {kBegin};
  for (uint32_t token : tokens) {
    if (token != kLineEnd) {
      line.push_back(map[token]);
      continue;
    }
    line.push_back(kEnd);
    add_windows(line, out);
    line.assign(1, kBegin);
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Gathers sorted windows into levels: an n-gram is complete when the next window no longer begins with it.
class Gatherer {
 public:
  explicit Gatherer(Counts& counts) : counts_(counts) {
    counts_.first_child.assign(1, 0);
    counts_.word_spread.assign(counts.words.size(), 0);
  }

  void add(uint64_t key, uint32_t weight) {
    if (started_) {
      int same = 0;  // words shared with the window before
      while (same < 3 && part(key, same) == part(last_, same)) ++same;
      close(same);
    }
    started_ = true;
    last_ = key;
    for (uint32_t& run : run_) run += weight;
    ++seen_;
  }

  void finish() {
    if (started_) close(0);
    pad_first_words(static_cast<uint16_t>(counts_.words.size() - 1));
    counts_.levels[0].child.push_back(static_cast<uint32_t>(counts_.levels[1].size()));
    spread_pairs();
  }

 private:
  static uint16_t part(uint64_t key, int i) { return static_cast<uint16_t>(key >> (32 - 16 * i)); }

  void close(int same) {
    for (int order = 3; order > std::max(same, 1); --order) {
      emit(order - 2, part(last_, order - 1));
      run_[order - 1] = 0;
      if (order == 3) ++counts_.rare[1][seen_ < 5 ? seen_ : 0], seen_ = 0;
    }
    if (same == 0) pad_first_words(part(last_, 0)), run_[0] = 0;
  }

  void emit(int level, uint16_t word) {
    bool known = true;
    for (int i = 0; i < level + 2; ++i) known &= part(last_, i) != kUnknown;
    if (known && level == 0) ++counts_.word_spread[word];
    if (known && level == 1) tails_.push_back(static_cast<uint32_t>(part(last_, 1)) << 16 | word);
    CountLevel& out = counts_.levels[level];
    bool keep = known && run_[level + 1] >= kCutoff[level];
    if (keep) {
      out.word.push_back(word);
      out.count.push_back(run_[level + 1]);
      if (level < 1) out.child.push_back(first_open_);
    }
    if (level < 1) first_open_ = static_cast<uint32_t>(counts_.levels[1].size());
  }

  // Counts the different words before each pair: every triple seen, rare ones too, adds one to its last two words.
  void spread_pairs() {
    CountLevel& pairs = counts_.levels[0];
    std::sort(tails_.begin(), tails_.end());
    pairs.spread.assign(pairs.size(), 0);
    counts_.context_spread.assign(counts_.words.size(), 0);
    uint32_t first = 0, pair = 0;  // the entry sought, and the word it begins with
    for (size_t at = 0; at < tails_.size();) {
      size_t begin = at;
      while (at < tails_.size() && tails_[at] == tails_[begin]) ++at;
      auto times = static_cast<uint32_t>(at - begin);
      ++counts_.rare[0][times < 5 ? times : 0];
      if (first != tails_[begin] >> 16) first = tails_[begin] >> 16, pair = counts_.first_child[first];
      counts_.context_spread[first] += times;
      auto word = static_cast<uint16_t>(tails_[begin]);
      while (pair < counts_.first_child[first + 1] && pairs.word[pair] < word) ++pair;
      if (pair < counts_.first_child[first + 1] && pairs.word[pair] == word) pairs.spread[pair] = times;
    }
    std::vector<uint32_t>().swap(tails_);
    mend_spreads(pairs);
  }

  // Nothing stands before <s>: there the count itself is the measure. Pairs seen after unknown words only have one.
  void mend_spreads(CountLevel& pairs) {
    counts_.context_spread[kBegin] = counts_.word_count[kBegin];
    for (uint32_t first = 0; first < counts_.words.size(); ++first) {
      for (uint32_t i = counts_.first_child[first]; i < counts_.first_child[first + 1]; ++i) {
        if (first == kBegin) pairs.spread[i] = pairs.count[i];
        if (pairs.spread[i] == 0) pairs.spread[i] = 1, ++counts_.context_spread[first];
      }
    }
  }

  // Every first word up to this one ends its children here.
  void pad_first_words(uint16_t word) {
    while (counts_.first_child.size() < static_cast<size_t>(word) + 2) {
      counts_.first_child.push_back(static_cast<uint32_t>(counts_.levels[0].size()));
    }
  }

  Counts& counts_;
  uint64_t last_ = 0;
  bool started_ = false;
  std::vector<uint32_t> tails_;  // last two words of every different triple
  uint32_t run_[3] = {};
  uint32_t seen_ = 0;
  uint32_t first_open_ = 0;
};

}  // namespace

uint32_t Counter::token_id(const std::string& raw, bool is_word) {
  auto [found, fresh] = raw_ids_.try_emplace(raw, 0);
  if (!fresh) return found->second;
  std::string name = is_word ? to_lower(raw) : raw;
  auto [id, is_new] = ids_.try_emplace(name, static_cast<uint32_t>(names_.size()));
  if (is_new) names_.push_back(name), totals_.push_back(0);
  return found->second = id->second;
}

void Counter::read(std::istream& in, uint32_t weight) {
  streams_.push_back({weight, {}});
  std::vector<uint32_t>& tokens = streams_.back().tokens;
  std::string line;
  while (std::getline(in, line)) {
    std::u32string text = decode(line);
    for (const Token& token : tokenise(text)) {
      std::u32string_view part(text.data() + token.begin, token.end - token.begin);
      uint32_t id = token.kind == TokenKind::word     ? token_id(encode(part), true)
                    : token.kind == TokenKind::number ? token_id(kNumberWord, false)
                    : token.kind == TokenKind::code   ? token_id(kCodeWord, false)
                                                      : token_id(sign_word(part[0]), false);
      totals_[id] += weight;
      tokens.push_back(id);
    }
    tokens.push_back(kLineEnd);
  }
}

std::vector<uint16_t> Counter::choose_words(uint32_t min_count, size_t max_words, Counts& counts) const {
  std::vector<uint32_t> order(names_.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return totals_[a] != totals_[b] ? totals_[a] > totals_[b] : names_[a] < names_[b];
  });
  counts.words = {"<unk>", "<s>", "</s>"};
  counts.word_count = {0, 0, 0};
  std::vector<uint16_t> map(names_.size(), kUnknown);
  for (uint32_t id : order) {
    bool good = totals_[id] >= min_count && counts.words.size() < max_words &&
                (names_[id][0] == '<' || decode(names_[id]).size() <= kLongestWord);
    if (!good) {
      counts.word_count[kUnknown] += totals_[id];
      continue;
    }
    map[id] = static_cast<uint16_t>(counts.words.size());
    counts.words.push_back(names_[id]);
    counts.word_count.push_back(totals_[id]);
  }
  for (const Stream& stream : streams_) {
    counts.word_count[kEnd] +=
        stream.weight * static_cast<uint32_t>(std::count(stream.tokens.begin(), stream.tokens.end(), kLineEnd));
  }
  counts.word_count[kBegin] = counts.word_count[kEnd];
  return map;
}

Counts Counter::count(uint32_t min_count, size_t max_words) {
  Counts counts;
  std::vector<uint16_t> map = choose_words(min_count, max_words, counts);
  std::vector<std::pair<uint32_t, std::vector<uint64_t>>> sorted;
  for (Stream& stream : streams_) {
    sorted.emplace_back(stream.weight, windows_of(stream.tokens, map));
    std::vector<uint32_t>().swap(stream.tokens);
  }
  Gatherer gatherer(counts);
  std::vector<size_t> at(sorted.size(), 0);
  for (;;) {  // merge of a few sorted lists
    size_t best = sorted.size();
    for (size_t i = 0; i < sorted.size(); ++i) {
      if (at[i] == sorted[i].second.size()) continue;
      if (best == sorted.size() || sorted[i].second[at[i]] < sorted[best].second[at[best]]) best = i;
    }
    if (best == sorted.size()) break;
    gatherer.add(sorted[best].second[at[best]++], sorted[best].first);
  }
  gatherer.finish();
  return counts;
}

}  // namespace planscribe

#include "models/doubt.h"

#include <algorithm>
#include <bit>

#include "models/letters.h"
#include "models/lexicon.h"
#include "models/tokens.h"
#include "models/unicode.h"

namespace planscribe {
namespace {

Shape shape_of(std::u32string_view text, bool sentence_head) {
  size_t capitals = 0, letters = 0;
  for (char32_t c : text) capitals += is_upper(c), letters += is_letter(c);
  if (letters == 0) return Shape::sign;
  if (capitals == 0) return Shape::lower;
  if (capitals == letters) return letters == 1 ? Shape::initial : Shape::upper;
  return sentence_head ? Shape::head : Shape::title;
}

bool ends_sentence(std::u32string_view text) {
  return text.size() == 1 && std::u32string_view(U".!?:;-–\"“").find(text[0]) != std::u32string_view::npos;
}

}  // namespace

void Passage::add(const std::vector<const Column*>& line, const Decoded& decoded) {
  columns.insert(columns.end(), line.begin(), line.end());
  chosen.insert(chosen.end(), decoded.chosen.begin(), decoded.chosen.end());
  margin.insert(margin.end(), decoded.margin.begin(), decoded.margin.end());
  rivals.insert(rivals.end(), decoded.rivals.begin(), decoded.rivals.end());
}

void Passage::take(size_t& at, Decoded& decoded) const {
  std::copy_n(chosen.begin() + static_cast<long>(at), decoded.chosen.size(), decoded.chosen.begin());
  std::copy_n(margin.begin() + static_cast<long>(at), decoded.margin.size(), decoded.margin.begin());
  at += decoded.chosen.size();
}

uint32_t text_hash(std::string_view text) {
  uint32_t hash = 0x811C9DC5u;
  for (unsigned char c : text) hash = (hash ^ c) * 0x01000193u;
  return hash ^ hash >> 15;
}

WordHashes::WordHashes(const NgramModel& model) {
  known_.reserve(model.size());
  for (size_t id = 0; id < model.size(); ++id) {
    std::string_view word = model.word(static_cast<WordId>(id));
    bool plain = std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    uint32_t hash = text_hash(word);
    known_.push_back({hash, plain ? hash : text_hash(encode(bare_lower(decode(word))))});
  }
}

ContextWord WordHashes::of(WordId id, std::u32string_view text) const {
  if (id != kUnknown) return known_[id];
  return {text_hash(to_lower(encode(text))), text_hash(encode(bare_lower(text)))};
}

Reader::Reader(const NgramModel& model, const WordHashes& hashes, const Passage& passage, float doubt)
    : model_(model), hashes_(hashes), passage_(passage), doubt_(doubt) {
  flatten();
}

void Reader::flatten() {
  size_t columns = passage_.columns.size();
  place_.reserve(columns), words_.reserve(columns + 1), ids_.reserve(columns + 2);
  ids_.push_back(kBegin);
  for (size_t i = 0; i < passage_.columns.size(); ++i) {
    place_.push_back(-1);
    if (passage_.chosen[i] == kJoined) continue;
    const Option& option = (*passage_.columns[i])[passage_.chosen[i]];
    if (option.size == 1 && !option.joins) place_.back() = static_cast<int>(words_.size());
    enter(option);
  }
  pairs_ = model_.find_pairs(ids_);
}

void Reader::enter(const Option& option) {
  for (int k = 0; k < option.size; ++k) {
    ContextWord word = hashes_.of(option.ids[k], option.text);
    word.shape = shape_of(option.text, sentence_head_);
    sentence_head_ = word.shape == Shape::sign && (ends_sentence(option.text) || sentence_head_);
    words_.push_back(word);
    ids_.push_back(option.ids[k]);
  }
}

// Of a word and the two after it, which see it; before and after: its pairs with its neighbours. What is over the limit after
// a first look is not reckoned out.
float Reader::cost_of(size_t place, const Option& option, const NgramModel::Found& before, const NgramModel::Found& after,
                      float limit) const {
  constexpr float kFirstLook = 4;  // nats by which the whole cost may be less
  NgramModel::Context known = model_.context(place > 0 ? pairs_[place - 1].entry : kNone);
  float cost = option.cost + model_.cost_of(known, option.ids[0], before);
  if (place + 1 == words_.size()) return cost;
  if (cost + after.cost > limit + kFirstLook) return cost + after.cost;
  cost += model_.cost_of(model_.context(before.entry), ids_[place + 2], after);
  if (place + 2 < words_.size()) cost += model_.cost_of(model_.context(after.entry), ids_[place + 3], pairs_[place + 2]);
  return cost;
}

// Spares two look-ups for each of the many readings that are next to never right.
constexpr float kRarer = 7.5f;  // nats by which a word alone may be dearer than the chosen one

// The other readings worth reckoning; what the model knows of them is fetched ahead.
void Reader::ask(size_t column) {
  rivals_.clear();
  const Column& options = *passage_.columns[column];
  if (place_[column] < 0 || options.size() < 2) return;
  auto place = static_cast<size_t>(place_[column]);
  if (words_[place].shape == Shape::sign) return;
  int chosen = passage_.chosen[column];
  uint64_t near = passage_.rivals.empty() ? ~uint64_t{0} : passage_.rivals[column];
  if ((near & ~rival_bit(chosen)) == 0) return;
  float common = model_.word_cost(options[chosen].ids[0]);
  NgramModel::Row row = model_.row_of(ids_[place]);
  for (size_t i = 0; i < options.size(); ++i) {
    const Option& option = options[i];
    if (option.size != 1 || option.joins || static_cast<int>(i) == chosen || !(near & rival_bit(static_cast<int>(i)))) continue;
    if (model_.word_cost(option.ids[0]) > common + kRarer) continue;
    Rival rival = {static_cast<int>(i), hashes_.of(option.ids[0], option.text)};
    if (rival.word.bare != words_[place].bare) continue;
    rival.word.shape = words_[place].shape;
    auto home = [&](const NgramModel::Row& first, WordId second) {
      Kin kin = model_.kin_of(second);
      uint32_t at = model_.may_hold(first, kin) & word_bit(second) ? model_.home(first, kin) : kNone;
      model_.prefetch(at);
      return at;
    };
    rival.before_home = home(row, option.ids[0]);
    if (place + 1 < words_.size()) rival.after_home = home(model_.row_of(option.ids[0]), ids_[place + 2]);
    rivals_.push_back(rival);
  }
}

void Reader::look_up(size_t place, const Option& option, Rival& rival) const {
  auto pair = [&](WordId first, WordId second, uint32_t home) {
    NgramModel::Row row = model_.row_of(first);
    return home == kNone ? model_.absent(row, second) : model_.look_up(row, second, home);
  };
  rival.before = pair(ids_[place], option.ids[0], rival.before_home);
  if (place + 1 == words_.size()) return;
  rival.after = pair(option.ids[0], ids_[place + 2], rival.after_home);
  model_.prefetch(model_.context(rival.before.entry), model_.kin_of(ids_[place + 2]));
  if (place + 2 < words_.size()) model_.prefetch(model_.context(rival.after.entry), model_.kin_of(ids_[place + 3]));
}

const std::vector<Choice>& Reader::choices(size_t column) {
  choices_.clear();
  ask(column);
  if (rivals_.empty()) return choices_;
  const Column& options = *passage_.columns[column];
  auto place = static_cast<size_t>(place_[column]);
  bool last = place + 1 == words_.size();
  int chosen = passage_.chosen[column];
  for (Rival& rival : rivals_) look_up(place, options[rival.option], rival);
  float best = cost_of(place, options[chosen], pairs_[place], last ? NgramModel::Found{} : pairs_[place + 1], 1e9f);
  choices_.push_back({chosen, words_[place], best, options[chosen].cost});
  for (const Rival& rival : rivals_) {
    const Option& option = options[rival.option];
    choices_.push_back({rival.option, rival.word, cost_of(place, option, rival.before, rival.after, best + doubt_), option.cost});
    best = std::min(best, choices_.back().cost);
  }
  for (Choice& choice : choices_) choice.cost -= best;
  std::erase_if(choices_, [&](const Choice& c) { return c.cost > doubt_ && c.option != chosen; });
  return choices_;
}

void Reader::choose(size_t column, const Choice& choice) {
  auto place = static_cast<size_t>(place_[column]);
  words_[place] = choice.word;
  ids_[place + 1] = (*passage_.columns[column])[choice.option].ids[0];
  pairs_[place] = model_.find_pair(ids_[place], ids_[place + 1]);
  if (place + 1 < words_.size()) pairs_[place + 1] = model_.find_pair(ids_[place + 1], ids_[place + 2]);
}

DocumentCounts::DocumentCounts(size_t words) {
  int bits = static_cast<int>(std::bit_width(words)) + 4;  // six to eight counts a word
  count_.assign(size_t{1} << bits, 0), shift_ = 64 - bits;
}

uint8_t& DocumentCounts::slot(Kind kind, uint32_t word, uint32_t neighbour) const {
  uint64_t key = (static_cast<uint64_t>(word) << 32 | neighbour) + static_cast<uint64_t>(kind) * 0x9E3779B97F4A7C15ull;
  key = (key ^ key >> 32) * 0xD6E8FEB86659FD93ull;
  return count_[(key ^ key >> 32) * 0xD6E8FEB86659FD93ull >> shift_];
}

namespace {

constexpr DocumentCounts::Kind kKinds[] = {DocumentCounts::Kind::any, DocumentCounts::Kind::name, DocumentCounts::Kind::before,
                                           DocumentCounts::Kind::after};

// The neighbour a kind looks at; nullptr when the kind says nothing about this place.
const ContextWord* neighbour_of(DocumentCounts::Kind kind, std::span<const ContextWord> words, size_t at) {
  static constexpr ContextWord kNobody;
  if (kind == DocumentCounts::Kind::any) return &kNobody;
  if (kind == DocumentCounts::Kind::name) return words[at].shape == Shape::title || words[at].shape == Shape::head ? &kNobody : nullptr;
  size_t next = kind == DocumentCounts::Kind::before ? at - 1 : at + 1;  // wraps at the head
  return next < words.size() && words[next].shape != Shape::sign ? &words[next] : nullptr;
}

// A capital at the head of a sentence asks for names but is none itself.
bool counts_itself(DocumentCounts::Kind kind, const ContextWord& word) {
  return kind != DocumentCounts::Kind::name || word.shape == Shape::title;
}

}  // namespace

void DocumentCounts::add(std::span<const ContextWord> words) {
  auto up = [](uint8_t& count) { count = static_cast<uint8_t>(count + (count < 255)); };
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].shape == Shape::sign) continue;
    for (Kind kind : kKinds) {
      const ContextWord* neighbour = neighbour_of(kind, words, i);
      if (!neighbour || !counts_itself(kind, words[i])) continue;
      up(slot(kind, words[i].word, neighbour->bare)), up(slot(kind, ~words[i].bare, neighbour->bare));
    }
  }
}

DocumentCounts::Times DocumentCounts::times(Kind kind, std::span<const ContextWord> words, size_t at, const ContextWord& reading) const {
  const ContextWord* neighbour = neighbour_of(kind, words, at);
  if (!neighbour) return {-1, -1};
  int self = counts_itself(kind, words[at]);
  int same = slot(kind, reading.word, neighbour->bare) - (self && words[at].word == reading.word);
  int all = slot(kind, ~reading.bare, neighbour->bare) - self;
  return {std::max(same, 0), std::max(all - same, 0)};
}

}  // namespace planscribe

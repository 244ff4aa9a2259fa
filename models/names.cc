#include "models/names.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "models/letters.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr float kPerson = 1.5f;  // nats a listed family or middle name gains where a person's name begins
constexpr float kPlace = 2.0f;   // nats each word of a listed place gains after what it is, or before the date
constexpr float kLikely = 2.5f;  // cost up to which a word is taken to be what it may have been read for

// Calls take with the words of each line; lines that begin with # are comments.
template <typename Take>
void for_each_line(const std::string& path, Take take) {
  std::ifstream file(path);
  if (!file) throw Error(ExitCode::invalid_data, path + ": cannot be opened; reinstall the models");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::vector<std::u32string> out;
    for (std::string word; words >> word;) out.push_back(decode(word));
    take(out);
  }
}

bool is_name_word(const Piece& piece) {
  return is_word(piece) && piece.text.size() > 1 && is_upper(piece.text[0]);
}

bool has_entry(const Option& option, std::span<const int> entries) {
  return option.size == 1 && !option.joins && option.entry >= 0 && std::find(entries.begin(), entries.end(), option.entry) != entries.end();
}

// A signature: capitalised words alone on a line.
bool is_person_line(const DocumentLine& line) {
  constexpr size_t kLeast = 2, kMost = 5;
  if (line.pieces.size() < kLeast || line.pieces.size() > kMost) return false;
  return std::all_of(line.pieces.begin(), line.pieces.end(), [](const Piece& piece) { return is_name_word(piece) && !in_capitals(piece.text); });
}

}  // namespace

Names::Names(const Lexicon& lexicon, const std::string& folder) {
  for (auto [file, entries] : {std::pair("/lexicon/family_names.txt", &families_), std::pair("/lexicon/middle_names.txt", &middles_)}) {
    for_each_line(folder + file, [&](const std::vector<std::u32string>& words) {
      for (const std::u32string& word : words) entries->push_back(lexicon.find(word));
    });
  }
  for_each_line(folder + "/lexicon/place_names.txt", [&](const std::vector<std::u32string>& words) {
    Name name;
    for (const std::u32string& word : words) name.push_back(lexicon.find(word));
    if (std::find(name.begin(), name.end(), -1) == name.end()) places_.push_back(std::move(name));
  });
  std::sort(places_.begin(), places_.end());
  // Communes and wards have names of their own, which the list does not know.
  for (const char32_t* word : {U"tỉnh", U"huyện", U"quận", U"phố"}) units_.push_back(lexicon.find(word));
  towns_.push_back(lexicon.find(U"xã")), town_mark_ = lexicon.find(U"thị");
  for (const char32_t* word : {U"ông", U"bà", U"chí"}) titles_.push_back(lexicon.find(word));
  days_.push_back(lexicon.find(U"ngày"));
}

std::span<const Names::Name> Names::places_from(int entry) const {
  auto first = std::lower_bound(places_.begin(), places_.end(), Name{entry}), last = std::lower_bound(first, places_.end(), Name{entry + 1});
  return {first, last};
}

void Names::favour(DocumentLine& line, OptionMaker& maker) const {
  const bool person_line = is_person_line(line);
  for (size_t k = 0; k + 1 < line.pieces.size(); ++k) {
    if (!is_name_word(line.pieces[k]) || !is_name_word(line.pieces[k + 1])) continue;
    if (person_line ? k == 0 : after(line, k, titles_)) favour_person(line, k, maker);
    favour_place(line, k, maker);
  }
}

// Nguyễn Văn An: what stands second of three is a middle name.
void Names::favour_person(DocumentLine& line, size_t at, OptionMaker& maker) const {
  auto favour_listed = [&](size_t k, const std::vector<int>& names) {
    auto listed = [&](int entry) { return std::find(names.begin(), names.end(), entry) != names.end(); };
    line.columns[k] = maker.favoured(line.pieces[k], line.columns[k], kPerson, listed);
  };
  favour_listed(at, families_);
  if (at + 2 < line.pieces.size() && is_name_word(line.pieces[at + 2])) favour_listed(at + 1, middles_);
}

// Of several places that fit, the longest.
void Names::favour_place(DocumentLine& line, size_t at, OptionMaker& maker) const {
  const bool after_unit = after(line, at, units_) || (after(line, at, towns_) && after(line, at - 1, {&town_mark_, 1}));
  std::vector<const Name*> found;
  for (const Option& option : *line.columns[at]) {
    if (option.entry < 0 || option.size != 1) continue;
    for (const Name& name : places_from(option.entry)) {
      if (fits(line, at, name) && (after_unit || before_date(line, at + name.size()))) found.push_back(&name);
    }
  }
  size_t longest = 0;
  for (const Name* name : found) longest = std::max(longest, name->size());
  for (size_t i = 0; i < longest; ++i) {
    auto in_place = [&](int entry) {
      return std::any_of(found.begin(), found.end(), [&](const Name* name) { return name->size() == longest && (*name)[i] == entry; });
    };
    line.columns[at + i] = maker.favoured(line.pieces[at + i], line.columns[at + i], kPlace, in_place);
  }
}

bool Names::fits(const DocumentLine& line, size_t at, const Name& name) const {
  if (at + name.size() > line.pieces.size()) return false;
  for (size_t i = 0; i < name.size(); ++i) {
    const Column& column = *line.columns[at + i];
    if (!is_name_word(line.pieces[at + i])) return false;
    if (std::none_of(column.begin(), column.end(), [&](const Option& o) { return has_entry(o, {&name[i], 1}); })) return false;
  }
  return true;
}

// Whether the piece before may well be one of the words.
bool Names::after(const DocumentLine& line, size_t at, std::span<const int> words) const {
  if (at == 0) return false;
  const Column& column = *line.columns[at - 1];
  return std::any_of(column.begin(), column.end(), [&](const Option& o) { return o.cost < kLikely && has_entry(o, words); });
}

// "Trà Ôn, ngày": what stands there begins with a comma and the day.
bool Names::before_date(const DocumentLine& line, size_t at) const {
  return at + 1 < line.pieces.size() && line.pieces[at].text == U"," && after(line, at + 2, days_);
}

}  // namespace planscribe

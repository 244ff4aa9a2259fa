#include "models/rescore_corpus.h"

#include <algorithm>
#include <fstream>

#include "models/letters.h"
#include "models/options.h"
#include "models/unicode.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr size_t kDocument = 400;  // lines
constexpr BeamLimits kBeam = {6, 10};

template <typename T>
void write_values(std::ofstream& file, const std::vector<T>& values) {
  uint64_t count = values.size();
  file.write(reinterpret_cast<const char*>(&count), sizeof count);
  file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(count * sizeof(T)));
}

template <typename T>
void read_values(std::ifstream& file, std::vector<T>& values) {
  uint64_t count = 0;
  file.read(reinterpret_cast<char*>(&count), sizeof count);
  size_t old = values.size();
  values.resize(old + count);
  file.read(reinterpret_cast<char*>(values.data() + old), static_cast<std::streamsize>(count * sizeof(T)));
}

std::u32string without_marks(const std::u32string& text) {
  std::u32string out;
  for (char32_t c : text) out += bare(c);
  return out;
}

}  // namespace

void RescoreCorpus::save(const std::string& path) const {
  std::ofstream file(path, std::ios::binary);
  write_values(file, words), write_values(file, passages), write_values(file, places), write_values(file, readings);
  if (!file.flush()) throw Error(ExitCode::file_access, path + ": cannot be written");
}

void RescoreCorpus::load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  auto word_base = static_cast<uint32_t>(words.size()), reading_base = static_cast<uint32_t>(readings.size());
  size_t passage_base = passages.size(), place_base = places.size();
  read_values(file, words), read_values(file, passages), read_values(file, places), read_values(file, readings);
  if (!file) throw Error(ExitCode::input_file, path + ": cannot be read");
  for (size_t i = passage_base; i < passages.size(); ++i) passages[i] += word_base;
  for (size_t i = place_base; i < places.size(); ++i) {
    places[i].passage += static_cast<uint32_t>(passage_base), places[i].first += reading_base;
  }
}

struct RescoreCollector::Line {
  std::u32string truth;
  std::vector<Piece> pieces;
  Passage passage;

  std::u32string_view truth_of(size_t piece) const {
    return std::u32string_view(truth).substr(pieces[piece].begin, pieces[piece].end - pieces[piece].begin);
  }
};

void RescoreCollector::read(std::istream& in, RescoreCorpus& out) const {
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(to_nfc(line));
    if (lines.size() == kDocument) add_document(lines, out), lines.clear();
  }
  add_document(lines, out);
}

void RescoreCollector::add_document(const std::vector<std::string>& lines, RescoreCorpus& out) const {
  OptionMaker maker(model_, lexicon_, finder_, Damage::marks, 0);
  Decoder decoder(model_, kBeam);
  std::vector<Line> decoded(lines.size());
  NameCounts names;
  for (size_t i = 0; i < lines.size(); ++i) {
    Line& line = decoded[i];
    line.truth = decode(lines[i]);
    std::u32string stripped = without_marks(line.truth);
    line.pieces = split_line(stripped);
    for (const Piece& piece : line.pieces) line.passage.columns.push_back(maker.options(piece));
    decide(line, decoder);
    if (!quick_) names.add(Reader(model_, hashes_, line.passage).words());
  }
  for (const Line& line : decoded) add_passage(line, names, out);
}

void RescoreCollector::decide(Line& line, Decoder& decoder) const {
  if (!quick_) {
    Decoded result = decoder.decode(line.passage.columns);
    line.passage.chosen = std::move(result.chosen), line.passage.margin = std::move(result.margin);
    return;
  }
  for (size_t i = 0; i < line.pieces.size(); ++i) {
    const Column& column = *line.passage.columns[i];
    std::u32string truth = decode(to_lower(encode(line.truth_of(i))));
    auto same = [&](const Option& o) { return lower_text(o.text) == truth; };
    auto found = std::find_if(column.begin(), column.end(), same);
    line.passage.chosen.push_back(found == column.end() ? 0 : static_cast<int>(found - column.begin()));
  }
  line.passage.margin.assign(line.pieces.size(), 0);
}

void RescoreCollector::add_passage(const Line& line, const NameCounts& names, RescoreCorpus& out) const {
  Reader reader(model_, hashes_, line.passage);
  if (out.passages.empty()) out.passages.push_back(0);
  auto index = static_cast<uint32_t>(out.passages.size() - 1);
  out.words.insert(out.words.end(), reader.words().begin(), reader.words().end());
  out.passages.push_back(static_cast<uint32_t>(out.words.size()));
  for (size_t i = 0; i < line.pieces.size(); ++i) {
    const Piece& piece = line.pieces[i];
    if (piece.kind != PieceKind::word) continue;
    std::string truth = to_lower(encode(line.truth_of(i)));
    uint32_t right = text_hash(truth);
    const Option& chosen = (*line.passage.columns[i])[line.passage.chosen[i]];
    bool wrong = text_hash(to_lower(encode(chosen.text))) != right;
    ++out.syllables, out.wrong += wrong;
    const std::vector<Choice>& choices = reader.choices(i);
    RescoreCorpus::Place place = {index, static_cast<uint32_t>(reader.place(i)),
                                  static_cast<uint32_t>(out.readings.size()), static_cast<uint16_t>(choices.size()), 0};
    while (place.right < choices.size() && choices[place.right].word.word != right) ++place.right;
    if (place.right == choices.size()) out.out_of_reach += wrong;
    if (choices.size() < 2 || place.right == choices.size()) continue;
    const ContextWord& decided = reader.words()[place.at];
    for (const Choice& c : choices) {
      out.readings.push_back({c.word.word, quick_ ? 0 : static_cast<uint32_t>(name_key(names, decided, c.word)), c.cost});
    }
    out.places.push_back(place);
  }
}

}  // namespace planscribe

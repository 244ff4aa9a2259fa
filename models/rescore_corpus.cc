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
constexpr float kWidestDoubt = 8;  // nats; fitting may narrow it

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
  write_values(file, documents);
  if (!file.flush()) throw Error(ExitCode::file_access, path + ": cannot be written");
}

void RescoreCorpus::load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  auto word_base = static_cast<uint32_t>(words.size()), reading_base = static_cast<uint32_t>(readings.size());
  size_t passage_base = passages.size(), place_base = places.size(), document_base = documents.size();
  read_values(file, words), read_values(file, passages), read_values(file, places), read_values(file, readings);
  read_values(file, documents);
  if (!file) throw Error(ExitCode::input_file, path + ": cannot be read");
  for (size_t i = passage_base; i < passages.size(); ++i) passages[i] += word_base;
  for (size_t i = place_base; i < places.size(); ++i) {
    places[i].passage += static_cast<uint32_t>(passage_base), places[i].first += reading_base;
  }
  for (size_t i = document_base; i < documents.size(); ++i) documents[i] += static_cast<uint32_t>(passage_base);
}

void RescoreCorpus::narrow(float doubt) {
  size_t kept = 0, end = 0;
  for (Place place : places) {
    size_t from = place.first, right = from + place.right;
    bool reachable = readings[right].cost <= doubt;
    place.first = static_cast<uint32_t>(end);
    for (size_t r = from; r < from + place.size; ++r) {
      if (r == right) place.right = static_cast<uint16_t>(end - place.first);
      if (readings[r].cost <= doubt) readings[end++] = readings[r];
    }
    place.size = static_cast<uint16_t>(end - place.first);
    if (reachable && place.size > 1) {
      places[kept++] = place;
    } else {
      end = place.first;
    }
  }
  places.resize(kept), readings.resize(end);
}

struct RescoreCollector::Line {
  std::u32string truth, stripped;  // the options' texts point into stripped
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
  for (size_t i = 0; i < lines.size(); ++i) {
    Line& line = decoded[i];
    line.truth = decode(lines[i]);
    line.stripped = without_marks(line.truth);
    line.pieces = split_line(line.stripped);
    for (const Piece& piece : line.pieces) line.passage.columns.push_back(maker.options(piece));
    Decoded result = decoder.decode(line.passage.columns);
    line.passage.chosen = std::move(result.chosen), line.passage.margin = std::move(result.margin);
  }
  if (out.passages.empty()) out.passages.push_back(0);
  out.documents.push_back(static_cast<uint32_t>(out.passages.size() - 1));
  for (const Line& line : decoded) add_passage(line, out);
}

void RescoreCollector::add_passage(const Line& line, RescoreCorpus& out) const {
  Reader reader(model_, hashes_, line.passage, kWidestDoubt);
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
    for (const Choice& c : choices) out.readings.push_back({c.word.word, c.cost});
    out.places.push_back(place);
  }
}

}  // namespace planscribe

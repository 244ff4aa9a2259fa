// The binary model files: small ones made by hand give known costs, damaged ones are refused whatever the damage.
#include <array>
#include <cmath>
#include <fstream>
#include <random>

#include "catch.h"
#include "models/rescorer.h"
#include "pipeline/error.h"
#include "tests/models/scratch.h"

using namespace planscribe;

namespace {

std::string scratch(const std::string& name) { return (scratch_folder() / name).string(); }

std::vector<char> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

// Words: <unk> <s> </s> hàng hằng năm; pairs: hàng năm, hằng năm; one triple: hàng năm </s>.
struct TinyModel {
  std::vector<NgramHeader> header;
  std::vector<char> words = bytes_of("<unk>\n<s>\n</s>\nhàng\nhằng\nnăm\n");
  std::vector<float> cost = {9, 20, 2, 3, 5, 4}, frequency = {8, 19, 1, 2, 4, 3}, backoff = {0, 0.5f, 0, 1, 2, 0.25f};
  std::vector<uint32_t> child = {0, 0, 0, 0, 1, 2, 2}, base = {0};
  std::vector<NgramPair> pairs = {{5, 0, 12, 24}, {5, 1, 24, 0}, {0, 1, 0, 0}};
  std::vector<NgramTriple> triples = {{2, 0, 6}};
  std::array<uint32_t, 3> counts = {6, 2, 1};

  std::string write(const std::string& name) {
    header = {{3, {counts[0], counts[1], counts[2]}, static_cast<uint32_t>(words.size())}};
    ModelFileWriter out;
    out.add(header), out.add(words), out.add(cost), out.add(frequency), out.add(backoff), out.add(child), out.add(base), out.add(pairs);
    out.add(triples);
    out.write(scratch(name), kNgramSignature, kNgramVersion);
    return scratch(name);
  }
};

std::string refusal(const std::string& path) {
  try {
    NgramModel model(path);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::invalid_data);
    CHECK(std::string(error.what()).find(path) == 0);
    return error.what();
  }
  return "";
}

Option word(const NgramModel& model, std::u32string_view text, std::string_view name, float cost) {
  Option o;
  o.text = text, o.ids[0] = model.id(name), o.cost = cost;
  return o;
}

}  // namespace

TEST_CASE("costs of words, pairs, triples and what is backed off to") {
  NgramModel model(TinyModel().write("tiny.lm"));
  WordId hang = model.id("hàng"), nam = model.id("năm");
  REQUIRE(hang == 3);
  CHECK(model.id("hang") == kUnknown);
  CHECK(model.word_cost(nam) == Approx(3));
  NgramModel::State one, two, end;
  CHECK(model.extend(model.begin_state(), hang, one) == Approx(0.5 + 3));  // no pair: back-off and the word alone
  CHECK(model.extend(one, nam, two) == Approx(1.0));
  CHECK(model.extend(two, kEnd, end) == Approx(0.5));                      // the triple
  CHECK(model.extend(two, hang, end) == Approx(1.0 + 0.25 + 3));           // both back-offs
  CHECK(model.find_pair(nam, nam).entry == kNone);
}

TEST_CASE("words after a pair with many followers are found, others are not") {
  constexpr int kFollowers = 40;
  TinyModel tiny;
  for (int i = 0; i < 2 * kFollowers; ++i) {
    for (char c : std::to_string(i) + "w\n") tiny.words.push_back(c);
    tiny.cost.push_back(7), tiny.frequency.push_back(6), tiny.backoff.push_back(0), tiny.child.push_back(2);
  }
  tiny.triples.clear();
  for (int i = 0; i < kFollowers; ++i) tiny.triples.push_back({static_cast<uint8_t>(6 + 2 * i), 0, 12});
  tiny.pairs[1].child = tiny.pairs[2].child = kFollowers;
  tiny.counts = {6 + 2 * kFollowers, 2, kFollowers};
  NgramModel model(tiny.write("followers.lm"));
  NgramModel::Context context = model.context(model.find_pair(model.id("hàng"), model.id("năm")).entry);
  REQUIRE(context.end - context.begin == kFollowers);
  for (int i = 0; i < 2 * kFollowers; ++i) {
    CHECK(model.cost_after(context, model.id(std::to_string(i) + "w")) == (i % 2 == 0 ? Approx(1) : Approx(-1)));
  }
}

TEST_CASE("a file whose offsets lead astray is refused though its checksum is right") {
  TinyModel descending, beyond, stranger, short_words;
  descending.child = {0, 0, 0, 2, 1, 2, 2};
  beyond.pairs[1].child = 9;
  stranger.pairs[0].word = 600;
  short_words.words = bytes_of("<unk>\n<s>\n");
  for (TinyModel* model : {&descending, &beyond, &stranger, &short_words}) {
    CHECK(refusal(model->write("astray.lm")).find("is damaged") != std::string::npos);
  }
}

TEST_CASE("a model with any bytes changed or cut off is refused") {
  std::string path = TinyModel().write("whole.lm"), spoilt = scratch("spoilt.lm");
  std::ifstream file(path, std::ios::binary);
  std::string whole{std::istreambuf_iterator<char>(file), {}};
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = whole;
    if (round % 2) {
      bytes.resize(random() % bytes.size());
    } else {
      size_t at = random() % bytes.size();
      bytes[at] = static_cast<char>(bytes[at] ^ (1 + random() % 255));
    }
    std::ofstream(spoilt, std::ios::binary) << bytes;
    CHECK(refusal(spoilt) != "");
  }
}

TEST_CASE("the rescorer turns to the reading its features speak for, and leaves other letters alone") {
  NgramModel model(TinyModel().write("rescored.lm"));
  Column doubtful = {word(model, U"hàng", "hàng", 0), word(model, U"hằng", "hằng", 0), word(model, U"năm", "năm", -5)};
  Column after = {word(model, U"năm", "năm", 0)};
  doubtful[0].own = true;
  Passage passage = {{&doubtful, &after}, {0, 0}, {0, 0}};
  WordHashes hashes(model);
  Reader reader(model, hashes, passage, 8);
  REQUIRE(reader.choices(0).size() == 2);  // năm has other letters
  Keys keys;
  context_keys(reader.words(), 0, keys);
  auto write = [&](size_t level) {
    std::vector<RescoreLine> lines(4, RescoreLine{});
    uint64_t feature = feature_of(keys.key[1], text_hash("hằng"));
    RescoreLine& line = lines[rescore_line(feature, 4)];
    line.slot[rescore_group(feature)][3] = static_cast<uint16_t>(rescore_print(feature) | level);
    ModelFileWriter out;
    out.add(std::vector<RescoreHeader>{{4, 1.0f, 8.0f, {}}}), out.add(lines);
    out.write(scratch("tiny.rescore"), kRescoreSignature, kRescoreVersion);
    return Rescorer(scratch("tiny.rescore"), model);
  };
  std::vector<Passage> document = {passage};
  float gap = reader.choices(0)[1].cost - reader.choices(0)[0].cost;  // hằng is dearer by this
  REQUIRE(gap > 1);
  size_t enough = kRescoreLevels.size() - 1;
  REQUIRE(kRescoreLevels[enough] > gap);
  while (enough > 0 && kRescoreLevels[enough - 1] > gap) --enough;
  write(enough - 1).rescore(document);
  CHECK(document[0].chosen[0] == 0);
  write(enough).rescore(document);
  CHECK(document[0].chosen[0] == 1);
  CHECK(document[0].chosen[1] == 0);
}

TEST_CASE("what a document decided elsewhere counts, the place itself does not") {
  auto word = [](const char* text, const char* bare, Shape shape) { return ContextWord{text_hash(text), text_hash(bare), shape}; };
  ContextWord ba = word("bà", "ba", Shape::lower), nhan = word("nhàn", "nhan", Shape::title), other = word("nhạn", "nhan", Shape::title);
  std::vector<ContextWord> first = {ba, nhan}, second = {ba, nhan}, third = {ba, other};
  DocumentCounts counts(6);
  for (const auto* passage : {&first, &second, &third}) counts.add(*passage);
  using Kind = DocumentCounts::Kind;
  for (Kind kind : {Kind::any, Kind::name, Kind::before}) {
    CHECK(counts.times(kind, first, 1, nhan).same == 1);
    CHECK(counts.times(kind, first, 1, nhan).other == 1);
    CHECK(counts.times(kind, third, 1, nhan).same == 2);
    CHECK(counts.times(kind, third, 1, other).same == 0);
  }
  CHECK(counts.times(Kind::after, first, 1, nhan).same == -1);  // nothing follows
  CHECK(counts.times(Kind::name, first, 0, ba).same == -1);     // no name
  CHECK(document_keys(counts, first, 1, nhan) != document_keys(counts, third, 1, nhan));
}

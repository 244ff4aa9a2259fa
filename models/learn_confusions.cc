// planscribe-learn-confusions: what gets read for what, learned from lines printed and read.
//
//   planscribe-learn-confusions OUT.tsv PAIRS.tsv...
//
// PAIRS.tsv holds truth TAB reading, a line each (make_pairs.py writes it). Letters are aligned, counted and aligned
// again with the costs that follow from the counts, until nothing moves much (three rounds). Counts of a letter are
// smoothed with those of all letters like it (same base letter, with or without marks), so that a letter hardly seen
// behaves like its kin.
#include <cmath>
#include <cstdio>
#include <fstream>
#include <set>

#include "models/align.h"
#include "models/letters.h"
#include "models/text_pairs.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr int kRounds = 3;
constexpr double kKinWeight = 12;     // pseudo-counts given to the kin of a letter
constexpr double kDearest = 11;       // nats; rarer readings are not worth a candidate
constexpr double kOtherCase = 2.5;     // nats of a letter read in the other case
constexpr const char32_t* kSame = U"\uFFFC";  // stands for the letter itself among its kin

using Pairs = std::vector<LetterPair>;

Pairs read_pairs(const std::string& name) {
  TextPairs lines = read_text_pairs(name);
  Pairs out;
  for (size_t i = 0; i < lines.truth.size(); ++i) out.emplace_back(decode(lines.truth[i]), decode(lines.reading[i]));
  return out;
}

// The kin of a group: base letters, case kept, and whether any has a mark.
std::u32string kin(const std::u32string& truth) {
  std::u32string out;
  bool marked = false;
  for (char32_t c : truth) out += bare(c), marked |= has_mark(c);
  return out + (marked ? U"'" : U"");
}

struct Tally {
  std::map<LetterPair, double> pairs, kin_pairs;
  std::map<std::u32string, double> truths, kins;
  double letters = 0;

  void add(const LetterPair& p) {
    letters += static_cast<double>(p.first.size());
    pairs[p] += 1;
    if (p.first.empty()) return;
    kin_pairs[{kin(p.first), p.second == p.first ? kSame : p.second}] += 1;
  }

  // How often a group of letters stood in the text, however it was aligned.
  void count_text(const std::u32string& text) {
    for (size_t i = 0; i < text.size(); ++i) {
      for (size_t n = 1; n <= 2 && i + n <= text.size(); ++n) {
        std::u32string part = text.substr(i, n);
        truths[part] += 1, kins[kin(part)] += 1;
      }
    }
  }

  double cost(const LetterPair& p) const {
    auto get = [](const auto& map, const auto& key) {
      auto found = map.find(key);
      return found == map.end() ? 0.0 : found->second;
    };
    if (p.first.empty()) return -std::log(get(pairs, p) / letters);
    std::u32string of = kin(p.first);
    double kin_total = get(kins, of);
    double kin_share = kin_total > 0 ? get(kin_pairs, LetterPair{of, p.second == p.first ? kSame : p.second}) / kin_total : 0;
    double share = (get(pairs, p) + kKinWeight * kin_share) / (get(truths, p.first) + kKinWeight);
    return share > 0 ? -std::log(share) : 99;
  }
};

Tally tally(const Aligner& aligner, const Pairs& lines) {
  Tally out;
  for (const auto& [truth, reading] : lines) {
    std::vector<LetterPair> groups = aligner.align(truth, reading);
    if (groups.empty()) continue;
    out.count_text(truth);
    for (const LetterPair& group : groups) out.add(group);
  }
  return out;
}

std::map<LetterPair, float> costs_of(const Tally& t) {
  std::map<LetterPair, float> out;
  for (const auto& [pair, count] : t.pairs) out[pair] = static_cast<float>(t.cost(pair));
  return out;
}

// Letters the print may hold even if the sample did not: every marked form, both cases.
std::set<std::u32string> all_letters(const Tally& t) {
  std::set<std::u32string> out;
  for (const auto& [truth, count] : t.truths) {
    if (truth.size() == 1) out.insert(truth);
  }
  std::u32string forms = decode("aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz");
  for (char32_t c : forms) out.insert({c}), out.insert({upper(c)});
  return out;
}

// A capital read as B may as well be read as b: the other case of each one-letter reading, at a price.
void add_other_case(std::map<LetterPair, double>& entries) {
  std::map<LetterPair, double> more;
  for (const auto& [pair, cost] : entries) {
    if (pair.first.size() != 1 || pair.second.size() != 1 || cost + kOtherCase > kDearest) continue;
    char32_t c = pair.second[0], other = is_upper(c) ? lower(c) : upper(c);
    if (other != c) more.emplace(LetterPair{pair.first, {other}}, cost + kOtherCase);
  }
  entries.merge(more);
}

std::map<LetterPair, double> entries_of(const Tally& t) {
  std::map<LetterPair, double> out;
  auto add = [&](const LetterPair& pair) {
    double cost = t.cost(pair);
    if (cost <= kDearest && pair != LetterPair{U" ", U" "}) out[pair] = cost;
  };
  for (const auto& [pair, count] : t.pairs) {
    if (pair.first.size() <= 1 || count >= 2) add(pair);
  }
  for (const std::u32string& letter : all_letters(t)) {
    for (const auto& [pair, count] : t.kin_pairs) {
      if (pair.first == kin(letter)) add({letter, pair.second == kSame ? letter : pair.second});
    }
  }
  add_other_case(out);
  return out;
}

std::string printable(const std::u32string& group) { return group.empty() ? "∅" : group == U" " ? "␣" : encode(group); }

void write(const Tally& t, size_t lines, const std::string& name) {
  std::ofstream file(name);
  file << "# What gets read for what: printed letters, what was read (∅ = nothing,\n"
       << "# ␣ = a gap between words), cost in nats (-ln of the share).\n"
       << "# Written by planscribe-learn-confusions from " << lines << " lines; see README.md. Not to be edited by hand.\n";
  for (const auto& [pair, cost] : entries_of(t)) {
    char number[32];
    std::snprintf(number, sizeof number, "%.2f", std::max(cost, 0.0));
    file << printable(pair.first) << '\t' << printable(pair.second) << '\t' << number << '\n';
  }
  if (!file.flush()) throw Error(ExitCode::file_access, name + ": cannot be written");
}

int run(int argc, char** argv) {
  if (argc < 3) throw Error(ExitCode::bad_arguments, "give the file to write and the pairs");
  Pairs lines;
  for (int i = 2; i < argc; ++i) {
    for (LetterPair& pair : read_pairs(argv[i])) lines.push_back(std::move(pair));
  }
  Aligner aligner;
  Tally t;
  for (int round = 0; round < kRounds; ++round) {
    t = tally(aligner, lines);
    aligner.set_costs(costs_of(t));
  }
  write(t, lines.size(), argv[1]);
  return 0;
}

}  // namespace
}  // namespace planscribe

int main(int argc, char** argv) try {
  return planscribe::run(argc, argv);
} catch (const planscribe::Error& error) {
  std::fprintf(stderr, "planscribe-learn-confusions: %s\n", error.what());
  return static_cast<int>(error.code());
}

// rescore_corpus.h: doubtful places of decoded training text, as the fitting of the rescorer reads them. Training only.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "models/candidates.h"
#include "models/confusion.h"
#include "models/doubt.h"
#include "models/lexicon.h"
#include "models/rescore_features.h"

namespace planscribe {

struct RescoreCorpus {
  struct Reading {
    uint32_t word;  // its hash
    float cost;
  };
  struct Place {
    uint32_t passage;  // index into passages
    uint32_t at;       // word within the passage
    uint32_t first;    // of its readings
    uint16_t size;
    uint16_t right;    // which of them the text has
  };
  std::vector<ContextWord> words;
  std::vector<uint32_t> passages;   // first word of each, and the end of the last
  std::vector<uint32_t> documents;  // first passage of each; the last ends with the corpus
  std::vector<Place> places;
  std::vector<Reading> readings;
  uint64_t syllables = 0, wrong = 0, out_of_reach = 0;  // decoded; decided wrongly; of these, truth not among the readings

  std::span<const ContextWord> passage(uint32_t index) const {
    return {words.data() + passages[index], passages[index + 1] - passages[index]};
  }
  void save(const std::string& path) const;
  void load(const std::string& path);  // appends
  // Forgets readings more than so many nats behind the best, and places where one is left or the right one is gone.
  void narrow(float doubt);
};

// Strips the marks of text (one paragraph a line), decodes it and keeps what was doubtful. The model must not have seen
// the text, or it will look surer than it is.
class RescoreCollector {
 public:
  RescoreCollector(const NgramModel& model, const std::string& folder)
      : model_(model), lexicon_(model, folder), confusions_(folder + "/confusions.foreign.tsv"),
        finder_(lexicon_, confusions_, {}), hashes_(model) {}
  void read(std::istream& in, RescoreCorpus& out) const;

 private:
  struct Line;
  void add_document(const std::vector<std::string>& lines, RescoreCorpus& out) const;
  void add_passage(const Line& line, RescoreCorpus& out) const;

  const NgramModel& model_;
  Lexicon lexicon_;
  Confusions confusions_;  // not asked for mere marks
  CandidateFinder finder_;
  WordHashes hashes_;
};

}  // namespace planscribe

#include "models/rescorer.h"

#include <algorithm>

namespace planscribe {
namespace {

float weight_in(const RescoreLine& line, uint64_t feature) {
  uint16_t print = rescore_print(feature), match = 0;
  for (uint16_t slot : line.slot[rescore_group(feature)]) match |= (slot & 0xFFF0) == print ? slot : 0;
  return match ? kRescoreLevels[match & 15] : 0;
}

}  // namespace

Rescorer::Rescorer(const std::string& path, const NgramModel& model)
    : file_(path, kRescoreSignature, kRescoreVersion), model_(model), hashes_(model) {
  header_ = *file_.take<RescoreHeader>(1);
  lines_ = file_.take<RescoreLine>(header_.lines);
  if (header_.lines == 0 || !file_.at_end()) refuse_model(path, "is damaged: its sections do not fit");
  file_.check_whole();
}

float Rescorer::weight_of(uint64_t feature) const { return weight_in(lines_[rescore_line(feature, header_.lines)], feature); }

void Rescorer::rescore(std::vector<Passage>& document) const {
  std::vector<Reader> readers;
  readers.reserve(document.size());
  size_t words = 0;
  for (Passage& passage : document) words += readers.emplace_back(model_, hashes_, passage, header_.doubt).words().size();
  DocumentCounts counts(words);
  for (const Reader& reader : readers) counts.add(reader.words());
  for (size_t i = 0; i < document.size(); ++i) rescore(document[i], readers[i], counts);
}

void Rescorer::rescore(Passage& passage, Reader& reader, const DocumentCounts& counts) const {
  for (size_t i = 0; i < passage.columns.size(); ++i) {
    const std::vector<Choice>& choices = reader.choices(i);
    if (choices.size() < 2) continue;
    auto [winner, lead] = judge(choices, reader, static_cast<size_t>(reader.place(i)), counts);
    bool stays = winner->option == passage.chosen[i];
    if (stays) lead = std::min(lead, passage.margin[i]);
    passage.margin[i] = (*passage.columns[i])[winner->option].own ? 0 : lead;
    passage.chosen[i] = winner->option;
    if (!stays) reader.choose(i, *winner);
  }
}

Rescorer::Verdict Rescorer::judge(const std::vector<Choice>& choices, const Reader& reader, size_t place,
                                  const DocumentCounts& counts) const {
  Keys keys;
  context_keys(reader.words(), place, keys);
  std::array<const RescoreLine*, kMostKeys> lines;
  for (size_t k = 0; k < keys.size; ++k) {
    lines[k] = &lines_[rescore_line(feature_of(keys.key[k], 0), header_.lines)];
    __builtin_prefetch(lines[k]);
  }
  const Choice* winner = nullptr;
  float most = -1e30f, second = -1e30f;
  for (const Choice& choice : choices) {
    float weight = 0;
    for (size_t k = 0; k < keys.size; ++k) weight += weight_in(*lines[k], feature_of(keys.key[k], choice.word.word));
    DocumentKeys asked = document_keys(counts, reader.words(), place, choice.word);
    for (size_t kind = 0; kind < asked.size(); ++kind) {
      if (asked[kind]) weight += weight_of(document_feature(kind, asked[kind], choice.word.word));
    }
    // What the paper says counts in full: the features know nothing of it.
    float score = weight - header_.cost_scale * (choice.cost - choice.reading) - choice.reading;
    if (score > most) {
      second = most, winner = &choice, most = score;
    } else {
      second = std::max(second, score);
    }
  }
  return {winner, most - second};
}

}  // namespace planscribe

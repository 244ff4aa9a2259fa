#include "models/rescorer.h"

#include <algorithm>

namespace planscribe {

Rescorer::Rescorer(const std::string& path, const NgramModel& model)
    : file_(path, kRescoreSignature, kRescoreVersion), model_(model), hashes_(model) {
  header_ = *file_.take<RescoreHeader>(1);
  lines_ = file_.take<RescoreLine>(header_.lines);
  if (header_.lines == 0 || !file_.at_end()) refuse_model(path, "is damaged: its sections do not fit");
}

int Rescorer::weight_of(uint64_t feature) const {
  const RescoreLine& line = lines_[rescore_line(feature, header_.lines)];
  uint16_t print = rescore_print(feature);
  int weight = 0;
  for (size_t i = 0; i < RescoreLine::kSlots; ++i) weight = line.print[i] == print ? line.weight[i] : weight;
  return weight;
}

void Rescorer::rescore(std::vector<Passage>& document) const {
  NameCounts names;
  std::vector<Reader> readers;
  readers.reserve(document.size());
  for (Passage& passage : document) {
    readers.emplace_back(model_, hashes_, passage);
    names.add(readers.back().words());
  }
  for (size_t i = 0; i < document.size(); ++i) rescore(document[i], readers[i], names);
}

void Rescorer::rescore(Passage& passage, Reader& reader, const NameCounts& names) const {
  for (size_t i = 0; i < passage.columns.size(); ++i) {
    const std::vector<Choice>& choices = reader.choices(i);
    if (choices.size() < 2) continue;
    const Choice* winner = best(choices, reader, static_cast<size_t>(reader.place(i)), names);
    if (winner->option == passage.chosen[i]) continue;
    passage.chosen[i] = winner->option;
    const Column& column = *passage.columns[i];
    auto own = std::find_if(choices.begin(), choices.end(), [&](const Choice& c) { return column[c.option].own; });
    passage.margin[i] = column[winner->option].own ? 0 : own == choices.end() ? 20 : std::max(0.0f, own->cost - winner->cost);
    reader.choose(i, *winner);
  }
}

const Choice* Rescorer::best(const std::vector<Choice>& choices, const Reader& reader, size_t place,
                             const NameCounts& names) const {
  Keys keys;
  context_keys(reader.words(), place, keys);
  for (uint64_t key : keys.all()) __builtin_prefetch(&lines_[rescore_line(feature_of(key, 0), header_.lines)]);
  const Choice* winner = nullptr;
  float most = 0;
  for (const Choice& choice : choices) {
    int weight = 0;
    for (uint64_t key : keys.all()) weight += weight_of(feature_of(key, choice.word.word));
    uint64_t name = name_key(names, reader.words()[place], choice.word);
    if (name) weight += weight_of(feature_of(mix(name), 0));
    float score = static_cast<float>(weight) * kRescoreStep - header_.cost_scale * choice.cost;
    if (!winner || score > most) winner = &choice, most = score;
  }
  return winner;
}

}  // namespace planscribe

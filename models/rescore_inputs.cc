#include "models/rescore_inputs.h"

namespace planscribe {

void RescoreInputs::make(const RescoreCorpus::Place& place, Example& example) const {
  std::span<const ContextWord> passage = corpus_.passage(place.passage);
  Keys keys;
  context_keys(passage, place.at, keys);
  example.features.clear();
  example.per_reading = keys.size + std::tuple_size_v<DocumentKeys>;
  for (size_t r = place.first; r < place.first + place.size; ++r) {
    uint32_t word = corpus_.readings[r].word;
    for (uint64_t key : keys.all()) example.features.push_back(feature_of(key, word));
    for (size_t kind = 0; kind < documents_[r].size(); ++kind) {
      uint8_t key = documents_[r][kind];
      example.features.push_back(key ? document_feature(kind, key, word) : 0);
    }
  }
}

void RescoreInputs::ask_documents() {
  documents_.resize(corpus_.readings.size());
  size_t place = 0;
  for (size_t d = 0; d < corpus_.documents.size(); ++d) {
    size_t begin = corpus_.documents[d];
    size_t end = d + 1 < corpus_.documents.size() ? corpus_.documents[d + 1] : corpus_.passages.size() - 1;
    DocumentCounts counts(corpus_.passages[end] - corpus_.passages[begin]);
    for (size_t p = begin; p < end; ++p) counts.add(corpus_.passage(static_cast<uint32_t>(p)));
    for (; place < corpus_.places.size() && corpus_.places[place].passage < end; ++place) ask(counts, corpus_.places[place]);
  }
}

void RescoreInputs::ask(const DocumentCounts& counts, const RescoreCorpus::Place& place) {
  std::span<const ContextWord> passage = corpus_.passage(place.passage);
  for (size_t r = place.first; r < place.first + place.size; ++r) {
    ContextWord reading = passage[place.at];
    reading.word = corpus_.readings[r].word;
    documents_[r] = document_keys(counts, passage, place.at, reading);
  }
}

}  // namespace planscribe

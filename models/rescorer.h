// rescorer.h: a second look at the words of a decoded document that the n-gram model was not sure of. A log-linear model
// sees four words to either side one by one, eight as a bag, capitals, and how the document writes the name elsewhere.
// It chooses between readings with the same bare letters only (hàng, hằng, hang), never letters or digits.
//
// Const after loading, shared by threads. Fitted by planscribe-train-rescorer (rescore_fit.h has the method).
#pragma once

#include <string>
#include <vector>

#include "models/doubt.h"
#include "models/model_file.h"
#include "models/rescore_features.h"

namespace planscribe {

// Weights of the features of some keys: a cache line, so that a key costs one access to memory.
struct RescoreLine {
  static constexpr size_t kSlots = 21;
  uint16_t print[kSlots];  // of the feature; 0 when free
  int8_t weight[kSlots];   // steps of kRescoreStep
  uint8_t unused;
};
static_assert(sizeof(RescoreLine) == 64);
inline constexpr float kRescoreStep = 1 / 32.0f;  // nats

struct RescoreHeader {
  uint32_t lines;
  float cost_scale;  // weight of the n-gram costs beside the features
};
inline constexpr char kRescoreSignature[9] = "PSRESCO\n";
inline constexpr uint32_t kRescoreVersion = 1;

inline size_t rescore_line(uint64_t feature, uint32_t lines) { return (feature >> 32) * lines >> 32; }
inline uint16_t rescore_print(uint64_t feature) { return static_cast<uint16_t>(feature | (feature & 0xFFFF ? 0 : 1)); }

class Rescorer {
 public:
  // Throws Error(invalid_data) naming the file when it is missing, cut or not a rescorer. Borrows the model.
  Rescorer(const std::string& path, const NgramModel& model);

  // Changes chosen and margin where another reading is better. The passages of one document, in order.
  void rescore(std::vector<Passage>& document) const;
  uint64_t checksum() const { return file_.checksum(); }

 private:
  void rescore(Passage& passage, Reader& reader, const NameCounts& names) const;
  const Choice* best(const std::vector<Choice>& choices, const Reader& reader, size_t place,
                     const NameCounts& names) const;
  int weight_of(uint64_t feature) const;

  ModelFile file_;
  const NgramModel& model_;
  WordHashes hashes_;
  RescoreHeader header_;
  const RescoreLine* lines_;
};

}  // namespace planscribe

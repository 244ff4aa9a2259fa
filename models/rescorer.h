// rescorer.h: a second look at the words of a decoded document that the n-gram model was not sure of. A log-linear model
// sees four words to either side one by one, eight as a bag, capitals, and how the document writes the name elsewhere.
// It chooses between readings with the same bare letters only (hàng, hằng, hang), never letters or digits.
//
// Const after loading, shared by threads. Fitted by planscribe-train-rescorer (rescore_fit.h has the method).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/doubt.h"
#include "models/model_file.h"
#include "models/rescore_features.h"

namespace planscribe {

// Weights of the features of some keys: a cache line, so that a key costs one access to memory. The low bits of a feature
// choose a group of slots; a slot is the print of a feature (12 bits) and the level of its weight (4 bits), 0 when free.
struct alignas(64) RescoreLine {
  static constexpr size_t kGroups = 4, kSlots = 8;
  uint16_t slot[kGroups][kSlots];
};
static_assert(sizeof(RescoreLine) == 64);
// Weights of the levels, nats.
inline constexpr std::array<float, 16> kRescoreLevels = {-3.6f, -2, -1.15f, -0.7f, -0.42f, -0.25f, -0.15f, -0.08f,
                                                         0.08f, 0.15f, 0.25f, 0.42f, 0.7f, 1.15f, 2, 3.6f};

struct RescoreHeader {
  uint32_t lines;
  float cost_scale;  // weight of the n-gram costs beside the features
  float doubt;       // nats behind the best up to which it was fitted
  uint32_t unused[5];  // the lines begin at a cache line of the file
};
inline constexpr char kRescoreSignature[9] = "PSRESCO\n";
inline constexpr uint32_t kRescoreVersion = 3;

inline size_t rescore_line(uint64_t feature, uint32_t lines) { return (feature >> 32) * lines >> 32; }
inline size_t rescore_group(uint64_t feature) { return feature & 3; }
// In the upper 12 bits, never 0.
inline uint16_t rescore_print(uint64_t feature) { return static_cast<uint16_t>(feature & 0xFFF0 ? feature & 0xFFF0 : 0x10); }

class Rescorer {
 public:
  // Throws Error(invalid_data) naming the file when it is missing, cut or not a rescorer. Borrows the model.
  Rescorer(const std::string& path, const NgramModel& model);

  // Changes chosen and margin where another reading is better. The passages of one document, in order.
  void rescore(std::vector<Passage>& document) const;
  uint64_t checksum() const { return file_.checksum(); }

 private:
  void rescore(Passage& passage, Reader& reader, const DocumentCounts& counts) const;
  struct Verdict {
    const Choice* winner;
    float lead;  // nats before the next
  };
  Verdict judge(const std::vector<Choice>& choices, const Reader& reader, size_t place, const DocumentCounts& counts) const;
  float weight_of(uint64_t feature) const;

  ModelFile file_;
  const NgramModel& model_;
  RescoreHeader header_;
  const RescoreLine* lines_ = nullptr;
  WordHashes hashes_;
};

}  // namespace planscribe

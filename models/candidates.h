// candidates.h: the words a piece of text may have been: a search of the lexicon over learned confusions.
// What was found (candidate_search.h) is remembered, shared by documents and threads, up to a fixed number of readings.
#pragma once

#include <array>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/candidate_search.h"

namespace planscribe {

// Thread-safe.
class CandidateFinder {
 public:
  CandidateFinder(const Lexicon& lexicon, const Confusions& confusions, const SearchLimits& limits)
      : lexicon_(lexicon), confusions_(confusions), limits_(limits) {}

  // Cheapest first (reading and word together). Readings longer than 24 letters have no candidates.
  std::vector<Candidate> find(std::u32string_view reading, const std::vector<ExtraSource>& extra = {}) const;
  // The same within another reach.
  std::vector<Candidate> find_near(std::u32string_view reading) const { return remembered(reading, Reach::near); }
  std::vector<Candidate> find_wide(std::u32string_view reading) const { return remembered(reading, Reach::wide); }

  const Confusions& confusions() const { return confusions_; }

 private:
  std::vector<Candidate> remembered(std::u32string_view reading, Reach reach) const;

  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::u32string, std::vector<Candidate>> found;
  };
  static constexpr size_t kShards = 16, kShardSize = 2048;

  const Lexicon& lexicon_;
  const Confusions& confusions_;
  SearchLimits limits_;
  mutable std::array<Shard, kShards> shards_;
};

}  // namespace planscribe

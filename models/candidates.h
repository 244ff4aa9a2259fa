// candidates.h: the words a piece of text may have been: a search of the lexicon over learned confusions.
//
// Place by place through the reading, the nodes of the lexicon's trie that can have been printed so far are kept, the
// cheapest few of each place (a beam). What a node is judged by never exceeds the truth: its cost so far, the least the
// rest of the reading can cost, and the cheapest word below it. Found words are remembered, shared by documents and
// threads, up to a fixed number.
#pragma once

#include <array>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/confusion.h"
#include "models/lexicon.h"

namespace planscribe {

struct Candidate {
  int entry = 0;  // of the lexicon
  CaseMode mode = CaseMode::lower;
  float cost = 0;   // of the reading given the word, nats
  float prior = 0;  // of the word alone
};

struct SearchLimits {
  float window = 12;     // nats behind the best, reading and word together
  size_t most = 32;      // candidates
  size_t nodes = 160;    // kept at one place of the reading
  float strange = 3;     // when every reading costs more, or more than rare with its word, letters may stand for any
  float rare = 14;       // other at a price
};

// Another reading of a place than the learned ones (Tesseract's choices): one or two letters.
struct ExtraSource {
  size_t begin = 0, end = 0;  // code points of the reading
  std::u32string printed;
  float cost = 0;  // nats
};

// Thread-safe.
class CandidateFinder {
 public:
  CandidateFinder(const Lexicon& lexicon, const Confusions& confusions, const SearchLimits& limits)
      : lexicon_(lexicon), confusions_(confusions), limits_(limits) {}

  // Cheapest first (reading and word together). Readings longer than 24 letters have no candidates.
  std::vector<Candidate> find(std::u32string_view reading, const std::vector<ExtraSource>& extra = {}) const;
  // Those that cost little as readings (kNear), which takes much less time.
  std::vector<Candidate> find_near(std::u32string_view reading) const;
  static constexpr float kNear = 4;  // nats
  // Those of find() and such as misread letters in ways never learned.
  std::vector<Candidate> find_wide(std::u32string_view reading) const;

  const Confusions& confusions() const { return confusions_; }

 private:
  enum class Reach : char32_t { usual, near, wide };
  std::vector<Candidate> search(std::u32string_view reading, const std::vector<ExtraSource>& extra, Reach reach) const;
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

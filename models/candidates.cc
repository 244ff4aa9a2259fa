#include "models/candidates.h"

namespace planscribe {

std::vector<Candidate> CandidateFinder::find(std::u32string_view reading, const std::vector<ExtraSource>& extra) const {
  return extra.empty() ? remembered(reading, Reach::usual) : search_candidates(lexicon_, confusions_, limits_, reading, extra, Reach::usual);
}

std::vector<Candidate> CandidateFinder::remembered(std::u32string_view reading, Reach reach) const {
  std::u32string key(reading);
  key += static_cast<char32_t>(0x110000 + static_cast<char32_t>(reach));  // past every code point
  Shard& shard = shards_[std::hash<std::u32string>()(key) % kShards];
  {
    std::lock_guard lock(shard.mutex);
    auto known = shard.found.find(key);
    if (known != shard.found.end()) return known->second;
  }
  std::vector<Candidate> out = search_candidates(lexicon_, confusions_, limits_, reading, {}, reach);
  std::lock_guard lock(shard.mutex);
  if (shard.found.size() >= kShardSize) shard.found.clear();
  shard.found.emplace(std::move(key), out);
  return out;
}

}  // namespace planscribe

#include "models/ngram.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "pipeline/error.h"

namespace planscribe {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw Error(ExitCode::invalid_data, path + ": " + why + "; reinstall the models or train them again");
}

size_t padded(size_t bytes) { return (bytes + 7) / 8 * 8; }

// Hands out the sections of the file one after another; at stays within size or attach() refuses the file.
struct Cursor {
  const char* data;
  size_t at, size;
  template <typename T>
  const T* take(size_t count) {
    const T* result = reinterpret_cast<const T*>(data + at);
    at += padded(count * sizeof(T));
    return at <= size ? result : nullptr;
  }
};

}  // namespace

uint64_t ngram_checksum(const char* data, size_t size) {
  uint64_t hash = 0xCBF29CE484222325ull ^ size;
  for (size_t i = 0; i + 8 <= size; i += 8) {
    uint64_t word;
    std::memcpy(&word, data + i, 8);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
    hash ^= hash >> 29;
  }
  return hash;
}

NgramModel::NgramModel(const std::string& path) {
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) refuse(path, "cannot be opened");
  struct stat info;
  if (fstat(file, &info) != 0 || info.st_size < static_cast<off_t>(sizeof(NgramHeader))) {
    close(file);
    refuse(path, "is too short to be a language model");
  }
  size_ = static_cast<size_t>(info.st_size);
  void* memory = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  close(file);
  if (memory == MAP_FAILED) refuse(path, "cannot be mapped into memory");
  data_ = static_cast<const char*>(memory);
  header_ = reinterpret_cast<const NgramHeader*>(data_);
  try {
    check(path);
    attach(path);
  } catch (...) {
    munmap(const_cast<char*>(data_), size_);
    throw;
  }
}

NgramModel::~NgramModel() { munmap(const_cast<char*>(data_), size_); }

void NgramModel::check(const std::string& path) const {
  if (std::memcmp(header_->signature, kNgramSignature, 8) != 0) refuse(path, "is not a language model");
  if (header_->version != kNgramVersion || header_->order != 3) {
    refuse(path, "has version " + std::to_string(header_->version) + ", this program reads " +
                     std::to_string(kNgramVersion));
  }
  if (header_->file_size != size_) {
    refuse(path, "is cut: " + std::to_string(size_) + " of " + std::to_string(header_->file_size) + " bytes");
  }
  if (ngram_checksum(data_ + sizeof(NgramHeader), size_ - sizeof(NgramHeader)) != header_->checksum) {
    refuse(path, "is damaged: its checksum differs");
  }
}

void NgramModel::attach(const std::string& path) {
  const uint32_t* n = header_->counts;
  if (n[0] < 3 || n[0] > 65535) refuse(path, "has an impossible number of words");
  Cursor cursor{data_, sizeof(NgramHeader), size_};
  const char* text = cursor.take<char>(header_->words_size);
  unigram_cost_ = cursor.take<float>(n[0]);
  unigram_backoff_ = cursor.take<float>(n[0]);
  unigram_child_ = cursor.take<uint32_t>(n[0] + 1);
  pairs_.base = cursor.take<uint32_t>(n[1] / kBlock + 1);
  pairs_.word = cursor.take<uint16_t>(n[1]);
  pairs_.delta = cursor.take<uint16_t>(n[1] + 1);
  pairs_.cost = cursor.take<uint8_t>(n[1]);
  pairs_.backoff = cursor.take<uint8_t>(n[1]);
  last_word_ = cursor.take<uint16_t>(n[2]);
  last_cost_ = cursor.take<uint8_t>(n[2]);
  bool whole = cursor.at == size_ && unigram_child_[n[0]] == n[1] && pairs_.child(n[1]) == n[2];
  if (!whole) refuse(path, "is damaged: its sections do not fit");
  index_words(text, header_->words_size, path);
}

void NgramModel::index_words(const char* text, size_t size, const std::string& path) {
  words_.reserve(header_->counts[0]);
  ids_.reserve(header_->counts[0] * 2);
  for (size_t at = 0; at < size && words_.size() < header_->counts[0];) {
    const void* end = std::memchr(text + at, '\n', size - at);
    if (!end) break;
    words_.emplace_back(text + at, static_cast<const char*>(end) - text - at);
    ids_.emplace(words_.back(), static_cast<WordId>(words_.size() - 1));
    at += words_.back().size() + 1;
  }
  if (words_.size() != header_->counts[0]) refuse(path, "is damaged: its word list is short");
}

WordId NgramModel::id(std::string_view word) const {
  auto found = ids_.find(word);
  return found == ids_.end() ? kUnknown : found->second;
}

// Branch-light binary search; kNone when word is not there.
uint32_t NgramModel::find(const uint16_t* words, uint32_t begin, uint32_t end, WordId word) {
  uint32_t size = end - begin;
  if (size == 0) return kNone;
  const uint16_t* low = words + begin;
  while (size > 1) {
    uint32_t half = size / 2;
    low += low[half - 1] < word ? half : 0;
    size -= half;
  }
  return *low == word ? static_cast<uint32_t>(low - words) : kNone;
}

NgramModel::Found NgramModel::find_pair(WordId first, WordId second) const {
  Found found;
  found.entry = find(pairs_.word, unigram_child_[first], unigram_child_[first + 1], second);
  found.cost = found.entry != kNone ? pairs_.cost[found.entry] * kCostStep
                                    : unigram_backoff_[first] + unigram_cost_[second];
  return found;
}

float NgramModel::extend(const State& state, WordId word, const Found& pair, State& next) const {
  float cost = pair.cost;
  if (state.pair != kNone) {
    uint32_t last = find(last_word_, pairs_.child(state.pair), pairs_.child(state.pair + 1), word);
    cost = last != kNone ? last_cost_[last] * kCostStep : cost + pairs_.backoff[state.pair] * kBackoffStep;
  }
  next.word = word;
  next.pair = pair.entry;
  return cost;
}

}  // namespace planscribe

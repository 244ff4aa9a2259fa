#include "models/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "pipeline/error.h"

namespace planscribe {
namespace {

size_t padded(size_t bytes) { return (bytes + 7) / 8 * 8; }

}  // namespace

void refuse_model(const std::string& path, const std::string& why) {
  throw Error(ExitCode::invalid_data, path + ": " + why + "; reinstall the models or train them again");
}

// Four chains side by side, since each step of one waits for the step before.
uint64_t model_checksum(const char* data, size_t size) {
  constexpr size_t kLanes = 4;
  auto step = [](uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
    return hash ^ hash >> 29;
  };
  uint64_t lanes[kLanes] = {1, 2, 3, 4}, words[kLanes], hash = 0xCBF29CE484222325ull ^ size;
  size_t at = 0;
  for (; at + sizeof words <= size; at += sizeof words) {
    std::memcpy(words, data + at, sizeof words);
    for (size_t k = 0; k < kLanes; ++k) lanes[k] = step(lanes[k], words[k]);
  }
  for (; at + 8 <= size; at += 8) {
    std::memcpy(words, data + at, 8);
    hash = step(hash, words[0]);
  }
  for (uint64_t lane : lanes) hash = step(hash, lane);
  return hash;
}

ModelFile::ModelFile(const std::string& path, const char* signature, uint32_t version) : path_(path) {
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) refuse_model(path, "cannot be opened");
  struct stat info;
  if (fstat(file, &info) != 0 || info.st_size < static_cast<off_t>(sizeof(ModelFileHeader))) {
    close(file);
    refuse_model(path, "is too short to be a model");
  }
  size_ = static_cast<size_t>(info.st_size);
  void* memory = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  close(file);
  if (memory == MAP_FAILED) refuse_model(path, "cannot be mapped into memory");
  data_ = static_cast<const char*>(memory);
  try {
    check_header(signature, version);
  } catch (...) {
    munmap(memory, size_);
    throw;
  }
  checksum_ = std::async(std::launch::async, [this] {
    return model_checksum(data_ + sizeof(ModelFileHeader), size_ - sizeof(ModelFileHeader));
  });
}

ModelFile::~ModelFile() {
  if (checksum_.valid()) checksum_.wait();
  munmap(const_cast<char*>(data_), size_);
}

void ModelFile::check_whole() {
  if (checksum_.get() != checksum()) refuse_model(path_, "is damaged: its checksum differs");
}

void ModelFile::check_header(const char* signature, uint32_t version) const {
  bool same_kind = std::memcmp(header().signature, signature, 8) == 0 && header().reserved == 0;
  if (!same_kind) refuse_model(path_, "is not a model of this kind");
  if (header().version != version) {
    refuse_model(path_, "has version " + std::to_string(header().version) + ", this program reads " + std::to_string(version));
  }
  if (header().file_size != size_) {
    refuse_model(path_, "is cut: " + std::to_string(size_) + " of " + std::to_string(header().file_size) + " bytes");
  }
}

const char* ModelFile::take_bytes(size_t count, size_t each) {
  if (count > (size_ - at_) / each || padded(count * each) > size_ - at_) {
    refuse_model(path_, "is damaged: its sections do not fit");
  }
  const char* section = data_ + at_;
  at_ += padded(count * each);
  return section;
}

void ModelFileWriter::add_bytes(const char* data, size_t size) {
  bytes_.append(data, size);
  bytes_.resize(padded(bytes_.size()), '\0');
}

void ModelFileWriter::write(const std::string& path, const char* signature, uint32_t version) const {
  ModelFileHeader header = {};
  std::memcpy(header.signature, signature, 8);
  header.version = version;
  header.file_size = sizeof header + bytes_.size();
  header.checksum = model_checksum(bytes_.data(), bytes_.size());
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&header), sizeof header);
  file.write(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
  if (!file.flush()) throw Error(ExitCode::file_access, path + ": cannot be written");
}

}  // namespace planscribe

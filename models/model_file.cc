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

uint64_t model_checksum(const char* data, size_t size) {
  uint64_t hash = 0xCBF29CE484222325ull ^ size;
  for (size_t i = 0; i + 8 <= size; i += 8) {
    uint64_t word;
    std::memcpy(&word, data + i, 8);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
    hash ^= hash >> 29;
  }
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
    check(signature, version);
  } catch (...) {
    munmap(memory, size_);
    throw;
  }
}

ModelFile::~ModelFile() { munmap(const_cast<char*>(data_), size_); }

void ModelFile::check(const char* signature, uint32_t version) const {
  bool same_kind = std::memcmp(header().signature, signature, 8) == 0 && header().reserved == 0;
  if (!same_kind) refuse_model(path_, "is not a model of this kind");
  if (header().version != version) {
    refuse_model(path_, "has version " + std::to_string(header().version) + ", this program reads " + std::to_string(version));
  }
  if (header().file_size != size_) {
    refuse_model(path_, "is cut: " + std::to_string(size_) + " of " + std::to_string(header().file_size) + " bytes");
  }
  if (model_checksum(data_ + sizeof(ModelFileHeader), size_ - sizeof(ModelFileHeader)) != checksum()) {
    refuse_model(path_, "is damaged: its checksum differs");
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

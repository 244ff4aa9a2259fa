// model_file.h: the frame of the binary model files: a header that tells what the file is and whether it is whole, then
// sections of values, each padded to eight bytes, little-endian. Mapped into memory, read-only.
#pragma once

#include <cstdint>
#include <future>
#include <string>
#include <vector>

namespace planscribe {

struct ModelFileHeader {
  char signature[8];
  uint32_t version;
  uint32_t reserved;
  uint64_t file_size;
  uint64_t checksum;  // over everything after the header
};

uint64_t model_checksum(const char* data, size_t size);

// Throws Error(invalid_data): the file's name, what is wrong, the remedy.
[[noreturn]] void refuse_model(const std::string& path, const std::string& why);

class ModelFile {
 public:
  // Refuses a file that is missing, cut, of another kind or version. Its checksum is reckoned by another thread meanwhile:
  // until check_whole() nothing in it may be trusted.
  ModelFile(const std::string& path, const char* signature, uint32_t version);
  ~ModelFile();
  ModelFile(const ModelFile&) = delete;
  ModelFile& operator=(const ModelFile&) = delete;

  const std::string& path() const { return path_; }
  uint64_t checksum() const { return header().checksum; }

  // The next section; refuses a file that ends before it.
  template <typename T>
  const T* take(size_t count) {
    return reinterpret_cast<const T*>(take_bytes(count, sizeof(T)));
  }
  bool at_end() const { return at_ == size_; }
  // Waits for the checksum; refuses a file that is damaged.
  void check_whole();

 private:
  const ModelFileHeader& header() const { return *reinterpret_cast<const ModelFileHeader*>(data_); }
  void check_header(const char* signature, uint32_t version) const;
  const char* take_bytes(size_t count, size_t each);

  std::string path_;
  const char* data_ = nullptr;
  size_t size_ = 0, at_ = sizeof(ModelFileHeader);
  std::future<uint64_t> checksum_;  // as it is in truth
};

class ModelFileWriter {
 public:
  template <typename T>
  void add(const std::vector<T>& values) {
    add_bytes(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  size_t size() const { return bytes_.size(); }
  // Throws Error(file_access).
  void write(const std::string& path, const char* signature, uint32_t version) const;

 private:
  void add_bytes(const char* data, size_t size);
  std::string bytes_;
};

}  // namespace planscribe

// hash.h: SHA-256 as lower-case hex: names of documents and keys of the page cache.
#pragma once

#include <string>
#include <string_view>

namespace planscribe {

// Collects bytes; hex() ends it. Each add() is framed by its length, so {"ab","c"} and {"a","bc"} differ.
class Hash {
 public:
  Hash();
  ~Hash();
  Hash(const Hash&) = delete;
  Hash& operator=(const Hash&) = delete;
  Hash& add(std::string_view bytes);
  std::string hex();

 private:
  void* context_;  // EVP_MD_CTX, owned
};

// Plain SHA-256 of bytes.
std::string sha256_of(std::string_view bytes);

// Plain SHA-256 of the file's bytes, as sha256sum prints it. Throws Error(file_access).
std::string sha256_of_file(const std::string& path);

}  // namespace planscribe

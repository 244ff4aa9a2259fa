#include "pipeline/hash.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

#include "pipeline/error.h"

namespace planscribe {
namespace {

EVP_MD_CTX* start() {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, EVP_sha256(), nullptr);
  return context;
}

std::string finish(EVP_MD_CTX* context) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(context, digest.data(), &size);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15];
  }
  return hex;
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

Hash::Hash() : context_(start()) {}
Hash::~Hash() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

Hash& Hash::add(std::string_view bytes) {
  const std::uint64_t size = bytes.size();
  EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), &size, sizeof size);
  EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size());
  return *this;
}

std::string Hash::hex() { return finish(static_cast<EVP_MD_CTX*>(context_)); }

std::string sha256_of(std::string_view bytes) {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(start(), EVP_MD_CTX_free);
  EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
  return finish(context.get());
}

std::string sha256_of_file(const std::string& path) {
  std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) throw Error(ExitCode::file_access, path + ": cannot be read: " + std::strerror(errno));
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(start(), EVP_MD_CTX_free);
  std::array<char, 1 << 16> buffer;
  for (size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), file.get())) > 0;)
    EVP_DigestUpdate(context.get(), buffer.data(), n);
  if (std::ferror(file.get())) throw Error(ExitCode::file_access, path + ": cannot be read: " + std::strerror(errno));
  return finish(context.get());
}

}  // namespace planscribe

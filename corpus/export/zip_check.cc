#include "corpus/export/zip_check.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string_view>

#include "corpus/deflate.h"

namespace planscribe {
namespace {

// Sizes and signatures of APPNOTE.TXT 6.3.
constexpr size_t kEndSize = 22, kCentralSize = 46, kLocalSize = 30, kLongestComment = 65535;
constexpr std::string_view kEndSign = "PK\5\6", kCentralSign = "PK\1\2", kLocalSign = "PK\3\4";
constexpr unsigned kDeflated = 8, kInZip64 = 0xFFFFFFFF;

unsigned u16(const std::string& bytes, size_t at) {
  return static_cast<unsigned char>(bytes.at(at)) | static_cast<unsigned char>(bytes.at(at + 1)) << 8;
}
unsigned u32(const std::string& bytes, size_t at) { return u16(bytes, at) | u16(bytes, at + 2) << 16; }

std::string read_at(std::ifstream& in, std::uint64_t at, size_t size) {
  std::string bytes(size, '\0');
  in.clear();
  in.seekg(static_cast<std::streamoff>(at));
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return bytes;
}

// Where the data of an entry begins.
std::uint64_t data_of(std::ifstream& in, std::uint64_t local_header) {
  const std::string header = read_at(in, local_header, kLocalSize);
  if (!header.starts_with(kLocalSign)) throw std::out_of_range("no local header");
  return local_header + kLocalSize + u16(header, 26) + u16(header, 28);
}

bool check(std::ifstream& in, std::uint64_t file_size, const std::string& name_begin, const std::string& end) {
  const std::uint64_t tail_size = std::min<std::uint64_t>(file_size, kEndSize + kLongestComment);
  const std::string tail = read_at(in, file_size - tail_size, tail_size);
  const size_t at = tail.rfind(kEndSign);
  if (at == std::string::npos) return false;
  const unsigned size = u32(tail, at + 12), offset = u32(tail, at + 16);
  if (offset == kInZip64) return true;  // beyond 4 GB; not looked into
  const std::string directory = read_at(in, offset, size);
  for (size_t entry = 0; entry < directory.size();) {
    if (directory.compare(entry, kCentralSign.size(), kCentralSign) != 0) return false;
    const unsigned name_size = u16(directory, entry + 28), local = u32(directory, entry + 42);
    if (directory.compare(entry + kCentralSize, name_begin.size(), name_begin) == 0 && local != kInZip64) {
      if (u16(directory, entry + 10) != kDeflated) return false;
      in.clear();
      in.seekg(static_cast<std::streamoff>(data_of(in, local)));
      if (inflated_end(in, end.size()) != end) return false;
    }
    entry += kCentralSize + name_size + u16(directory, entry + 30) + u16(directory, entry + 32);
  }
  return true;
}

}  // namespace

bool zip_entries_end_with(const std::string& path, const std::string& name_begin, const std::string& end) try {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  return in && check(in, static_cast<std::uint64_t>(in.tellg()), name_begin, end);
} catch (const std::out_of_range&) {
  return false;
}

}  // namespace planscribe

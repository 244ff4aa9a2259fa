#include "pipeline/message.h"

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace planscribe {
namespace {

constexpr size_t kHeader = sizeof(std::uint64_t);

bool write_all(int fd, const char* data, size_t size) {
  while (size > 0) {
    const ssize_t n = ::write(fd, data, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    data += n;
    size -= static_cast<size_t>(n);
  }
  return true;
}

}  // namespace

bool send_message(int fd, const nlohmann::json& message) {
  const std::string body = message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const std::uint64_t size = body.size();
  std::string frame(reinterpret_cast<const char*>(&size), kHeader);
  frame += body;
  return write_all(fd, frame.data(), frame.size());
}

bool MessageReader::read_some(int fd) {
  char chunk[1 << 16];
  ssize_t n;
  do n = ::read(fd, chunk, sizeof chunk);
  while (n < 0 && errno == EINTR);
  if (n <= 0) return false;
  buffer_.append(chunk, static_cast<size_t>(n));
  return true;
}

std::optional<nlohmann::json> MessageReader::next() {
  std::uint64_t size = 0;
  if (buffer_.size() < kHeader) return std::nullopt;
  std::memcpy(&size, buffer_.data(), kHeader);
  if (buffer_.size() - kHeader < size) return std::nullopt;
  nlohmann::json message = nlohmann::json::parse(buffer_.begin() + kHeader, buffer_.begin() + kHeader + static_cast<long>(size));
  buffer_.erase(0, kHeader + size);
  return message;
}

std::optional<nlohmann::json> receive_message(int fd) {
  MessageReader reader;  // nothing is read beyond the frame: the other side waits for the answer
  for (;;) {
    if (auto message = reader.next()) return message;
    if (!reader.read_some(fd)) return std::nullopt;
  }
}

}  // namespace planscribe

// message.h: JSON messages between the main process and its workers, over pipes, each framed by its length in bytes.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace planscribe {

// Blocking. False when the other side is gone.
bool send_message(int fd, const nlohmann::json& message);
// Blocking. Nothing at the end of the stream or when a frame is cut.
std::optional<nlohmann::json> receive_message(int fd);

// Collects the bytes of a stream that come in pieces.
class MessageReader {
 public:
  // Reads what is there (one read call). False at the end of the stream.
  bool read_some(int fd);
  std::optional<nlohmann::json> next();  // a whole message, if one has come

 private:
  std::string buffer_;
};

}  // namespace planscribe

#include "pipeline/message.h"

#include <unistd.h>

#include <thread>

#include "catch.h"

using namespace planscribe;

TEST_CASE("messages keep their borders, also when they come in pieces") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const std::string large(300000, 'x');
  std::thread writer([&] {
    send_message(ends[1], {{"text", "một"}});
    send_message(ends[1], {{"text", large}});
    close(ends[1]);
  });
  MessageReader reader;
  std::vector<nlohmann::json> messages;
  while (reader.read_some(ends[0]))
    while (auto message = reader.next()) messages.push_back(*message);
  writer.join();
  close(ends[0]);
  REQUIRE(messages.size() == 2);
  CHECK(messages[0]["text"] == "một");
  CHECK(messages[1]["text"] == large);
}

TEST_CASE("a cut message is no message") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(write(ends[1], "\x20\0\0\0\0\0\0\0{", 9) == 9);
  close(ends[1]);
  CHECK_FALSE(receive_message(ends[0]).has_value());
  close(ends[0]);
}

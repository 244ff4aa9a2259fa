// deflate.h: bytes made smaller (zlib format). deflate.cc is the only user of zlib.
#pragma once

#include <istream>
#include <string>
#include <string_view>

namespace planscribe {

std::string deflate_bytes(std::string_view bytes);

// size: their length before. Throws Error(invalid_data) when they do not inflate to that.
std::string inflate_bytes(std::string_view bytes, size_t size);

// The last bytes, count at most, that the raw deflate data at the stream's place unpack to; "" when they are damaged.
std::string inflated_end(std::istream& in, size_t count);

}  // namespace planscribe

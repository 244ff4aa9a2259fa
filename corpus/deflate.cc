#include "corpus/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "pipeline/error.h"

namespace planscribe {
namespace {

const Bytef* as_bytes(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

}  // namespace

std::string deflate_bytes(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string result(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(result.data()), &size, as_bytes(bytes), bytes.size(), Z_BEST_SPEED) != Z_OK)
    throw Error(ExitCode::other, "zlib cannot compress; memory is short");
  result.resize(size);
  return result;
}

std::string inflate_bytes(std::string_view bytes, size_t size) {
  std::string result(size, '\0');
  uLongf length = size;
  const int code = uncompress(reinterpret_cast<Bytef*>(result.data()), &length, as_bytes(bytes), bytes.size());
  if (code != Z_OK || length != size)
    throw Error(ExitCode::invalid_data, "corpus: a stored page cannot be unpacked; the file is damaged, run with --force");
  return result;
}

std::string inflated_end(std::istream& in, size_t count) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return "";
  std::array<char, 1 << 16> packed, unpacked;
  std::string end;
  int code = Z_OK;
  while (code == Z_OK) {
    if (stream.avail_in == 0) {
      in.read(packed.data(), packed.size());
      stream.next_in = reinterpret_cast<Bytef*>(packed.data());
      stream.avail_in = static_cast<uInt>(in.gcount());
      if (stream.avail_in == 0) break;  // cut off
    }
    stream.next_out = reinterpret_cast<Bytef*>(unpacked.data());
    stream.avail_out = static_cast<uInt>(unpacked.size());
    code = inflate(&stream, Z_NO_FLUSH);
    end.append(unpacked.data(), unpacked.size() - stream.avail_out);
    if (end.size() > count) end.erase(0, end.size() - count);
  }
  inflateEnd(&stream);
  return code == Z_STREAM_END ? end : "";
}

}  // namespace planscribe

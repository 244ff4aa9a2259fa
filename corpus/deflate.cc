#include "corpus/deflate.h"

#include <zlib.h>

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

}  // namespace planscribe

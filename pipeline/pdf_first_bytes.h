// pdf_first_bytes.h: what a stream of a PDF unpacks to, up to a size: a hostile one may unpack to a thousand times its size.
// Private to the files that use qpdf.
#pragma once

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

namespace planscribe {

// Keeps so many bytes, then stops the stream by an exception.
class FirstBytes : public Pipeline {
 public:
  explicit FirstBytes(size_t most) : Pipeline("first bytes", nullptr), most_(most) {}
  void write(const unsigned char* data, size_t length) override {
    bytes_.append(reinterpret_cast<const char*>(data), std::min(length, most_ - bytes_.size()));
    if (bytes_.size() == most_) throw std::runtime_error("more bytes than asked for");
  }
  void finish() override {}
  std::string bytes() && { return std::move(bytes_); }

 private:
  size_t most_;
  std::string bytes_;
};

// unpack(Pipeline&) sends the stream. What could be unpacked of a damaged one; most bytes when there are more.
template <typename Unpack>
std::string first_bytes(size_t most, Unpack unpack) {
  FirstBytes taken(most);
  try {
    unpack(taken);
  } catch (const std::exception&) {  // stopped, or damaged
  }
  return std::move(taken).bytes();
}

// The first bytes of the content of a page or form. qpdf's own function holds all of it in memory before it gives any.
inline std::string first_content(QPDFPageObjectHelper& content, size_t most) {
  return first_bytes(most, [&](Pipeline& taken) {
    QPDFObjectHandle object = content.getObjectHandle();
    for (QPDFObjectHandle& stream : object.isStream() ? std::vector{object} : object.getPageContents()) {
      stream.pipeStreamData(&taken, 0, qpdf_dl_generalized, true, false);
      taken.writeCStr("\n");
    }
  });
}

}  // namespace planscribe

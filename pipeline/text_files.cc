#include "pipeline/text_files.h"

#include <fstream>
#include <iterator>

#include "pipeline/error.h"

namespace planscribe {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ExitCode::file_access, path + ": cannot be read; check that it exists and its permissions");
  if (in.peek() == std::ifstream::traits_type::eof() && in.bad())  // iterators would not tell
    throw Error(ExitCode::file_access, path + ": cannot be read; is it a folder?");
  in.clear();
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) throw Error(ExitCode::file_access, path + ": cannot be read; is it a folder?");
  return bytes;
}

std::vector<std::string> split_pages(const std::string& text) {
  std::vector<std::string> pages(1);
  for (char c : text) {
    if (c == '\f')
      pages.emplace_back();
    else
      pages.back() += c;
  }
  return pages;
}

std::string join_pages(const std::vector<std::string>& pages) {
  std::string text;
  for (size_t i = 0; i < pages.size(); ++i) {
    if (i > 0) text += '\f';
    text += pages[i];
  }
  return text;
}

}  // namespace planscribe

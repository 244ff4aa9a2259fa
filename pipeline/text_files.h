// text_files.h: files as strings, and texts as pages parted by form feeds. Pure but for read_file; any thread.
#pragma once

#include <string>
#include <vector>

namespace planscribe {

// All bytes of a file. Throws Error(file_access) naming it.
std::string read_file(const std::string& path);

// At least one page; a form feed at the end begins an empty one.
std::vector<std::string> split_pages(const std::string& text);
std::string join_pages(const std::vector<std::string>& pages);

}  // namespace planscribe

// outputs.h: the files of the output folder beside corpus.db. Every file is written whole or not at all.
#pragma once

#include <string>
#include <vector>

namespace planscribe {

// Writes to a file beside path and renames it, so that readers see the old or the new content, never a part.
// Makes missing folders. Throws Error(file_access) with the reason (disk full, no permission).
void write_file_atomically(const std::string& path, const std::string& content);

// text/NAME.txt: pages separated by form feeds.
std::string join_pages(const std::vector<std::string>& page_texts);

// Makes the output folder and checks that it can be written. Throws Error(file_access).
void prepare_output_folder(const std::string& folder);

}  // namespace planscribe

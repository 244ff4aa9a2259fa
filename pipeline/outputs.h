// outputs.h: the files of the output folder beside corpus.db. Every file is written whole or not at all.
#pragma once

#include <string>
#include <vector>

namespace planscribe {

// A file that grows beside its place (PATH.part) and takes it when it is whole; left without commit() it leaves nothing.
// Makes missing folders. A library that writes by itself opens part(). Throws Error(file_access) with the reason (disk
// full, no permission).
class WholeFile {
 public:
  explicit WholeFile(const std::string& path);
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;
  const std::string& part() const { return part_; }
  void write(const std::string& content);
  void commit();

 private:
  std::string path_, part_;
  int fd_ = -1;
  bool kept_ = false;
};

// Writes to a file beside path and renames it, so that readers see the old or the new content, never a part.
void write_file_atomically(const std::string& path, const std::string& content);

// Makes the output folder and checks that it can be written. Throws Error(file_access).
void prepare_output_folder(const std::string& folder);

}  // namespace planscribe

#include "pipeline/outputs.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>

#include "pipeline/error.h"

namespace planscribe {
namespace {

namespace fs = std::filesystem;

Error cannot_write(const std::string& path, int code) {
  return Error(ExitCode::file_access, path + ": cannot be written: " + std::strerror(code));
}

void make_folder_of(const std::string& path) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
}

constexpr size_t kLongestName = 255;  // bytes, of most file systems

// PATH.part, the name cut where it would be too long.
std::string part_of(const std::string& path) {
  constexpr std::string_view kSuffix = ".part";
  const size_t name = path.find_last_of('/') + 1;  // 0 when there is none
  size_t end = std::min(path.size(), name + kLongestName - kSuffix.size());
  while (end < path.size() && (path[end] & 0xC0) == 0x80) --end;  // between two characters
  return path.substr(0, end) += kSuffix;
}

}  // namespace

WholeFile::WholeFile(const std::string& path) : path_(path), part_(part_of(path)) {
  make_folder_of(path);
  fd_ = open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd_ < 0) throw cannot_write(path_, errno);
}

WholeFile::~WholeFile() {
  if (fd_ >= 0) close(fd_);
  if (!kept_) unlink(part_.c_str());
}

void WholeFile::write(const std::string& content) {
  for (size_t done = 0; done < content.size();) {
    const ssize_t n = ::write(fd_, content.data() + done, content.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw cannot_write(path_, errno);
    done += static_cast<size_t>(n);
  }
}

void WholeFile::commit() {
  if (fsync(fd_) != 0 && errno != EINVAL) throw cannot_write(path_, errno);
  if (close(std::exchange(fd_, -1)) != 0 || rename(part_.c_str(), path_.c_str()) != 0) throw cannot_write(path_, errno);
  kept_ = true;
}

void write_file_atomically(const std::string& path, const std::string& content) {
  WholeFile file(path);
  file.write(content);
  file.commit();
}

void prepare_output_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    throw Error(ExitCode::file_access, folder + ": the output folder cannot be made: " + (error ? error.message() : "a file is in the way") + "; choose another with -o");
  if (access(folder.c_str(), W_OK | X_OK) != 0)
    throw Error(ExitCode::file_access, folder + ": the output folder cannot be written; choose another with -o");
}

}  // namespace planscribe

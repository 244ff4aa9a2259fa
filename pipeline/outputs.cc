#include "pipeline/outputs.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
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

}  // namespace

WholeFile::WholeFile(const std::string& path) : path_(path), part_(path + ".part") {
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

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

class OutFile {
 public:
  explicit OutFile(const std::string& path) : path_(path), fd_(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
    if (fd_ < 0) throw cannot_write(path, errno);
  }
  ~OutFile() {
    if (fd_ >= 0) close(fd_);
    if (!kept_) unlink(path_.c_str());
  }
  OutFile(const OutFile&) = delete;
  OutFile& operator=(const OutFile&) = delete;

  void write(const std::string& content) {
    for (size_t done = 0; done < content.size();) {
      const ssize_t n = ::write(fd_, content.data() + done, content.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw cannot_write(path_, errno);
      done += static_cast<size_t>(n);
    }
  }
  void rename_to(const std::string& path) {
    if (fsync(fd_) != 0 && errno != EINVAL) throw cannot_write(path_, errno);
    if (close(std::exchange(fd_, -1)) != 0 || rename(path_.c_str(), path.c_str()) != 0) throw cannot_write(path, errno);
    kept_ = true;
  }

 private:
  std::string path_;
  int fd_;
  bool kept_ = false;
};

}  // namespace

void write_file_atomically(const std::string& path, const std::string& content) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  OutFile file(path + ".part");
  file.write(content);
  file.rename_to(path);
}

std::string join_pages(const std::vector<std::string>& page_texts) {
  std::string text;
  for (size_t i = 0; i < page_texts.size(); ++i) {
    if (i > 0) text += '\f';
    text += page_texts[i];
  }
  return text;
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

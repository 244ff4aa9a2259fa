// folder_lock.h: keeps a second run from writing into the same folder; the system lifts it when the process ends in any way.
#pragma once

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <string>

#include "pipeline/error.h"

namespace planscribe {

class FolderLock {
 public:
  explicit FolderLock(const std::string& folder) : fd_(open((folder + "/.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (fd_ < 0 || flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      if (fd_ >= 0) close(fd_);
      throw Error(ExitCode::file_access, folder + ": another planscribe run is writing here; wait for it or choose another folder with -o");
    }
  }
  ~FolderLock() { close(fd_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int fd_;
};

}  // namespace planscribe

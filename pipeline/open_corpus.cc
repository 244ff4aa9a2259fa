#include "pipeline/open_corpus.h"

#include <filesystem>

#include "pipeline/error.h"

namespace planscribe {

Store open_corpus(const std::string& named, bool read_only) {
  namespace fs = std::filesystem;
  std::error_code error;
  const std::string file = fs::is_directory(named, error) ? (fs::path(named) / "corpus.db").string() : named;
  if (!fs::exists(file, error))
    throw Error(ExitCode::file_access, file + ": there is no corpus" + (error ? ": " + error.message() : "") +
                                           "; name one with --corpus, or make one with planscribe run");
  return Store(file, read_only);
}

}  // namespace planscribe

// program.h: the real program as a test sees it: started, watched, killed; its output and exit code.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "pipeline/text_files.h"

namespace planscribe {

struct Outcome {
  int exit_code = -1;  // 128 + signal when it was killed
  std::string out, err;
};

// Runs `planscribe ARGUMENTS...` to its end; input goes to its standard input.
Outcome planscribe(const std::vector<std::string>& arguments, const std::string& input = "");

// Starts it and returns at once; stderr goes to the file err, stdout to out.
pid_t start_planscribe(const std::vector<std::string>& arguments, const std::string& err, const std::string& out = "/dev/null");
int wait_for(pid_t pid);
std::vector<pid_t> children_of(pid_t pid);

// A folder of its own, removed at the end.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }
  std::string write(const std::string& name, const std::string& content) const;  // returns its path

 private:
  std::string path_;
};

// path of the record's source -> its line of records.jsonl.
std::map<std::string, std::string> records_of(const std::string& output_folder);

}  // namespace planscribe

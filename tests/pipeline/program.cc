#include "program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include <nlohmann/json.hpp>

namespace planscribe {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void become_planscribe(const std::vector<std::string>& arguments) {
  std::vector<std::string> copies = arguments;
  std::string program = PLANSCRIBE_PROGRAM;
  std::vector<char*> argv{program.data()};
  for (std::string& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(127);
}

void redirect(int fd, const std::string& path, int flags) {
  const int file = open(path.c_str(), flags, 0600);
  dup2(file, fd);
  close(file);
}

}  // namespace

Outcome planscribe(const std::vector<std::string>& arguments, const std::string& input) {
  const TestFolder folder;
  const std::string in = folder.write("in", input), out = folder / "out", err = folder / "err";
  const pid_t pid = fork();
  if (pid == 0) {
    redirect(STDIN_FILENO, in, O_RDONLY);
    redirect(STDOUT_FILENO, out, O_WRONLY | O_CREAT);
    redirect(STDERR_FILENO, err, O_WRONLY | O_CREAT);
    become_planscribe(arguments);
  }
  const int code = wait_for(pid);
  return {code, read_file(out), read_file(err)};
}

pid_t start_planscribe(const std::vector<std::string>& arguments, const std::string& err, const std::string& out) {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  redirect(STDOUT_FILENO, out, O_WRONLY);
  redirect(STDERR_FILENO, err, O_WRONLY | O_CREAT | O_APPEND);
  become_planscribe(arguments);
}

int wait_for(pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::vector<pid_t> children_of(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children");
  return {std::istream_iterator<pid_t>(in), {}};
}

TestFolder::TestFolder() {
  std::string name = (fs::temp_directory_path() / "planscribe-test-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TestFolder::write(const std::string& name, const std::string& content) const {
  const std::string path = *this / name;
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

std::map<std::string, std::string> records_of(const std::string& output_folder) {
  std::map<std::string, std::string> records;
  std::istringstream lines(read_file(output_folder + "/records.jsonl"));
  for (std::string line; std::getline(lines, line);) records[nlohmann::json::parse(line).at("source").at("path")] = line;
  return records;
}

}  // namespace planscribe

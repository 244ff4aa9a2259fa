// main.cc: hands the command line to the table of commands; the one place where errors become exit codes.
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>

#include "pipeline/cli.h"
#include "pipeline/run.h"

namespace {

extern "C" void on_interrupt(int) { planscribe::interrupted = true; }

// Results that do not arrive, on a full disk say, are a failure too.
int run(int argc, char** argv) {
  const int code = planscribe::run_command_line(argc, argv);
  if (!std::cout.flush())
    throw planscribe::Error(planscribe::ExitCode::file_access, "standard output: cannot be written; is the disk full?");
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  try {
    return run(argc, argv);
  } catch (const planscribe::Error& e) {
    std::fprintf(stderr, "planscribe: %s\n", e.what());
    return static_cast<int>(e.code());
  } catch (const std::exception& e) {
    std::fprintf(stderr, "planscribe: unexpected: %s; please report this\n", e.what());
    return static_cast<int>(planscribe::ExitCode::other);
  }
}

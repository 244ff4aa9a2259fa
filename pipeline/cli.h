// cli.h: the command line: commands, options, help.
#pragma once

namespace planscribe {

// Does what the command line says; returns the exit code. Throws Error.
int run_command_line(int argc, char** argv);

}  // namespace planscribe

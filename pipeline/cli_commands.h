// cli_commands.h: groups of commands that add themselves to the command line. Private to cli*.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "pipeline/error.h"

namespace planscribe {

// What the command that was given on the line does; set while the line is parsed.
using Action = std::function<ExitCode()>;

// search, targets, duplicates, review, correct
void add_corpus_commands(CLI::App& app, Action& chosen);
void add_export_command(CLI::App& app, Action& chosen);
void add_evaluate_command(CLI::App& app, Action& chosen);

}  // namespace planscribe

// cli_commands.h: groups of commands that add themselves to the command line. Private to cli*.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "corpus/search.h"
#include "pipeline/error.h"

namespace planscribe {

// What the command that was given on the line does; set while the line is parsed.
using Action = std::function<ExitCode()>;

// The options that choose documents of a corpus, the same for every command.
void add_filter_options(CLI::App& app, SearchFilter& filter);

// search, targets, duplicates, review, correct
void add_corpus_commands(CLI::App& app, Action& chosen);
void add_export_command(CLI::App& app, Action& chosen);
void add_evaluate_command(CLI::App& app, Action& chosen);

}  // namespace planscribe

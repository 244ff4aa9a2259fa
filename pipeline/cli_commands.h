// cli_commands.h: groups of commands that add themselves to the command line. Private to cli*.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>

#include "corpus/search.h"
#include "pipeline/error.h"

namespace planscribe {

// What the command that was given on the line does; set while the line is parsed.
using Action = std::function<ExitCode()>;

// The words that an option takes, and what each stands for.
template <typename T>
CLI::Validator one_of(const std::map<std::string, T>& words) {
  std::string names, listed;
  for (const auto& [word, value] : words) {
    names += (names.empty() ? "" : "|") + word;
    listed += (listed.empty() ? "" : ", ") + word;
  }
  return CLI::Validator(
      [words, listed](std::string& text) {
        const auto found = words.find(CLI::detail::to_lower(text));
        if (found == words.end()) return "'" + text + "' is unknown; use one of " + listed;
        text = std::to_string(static_cast<int>(found->second));
        return std::string();
      },
      names);
}

// The options that choose documents of a corpus, the same for every command.
void add_filter_options(CLI::App& app, SearchFilter& filter);

// search, targets, duplicates, review, correct
void add_corpus_commands(CLI::App& app, Action& chosen);
void add_export_command(CLI::App& app, Action& chosen);
void add_evaluate_command(CLI::App& app, Action& chosen);

}  // namespace planscribe

#include "pipeline/cli.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <sstream>

#include "pipeline/cli_commands.h"
#include "pipeline/commands.h"
#include "pipeline/run.h"
#include "pipeline/worker.h"
#include "version.h"

namespace planscribe {
namespace {

const std::map<std::string, Mode> kModes = {{"auto", Mode::automatic}, {"ocr", Mode::ocr}, {"text", Mode::text}};
const std::map<std::string, LogFormat> kLogFormats = {{"text", LogFormat::text}, {"json", LogFormat::json}};

// Where the values of all commands' options are kept while the line is parsed.
struct Values {
  ProcessOptions process;
  RunOptions run;
  TextOptions text;
  WorkerLimits limits;
  std::string pages, formats = "records,text", output_folder = "planscribe-out";
  bool no_restore = false, quiet = false, verbose = false;
  long time_limit = 120;
};

void add_data_options(CLI::App& app, Values& v) {
  app.add_option("--data", v.process.data_folder, "folder that holds models/ and rules/")->capture_default_str();
  app.add_option("--rules", v.process.rule_folders, "further folder of rule files; repeatable")->allow_extra_args(false);
}

void add_reading_options(CLI::App& app, Values& v) {
  app.add_option("-l,--language", v.process.language, "Tesseract language")->capture_default_str();
  app.add_option("--mode", v.process.mode, "text layers: auto judges each page, ocr reads images only, text believes the layer")
      ->transform(one_of(kModes));
  app.add_flag("--no-restore", v.no_restore, "leave the text as it was read");
  app.add_option("--memory-limit", v.limits.memory_mb, "megabytes of address space a worker may use")->capture_default_str();
}

void add_run_options(CLI::App& app, Values& v) {
  app.add_option("inputs", v.run.inputs, "files and folders: PDF, TIFF, PNG, JPEG, JPEG 2000, WebP, text")->required();
  app.add_option("-o,--output", v.output_folder, "folder for corpus.db, records.jsonl and text/")->capture_default_str();
  app.add_option("-j,--jobs", v.run.jobs, "worker processes (default: number of cores)")->check(CLI::Range(1, 256));
  app.add_option("--pages", v.pages, "pages to read, e.g. 1,3-5,8-end");
  app.add_option("--format", v.formats, "files to write beside the corpus: records, text, none")->capture_default_str();
  app.add_option("--time-limit", v.time_limit, "seconds a page may take")->capture_default_str()->check(CLI::Range(1, 86400));
  app.add_flag("-n,--no-overwrite", v.run.no_overwrite, "leave documents that the corpus already has");
  app.add_flag("--force", v.run.force, "read every page again");
  app.add_flag("--fail-fast", v.run.fail_fast, "stop at the first document that fails");
  app.add_option("--log-format", v.run.log_format, "messages on stderr")
      ->transform(one_of(kLogFormats));
  app.add_flag("-q,--quiet", v.quiet, "only failures");
  app.add_flag("-v,--verbose", v.verbose, "also what is passed over, and what libraries print");
  add_reading_options(app, v);
  add_data_options(app, v);
}

void take_formats(const std::string& formats, RunOptions& run) {
  run.write_records = run.write_text = false;
  std::istringstream parts(formats);
  for (std::string part; std::getline(parts, part, ',');) {
    if (part == "records")
      run.write_records = true;
    else if (part == "text")
      run.write_text = true;
    else if (part != "none")
      throw Error(ExitCode::bad_arguments, "--format " + formats + ": '" + part + "' is unknown; use records, text or none");
  }
}

ExitCode do_run(Values& v, int argc, char** argv) {
  RunOptions& run_options = v.run;
  run_options.process = v.process;
  run_options.output_folder = v.output_folder;
  run_options.pages = PageRanges(v.pages);
  run_options.time_limit = std::chrono::seconds(v.time_limit);
  run_options.memory_limit_mb = v.limits.memory_mb;
  run_options.verbosity = v.quiet ? Verbosity::quiet : v.verbose ? Verbosity::verbose : Verbosity::normal;
  take_formats(v.formats, run_options);
  for (int i = 0; i < argc; ++i) run_options.command_line += (i ? " " : "") + std::string(argv[i]);
  return run(run_options);
}

RuleOptions rule_options(const Values& v) {
  RuleOptions options{{v.process.data_folder + "/rules"}};
  options.folders.insert(options.folders.end(), v.process.rule_folders.begin(), v.process.rule_folders.end());
  return options;
}

TextOptions text_options(Values& v) {
  v.text.process = v.process;
  return v.text;
}

void add_run_command(CLI::App& app, Values& v, Action& chosen, int argc, char** argv) {
  CLI::App& run = *app.add_subcommand("run", "read files and folders into an output folder");
  add_run_options(run, v);
  run.callback([&, argc, argv] { chosen = [&, argc, argv] { return do_run(v, argc, argv); }; });
}

void add_text_commands(CLI::App& app, Values& v, Action& chosen) {
  CLI::App& restore = *app.add_subcommand("restore", "give damaged text its letters and marks back, line for line");
  restore.add_flag("--explain", v.text.explain, "print every change on stderr");
  restore.callback([&] { chosen = [&] { return restore_files(text_options(v)); }; });
  CLI::App& extract = *app.add_subcommand("extract", "text in, one record as JSON on stdout");
  extract.add_flag("--explain", v.text.explain, "print which rule fired on which words, on stderr");
  extract.add_flag("--no-restore", v.no_restore, "take the text as it stands");
  extract.callback([&] { chosen = [&] { return extract_files(text_options(v)); }; });
  for (CLI::App* command : {&restore, &extract}) {
    command->add_option("files", v.text.files, "text files; - is standard input");
    command->add_flag("--lossy", v.text.lossy, "replace invalid UTF-8 instead of stopping");
    add_data_options(*command, v);
  }
}

void add_rules_commands(CLI::App& app, Values& v, Action& chosen) {
  CLI::App& rules = *app.add_subcommand("rules", "look after the rules");
  rules.require_subcommand(1);
  CLI::App& test = *rules.add_subcommand("test", "run the examples of all rules");
  test.callback([&] { chosen = [&] { return test_rules(rule_options(v)); }; });
  CLI::App& check = *rules.add_subcommand("check", "look for unused parts, missing examples, rules that never win");
  check.callback([&] { chosen = [&] { return check_rules(rule_options(v)); }; });
  add_data_options(test, v);
  add_data_options(check, v);
}

void add_doctor_command(CLI::App& app, Values& v, Action& chosen) {
  CLI::App& command = *app.add_subcommand("doctor", "what is missing, and the command that mends it");
  command.add_option("-o,--output", v.output_folder, "output folder to check")->capture_default_str();
  command.add_option("-l,--language", v.process.language, "Tesseract language")->capture_default_str();
  add_data_options(command, v);
  command.callback([&] { chosen = [&] { return doctor(v.process, v.output_folder); }; });
}

// Started by run; not in the help.
void add_worker_command(CLI::App& app, Values& v, Action& chosen) {
  CLI::App& worker = *app.add_subcommand("worker", "")->group("");
  add_reading_options(worker, v);
  add_data_options(worker, v);
  worker.callback([&] { chosen = [&] { return static_cast<ExitCode>(run_worker(v.process, v.limits)); }; });
}

}  // namespace

int run_command_line(int argc, char** argv) {
  Values v;
  v.process.data_folder = PLANSCRIBE_DATA_FOLDER;
  CLI::App app("Scanned Vietnamese administrative plans -> corrected text, records, a corpus to search.", "planscribe");
  app.set_version_flag("--version", std::string("planscribe ") + PLANSCRIBE_VERSION);
  app.require_subcommand(1);
  Action chosen;
  add_run_command(app, v, chosen, argc, argv);  // in the order of the help
  add_text_commands(app, v, chosen);
  add_corpus_commands(app, chosen);
  add_export_command(app, chosen);
  add_evaluate_command(app, chosen);
  add_rules_commands(app, v, chosen);
  add_doctor_command(app, v, chosen);
  add_worker_command(app, v, chosen);

  if (argc == 1) {
    std::cerr << app.help();
    return static_cast<int>(ExitCode::bad_arguments);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : static_cast<int>(ExitCode::bad_arguments);
  }
  v.process.restore = !v.no_restore;
  return static_cast<int>(chosen());
}

}  // namespace planscribe

// The commands on a corpus.
#include <chrono>
#include <cstdio>
#include <memory>

#include "pipeline/cli_commands.h"
#include "pipeline/commands_corpus.h"
#include "pipeline/commands_correct.h"
#include "pipeline/commands_review.h"

namespace planscribe {
namespace {

const CLI::Range kAmount(1, 1'000'000'000);

std::string date_problem(const std::string& text) {
  int year = 0, length = 0;
  unsigned month = 0, day = 0;
  const bool shaped = text.size() == 10 && std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &length) == 3 && length == 10;
  if (shaped && std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)).ok()) return "";
  return "'" + text + "' is no date; write it as 2024-03-07";
}

const CLI::Validator kDate(date_problem, "");

void add_search_options(CLI::App& app, SearchOptions& options) {
  app.add_option("query", options.query, "words, \"a phrase\", prefix*, AND, OR, NOT")->required();
  app.add_option("--corpus", options.corpus, "the corpus, or the output folder that holds it")->capture_default_str();
  add_filter_options(app, options.filter);
  app.add_option("--limit", options.limit, "hits at most")->capture_default_str()->check(kAmount);
  app.add_flag("--json", options.json, "one JSON object a hit");
}

void add_targets_options(CLI::App& app, TargetsOptions& options) {
  TargetQuery& query = options.query;
  app.add_option("--corpus", options.corpus, "the corpus, or the output folder that holds it")->capture_default_str();
  app.add_option("--indicator", query.indicator, "words of what is counted or measured");
  app.add_option("--unit", query.unit, "unit, e.g. %, ha, tỷ đồng");
  app.add_option("--min", query.min, "smallest value");
  app.add_option("--max", query.max, "largest value");
  app.add_option("--year", query.year, "year that the plan covers");
  app.add_option("--body", query.body, "issuing body, or a part of it");
  app.add_option("--limit", query.limit, "rows at most")->capture_default_str()->check(kAmount);
  app.add_flag("--json", options.json, "one JSON object a row");
  app.add_flag("--csv", options.csv, "CSV with a header (RFC 4180)");
}

void add_duplicates_options(CLI::App& app, DuplicatesOptions& options) {
  app.add_option("document", options.document, "only those of this document");
  app.add_option("--corpus", options.corpus, "the corpus, or the output folder that holds it")->capture_default_str();
  app.add_flag("--json", options.json, "one JSON object a pair");
}

void add_correct_options(CLI::App& app, CorrectOptions& options) {
  app.add_option("document", options.document, "path as in the run, or its end when only one has it");
  app.add_option("field", options.field, "document.number, targets[3].value, targets[3], targets[+] ... rows count from 0");
  app.add_option_function<std::string>("value", [&options](const std::string& text) {
    options.value = text;
    options.value_given = true;
  }, "text, number (1571.822), date (2024-03-07), null; a row: null removes it, {...} replaces or adds it");
  app.add_option("--corpus", options.corpus, "the corpus, or the output folder that holds it")->capture_default_str();
  app.add_option("--who", options.who, "who corrects (default: the login name)");
  app.add_option("--import", options.import_file, "file of corrections, one JSON object a line; - is standard input");
  app.add_flag("--list", options.list, "show the corrections, of DOC or all, and how they fare");
  app.add_flag("--json", options.json, "the list in the form that --import reads");
  app.add_option("--undo", options.undo, "take the correction of this number back")->check(CLI::PositiveNumber);
}

void add_review_options(CLI::App& app, ReviewOptions& options) {
  app.add_option("document", options.document, "only of this document: its path as in the run, or the end of it");
  app.add_option("--corpus", options.corpus, "the corpus, or the output folder that holds it")->capture_default_str();
  add_filter_options(app, options.filter);
  app.add_option("--limit", options.limit, "values at most")->capture_default_str()->check(kAmount);
  app.add_flag("--json", options.json, "one JSON object a value, as correct --import reads it");
  app.add_option("-o,--output", options.output, "write an HTML page: each value beside its place on the scan, to be corrected in a browser");
}

// The options live as long as the command line does.
template <typename Options>
std::shared_ptr<Options> add_command(CLI::App& command, Action& chosen, ExitCode (*act)(const Options&)) {
  auto options = std::make_shared<Options>();
  command.callback([&chosen, options, act] { chosen = [options, act] { return act(*options); }; });
  return options;
}

}  // namespace

void add_filter_options(CLI::App& app, SearchFilter& filter) {
  app.add_option("--body", filter.body, "only of this issuing or parent body, or a part of its name");
  app.add_option("--place", filter.place, "only of this place of issue");
  app.add_option("--type", filter.type, "only of this type of document");
  app.add_option("--number", filter.number, "only with this number, or a part");
  app.add_option("--cites", filter.cited, "only those that cite this act");
  app.add_option("--year", filter.year, "only those that cover this year");
  app.add_option("--from", filter.issued_from, "issued on or after, YYYY-MM-DD")->check(kDate);
  app.add_option("--to", filter.issued_to, "issued on or before, YYYY-MM-DD")->check(kDate);
}

void add_corpus_commands(CLI::App& app, Action& chosen) {
  CLI::App& search = *app.add_subcommand("search", "find words in a corpus, with or without marks");
  add_search_options(search, *add_command(search, chosen, search_corpus));
  CLI::App& targets = *app.add_subcommand("targets", "list quantitative targets of a corpus");
  add_targets_options(targets, *add_command(targets, chosen, list_targets));
  CLI::App& duplicates = *app.add_subcommand("duplicates", "documents that are the same file or the same plan scanned twice");
  add_duplicates_options(duplicates, *add_command(duplicates, chosen, show_duplicates));
  CLI::App& review = *app.add_subcommand("review", "what a person should look at first: the least certain values");
  add_review_options(review, *add_command(review, chosen, review_corpus));
  CLI::App& correct = *app.add_subcommand("correct", "put a value of a record right; list and undo corrections");
  add_correct_options(correct, *add_command(correct, chosen, correct_corpus));
}

}  // namespace planscribe

// The command export.
#include <map>
#include <memory>

#include "pipeline/cli_commands.h"
#include "pipeline/commands_export.h"

namespace planscribe {
namespace {

const std::map<std::string, ExportFormat> kFormats = {
    {"jsonl", ExportFormat::jsonl}, {"csv", ExportFormat::csv},   {"xlsx", ExportFormat::xlsx}, {"txt", ExportFormat::txt},
    {"hocr", ExportFormat::hocr},   {"alto", ExportFormat::alto}, {"pdf", ExportFormat::pdf}};

constexpr const char* kFooter = R"(Formats:
  jsonl  one record a line                                     a file, or standard output
  csv    one file a table (documents, targets, rounds, ...)    a folder
  xlsx   the same tables as sheets, with links to the pages    a file
  txt    corrected text, pages parted by form feeds            a folder, a file a document
  hocr   words with boxes and confidences, hOCR 1.2            "
  alto   the same as ALTO 4                                    "
  pdf    the document as it is with the corrected words as     "
         an invisible text layer: to be searched and copied from

In csv, text that a spreadsheet would run as a formula (= + - @ first) gets an apostrophe before it; --exact leaves it.
Numbers and dates are never touched.)";

}  // namespace

void add_export_command(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<ExportOptions>();
  SearchFilter& filter = options->filter;
  CLI::App& command = *app.add_subcommand("export", "write records, text or pages of a corpus for other programs");
  command.add_option("--format", options->format, "what to write, see below")
      ->required()
      ->transform(one_of(kFormats));
  command.add_option("--corpus", options->corpus, "the corpus, or the output folder that holds it")->capture_default_str();
  command.add_option("-o,--output", options->output, "file or folder to write (default: planscribe-export/, plans.xlsx)");
  command.add_option("--document", filter.path, "only this document, by its path in the corpus");
  add_filter_options(command, filter);
  command.add_flag("--bom", options->bom, "csv: begin with a byte order mark, for Excel");
  command.add_flag("--exact", options->exact_cells, "csv: every cell just as it is, for programs");
  command.footer(kFooter);
  command.callback([&chosen, options] { chosen = [options] { return export_corpus(*options); }; });
}

}  // namespace planscribe

// The command evaluate.
#include <memory>

#include "pipeline/cli_commands.h"
#include "pipeline/commands_evaluate.h"

namespace planscribe {
namespace {

constexpr const char* kFooter = R"(Text (per cent of the truth; white space and Unicode form do not count):
  cer, wer      character and word errors       blind     word errors without case and marks
  ... blk       the same after runs of words were moved to where the truth has them: without reading order
  f1            words as a bag                  syllable  words read right
  marks         letters with a mark (đ too) read right
Records: share of the fields that are right, F1 of the lists; full: targets with comparator, direction, whole and per.)";

}  // namespace

void add_evaluate_command(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<EvaluateOptions>();
  CLI::App& command = *app.add_subcommand("evaluate", "compare texts and records with known truth");
  command.add_option("--truth", options->truth, "folder of true texts: NAME.txt, or NAME.p01.txt a page");
  command.add_option("--gold", options->gold, "folder of true records: NAME.gold.json");
  CLI::Option* corpus = command.add_option("--corpus", options->corpus, "the results: a corpus; documents by their file name")->capture_default_str();
  command.add_option("--text", options->text, "the results: a folder of texts named as the truth")->excludes(corpus);
  command.add_option("--records", options->records, "the results: a file of records, one a line")->excludes(corpus);
  command.add_flag("--json", options->json, "JSON instead of tables");
  command.footer(kFooter);
  command.callback([&chosen, options] { chosen = [options] { return evaluate(*options); }; });
}

}  // namespace planscribe

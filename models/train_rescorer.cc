// planscribe-train-rescorer: gathers doubtful places of text and fits the rescorer to them.
//
//   planscribe-train-rescorer collect OUT.doubt MODELS LM FILE...        decodes text stripped of its marks
//   planscribe-train-rescorer fit OUT.rescore [--dev FILE.doubt]... [--megabytes 9] [--epochs 1] [--more-epochs 1]
//                             [--rate 0.1] [--min-count 4] [--cost-scale 1] [--threads 2] [--doubt 5] FILE.doubt...
//
// MODELS holds lexicon/ and the confusion tables; LM is a language model that has not seen the text (FILE, one paragraph
// a line, "-" is standard input). Memory: 12 bytes a word and 60 a doubtful place, and up to 5 GB to fit. --doubt holds for
// the files after it.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "models/rescore_corpus.h"
#include "models/rescore_fit.h"
#include "pipeline/error.h"

namespace {

using namespace planscribe;

void collect(int argc, char** argv) {
  if (argc < 6) throw Error(ExitCode::bad_arguments, "collect: give the output, the models' folder, a language model, texts");
  NgramModel model(argv[4]);
  RescoreCollector collector(model, argv[3]);
  RescoreCorpus corpus;
  for (int i = 5; i < argc; ++i) {
    std::string name = argv[i];
    std::ifstream file;
    if (name != "-") file.open(name);
    if (!file) throw Error(ExitCode::input_file, name + ": cannot be read");
    collector.read(name == "-" ? std::cin : file, corpus);
  }
  std::fprintf(stderr, "%s: %llu syllables, %llu wrong (%llu out of reach), %zu doubtful places\n", argv[2],
               static_cast<unsigned long long>(corpus.syllables), static_cast<unsigned long long>(corpus.wrong),
               static_cast<unsigned long long>(corpus.out_of_reach), corpus.places.size());
  corpus.save(argv[2]);
}

void fit(int argc, char** argv) {
  FitOptions o;
  RescoreCorpus corpus;
  std::vector<RescoreCorpus> dev;
  std::string out;
  for (int i = 2; i < argc; ++i) {
    std::string word = argv[i];
    auto value = [&] {
      if (++i == argc) throw Error(ExitCode::bad_arguments, word + ": lacks its value");
      return argv[i];
    };
    if (word == "--dev") dev.emplace_back().load(value());
    else if (word == "--megabytes") o.megabytes = std::strtod(value(), nullptr);
    else if (word == "--epochs") o.epochs = std::atoi(value());
    else if (word == "--rate") o.rate = std::strtof(value(), nullptr);
    else if (word == "--more-epochs") o.more_epochs = std::atoi(value());
    else if (word == "--min-count") o.min_count = static_cast<unsigned>(std::atoi(value()));
    else if (word == "--cost-scale") o.cost_scale = std::strtof(value(), nullptr);
    else if (word == "--threads") o.threads = std::max(1ul, std::strtoul(value(), nullptr, 10));
    else if (out.empty()) out = word;
    else if (word == "--doubt") o.doubt = std::strtof(value(), nullptr);
    else corpus.load(word), corpus.narrow(o.doubt);
  }
  if (corpus.places.empty()) throw Error(ExitCode::bad_arguments, "fit: give the output and at least one .doubt file that is not empty");
  fit_rescorer(corpus, dev, o, out);
}

int run(int argc, char** argv) {
  std::string what = argc > 1 ? argv[1] : "";
  if (what == "collect") return collect(argc, argv), 0;
  if (what == "fit") return fit(argc, argv), 0;
  throw Error(ExitCode::bad_arguments, "say collect or fit");
}

}  // namespace

int main(int argc, char** argv) try {
  return run(argc, argv);
} catch (const planscribe::Error& error) {
  std::fprintf(stderr, "planscribe-train-rescorer: %s\n", error.what());
  return static_cast<int>(error.code());
}

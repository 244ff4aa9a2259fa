// planscribe-train: counts text and writes the language model.
//
//   planscribe-train OUT.lm [--megabytes 20] [--min-word 20] [--weight N] FILE... ; "-" is standard input
//
// --weight holds for the files after it. Each line of a file is one sentence or paragraph, UTF-8, NFC.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "models/train_counts.h"
#include "models/train_model.h"
#include "pipeline/error.h"

namespace {

struct Options {
  std::string out;
  size_t megabytes = 20;
  uint32_t min_word = 20;
};

void read_file(planscribe::Counter& counter, const std::string& name, uint32_t weight) {
  if (name == "-") return counter.read(std::cin, weight);
  std::ifstream file(name);
  if (!file) throw planscribe::Error(planscribe::ExitCode::input_file, name + ": cannot be read");
  counter.read(file, weight);
  std::fprintf(stderr, "read %s\n", name.c_str());
}

int run(int argc, char** argv) {
  Options options;
  planscribe::Counter counter;
  uint32_t weight = 1;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    auto value = [&] { return ++i < argc ? std::strtoul(argv[i], nullptr, 10) : 0; };
    if (word == "--megabytes") options.megabytes = value();
    else if (word == "--min-word") options.min_word = static_cast<uint32_t>(value());
    else if (word == "--weight") weight = static_cast<uint32_t>(value());
    else if (options.out.empty()) options.out = word;
    else read_file(counter, word, weight);
  }
  if (options.out.empty()) throw planscribe::Error(planscribe::ExitCode::bad_arguments, "no output file given");
  planscribe::Counts counts = counter.count(options.min_word, 65000);
  auto show = [&](const char* when) {
    std::fprintf(stderr, "%s: %zu words, %zu pairs, %zu triples\n", when, counts.words.size(),
                 counts.levels[0].size(), counts.levels[1].size());
  };
  show("counted");
  planscribe::prune(counts, options.megabytes * 1000000);
  show("kept");
  planscribe::write_model(counts, options.out);
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  return run(argc, argv);
} catch (const planscribe::Error& error) {
  std::fprintf(stderr, "planscribe-train: %s\n", error.what());
  return static_cast<int>(error.code());
}

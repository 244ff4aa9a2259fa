// planscribe-evaluate-models: how well restoration works on texts whose truth is known.
//
//   planscribe-evaluate-models MODELS marks FILE     strips the marks of FILE, restores, counts right syllables
//   planscribe-evaluate-models MODELS clean FILE     restores FILE as it is, counts changed words
//   planscribe-evaluate-models MODELS restore FILE   prints FILE restored
//   planscribe-evaluate-models MODELS restore-scan FILE  the same for text known to be Tesseract's with Vietnamese
//   planscribe-evaluate-models MODELS explain FILE   prints every change
//   planscribe-evaluate-models MODELS pairs FILE     truth TAB reading a line: word errors before and after
//   planscribe-evaluate-models MODELS scan-pairs FILE   the same for readings known to be Tesseract's with Vietnamese
//
// FILE "-" is standard input. Figures go to standard error, with the processor time restoration took.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <sstream>

#include "models/letters.h"
#include "models/restorer.h"
#include "models/text_pairs.h"
#include "models/tokens.h"
#include "models/unicode.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

using Lines = std::vector<std::string>;

// Of this one thread, so that other work on the machine does not count.
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::string strip_marks(const std::string& text) {
  std::string out;
  for (char32_t c : decode(text)) append_utf8(out, bare(c));
  return out;
}

// Documents of a few hundred lines, as the program sees them.
std::vector<RestoredLine> restore(const Restorer& restorer, const Lines& lines, double& seconds,
                                  Channel channel = Channel::automatic) {
  constexpr size_t kDocument = 400;
  std::vector<RestoredLine> out;
  double start = cpu_seconds();
  for (size_t i = 0; i < lines.size(); i += kDocument) {
    std::vector<LineInput> part;
    for (size_t k = i; k < std::min(i + kDocument, lines.size()); ++k) part.push_back({lines[k], {}});
    for (RestoredLine& line : restorer.restore(part, channel)) out.push_back(std::move(line));
  }
  seconds = cpu_seconds() - start;
  return out;
}

Lines words_of(const std::string& text) {
  std::istringstream in(text);
  Lines out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

size_t word_distance(const Lines& a, const Lines& b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t corner = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t best = std::min({row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])});
      corner = row[j], row[j] = best;
    }
  }
  return row[b.size()];
}

std::u32string without_spaces(std::u32string_view text) {
  std::u32string out;
  for (char32_t c : text) {
    if (!is_space(c)) out += c;
  }
  return out;
}

// Words that run together in the truth may come out parted: spaces do not count.
void report_marks(const Lines& truth, const std::vector<RestoredLine>& out, double seconds) {
  size_t syllables = 0, right = 0;
  for (size_t i = 0; i < truth.size(); ++i) {
    std::u32string a = decode(to_lower(truth[i])), b = without_spaces(decode(to_lower(out[i].text)));
    b.resize(without_spaces(a).size(), U'?');
    size_t spaces = 0, seen = 0;
    for (const Token& token : tokenise(a)) {
      for (; seen < token.begin; ++seen) spaces += is_space(a[seen]);
      if (token.kind != TokenKind::word) continue;
      std::u32string want = a.substr(token.begin, token.end - token.begin), got = b.substr(token.begin - spaces, want.size());
      ++syllables;
      right += want == got;
      if (want != got) std::printf("%s\t%s\n", encode(want).c_str(), encode(got).c_str());
    }
  }
  std::fprintf(stderr, "marks: %zu syllables, %.2f %% right, %.0f syllables/s\n", syllables,
               100.0 * static_cast<double>(right) / static_cast<double>(syllables), static_cast<double>(syllables) / seconds);
}

void report_clean(const Lines& lines, const std::vector<RestoredLine>& out, double seconds) {
  size_t words = 0, changed = 0, digits = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    words += words_of(lines[i]).size();
    for (const Change& c : out[i].changes) {
      std::string before = lines[i].substr(c.begin, c.end - c.begin), after = out[i].text.substr(c.out_begin, c.out_end - c.out_begin);
      ++changed;
      digits += before.find_first_of("0123456789") != std::string::npos;
      std::printf("%s\t%s\t%.1f\t%s\n", before.c_str(), after.c_str(), c.margin, lines[i].c_str());
    }
  }
  std::fprintf(stderr, "clean: %zu words, %zu changed (%.1f of 10,000), %zu with digits, %.0f words/s\n", words, changed,
               1e4 * static_cast<double>(changed) / static_cast<double>(words), digits, static_cast<double>(words) / seconds);
}

void report_pairs(const Restorer& restorer, const std::string& file, Channel channel) {
  const auto [truth, reading] = read_text_pairs(file);
  double seconds = 0;
  std::vector<RestoredLine> out = restore(restorer, reading, seconds, channel);
  size_t words = 0, before = 0, after = 0;
  for (size_t i = 0; i < truth.size(); ++i) {
    Lines t = words_of(truth[i]);
    words += t.size();
    before += word_distance(t, words_of(reading[i]));
    size_t wrong = word_distance(t, words_of(out[i].text));
    after += wrong;
    if (wrong) std::printf("T %s\nR %s\nO %s\n", truth[i].c_str(), reading[i].c_str(), out[i].text.c_str());
  }
  auto share = [&](size_t n) { return 100.0 * static_cast<double>(n) / static_cast<double>(words); };
  std::fprintf(stderr, "pairs: %zu words, word errors %.2f %% -> %.2f %%, %.0f words/s\n", words, share(before),
               share(after), static_cast<double>(words) / seconds);
}

int run(int argc, char** argv) {
  if (argc != 4) throw Error(ExitCode::bad_arguments, "give the models' folder, what to do and a file");
  double start = cpu_seconds();
  auto begun = std::chrono::steady_clock::now();
  Restorer restorer(argv[1]);
  double load = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  std::fprintf(stderr, "loaded in %.0f ms (%.0f ms of processor time)\n", load * 1000, (cpu_seconds() - start) * 1000);
  std::string what = argv[2];
  if (what == "pairs") return report_pairs(restorer, argv[3], Channel::automatic), 0;
  if (what == "scan-pairs") return report_pairs(restorer, argv[3], Channel::vietnamese), 0;
  Lines lines = read_text_lines(argv[3]);
  double seconds = 0;
  Lines input = lines;
  if (what == "marks") for (std::string& line : input) line = strip_marks(line);
  Channel channel = what == "restore-scan" ? Channel::vietnamese : Channel::automatic;
  std::vector<RestoredLine> out = restore(restorer, input, seconds, channel);
  if (what == "marks") report_marks(lines, out, seconds);
  if (what == "clean" || what == "explain") report_clean(lines, out, seconds);
  if (what == "restore" || what == "restore-scan") for (const RestoredLine& line : out) std::printf("%s\n", line.text.c_str());
  return 0;
}

}  // namespace
}  // namespace planscribe

int main(int argc, char** argv) try {
  return planscribe::run(argc, argv);
} catch (const planscribe::Error& error) {
  std::fprintf(stderr, "planscribe-evaluate-models: %s\n", error.what());
  return static_cast<int>(error.code());
}

// Bad input gets a clear message and a documented exit code, and never stops the batch.
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "catch.h"
#include "program.h"

using namespace planscribe;

namespace {

const std::string kText = "KẾ HOẠCH\nPhát động phong trào thi đua năm 2024\n- Tỷ lệ hộ nghèo: dưới 2%\n";

// A PDF that claims what its pages say; enough for the readers to try.
std::string small_pdf(const std::string& page_entries, int count = 1) {
  return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count " + std::to_string(count) +
         ">>endobj\n3 0 obj<</Type/Page/Parent 2 0 R" + page_entries + ">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
}

std::string big_endian(unsigned value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8), static_cast<char>(value)};
}

// Only the header of a PNG of absurd size.
std::string huge_png() {
  return std::string("\x89PNG\r\n\x1a\n", 8) + big_endian(13) + "IHDR" + big_endian(200000) + big_endian(200000) +
         std::string("\x08\x00\x00\x00\x00", 5) + big_endian(0) + std::string(64, '\0');
}

// A page that is one image, in JPEG 2000 that is none.
std::string damaged_scan() {
  return small_pdf("/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>") + "4 0 obj<</Length 26>>stream\n"
         "q 595 0 0 842 0 0 cm /I Do\nendstream endobj\n5 0 obj<</Type/XObject/Subtype/Image/Width 595/Height 842/BitsPerComponent 8"
         "/ColorSpace/DeviceGray/Filter/JPXDecode/Length 24>>stream\n" + std::string("\0\0\0\x0CjP  \r\n\x87\nrubbish.....", 24) +
         "\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
}

struct Case {
  const char* name;
  std::string content;
  int exit_code;
  const char* message;  // part of what stderr says, beside the file's name
};

}  // namespace

TEST_CASE("each kind of bad input: exit code and message that names the file") {
  const TestFolder folder;
  const Case cases[] = {
      {"garbage.pdf", "%PDF-1.7\nnothing here is a PDF", 2, "not a readable PDF"},
      {"empty.pdf", "", 2, "the file is empty"},
      {"empty.txt", "", 2, "the file is empty"},
      {"latin.txt", "K\xCA HO\xA1" "CH thi \xC5\xC5\xC5", 2, "not UTF-8 at byte 1"},
      {"binary.txt", std::string("a\0b\0\x01\x02", 6), 2, "neither PDF, image"},
      {"huge.png", huge_png(), 2, "too large"},
      {"cut.jpg", std::string("\xFF\xD8\xFF\xE0\x00\x10JFIF", 10), 2, "cut.jpg"},
      {"nopages.pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
                      "trailer<</Root 1 0 R>>\n%%EOF\n", 2, "nopages.pdf"},
      {"utf16.txt", std::string("\xFF\xFEK\0H\0", 6), 2, "UTF-16; convert it"},
      {"scan.pdf", damaged_scan(), 2, "its picture is damaged"},  // blank as Poppler draws it, not on paper
      {"bomb.pdf", small_pdf("/MediaBox[0 0 14400000 14400000]"), 2, "absurd page size"},
  };
  for (const Case& c : cases) {
    const std::string path = folder.write(c.name, c.content);
    const Outcome outcome = planscribe::planscribe({"run", path, "-o", folder / (std::string("out-") + c.name), "-j", "1"});
    INFO(c.name << ": " << outcome.err);
    CHECK(outcome.exit_code == c.exit_code);
    CHECK(outcome.err.find(c.name) != std::string::npos);
    CHECK(outcome.err.find(c.message) != std::string::npos);
  }
}

TEST_CASE("a batch goes on after bad documents, and the counts add up") {
  const TestFolder folder;
  folder.write("in/a.pdf", "%PDF-1.7 garbage");
  folder.write("in/b.txt", kText);
  folder.write("in/c.txt", "");
  folder.write("in/d.png.txt", kText);
  folder.write("in/e.pdf", kText);  // wrong suffix: read as what it is
  const Outcome outcome = planscribe::planscribe({"run", folder / "in", "-o", folder / "out", "--log-format", "json"});
  INFO(outcome.err);
  CHECK(outcome.exit_code == 11);
  CHECK(records_of(folder / "out").size() == 3);
  const std::string last = outcome.err.substr(outcome.err.rfind('\n', outcome.err.size() - 2) + 1);
  const auto summary = nlohmann::json::parse(last);
  CHECK(summary["documents"] == 5);
  CHECK(summary["documents"].get<int>() == summary["done"].get<int>() + summary["unchanged"].get<int>() + summary["failed"].get<int>() +
                                               summary["encrypted"].get<int>() + summary["not_reached"].get<int>());
  CHECK(summary["pages"].get<int>() == summary["pages_read"].get<int>() + summary["pages_cached"].get<int>() + summary["pages_failed"].get<int>());
  const Outcome first = planscribe::planscribe({"run", folder / "in", "-o", folder / "out2", "--fail-fast", "-j", "1", "-q"});
  CHECK(first.exit_code == 11);
  CHECK(records_of(folder / "out2").size() < 3);
}

TEST_CASE("failures that have scrolled away are named again at the end") {
  const TestFolder folder;
  folder.write("in/a.txt", "");
  for (int i = 0; i < 20; ++i) folder.write("in/b" + std::to_string(i) + ".txt", kText);
  const auto told = [&](const std::string& output) {
    const std::string err = planscribe::planscribe({"run", folder / "in", "-o", folder / output}).err;
    size_t times = 0;
    for (size_t at = 0; (at = err.find("failed: " + (folder / "in/a.txt"), at)) != std::string::npos; ++at) ++times;
    return times;
  };
  CHECK(told("out") == 2);
  CHECK(told("out") == 1);  // the others are known already and not named
}

TEST_CASE("an encrypted PDF: exit 8 alone, counted in a batch, not tried again") {
  const TestFolder folder;
  const std::string plain = SOURCE_DIR "/corpus/samples/plans/lien_hiep_hoi_2019.copy.pdf", locked = folder / "locked.pdf";
  REQUIRE(system(("qpdf --encrypt secret owner 256 -- " + plain + " " + locked).c_str()) == 0);
  const Outcome alone = planscribe::planscribe({"run", locked, "-o", folder / "out"});
  INFO(alone.err);
  CHECK(alone.exit_code == 8);
  CHECK(alone.err.find("encrypted") != std::string::npos);
  CHECK(planscribe::planscribe({"run", locked, "-o", folder / "out"}).exit_code == 8);
}

TEST_CASE("folders that cannot be used, arguments that make no sense") {
  const TestFolder folder;
  const std::string input = folder.write("a.txt", kText), in_the_way = folder.write("file", "x");
  CHECK(planscribe::planscribe({"run", input, "-o", in_the_way}).exit_code == 5);
  CHECK(planscribe::planscribe({"run", folder / "missing.pdf", "-o", folder / "out"}).exit_code == 5);
  CHECK(planscribe::planscribe({"run", input, "-o", folder / "out", "--pages", "x"}).exit_code == 1);
  CHECK(planscribe::planscribe({"run"}).exit_code == 1);
  CHECK(planscribe::planscribe({"run", input, "--no-such-option"}).exit_code == 1);
  CHECK(planscribe::planscribe({"run", input, "-o", folder / "out", "-l", "xyz"}).exit_code == 3);
  CHECK(planscribe::planscribe({"run", input, "-o", folder / "out", "--data", folder.path()}).exit_code == 9);
  if (geteuid() == 0) return;  // root reads everything
  chmod(input.c_str(), 0);
  CHECK(planscribe::planscribe({"run", input, "-o", folder / "out"}).exit_code == 5);
}

TEST_CASE("a corpus that is no corpus is refused and left as it is") {
  const TestFolder folder;
  const std::string input = folder.write("a.txt", kText), corpus = folder.write("out/corpus.db", "these are notes, not a database");
  const Outcome outcome = planscribe::planscribe({"run", input, "-o", folder / "out"});
  INFO(outcome.err);
  CHECK(outcome.exit_code == 9);
  CHECK(outcome.err.find("corpus.db") != std::string::npos);
  CHECK(read_file(corpus) == "these are notes, not a database");
}

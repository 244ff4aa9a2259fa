// documents.h: documents made for the tests of exports, and other programs that read what was written.
#pragma once

#include <string>
#include <vector>

#include "corpus/store.h"
#include "tests/pipeline/program.h"

namespace planscribe {

// Every word with a box on a page of 1000 x 1400 pixels at 100 dpi (720 x 1008 points); lines parted by \n.
Page page_of(int number, const std::string& text);

// A record with something in every table, and text that is hard on formats.
Record full_record(const std::string& path);

// Puts the document into the corpus as a run does.
void put(Store& store, const std::string& path, const std::vector<Page>& pages, const Record& record);

// A PDF with one page of 720 x 1008 points: content is its content stream, page further keys of the page ("/Rotate 90"),
// root of the catalogue. It has the fonts /F1 (Helvetica).
std::string pdf_of(const std::string& content, const std::string& page = "", const std::string& root = "");

struct Command {
  int exit_code = -1;
  std::string out;  // with stderr
};
Command run_command(const std::string& command);

// pdftotext -bbox: words with their boxes in points from the top left of the page as shown.
struct FoundWord {
  std::string text;
  double left = 0, top = 0, right = 0, bottom = 0;
};
std::vector<FoundWord> words_in(const std::string& pdf);

}  // namespace planscribe

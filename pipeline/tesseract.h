// tesseract.h: the Tesseract engine behind plain values. One engine per worker, kept alive; one thread.
// Boxes are pixels of the image last given to set_page. Text is NFC.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/image.h"
#include "pipeline/page.h"

namespace planscribe {

enum class ReadMode {
  automatic,  // Tesseract's own page segmentation
  block,      // one column of lines
  line        // one line
};

class Tesseract {
 public:
  // Throws Error(missing_dependency) when the language data is not installed.
  explicit Tesseract(const std::string& language);
  ~Tesseract();
  Tesseract(const Tesseract&) = delete;
  Tesseract& operator=(const Tesseract&) = delete;

  // Keep the other readings of each glyph from now on (costs about a tenth of the time).
  void set_alternatives(bool on);
  // pix: 8 bits, dark on light. The engine keeps a reference of its own until the next call.
  void set_page(const PixPtr& pix);
  // The lines of an area in the order in which they were found.
  std::vector<Line> read_lines(const Box& area, ReadMode mode);
  // The words in an area that is cut out of the page and made larger (> 1) or smaller; boxes as on the page.
  std::vector<Word> read_words(const Box& area, double across, double down);
  void release_page();  // frees the image and the results

  static std::string version();  // of the library: "5.3.0"

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Mean confidence of the words, weighted by their length; 0 for none.
double mean_confidence(const std::vector<Line>& lines);
int letter_count(const std::vector<Line>& lines);

}  // namespace planscribe

// recognise.h: the image of one page -> a Page: clean-up, orientation, layout and OCR.
//
//   auto recogniser = make_recogniser({.language = "vie"});
//   Page page = recogniser->read(scan);       // boxes in pixels of scan.pix
//
// One recogniser per worker process; not thread-safe. Uses one thread.
#pragma once

#include <memory>
#include <string>

#include "pipeline/image.h"
#include "pipeline/page.h"
#include "pipeline/second_reading.h"

namespace planscribe {

struct RecogniseOptions {
  std::string language = "vie";
  bool alternatives = true;  // keep each glyph's other readings
  TextCost text_cost;        // chooses between two readings of a doubtful word; without it none is read twice
};

class Recogniser {
 public:
  virtual ~Recogniser() = default;
  // Page::number is left at 1. Page::status is blank when there is nothing to read.
  virtual Page read(const Scan& scan) = 0;
  virtual std::string version() const = 0;  // "tesseract 5.3.0 vie", for cache keys and made_by
};

// Throws Error(missing_dependency) naming the package when the language data is not installed.
std::unique_ptr<Recogniser> make_recogniser(const RecogniseOptions& options);

}  // namespace planscribe

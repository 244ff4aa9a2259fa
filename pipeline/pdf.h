// pdf.h: the text layer and the picture of a PDF page. The only user of Poppler (pdf.cc).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/image.h"
#include "pipeline/page.h"

namespace planscribe {

// A word of a text layer; box in pixels at the resolution asked for.
struct LayerWord {
  std::string text;
  Box box;
  bool space_after = true;
  int turn = 0;  // degrees clockwise by which the word stands on the page: 0, 90, 180, 270
};

// Not thread-safe. Throws Error(encrypted) or Error(input_file) when the file cannot be opened.
class Pdf {
 public:
  explicit Pdf(const std::string& path);
  ~Pdf();
  int page_count() const;
  // Width and height in points (1/72 inch), as shown (after /Rotate).
  std::pair<double, double> page_size(int page) const;
  std::vector<LayerWord> text_layer(int page, int dpi) const;  // in the file's reading order; page: 1-based
  Scan render(int page, int dpi) const;                        // throws Error(input_file) when it cannot be drawn
  // The first thing that Poppler complained of while it drew the last page (a damaged image, a missing font); "" for none.
  const std::string& complaint() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace planscribe

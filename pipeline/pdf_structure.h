// pdf_structure.h: what a PDF is made of, page by page. qpdf is used here and in what writes PDFs (searchable_pdf.h).
#pragma once

#include <memory>
#include <string>

namespace planscribe {

struct PdfPageFacts {
  std::string content_hash;  // SHA-256 of everything that draws the page; the same page in another file has the same
  bool draws_images = false; // the page has images among its resources
  bool one_image = false;    // the page is one image that covers it
  int image_dpi = 0;         // resolution of that image on the page; 0 unless one_image
  std::string image_file;    // that image as a JPEG or TIFF file, when nothing else is drawn and it is not turned; else empty
  double image_missing = 0;  // share of that image's rows for which there is no data
};

// Not thread-safe. Throws Error(encrypted) or Error(input_file) when the file cannot be opened.
class PdfStructure {
 public:
  explicit PdfStructure(const std::string& path);
  ~PdfStructure();
  int page_count() const;
  PdfPageFacts facts(int page) const;  // page: 1-based

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace planscribe

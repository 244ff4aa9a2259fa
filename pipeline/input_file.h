// input_file.h: an input file as a series of pages, each either an image to be read or text to be taken.
//
//   InputFile input("plan.pdf");                    // sniffs the content, not the name
//   for (int page = 1; page <= input.page_count(); ++page) ... input.page_hash(page) ... input.scan(page)
//
// Not thread-safe. Bad input throws Error(input_file, encrypted or file_access) that names the file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/image.h"
#include "pipeline/page.h"
#include "pipeline/pdf.h"
#include "pipeline/pdf_structure.h"

namespace planscribe {

enum class InputKind { pdf, image, text };

// What a file is by its first bytes; throws Error(input_file) when it is none of the kinds read, or empty.
InputKind sniff(const std::string& path);
const char* media_type(InputKind kind, const std::string& path);

// Plain text as pages, parted by form feeds; UTF-8.
std::vector<Page> pages_of_text(const std::string& text);

class InputFile {
 public:
  explicit InputFile(const std::string& path);
  InputKind kind() const { return kind_; }
  int page_count() const { return page_count_; }
  std::string page_hash(int page) const;  // of the page's content; page: 1-based

  // PDF only: the text layer at the resolution its page would be rendered at; no words when there is none.
  std::vector<LayerWord> text_layer(int page) const;
  Page text_page(int page) const;    // text only: the lines of the page as they stand
  Scan scan(int page) const;         // PDF and image: the picture of the page
  // Of the page whose picture was asked for last: what was wrong with its images, when it had some; "" when nothing was.
  const std::string& damage() const { return damage_; }
  int render_dpi(int page) const;    // PDF only
  Page empty_page(int page) const;   // PDF only: number, size and resolution filled in

 private:
  const PdfPageFacts& facts(int page) const;

  std::string path_;
  InputKind kind_;
  int page_count_ = 0;
  std::string bytes_;                   // image
  std::unique_ptr<ImageFile> image_;    // image
  std::vector<std::string> texts_;      // text: one a page
  std::unique_ptr<Pdf> pdf_;
  std::unique_ptr<PdfStructure> structure_;  // null when qpdf cannot follow a damaged file
  std::string file_hash_;
  mutable int facts_page_ = 0;
  mutable PdfPageFacts facts_;
  mutable std::string damage_;
};

}  // namespace planscribe

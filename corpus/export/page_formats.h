// page_formats.h: pages with the places of their words as XML, for the programs of libraries and archives.
//
//   hOCR 1.2   XHTML: ocr_page, ocr_carea, ocr_par, ocr_line, ocrx_word; x_wconf 0..100
//   ALTO 4     http://www.loc.gov/standards/alto/ns-v4#; WC 0..1, 1 = sure
//
// Both give the restored words; coordinates are pixels of the page image, origin top left. One file a document.
#pragma once

#include <string>
#include <vector>

#include "pipeline/page.h"
#include "rules/record.h"

namespace planscribe {

std::string to_hocr(const std::vector<Page>& pages, const Source& source, const MadeBy& made_by);
std::string to_alto(const std::vector<Page>& pages, const Source& source, const MadeBy& made_by);

}  // namespace planscribe

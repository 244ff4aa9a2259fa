// searchable_pdf.h: a document as a PDF whose pages look as they did and can be searched and copied from: the restored
// words stand invisibly where they are printed.
#pragma once

#include <string>
#include <vector>

#include "pipeline/page.h"

namespace planscribe {

// document: the PDF or image file that the pages were read from; it is never changed. The output is another file.
//   - PDF: images and compressed streams keep their bytes. Pages with a text layer that was trusted stay as they are; on the others
//     an old invisible layer gives way to the new one, visible text stays.
//   - Image: each page of the file becomes a page with the image, turned upright by /Rotate.
// Returns what should be said of the copy (that it was signed, that it is encrypted), or "". Throws Error: encrypted when
// a password is needed, input_file when the file is damaged, file_access when the output cannot be written.
std::string write_searchable_pdf(const std::string& document, const std::vector<Page>& pages, const std::string& output);

}  // namespace planscribe

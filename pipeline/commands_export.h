// commands_export.h: the corpus written out for other programs.
#pragma once

#include <string>

#include "corpus/search.h"
#include "pipeline/error.h"

namespace planscribe {

enum class ExportFormat { jsonl, csv, xlsx, txt, hocr, alto, pdf };

struct ExportOptions {
  std::string corpus = "planscribe-out/corpus.db";
  ExportFormat format = ExportFormat::jsonl;
  std::string output;      // jsonl, xlsx: a file, or a folder to put it in ("" = stdout for jsonl); else a folder
  SearchFilter filter;     // which documents
  bool bom = false;        // csv: begin with a byte order mark, as Excel needs it to see UTF-8
  bool exact_cells = false;  // csv: no apostrophe before cells that a spreadsheet would run as a formula
};

// Document by document: memory does not grow with the corpus. Every file is written whole or not at all. Documents that
// have nothing to write in the format (plain text has no places for hOCR) are named on stderr. some_failed when files
// of some documents could not be made; Error(file_access) when the output cannot be written.
ExitCode export_corpus(const ExportOptions& options);

}  // namespace planscribe

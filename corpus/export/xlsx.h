// xlsx.h: rows as an Excel workbook, a sheet a table. xlsx.cc is the only user of libxlsxwriter.
//
//   Workbook book("plans.xlsx.part", tables());
//   book.add(0, row);                   // to the sheet of the first table
//   book.close();                       // now the file is whole
//
// Numbers are numbers and whole dates are dates; text is never a formula. The head row stays in sight and filters. Rows
// go to temporary files (TMPDIR) as they come, so memory does not grow with them. A table longer than a sheet may be
// goes on in a further sheet. Throws Error(file_access) with the reason; a workbook left without close() leaves no file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "corpus/export/tables.h"

namespace planscribe {

class Workbook {
 public:
  Workbook(const std::string& path, const std::vector<ExportTable>& tables);
  ~Workbook();
  void add(size_t table, const Row& row);
  void close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace planscribe

#include "corpus/export/xlsx.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdio>
#include <set>
#include <utility>

#include "corpus/export/zip_check.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

constexpr size_t kMaxText = 32767;    // characters of a cell
constexpr size_t kMaxUrl = 2000;      // bytes; the program's own limit is 2079
constexpr int kMaxLinks = 65530;      // of a sheet; later rows show the page as text
constexpr lxw_row_t kMaxRows = LXW_ROW_MAX;
constexpr double kWide = 40, kNarrow = 14;  // columns, in characters

const std::set<std::string> kWideColumns = {"path", "title", "theme", "parent_body", "issuing_body", "name", "indicator",
                                            "evidence", "needs_review", "issuer", "link"};

struct Sheet {
  lxw_worksheet* sheet = nullptr;  // the workbook's
  lxw_row_t rows = 0;
  int links = 0, part = 1;
};

// Cut between characters to what a cell holds.
std::string fitting(const std::string& text) {
  if (text.size() <= kMaxText) return text;
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i)
    if ((text[i] & 0xC0) != 0x80 && ++characters == kMaxText) return text.substr(0, i) + "…";
  return text;
}

// A whole date of the calendar that Excel has, or false.
bool to_datetime(const std::string& iso, lxw_datetime& date) {
  if (iso.size() != 10 || std::sscanf(iso.c_str(), "%4d-%2d-%2d", &date.year, &date.month, &date.day) != 3) return false;
  return date.year >= 1900 && date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31 && iso > "1900-03-01";
}

}  // namespace

struct Workbook::Impl {
  std::string path;
  const std::vector<ExportTable>& tables;
  lxw_workbook* book = nullptr;  // freed by workbook_close() alone
  lxw_format *head = nullptr, *date = nullptr, *link = nullptr;
  std::vector<Sheet> sheets;

  void open_sheet(size_t table) {
    Sheet& at = sheets[table];
    const std::string& name = tables[table].name;
    at.sheet = workbook_add_worksheet(book, (at.part == 1 ? name : fmt::format("{} {}", name, at.part)).c_str());
    if (!at.sheet) throw Error(ExitCode::file_access, path + ": cannot be written: no sheet can be made; is TMPDIR full?");
    at.rows = 1;
    at.links = 0;
    worksheet_freeze_panes(at.sheet, 1, 0);
    lxw_col_t column = 0;
    for (const std::string& title : tables[table].columns) {
      worksheet_set_column(at.sheet, column, column, kWideColumns.contains(title) ? kWide : kNarrow, nullptr);
      check(worksheet_write_string(at.sheet, 0, column++, title.c_str(), head));
    }
  }

  void close_sheet(size_t table) {
    const Sheet& at = sheets[table];
    const auto last = static_cast<lxw_col_t>(tables[table].columns.size() - 1);
    worksheet_autofilter(at.sheet, 0, 0, at.rows - 1, last);
  }

  void check(lxw_error code) const {
    if (code == LXW_NO_ERROR) return;
    throw Error(ExitCode::file_access, path + ": cannot be written: " + lxw_strerror(code));
  }

  void write(Sheet& at, lxw_col_t column, const Cell& cell);
};

void Workbook::Impl::write(Sheet& at, lxw_col_t column, const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return;
  if (const double* number = std::get_if<double>(&cell)) return check(worksheet_write_number(at.sheet, at.rows, column, *number, nullptr));
  lxw_datetime day{};
  if (const DateText* text = std::get_if<DateText>(&cell); text && to_datetime(text->iso, day))
    return check(worksheet_write_datetime(at.sheet, at.rows, column, &day, date));
  const std::string text = fitting(to_text(cell));
  const PageLink* page = std::get_if<PageLink>(&cell);
  const bool linked = page && !page->url.empty() && page->url.size() <= kMaxUrl && at.links < kMaxLinks;
  if (!linked) {
    if (!text.empty()) check(worksheet_write_string(at.sheet, at.rows, column, text.c_str(), nullptr));
    return;
  }
  ++at.links;
  const std::string url = fmt::format("{}#page={}", page->url, page->page);
  check(worksheet_write_url_opt(at.sheet, at.rows, column, url.c_str(), link, text.c_str(), nullptr));
}

Workbook::Workbook(const std::string& path, const std::vector<ExportTable>& tables) : impl_(new Impl{path, tables}) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.use_zip64 = LXW_TRUE;
  impl_->book = workbook_new_opt(path.c_str(), &options);
  if (!impl_->book) throw Error(ExitCode::file_access, path + ": cannot be written: out of memory");
  impl_->head = workbook_add_format(impl_->book);
  format_set_bold(impl_->head);
  impl_->date = workbook_add_format(impl_->book);
  format_set_num_format(impl_->date, "yyyy-mm-dd");
  impl_->link = workbook_get_default_url_format(impl_->book);
  impl_->sheets.resize(tables.size());
  for (size_t i = 0; i < tables.size(); ++i) impl_->open_sheet(i);
}

// workbook_close() is the only way to free it, and writes the file.
Workbook::~Workbook() {
  if (!impl_->book) return;
  workbook_close(impl_->book);
  unlink(impl_->path.c_str());
}

void Workbook::add(size_t table, const Row& row) {
  Sheet& at = impl_->sheets.at(table);
  if (at.rows == kMaxRows) {
    impl_->close_sheet(table);
    ++at.part;
    impl_->open_sheet(table);
  }
  for (lxw_col_t column = 0; column < row.size(); ++column) impl_->write(at, column, row[column]);
  ++at.rows;
}

void Workbook::close() {
  for (size_t i = 0; i < impl_->sheets.size(); ++i) impl_->close_sheet(i);
  lxw_workbook* book = std::exchange(impl_->book, nullptr);
  const lxw_error code = workbook_close(book);
  const bool whole = code == LXW_NO_ERROR && zip_entries_end_with(impl_->path, "xl/worksheets/sheet", "</worksheet>");
  if (whole) return;
  unlink(impl_->path.c_str());
  impl_->check(code);
  throw Error(ExitCode::file_access, impl_->path + ": cannot be written: a sheet is not whole; is the folder for temporary files (TMPDIR) full?");
}

}  // namespace planscribe

#include "corpus/documents.h"

#include "corpus/filter.h"
#include "corpus/names.h"
#include "corpus/sqlite.h"
#include "corpus/word_json.h"
#include "pipeline/error.h"
#include "rules/record_from_json.h"

namespace planscribe {
namespace {

Error unknown_document(const Store& store, const std::string& path) {
  return Error(ExitCode::bad_arguments, store.database().path() + ": has no document '" + path +
                                            "' that was read; paths are written as they were in the run");
}

Box read_box(const Statement& row, int first) {
  if (row.is_null(first)) return {};
  const auto at = [&](int i) { return static_cast<int>(row.integer(first + i)); };
  return {at(0), at(1), at(2), at(3)};
}

void read_regions(const Database& database, std::int64_t page_id, Page& page) {
  Statement rows(database, R"(
    SELECT kind, "row", "column", box_left, box_top, box_right, box_bottom FROM regions
    WHERE page_id = ? ORDER BY number)");
  rows.bind(page_id);
  while (rows.step()) {
    Region region;
    region.kind = value_of_name<RegionKind>(rows.text(0));
    if (!rows.is_null(1)) {
      region.row = static_cast<int>(rows.integer(1));
      region.column = static_cast<int>(rows.integer(2));
    }
    region.box = read_box(rows, 3);
    page.regions.push_back(std::move(region));
  }
}

}  // namespace

std::vector<std::string> list_documents(const Store& store, const SearchFilter& filter) {
  const FilterSql conditions(filter);
  Statement rows(store.database(),
                 "SELECT d.path FROM documents d JOIN records r ON r.document_id = d.id WHERE d.status = 'done'" +
                     conditions.sql() + " ORDER BY d.path");
  conditions.bind(rows);
  std::vector<std::string> paths;
  while (rows.step()) paths.push_back(rows.text(0));
  return paths;
}

std::string read_record_json(const Store& store, const std::string& path) {
  Statement row(store.database(),
                R"(
    SELECT coalesce(r.corrected, r.machine) FROM documents d JOIN record_json r ON r.document_id = d.id
    WHERE d.path = ?)");
  row.bind(path);
  if (!row.step()) throw unknown_document(store, path);
  return row.text(0);
}

Record read_record(const Store& store, const std::string& path) {
  return record_from_json(nlohmann::json::parse(read_record_json(store, path)));
}

std::vector<Page> read_pages(const Store& store, const std::string& path) {
  if (!store.find_document(path)) throw unknown_document(store, path);
  Statement rows(store.database(), R"(
    SELECT p.id, p.number, p.width, p.height, p.dpi, p.rotation, p.status, p.origin, p.error, p.words
    FROM pages p JOIN documents d ON d.id = p.document_id WHERE d.path = ? ORDER BY p.number)");
  rows.bind(path);
  std::vector<Page> pages;
  while (rows.step()) {
    Page page;
    const auto number = [&](int column) { return static_cast<int>(rows.integer(column)); };
    page.number = number(1);
    page.width = number(2);
    page.height = number(3);
    page.dpi = number(4);
    page.rotation = number(5);
    page.status = value_of_name<PageStatus>(rows.text(6));
    page.origin = value_of_name<PageOrigin>(rows.text(7));
    page.error = rows.text(8);
    read_regions(store.database(), rows.integer(0), page);
    words_from_json(rows.text(9), page.regions);
    pages.push_back(std::move(page));
  }
  return pages;
}

}  // namespace planscribe

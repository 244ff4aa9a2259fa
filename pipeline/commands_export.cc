#include "pipeline/commands_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <set>

#include "corpus/documents.h"
#include "corpus/export/csv.h"
#include "corpus/export/page_formats.h"
#include "corpus/export/printed_words.h"
#include "corpus/export/xlsx.h"
#include "pipeline/export_names.h"
#include "pipeline/extract_pages.h"
#include "pipeline/hash.h"
#include "pipeline/open_corpus.h"
#include "pipeline/outputs.h"
#include "pipeline/searchable_pdf.h"
#include "pipeline/text_files.h"
#include "pipeline/wording.h"

namespace planscribe {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDefaultFolder = "planscribe-export";
constexpr const char* kByteOrderMark = "\xEF\xBB\xBF";

// Which documents of a corpus, and the names of their files.
struct Selection {
  const Store& store;
  std::vector<std::string> paths;
  std::vector<std::string> names;   // one a path
  std::set<std::string> originals;  // all documents of the corpus, absolute: never written to
};

std::string absolute(const std::string& path) { return fs::absolute(path).lexically_normal().string(); }

// Names are those of the whole corpus, so that the same document gets the same file whatever the filter.
Selection select(const Store& store, const SearchFilter& filter) {
  Selection selection{store, list_documents(store, filter), {}, {}};
  const std::vector<std::string> all = list_documents(store, {});
  const std::vector<std::string> names = export_names(all);
  for (const std::string& path : selection.paths)
    selection.names.push_back(names.at(std::lower_bound(all.begin(), all.end(), path) - all.begin()));
  for (const std::string& path : all) selection.originals.insert(absolute(path));
  return selection;
}

// The file, when it is none that the corpus was read from.
std::string safe_target(const Selection& selection, const std::string& file) {
  if (selection.originals.contains(absolute(file)))
    throw Error(ExitCode::bad_arguments, file + ": is a document of the corpus and would be overwritten; choose another place with -o");
  return file;
}

// OUT is a file when it has a suffix and is no folder; else the folder for the file of this name.
std::string file_in(const std::string& output, const char* name) {
  if (output.empty()) return name;
  const fs::path path(output);
  return path.has_extension() && !fs::is_directory(path) ? output : (path / name).string();
}

void report(int written, const std::string& where) {
  std::cerr << "planscribe: " << counted(written, "document") << " exported to " << printable(where) << "\n";
}

void export_jsonl(const Selection& selection, const std::string& output) {
  if (output.empty() || output == "-") {
    for (const std::string& path : selection.paths) std::cout << read_record_json(selection.store, path) << "\n";
    return;
  }
  const std::string target = safe_target(selection, file_in(output, "records.jsonl"));
  WholeFile file(target);
  for (const std::string& path : selection.paths) file.write(read_record_json(selection.store, path) + "\n");
  file.commit();
  report(static_cast<int>(selection.paths.size()), target);
}

// The document as a URL that opens it, or "" when it is not (any more) where the corpus says.
std::string url_of(const std::string& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return "";
  std::string url = "file://";
  for (unsigned char c : fs::absolute(path, error).lexically_normal().string())
    if (std::isalnum(c) || std::string_view("/-._~").find(static_cast<char>(c)) != std::string_view::npos)
      url += static_cast<char>(c);
    else
      url += fmt::format("%{:02X}", c);
  return url;
}

void export_csv(const Selection& selection, const ExportOptions& options, const std::string& folder) {
  if (fs::exists(folder) && !fs::is_directory(folder))
    throw Error(ExitCode::bad_arguments, folder + ": is a file; csv writes one file a table, give a folder with -o");
  const CellGuard guard = options.exact_cells ? CellGuard::off : CellGuard::on;
  std::vector<std::unique_ptr<WholeFile>> files;
  for (const ExportTable& table : tables()) {
    files.push_back(std::make_unique<WholeFile>(safe_target(selection, folder + "/" + table.name + ".csv")));
    files.back()->write((options.bom ? kByteOrderMark : "") + csv_header(table));
  }
  for (const std::string& path : selection.paths) {
    const auto rows = rows_of(read_record(selection.store, path), "");
    for (size_t table = 0; table < rows.size(); ++table) {
      std::string lines;
      for (const Row& row : rows[table]) lines += csv_line(row, guard);
      files[table]->write(lines);
    }
  }
  for (const auto& file : files) file->commit();
  report(static_cast<int>(selection.paths.size()), folder);
}

void export_xlsx(const Selection& selection, const std::string& output) {
  const std::string path = safe_target(selection, file_in(output, "plans.xlsx"));
  WholeFile file(path);
  Workbook book(file.part(), tables());
  for (const std::string& document : selection.paths) {
    const auto rows = rows_of(read_record(selection.store, document), url_of(document));
    for (size_t table = 0; table < rows.size(); ++table)
      for (const Row& row : rows[table]) book.add(table, row);
  }
  book.close();
  file.commit();
  report(static_cast<int>(selection.paths.size()), path);
}

std::string text_of(const std::vector<Page>& pages) {
  std::vector<std::string> texts;
  for (const Page& page : pages) texts.push_back(page_text(page));
  return join_pages(texts);
}

// The places of the words are those of the file that was read.
void check_unchanged(const Store& store, const std::string& path) {
  if (sha256_of_file(path) != store.find_document(path)->sha256)
    throw Error(ExitCode::input_file, path + ": has changed since it was read; run planscribe run on it again");
}

// One file a document; returns what stood in the way, or "".
std::string export_document(const Selection& selection, size_t index, ExportFormat format, const std::string& folder) {
  const std::string& path = selection.paths[index];
  const std::string base = folder + "/" + selection.names[index];
  const std::vector<Page> pages = read_pages(selection.store, path);
  if (format == ExportFormat::txt) {
    write_file_atomically(safe_target(selection, base + ".txt"), text_of(pages));
    return "";
  }
  if (!has_places(pages)) return "its words have no places on a page";
  if (format == ExportFormat::pdf) {
    check_unchanged(selection.store, path);
    const std::string note = write_searchable_pdf(path, pages, safe_target(selection, base + ".pdf"));
    if (!note.empty()) std::cerr << "planscribe: " << printable(path) << ": " << note << "\n";
    return "";
  }
  const Record record = read_record(selection.store, path);
  if (format == ExportFormat::hocr)
    write_file_atomically(safe_target(selection, base + ".hocr"), to_hocr(pages, record.source, record.made_by));
  else
    write_file_atomically(safe_target(selection, base + ".alto.xml"), to_alto(pages, record.source, record.made_by));
  return "";
}

ExitCode export_documents(const Selection& selection, ExportFormat format, const std::string& folder) {
  prepare_output_folder(folder);
  int written = 0, failed = 0;
  ExitCode first = ExitCode::ok;
  for (size_t i = 0; i < selection.paths.size(); ++i) {
    try {
      const std::string obstacle = export_document(selection, i, format, folder);
      if (obstacle.empty())
        ++written;
      else
        std::cerr << "planscribe: " << printable(selection.paths[i]) << ": left out: " << obstacle << "\n";
    } catch (const Error& e) {
      if (e.code() == ExitCode::file_access && std::string(e.what()).starts_with(folder)) throw;  // the output, not the document
      std::cerr << "planscribe: " << e.what() << "\n";
      if (++failed == 1) first = e.code();
    }
  }
  report(written, folder);
  if (failed == 0) return ExitCode::ok;
  return selection.paths.size() == 1 ? first : ExitCode::some_failed;
}

}  // namespace

ExitCode export_corpus(const ExportOptions& options) {
  const Store store = open_corpus(options.corpus);
  const Selection selection = select(store, options.filter);
  if (selection.paths.empty()) std::cerr << "planscribe: " << options.corpus << ": no document passes the filters\n";
  const std::string folder = options.output.empty() ? kDefaultFolder : options.output;
  switch (options.format) {
    case ExportFormat::jsonl: export_jsonl(selection, options.output); break;
    case ExportFormat::csv: export_csv(selection, options, folder); break;
    case ExportFormat::xlsx: export_xlsx(selection, options.output); break;
    default: return export_documents(selection, options.format, folder);
  }
  return ExitCode::ok;
}

}  // namespace planscribe

#include "pipeline/input_file.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/unicode.h"
#include "pipeline/error.h"
#include "pipeline/hash.h"
#include "pipeline/text_files.h"

namespace planscribe {
namespace {

constexpr int kDefaultDpi = 300;         // for pages that are not one image
constexpr int kMinDpi = 72;              // an image "resolution" below this is a wrong page size
constexpr double kMostMissing = 0.05;    // share of a picture's rows that may be missing: less than a margin
constexpr int kMaxPages = 5000;          // of one document; more is a bomb, or an archive to be split
constexpr std::uintmax_t kMaxFile = 2ull << 30;  // bytes of an image or text file, which are held in memory

std::string read_bounded(const std::string& path) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) > kMaxFile && !error)
    throw Error(ExitCode::input_file, path + ": larger than 2 GB; split it");
  return read_file(path);
}

void check_utf8(const std::string& path, const std::string& text) {
  if (const size_t bad = find_invalid_utf8(text); bad != std::string::npos)
    throw Error(ExitCode::input_file,
                path + ": not UTF-8 at byte " + std::to_string(bad) + "; convert it, e.g. with iconv -f WINDOWS-1258 -t UTF-8");
}

// Without a byte order mark at the head and a form feed at the end.
std::vector<std::string> printed_pages(const std::string& text) {
  std::vector<std::string> pages = split_pages(text);
  if (pages[0].starts_with("\xEF\xBB\xBF")) pages[0].erase(0, 3);
  if (pages.size() > 1 && pages.back().find_first_not_of(" \r\n\t") == std::string::npos) pages.pop_back();
  return pages;
}

constexpr int kTab = 8;      // spaces a tab stands for
constexpr int kMaxGap = 200; // spaces kept between words

// The words of a line, each with the spaces before it.
std::vector<Word> words_of_text(const std::string& text) {
  std::vector<Word> words;
  int gap = 0;
  bool inside = false;
  for (char c : text) {
    if (std::isspace(static_cast<unsigned char>(c))) {
      gap = std::min(kMaxGap, (inside ? 0 : gap) + (c == '\t' ? kTab : 1));
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back().gap = gap;
    inside = true;
    words.back().raw += c;
  }
  for (Word& word : words) word.text = word.raw;
  return words;
}

Page page_of_text(const std::string& text, int number) {
  Page page;
  page.number = number;
  page.origin = PageOrigin::plain_text;
  Region region;
  std::istringstream lines(text);
  for (std::string line_text; std::getline(lines, line_text);) {
    Line line;
    line.words = words_of_text(to_nfc(line_text));
    region.lines.push_back(std::move(line));
  }
  page.regions.push_back(std::move(region));
  return page;
}

bool starts_with_magic(const std::string& head, std::string_view magic) { return head.compare(0, magic.size(), magic) == 0; }

}  // namespace

std::vector<Page> pages_of_text(const std::string& text) {
  std::vector<Page> pages;
  for (const std::string& part : printed_pages(text)) pages.push_back(page_of_text(part, static_cast<int>(pages.size()) + 1));
  return pages;
}

InputKind sniff(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ExitCode::file_access, path + ": cannot be read; check that it exists and its permissions");
  std::string head(1024, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(in.gcount()));
  if (in.bad() || (in.fail() && head.empty() && !in.eof()))
    throw Error(ExitCode::file_access, path + ": cannot be read; is it a folder?");
  if (head.empty()) throw Error(ExitCode::input_file, path + ": the file is empty");
  if (head.find("%PDF-") != std::string::npos) return InputKind::pdf;
  using namespace std::string_view_literals;
  const std::string_view magics[] = {"\x89PNG"sv, "\xFF\xD8\xFF"sv, "II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv,
                                     "\0\0\0\x0CjP  "sv, "\xFF\x4F\xFF\x51"sv};
  for (std::string_view magic : magics)
    if (starts_with_magic(head, magic)) return InputKind::image;
  if (starts_with_magic(head, "RIFF") && head.size() > 12 && head.compare(8, 4, "WEBP") == 0) return InputKind::image;
  if (starts_with_magic(head, "\xFF\xFE") || starts_with_magic(head, "\xFE\xFF"))
    throw Error(ExitCode::input_file, path + ": text in UTF-16; convert it, e.g. with iconv -f UTF-16 -t UTF-8");
  if (head.find('\0') != std::string::npos)
    throw Error(ExitCode::input_file, path + ": neither PDF, image (TIFF, PNG, JPEG, JPEG 2000, WebP) nor UTF-8 text");
  return InputKind::text;
}

const char* media_type(InputKind kind, const std::string& path) {
  if (kind == InputKind::pdf) return "application/pdf";
  if (kind == InputKind::text) return "text/plain";
  std::ifstream in(path, std::ios::binary);
  char head[4] = {};
  in.read(head, sizeof head);
  switch (static_cast<unsigned char>(head[0])) {
    case 0x89: return "image/png";
    case 'I':
    case 'M': return "image/tiff";
    case 'R': return "image/webp";
    case 0xFF: return static_cast<unsigned char>(head[1]) == 0xD8 ? "image/jpeg" : "image/jp2";
    default: return "image/jp2";
  }
}

InputFile::InputFile(const std::string& path) : path_(path), kind_(sniff(path)) {
  if (kind_ == InputKind::text) {
    const std::string text = read_bounded(path);
    check_utf8(path, text);
    texts_ = printed_pages(text);
    page_count_ = static_cast<int>(texts_.size());
  } else if (kind_ == InputKind::image) {
    bytes_ = read_bounded(path);
    image_ = std::make_unique<ImageFile>(bytes_);
    page_count_ = image_->page_count();
    file_hash_ = Hash().add(bytes_).hex();
  } else {
    try {
      structure_ = std::make_unique<PdfStructure>(path);
    } catch (const Error& e) {
      if (e.code() == ExitCode::encrypted) throw;
      file_hash_ = sha256_of_file(path);  // Poppler repairs more than qpdf: go on with the file's hash
    }
    pdf_ = std::make_unique<Pdf>(path);
    page_count_ = pdf_->page_count();
    if (structure_ && structure_->page_count() != page_count_) {
      structure_.reset();
      file_hash_ = sha256_of_file(path);
    }
  }
  if (page_count_ <= 0)
    throw Error(ExitCode::input_file, path + ": has no pages that can be read; it may be cut off, damaged or of a rare form");
  if (page_count_ > kMaxPages)
    throw Error(ExitCode::input_file, path + ": has " + std::to_string(page_count_) + " pages, more than " +
                                          std::to_string(kMaxPages) + "; split it");
}

std::string InputFile::page_hash(int page) const {
  if (kind_ == InputKind::text) return Hash().add("text").add(texts_.at(page - 1)).hex();
  if (kind_ == InputKind::pdf && structure_) return facts(page).content_hash;
  return Hash().add(file_hash_).add(std::to_string(page)).hex();
}

const PdfPageFacts& InputFile::facts(int page) const {
  if (facts_page_ != page) {
    facts_ = structure_ ? structure_->facts(page) : PdfPageFacts{};
    facts_page_ = page;
  }
  return facts_;
}

int InputFile::render_dpi(int page) const {
  const PdfPageFacts& known = facts(page);
  const int dpi = known.one_image && known.image_dpi >= kMinDpi ? known.image_dpi : kDefaultDpi;
  const auto [width, height] = pdf_->page_size(page);
  const double inches = width / 72 * height / 72;
  if (inches <= 0 || inches * kMinDpi * kMinDpi > static_cast<double>(kMaxPixels))
    throw Error(ExitCode::input_file, path_ + ": page " + std::to_string(page) + ": absurd page size");
  return std::min(dpi, static_cast<int>(std::sqrt(static_cast<double>(kMaxPixels) / inches)));
}

std::vector<LayerWord> InputFile::text_layer(int page) const { return pdf_->text_layer(page, render_dpi(page)); }

Page InputFile::empty_page(int number) const {
  Page page;
  page.number = number;
  page.dpi = render_dpi(number);
  const auto [width, height] = pdf_->page_size(number);
  page.width = static_cast<int>(std::ceil(width * page.dpi / 72));
  page.height = static_cast<int>(std::ceil(height * page.dpi / 72));
  return page;
}

Page InputFile::text_page(int number) const { return page_of_text(texts_.at(number - 1), number); }

Scan InputFile::scan(int page) const {
  damage_.clear();
  if (kind_ == InputKind::pdf) {
    const PdfPageFacts& known = facts(page);
    if (known.image_missing > kMostMissing)
      throw Error(ExitCode::input_file, "its picture ends early: the last " + std::to_string(std::lround(known.image_missing * 100)) +
                                            " % of the rows are not in the file; copy the file or scan the page again");
    if (!known.image_file.empty() && ImageFile(known.image_file).size().pixels() <= kMaxPixels) {
      Scan scan = ImageFile(known.image_file).read();
      scan.dpi = known.image_dpi;
      return scan;
    }
    Scan scan = pdf_->render(page, render_dpi(page));
    if (known.draws_images) damage_ = pdf_->complaint();
    return scan;
  }
  return image_->read(page - 1);
}

}  // namespace planscribe

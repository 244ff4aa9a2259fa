#include <fmt/format.h>

#include <algorithm>

#include "corpus/export/page_formats.h"
#include "corpus/export/printed_words.h"
#include "corpus/export/xml.h"
#include "corpus/names.h"

namespace planscribe {
namespace {

std::string bbox(const Box& box) { return fmt::format("bbox {} {} {} {}", box.left, box.top, box.right, box.bottom); }

// A property's string stands in double quotes, which have no escape in it.
std::string quoted(std::string text) {
  std::replace(text.begin(), text.end(), '"', '\'');
  return "\"" + text + "\"";
}

void add_line(const std::vector<PrintedWord>& words, const Page& page, const std::string& id, std::string& out) {
  const std::string turn = page.rotation == 0 ? "" : fmt::format("; textangle {}", page.rotation);
  out += fmt::format("    <span class=\"ocr_line\" id=\"line_{}\" title=\"{}{}\">\n", id, bbox(box_around(words)), turn);
  int number = 0;
  for (const PrintedWord& word : words)
    out += fmt::format("     <span class=\"ocrx_word\" id=\"word_{}_{}\" title=\"{}; x_wconf {:.0f}\">{}</span>\n", id, ++number,
                       bbox(word.box), 100 * std::clamp(word.confidence, 0.0f, 1.0f), escape_xml(word.text));
  out += "    </span>\n";
}

void add_region(const Region& region, const Page& page, const std::string& id, std::string& out) {
  const std::vector<PrintedLine> printed = printed_lines(region, page.rotation);
  if (printed.empty()) return;
  std::string lines;
  for (const PrintedLine& line : printed) add_line(line.words, page, fmt::format("{}_{}", id, line.number), lines);
  const std::string box = bbox(box_around(printed));
  out += fmt::format("  <div class=\"ocr_carea\" id=\"block_{}\" title=\"{}\" data-region=\"{}\">\n", id, box, name_of(region.kind));
  out += fmt::format("   <p class=\"ocr_par\" id=\"par_{}\" lang=\"vi\" title=\"{}\">\n", id, box) + lines + "   </p>\n  </div>\n";
}

void add_page(const Page& page, const Source& source, std::string& out) {
  const std::string resolution = page.dpi > 0 ? fmt::format("; scan_res {0} {0}", page.dpi) : "";
  out += fmt::format(" <div class=\"ocr_page\" id=\"page_{}\" title=\"{}\">\n", page.number,
                     escape_xml(fmt::format("image {}; {}; ppageno {}{}", quoted(source.path), bbox({0, 0, page.width, page.height}),
                                            page.number - 1, resolution)));
  int number = 0;
  for (const Region& region : page.regions) add_region(region, page, fmt::format("{}_{}", page.number, ++number), out);
  out += " </div>\n";
}

}  // namespace

std::string to_hocr(const std::vector<Page>& pages, const Source& source, const MadeBy& made_by) {
  std::string out = fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi" xml:lang="vi">
<head>
 <meta charset="utf-8"/>
 <title>{}</title>
 <meta name="ocr-system" content="{}"/>
 <meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_lang"/>
 <meta name="ocr-number-of-pages" content="{}"/>
 <meta name="ocr-langs" content="vi"/>
</head>
<body>
)",
                                escape_xml(source.path), escape_xml(made_by.program + ", " + made_by.ocr), pages.size());
  for (const Page& page : pages) add_page(page, source, out);
  return out + "</body>\n</html>\n";
}

}  // namespace planscribe

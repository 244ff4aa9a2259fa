// The elements and attributes are those of schema 4.4; tests/export/alto.rng holds the part of it that is used here.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "corpus/export/page_formats.h"
#include "corpus/export/printed_words.h"
#include "corpus/export/xml.h"
#include "corpus/names.h"

namespace planscribe {
namespace {

std::string place(const Box& box) {
  return fmt::format("HPOS=\"{}\" VPOS=\"{}\" WIDTH=\"{}\" HEIGHT=\"{}\"", box.left, box.top, box.width(), box.height());
}

// Degrees counter-clockwise, as ALTO counts the turn of the text.
std::string turn(const Page& page) { return page.rotation == 0 ? "" : fmt::format(" ROTATION=\"{}\"", page.rotation); }

void add_line(const std::vector<PrintedWord>& words, const std::string& id, std::string& out) {
  out += fmt::format("     <TextLine ID=\"{}\" {}>\n", id, place(box_around(words)));
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += "      <SP/>\n";
    out += fmt::format("      <String ID=\"{}_W{}\" {} WC=\"{:.3f}\" CONTENT=\"{}\"/>\n", id, i + 1, place(words[i].box),
                       std::clamp(words[i].confidence, 0.0f, 1.0f), escape_xml(words[i].text));
  }
  out += "     </TextLine>\n";
}

void add_region(const Region& region, const Page& page, const std::string& id, std::string& out) {
  const std::vector<PrintedLine> printed = printed_lines(region, page.rotation);
  if (printed.empty()) return;
  std::string lines;
  for (const PrintedLine& line : printed) add_line(line.words, fmt::format("{}_L{}", id, line.number), lines);
  out += fmt::format("    <TextBlock ID=\"{}\" TAGREFS=\"region_{}\" {}{}>\n", id, name_of(region.kind), place(box_around(printed)),
                     turn(page)) +
         lines + "    </TextBlock>\n";
}

void add_page(const Page& page, std::string& out) {
  out += fmt::format("  <Page ID=\"P{0}\" PHYSICAL_IMG_NR=\"{0}\" WIDTH=\"{1}\" HEIGHT=\"{2}\" LANG=\"vi\"{3}>\n", page.number,
                     page.width, page.height, turn(page));
  out += fmt::format("   <PrintSpace {}>\n", place({0, 0, page.width, page.height}));
  int number = 0;
  for (const Region& region : page.regions) add_region(region, page, fmt::format("P{}_B{}", page.number, ++number), out);
  out += "   </PrintSpace>\n  </Page>\n";
}

std::string tags_of(const std::vector<Page>& pages) {
  std::set<RegionKind> kinds;
  for (const Page& page : pages)
    for (const Region& region : page.regions) kinds.insert(region.kind);
  if (kinds.empty()) return "";
  std::string tags = " <Tags>\n";
  for (RegionKind kind : kinds) tags += fmt::format("  <LayoutTag ID=\"region_{0}\" LABEL=\"{0}\"/>\n", name_of(kind));
  return tags + " </Tags>\n";
}

std::string step(const char* id, const char* category, const char* description, const std::string& software) {
  return fmt::format(
      "  <Processing ID=\"{}\"><processingCategory>{}</processingCategory>"
      "<processingStepDescription>{}</processingStepDescription>"
      "<processingSoftware><softwareName>{}</softwareName></processingSoftware></Processing>\n",
      id, category, description, escape_xml(software));
}

}  // namespace

std::string to_alto(const std::vector<Page>& pages, const Source& source, const MadeBy& made_by) {
  std::string out = fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.loc.gov/standards/alto/ns-v4# http://www.loc.gov/standards/alto/v4/alto-4-4.xsd" SCHEMAVERSION="4.4">
 <Description>
  <MeasurementUnit>pixel</MeasurementUnit>
  <sourceImageInformation><fileName>{}</fileName><fileIdentifier>sha256:{}</fileIdentifier></sourceImageInformation>
)",
                                escape_xml(source.path), escape_xml(source.sha256));
  out += step("reading", "contentGeneration", "text recognition", made_by.ocr);
  out += step("restoring", "contentModification", "restoration of letters and marks", made_by.program + ", " + made_by.language_model);
  out += " </Description>\n" + tags_of(pages) + " <Layout>\n";
  for (const Page& page : pages) add_page(page, out);
  return out + " </Layout>\n</alto>\n";
}

}  // namespace planscribe

// recognise_main.cc: planscribe-recognise, recognition alone, for measuring; not installed.
//
//   planscribe-recognise IMAGE...            each page's text to standard output
//   planscribe-recognise --out DIR IMAGE...  each page's text to DIR/NAME.txt
//   options: --plain-png (no bypass), --no-alternatives, --regions (label each region),
//   --models DIR (second readings of doubtful words)
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "models/restorer.h"
#include "pipeline/error.h"
#include "pipeline/png_bypass.h"
#include "pipeline/recognise.h"

namespace {

using namespace planscribe;

const char* name_of(RegionKind kind) {
  static const char* const kNames[] = {"head_left",  "head_right", "title",       "body",  "table",
                                       "recipients", "signature",  "page_number", "stamp", "margin"};
  return kNames[static_cast<int>(kind)];
}

void write(const Page& page, bool regions, std::ostream& out) {
  if (regions) out << "[page turned " << page.rotation << "]\n";
  for (const Region& region : page.regions) {
    if (!regions && region.kind == RegionKind::stamp) continue;  // no running text
    if (regions) {
      out << "[" << name_of(region.kind);
      if (region.row >= 0) out << " " << region.row << "," << region.column;
      out << " " << region.box.left << "," << region.box.top << " " << region.box.width() << "x"
          << region.box.height() << "]\n";
    }
    for (const Line& line : region.lines) {
      for (size_t i = 0; i < line.words.size(); ++i) out << (i > 0 ? " " : "") << line.words[i].text;
      out << "\n";
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  RecogniseOptions options;
  bool regions = false;
  std::string folder, models;
  std::vector<std::string> images;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--plain-png")
      set_png_bypass(false);
    else if (arg == "--no-alternatives")
      options.alternatives = false;
    else if (arg == "--regions")
      regions = true;
    else if (arg == "--models" && i + 1 < argc)
      models = argv[++i];
    else if (arg == "--out" && i + 1 < argc)
      folder = argv[++i];
    else
      images.push_back(arg);
  }
  try {
    std::unique_ptr<Restorer> restorer;
    if (!models.empty()) {
      restorer = std::make_unique<Restorer>(models);
      options.text_cost = [&](const std::string& text) { return restorer->cost(text); };
    }
    const auto recogniser = make_recogniser(options);
    for (const std::string& image : images) {
      const Page page = recogniser->read(read_image_file(image));
      if (folder.empty()) {
        write(page, regions, std::cout);
      } else {
        std::ofstream out(folder + "/" + std::filesystem::path(image).stem().string() + ".txt");
        write(page, regions, out);
      }
    }
  } catch (const Error& error) {
    std::cerr << "planscribe-recognise: " << error.what() << "\n";
    return static_cast<int>(error.code());
  }
  return 0;
}

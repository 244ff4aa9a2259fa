// recognise.cc: one page from scan to text.
#include "pipeline/recognise.h"

#include <leptonica/allheaders.h>

#include "pipeline/error.h"
#include "pipeline/geometry.h"
#include "pipeline/tesseract.h"

namespace planscribe {
namespace {

class TesseractRecogniser : public Recogniser {
 public:
  explicit TesseractRecogniser(const RecogniseOptions& options)
      : options_(options), engine_(options.language) {
    engine_.set_alternatives(options.alternatives);
  }

  Page read(const Scan& scan) override {
    Page page;
    page.width = pixGetWidth(scan.pix.get());
    page.height = pixGetHeight(scan.pix.get());
    page.dpi = scan.dpi;
    const PixPtr gray(pixConvertTo8(scan.pix.get(), 0));
    engine_.set_page(gray, scan.dpi > 0 ? scan.dpi : 200);
    for (auto& block : engine_.read({0, 0, page.width, page.height}, ReadMode::automatic)) {
      Region region;
      for (const Line& line : block.lines) region.box = join(region.box, line.box);
      region.lines = std::move(block.lines);
      page.regions.push_back(std::move(region));
    }
    engine_.release_page();
    if (page.regions.empty()) page.status = PageStatus::blank;
    return page;
  }

  std::string version() const override { return "tesseract " + Tesseract::version() + " " + options_.language; }

 private:
  RecogniseOptions options_;
  Tesseract engine_;
};

}  // namespace

std::unique_ptr<Recogniser> make_recogniser(const RecogniseOptions& options) {
  return std::make_unique<TesseractRecogniser>(options);
}

}  // namespace planscribe

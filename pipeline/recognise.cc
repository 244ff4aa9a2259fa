// recognise.cc: one page from scan to text.
#include "pipeline/recognise.h"

#include <leptonica/allheaders.h>

#include "pipeline/clean.h"
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
    const CleanPage sheet = clean(scan, [this](const PixPtr& gray, const Box& area) { return trial(gray, area); });
    page.rotation = sheet.rotation;
    engine_.set_page(sheet.gray, 200);
    for (auto& block : engine_.read({0, 0, sheet.width(), sheet.height()}, ReadMode::automatic)) {
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
  double trial(const PixPtr& gray, const Box& area) {
    engine_.set_alternatives(false);
    engine_.set_page(gray, 200);
    const auto lines = engine_.read_lines(area, ReadMode::block);
    engine_.set_alternatives(options_.alternatives);
    return letter_count(lines) < 10 ? 0 : mean_confidence(lines);
  }

  RecogniseOptions options_;
  Tesseract engine_;
};

}  // namespace

std::unique_ptr<Recogniser> make_recogniser(const RecogniseOptions& options) {
  return std::make_unique<TesseractRecogniser>(options);
}

}  // namespace planscribe

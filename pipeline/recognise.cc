// recognise.cc: one page from scan to text: clean-up, layout, a reading of every area, names for what only
// the text tells, weak lines read again, and boxes carried back to the scan.
//
// Second look: a line whose weakest words are doubtful is cut out with some paper around it, brought to
// another size, and read as a single line; words of the better reading (by mean confidence) are kept.
#include "pipeline/recognise.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <utility>

#include "pipeline/clean.h"
#include "pipeline/error.h"
#include "pipeline/geometry.h"
#include "pipeline/layout.h"
#include "pipeline/tesseract.h"

namespace planscribe {
namespace {

constexpr int kNominalDpi = 200;      // of a clean page, for Tesseract: it only steers what counts as noise
constexpr double kDoubtful = 0.6;     // confidence of a word that calls for a second look at its line
constexpr double kGain = 0.03;        // in mean confidence, for a second reading to be preferred
constexpr double kNothingRead = 0.3;  // mean confidence of a page without text
constexpr double kSecondScale = 1.5;

class TesseractRecogniser : public Recogniser {
 public:
  explicit TesseractRecogniser(const RecogniseOptions& options)
      : options_(options), engine_(options.language) {
    engine_.set_alternatives(options.alternatives);
  }

  Page read(const Scan& scan) override;
  std::string version() const override {
    return "tesseract " + Tesseract::version() + " " + options_.language;
  }

 private:
  double trial(const PixPtr& gray, const Box& area);
  std::vector<Region> read_areas(const CleanPage& sheet);
  void check_head(std::vector<Region>& regions, const CleanPage& sheet);
  void check_foot(std::vector<Region>& regions, const CleanPage& sheet);
  void look_again(const CleanPage& sheet, std::vector<Region>& regions);
  std::vector<Line> read_scaled(const CleanPage& sheet, const Box& area);

  RecogniseOptions options_;
  Tesseract engine_;
};

double TesseractRecogniser::trial(const PixPtr& gray, const Box& area) {
  engine_.set_alternatives(false);
  engine_.set_page(gray, kNominalDpi);
  const auto lines = engine_.read_lines(area, ReadMode::block);
  engine_.set_alternatives(options_.alternatives);
  return letter_count(lines) < 10 ? 0 : mean_confidence(lines);
}

Region region_of(RegionKind kind, std::vector<Line> lines) {
  Region region;
  region.kind = kind;
  region.lines = std::move(lines);
  for (const Line& line : region.lines) region.box = join(region.box, line.box);
  return region;
}

ReadMode mode_of(RegionKind kind) {
  return kind == RegionKind::page_number ? ReadMode::line : ReadMode::block;
}

std::vector<Region> TesseractRecogniser::read_areas(const CleanPage& sheet) {
  std::vector<Region> regions;
  for (const Area& area : find_layout(sheet.bilevel.get(), sheet.letter)) {
    Region region = region_of(area.kind, engine_.read_lines(area.box, mode_of(area.kind)));
    if (area.row >= 0) region.box = area.box;
    region.row = area.row, region.column = area.column;
    if (!region.lines.empty() || area.row >= 0) regions.push_back(std::move(region));
  }
  return regions;
}

// Two columns at the top that say nothing of a head are text that happened to leave a gutter: read across the
// page.
void TesseractRecogniser::check_head(std::vector<Region>& regions, const CleanPage& sheet) {
  const auto left = std::find_if(regions.begin(), regions.end(),
                                 [](const Region& r) { return r.kind == RegionKind::head_left; });
  const auto right = std::find_if(regions.begin(), regions.end(),
                                  [](const Region& r) { return r.kind == RegionKind::head_right; });
  if (left == regions.end() || right == regions.end() || is_head(*left, *right)) return;
  const Box both = join(left->box, right->box);
  const int pad = static_cast<int>(0.6 * sheet.letter);
  const Box area{std::max(0, both.left - pad), std::max(0, both.top - pad),
                 std::min(sheet.width(), both.right + pad), std::min(sheet.height(), both.bottom + pad / 2)};
  *left = region_of(RegionKind::body, engine_.read_lines(area, ReadMode::block));
  regions.erase(right);
}

// The gutter between the columns of the foot may have been followed up into the last lines of the text, or
// there may be no foot at all: what stands above the foot's first words is read again across the page.
void TesseractRecogniser::check_foot(std::vector<Region>& regions, const CleanPage& sheet) {
  const auto left = std::find_if(regions.begin(), regions.end(),
                                 [](const Region& r) { return r.kind == RegionKind::recipients; });
  const auto right = std::find_if(regions.begin(), regions.end(),
                                  [](const Region& r) { return r.kind == RegionKind::signature; });
  if (left == regions.end() || right == regions.end()) return;
  const Box both = join(left->box, right->box);
  const int top = foot_top(*left, *right), pad = static_cast<int>(0.6 * sheet.letter);
  Box above;
  for (Region* column : {&*left, &*right}) {
    for (const Line& line : column->lines) {
      if (line.box.bottom <= top + pad) above = join(above, line.box);
    }
    std::vector<Line> kept = std::move(column->lines);
    std::erase_if(kept, [&](const Line& line) { return line.box.bottom <= top + pad; });
    *column = region_of(column->kind, std::move(kept));
  }
  if (above.empty()) return;
  const Box area{std::max(0, both.left - pad), std::max(0, above.top - pad),
                 std::min(sheet.width(), both.right + pad), std::min(sheet.height(), above.bottom + pad / 2)};
  regions.insert(left, region_of(RegionKind::body, engine_.read_lines(area, ReadMode::block)));
  std::erase_if(regions, [](const Region& r) { return r.lines.empty() && r.row < 0; });
}

std::vector<Line> TesseractRecogniser::read_scaled(const CleanPage& sheet, const Box& area) {
  const std::unique_ptr<::Box, void (*)(::Box*)> clip(
      boxCreate(area.left, area.top, area.width(), area.height()), [](::Box* b) { boxDestroy(&b); });
  const PixPtr cut(pixClipRectangle(sheet.gray.get(), clip.get(), nullptr));
  if (!cut) return {};
  const PixPtr scaled(pixScaleGrayLI(cut.get(), kSecondScale, kSecondScale));
  const PixPtr framed(scaled ? pixAddBorder(scaled.get(), 20, 255) : nullptr);
  if (!framed) return {};
  engine_.set_page(framed, kNominalDpi);
  auto lines =
      engine_.read_lines({0, 0, pixGetWidth(framed.get()), pixGetHeight(framed.get())}, ReadMode::line);
  const Transform back = Transform::shift(area.left, area.top) *
                         Transform::scale(1 / kSecondScale, 1 / kSecondScale) * Transform::shift(-20, -20);
  for (Line& line : lines) {
    line.box = map_box(back, line.box, sheet.width(), sheet.height());
    for (Word& word : line.words) word.box = map_box(back, word.box, sheet.width(), sheet.height());
  }
  return lines;
}

bool doubtful(const Line& line) {
  return std::any_of(line.words.begin(), line.words.end(),
                     [](const Word& word) { return word.confidence < kDoubtful && word.raw.size() > 1; });
}

void TesseractRecogniser::look_again(const CleanPage& sheet, std::vector<Region>& regions) {
  const int pad = static_cast<int>(0.3 * sheet.letter);
  for (Region& region : regions) {
    for (Line& line : region.lines) {
      if (!doubtful(line) || line.box.height() > 5 * sheet.letter) continue;
      const Box area{std::max(0, line.box.left - pad), std::max(0, line.box.top - pad),
                     std::min(sheet.width(), line.box.right + pad),
                     std::min(sheet.height(), line.box.bottom + pad)};
      auto again = read_scaled(sheet, area);
      if (again.size() != 1 || mean_confidence(again) < mean_confidence({line}) + kGain) continue;
      if (2 * letter_count(again) < letter_count({line})) continue;
      line = std::move(again.front());
    }
  }
}

void carry_back(std::vector<Region>& regions, const CleanPage& sheet, const Page& page) {
  const auto back = [&](Box& box) { box = map_box(sheet.to_scan, box, page.width, page.height); };
  for (Region& region : regions) {
    back(region.box);
    for (Line& line : region.lines) {
      back(line.box);
      for (Word& word : line.words) back(word.box);
    }
  }
}

bool says_nothing(const std::vector<Region>& regions) {
  std::vector<Line> all;
  for (const Region& region : regions) all.insert(all.end(), region.lines.begin(), region.lines.end());
  return letter_count(all) == 0 || mean_confidence(all) < kNothingRead;
}

Page TesseractRecogniser::read(const Scan& scan) {
  Page page;
  page.width = pixGetWidth(scan.pix.get());
  page.height = pixGetHeight(scan.pix.get());
  page.dpi = scan.dpi;
  const CleanPage sheet =
      clean(scan, [this](const PixPtr& gray, const Box& area) { return trial(gray, area); });
  page.status = PageStatus::blank;
  if (sheet.blank) return page;
  page.rotation = sheet.rotation;
  engine_.set_page(sheet.gray, kNominalDpi);
  std::vector<Region> regions = read_areas(sheet);
  check_head(regions, sheet);
  check_foot(regions, sheet);
  if (options_.second_look) look_again(sheet, regions);
  engine_.release_page();
  if (says_nothing(regions)) return page;
  page.status = PageStatus::read;
  name_regions(regions, sheet.letter);
  carry_back(regions, sheet, page);
  page.regions = std::move(regions);
  return page;
}

}  // namespace

std::unique_ptr<Recogniser> make_recogniser(const RecogniseOptions& options) {
  return std::make_unique<TesseractRecogniser>(options);
}

}  // namespace planscribe

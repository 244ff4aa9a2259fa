// recognise.cc: one page from scan to text: clean-up, one reading of the whole page, its layout applied to the
// words, another reading of what the first left out or doubts, and boxes carried back to the scan.
//
// The page is read as a whole because Tesseract reads parts of a page worse than the page (it knows less of
// the size and the slope of the lines, and borders cut marks off): word errors 1.8 instead of 0.8 % on office scans.
//
// Second look: a line whose weakest words are doubtful is cut out with some paper around it, brought to
// another size, and read as a single line; the better reading (by mean confidence) is kept.
#include "pipeline/recognise.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <utility>

#include "pipeline/clean.h"
#include "pipeline/error.h"
#include "pipeline/geometry.h"
#include "pipeline/layout.h"
#include "pipeline/placing.h"
#include "pipeline/tesseract.h"

namespace planscribe {
namespace {

constexpr int kNominalDpi = 200;      // of a clean page, for Tesseract: it only steers what counts as noise
constexpr double kDoubtful = 0.6;     // confidence of a word that calls for a second look at its line
constexpr double kGain = 0.03;        // in mean confidence, for a second reading to be preferred
constexpr double kNothingRead = 0.3;  // mean confidence of a page without text
constexpr double kSecondScale = 1.5;
constexpr double kReadsWell = 0.8;    // mean confidence of a page that need not be tried the other way
constexpr int kFewLetters = 20;       // which prove nothing

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
  std::vector<Line> read_whole(const CleanPage& sheet);
  std::pair<CleanPage, std::vector<Line>> read_upright(const Scan& scan);
  std::vector<Region> read_regions(const CleanPage& sheet, const std::vector<Line>& lines);
  void read_left_out(const std::vector<Area>& areas, std::vector<Region>& regions);
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

bool reads_well(const std::vector<Line>& lines) {
  return letter_count(lines) >= kFewLetters && mean_confidence(lines) >= kReadsWell;
}

const Region* find_kind(const std::vector<Region>& regions, RegionKind kind) {
  const auto found = std::find_if(regions.begin(), regions.end(), [kind](const Region& r) { return r.kind == kind; });
  return found == regions.end() ? nullptr : &*found;
}

// The layout was found by the look of the page; what the words say decides about head and foot.
void check_layout(std::vector<Area>& areas, const std::vector<Line>& lines, double letter) {
  const std::vector<Region> regions = place(lines, areas);
  const Region* left = find_kind(regions, RegionKind::head_left);
  const Region* right = find_kind(regions, RegionKind::head_right);
  if (left != nullptr && right != nullptr && !is_head(*left, *right)) undo_head(areas);
  left = find_kind(regions, RegionKind::recipients), right = find_kind(regions, RegionKind::signature);
  if (left != nullptr && right != nullptr)
    lower_foot(areas, foot_top(*left, *right) - static_cast<int>(0.3 * letter));
}

// Areas with print of which the first reading gave nothing: single figures, small cells.
void TesseractRecogniser::read_left_out(const std::vector<Area>& areas, std::vector<Region>& regions) {
  for (size_t i = 0; i < areas.size(); ++i) {
    if (!regions[i].lines.empty() || areas[i].print.empty()) continue;
    const bool number = areas[i].kind == RegionKind::page_number;
    regions[i].lines = engine_.read_lines(areas[i].print, number ? ReadMode::line : ReadMode::block);
    if (areas[i].row >= 0) continue;
    for (const Line& line : regions[i].lines) regions[i].box = join(regions[i].box, line.box);
  }
}

std::vector<Line> TesseractRecogniser::read_whole(const CleanPage& sheet) {
  if (sheet.blank) return {};
  engine_.set_page(sheet.gray, kNominalDpi);
  return engine_.read_lines({0, 0, sheet.width(), sheet.height()}, ReadMode::automatic);
}

// Most pages lie as they look, so they are read at once; one that reads badly may be upside down.
std::pair<CleanPage, std::vector<Line>> TesseractRecogniser::read_upright(const Scan& scan) {
  CleanPage sheet = clean(scan);
  std::vector<Line> lines = read_whole(sheet);
  if (sheet.blank || reads_well(lines)) return {std::move(sheet), std::move(lines)};
  CleanPage turned =
      clean_by_trial(scan, [this](const PixPtr& gray, const Box& area) { return trial(gray, area); });
  if (turned.rotation != sheet.rotation) {
    sheet = std::move(turned);
    lines = read_whole(sheet);
  }
  return {std::move(sheet), std::move(lines)};
}

std::vector<Region> TesseractRecogniser::read_regions(const CleanPage& sheet, const std::vector<Line>& lines) {
  std::vector<Area> areas = find_layout(sheet.bilevel.get(), sheet.letter);
  check_layout(areas, lines, sheet.letter);
  std::vector<Region> regions = place(lines, areas);
  engine_.set_page(sheet.gray, kNominalDpi);
  read_left_out(areas, regions);
  std::erase_if(regions, [](const Region& r) { return r.lines.empty() && r.row < 0; });
  if (options_.second_look) look_again(sheet, regions);
  return regions;
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
  const auto [sheet, lines] = read_upright(scan);
  page.status = PageStatus::blank;
  if (sheet.blank) return page;
  page.rotation = sheet.rotation;
  std::vector<Region> regions = read_regions(sheet, lines);
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

// recognise.cc: one page from scan to text: clean-up, one reading of the whole page, its layout applied to the
// words, another reading of what the first left out or doubts, and boxes carried back to the scan.
//
// The page is read as a whole because Tesseract reads parts of a page worse than the page (it knows less of
// the size and the slope of the lines, and borders cut marks off): word errors 1.8 instead of 0.8 % on office scans.
#include "pipeline/recognise.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <utility>

#include "pipeline/clean.h"
#include "pipeline/error.h"
#include "pipeline/geometry.h"
#include "pipeline/layout.h"
#include "pipeline/placing.h"
#include "pipeline/reading_apart.h"
#include "pipeline/readings.h"
#include "pipeline/stamps.h"
#include "pipeline/tesseract.h"

namespace planscribe {
namespace {

constexpr double kNothingRead = 0.3;  // mean confidence of a page without text
constexpr double kLineHeight = 2.4;   // in small letters

struct Reading {
  Layout layout;
  std::vector<Line> lines;  // of the whole page
  Stamps stamps;            // taken off the page before
};

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
  Reading read_whole(const Scan& scan, CleanPage& sheet);
  void read_stamps(const Stamps& stamps, std::vector<Region>& regions);
  std::pair<CleanPage, Reading> read_upright(const Scan& scan);
  std::vector<Region> read_regions(const Scan& scan, const CleanPage& sheet, Reading reading);
  void check_foot(const CleanPage& sheet, std::vector<Area>& areas, std::vector<Region> regions);
  void read_doubtful_words(const CleanPage& sheet, std::vector<Region>& regions);

  RecogniseOptions options_;
  Tesseract engine_;
};

double TesseractRecogniser::trial(const PixPtr& gray, const Box& area) {
  engine_.set_alternatives(false);
  engine_.set_page(gray);
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
std::vector<Area> with_true_head(Layout layout, const std::vector<Line>& lines) {
  const std::vector<Region> regions = place(lines, layout.areas);
  const Region* left = find_kind(regions, RegionKind::head_left);
  const Region* right = find_kind(regions, RegionKind::head_right);
  const bool none = left != nullptr && right != nullptr && !is_head(*left, *right);
  return none ? std::move(layout.without_head) : std::move(layout.areas);
}

// Rows of both columns read as one may have lost what tells of a foot: unless it begins where print does, each is asked
// for itself.
void TesseractRecogniser::check_foot(const CleanPage& sheet, std::vector<Area>& areas, std::vector<Region> regions) {
  const auto place_of = [&](RegionKind kind) {
    return static_cast<size_t>(std::find_if(regions.begin(), regions.end(), [kind](const Region& r) { return r.kind == kind; }) - regions.begin());
  };
  const size_t left = place_of(RegionKind::recipients), right = place_of(RegionKind::signature);
  if (left == regions.size() || right == regions.size()) return;
  int top = foot_top(regions[left], regions[right]);
  const int print_top = std::min(areas[left].print.top, areas[right].print.top);
  if (top > print_top + kLineHeight * sheet.letter) {
    engine_.set_page(sheet.gray);
    for (const size_t i : {left, right}) regions[i].lines = engine_.read_lines(areas[i].print, ReadMode::block);
    top = std::min(top, foot_top(regions[left], regions[right]));
  }
  lower_foot(areas, top - static_cast<int>(0.3 * sheet.letter));
}

// The layout comes first because the rules of tables are taken off the page: they are read as letters.
Reading TesseractRecogniser::read_whole(const Scan& scan, CleanPage& sheet) {
  Reading reading;
  if (sheet.blank) return reading;
  reading.stamps = lift_stamps(sheet, scan.pix.get());
  reading.layout = find_layout(sheet);
  if (reading.layout.rules) pixSetMasked(sheet.gray.get(), reading.layout.rules.get(), 255);
  engine_.set_page(sheet.gray);
  reading.lines = engine_.read_lines({0, 0, sheet.width(), sheet.height()}, ReadMode::automatic);
  return reading;
}

// Most pages lie as they look, so they are read at once; one that reads badly may be upside down.
std::pair<CleanPage, Reading> TesseractRecogniser::read_upright(const Scan& scan) {
  CleanPage sheet = clean(scan);
  Reading reading = read_whole(scan, sheet);
  if (sheet.blank || reads_well(reading.lines)) return {std::move(sheet), std::move(reading)};
  auto turned = turned_by_trial(scan, sheet, [this](const PixPtr& gray, const Box& area) { return trial(gray, area); });
  if (turned) {
    sheet = std::move(*turned);
    reading = read_whole(scan, sheet);
  }
  return {std::move(sheet), std::move(reading)};
}

// Each for itself, behind the running text.
void TesseractRecogniser::read_stamps(const Stamps& stamps, std::vector<Region>& regions) {
  for (const Box& box : stamps.boxes) {
    engine_.set_page(stamps.gray);
    auto lines = engine_.read_lines(box, ReadMode::block);
    if (!lines.empty()) regions.push_back({RegionKind::stamp, box, std::move(lines)});
  }
}

void TesseractRecogniser::read_doubtful_words(const CleanPage& sheet, std::vector<Region>& regions) {
  if (!options_.text_cost) return;
  engine_.set_page(sheet.gray);
  const ReadAgain again = [this](const Box& box, Scale scale) { return engine_.read_words(box, scale.across, scale.down); };
  for (Region& region : regions) read_doubtful_again(region.lines, sheet.letter, options_.text_cost, again);
}

std::vector<Region> TesseractRecogniser::read_regions(const Scan& scan, const CleanPage& sheet, Reading reading) {
  std::vector<Area> areas = with_true_head(std::move(reading.layout), reading.lines);
  check_foot(sheet, areas, place(reading.lines, areas));
  add_framed_stamps(sheet, reading.lines, areas);
  std::vector<Region> regions = place(reading.lines, areas);
  read_apart(engine_, scan, sheet, areas, regions);
  read_doubtful_words(sheet, regions);
  std::erase_if(regions, [](const Region& r) { return r.lines.empty() && r.row < 0; });
  return regions;
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
  return letter_count(all) == 0 || mean_confidence(all) < (letter_count(all) < kFewLetters ? kWorthless : kNothingRead);
}

Page TesseractRecogniser::read(const Scan& scan) {
  Page page;
  page.width = pixGetWidth(scan.pix.get());
  page.height = pixGetHeight(scan.pix.get());
  page.dpi = scan.dpi;
  auto [sheet, reading] = read_upright(scan);
  page.status = PageStatus::blank;
  if (sheet.blank) return page;
  page.rotation = sheet.rotation;
  const Stamps stamps = std::move(reading.stamps);
  std::vector<Region> regions = read_regions(scan, sheet, std::move(reading));
  if (!says_nothing(regions)) {
    page.status = PageStatus::read;
    name_regions(regions, sheet.letter);
    read_stamps(stamps, regions);
  }
  engine_.release_page();
  if (page.status == PageStatus::blank) return page;
  carry_back(regions, sheet, page);
  page.regions = std::move(regions);
  return page;
}

}  // namespace

std::unique_ptr<Recogniser> make_recogniser(const RecogniseOptions& options) {
  return std::make_unique<TesseractRecogniser>(options);
}

}  // namespace planscribe

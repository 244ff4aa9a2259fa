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
#include "pipeline/readings.h"
#include "pipeline/stamps.h"
#include "pipeline/tesseract.h"

namespace planscribe {
namespace {

constexpr int kNominalDpi = 200;      // of a clean page, for Tesseract: it only steers what counts as noise
constexpr double kNothingRead = 0.3;  // mean confidence of a page without text
constexpr double kWeakLine = 0.75;    // mean confidence of a line in a column or cell that is read again
constexpr double kAsGood = 0.95;      // share of the first reading's worth from which a column of the foot is taken
constexpr double kWithoutSeal = 0.8;  // the same of a column read without a seal as dark as print
constexpr double kMostlyForeign = 0.6;  // share of the ink of a word that is none
constexpr double kLineHeight = 2.4;   // in small letters
constexpr int kFewLetters = 30;       // which prove nothing

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
  std::vector<Line> read_column(const Scan& scan, const CleanPage& sheet, const Area& area, std::vector<Line> first);
  std::vector<Line> read_below_seal(const CleanPage& sheet, const Area& area, std::vector<Line> first);
  std::vector<Line> read_area(const CleanPage& sheet, const Area& area, std::vector<Line> first);
  void read_apart(const Scan& scan, const CleanPage& sheet, const std::vector<Area>& areas,
                  std::vector<Region>& regions);

  void read_doubtful_words(const CleanPage& sheet, std::vector<Region>& regions);

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
std::vector<Area> with_true_head(Layout layout, const std::vector<Line>& lines) {
  const std::vector<Region> regions = place(lines, layout.areas);
  const Region* left = find_kind(regions, RegionKind::head_left);
  const Region* right = find_kind(regions, RegionKind::head_right);
  const bool none = left != nullptr && right != nullptr && !is_head(*left, *right);
  return none ? std::move(layout.without_head) : std::move(layout.areas);
}

// Columns of the foot stand beside each other at heights of their own, often with a seal between them: rows of
// both are easily read as one.
bool in_foot(const Area& area) {
  return area.kind == RegionKind::recipients || area.kind == RegionKind::signature;
}

int letters_of(const std::vector<Region>& regions) {
  int count = 0;
  for (const Region& region : regions) count += letter_count(region.lines);
  return count;
}

bool needs_reading(const Area& area, const Region& region) {
  if (area.kind == RegionKind::body || area.print.empty()) return false;
  if (in_foot(area) || region.lines.empty()) return true;
  return std::any_of(region.lines.begin(), region.lines.end(),
                     [](const Line& line) { return mean_confidence({line}) < kWeakLine; });
}

// What was read badly in the strokes of a seal or a pen is no word; a name from a coloured stamp reads well.
void drop_foreign(std::vector<Line>& lines, const ForeignInk& ink, const CleanPage& sheet) {
  for (Line& line : lines)
    std::erase_if(line.words, [&](const Word& word) {
      return word.confidence < kReadsWell && ink.share(sheet, word.box) > kMostlyForeign;
    });
  std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
}

// A column of the foot is read with the seal and the pen and without, until a reading is sure; of each line the best is
// taken. Not elsewhere: pen may have filled in a number. first: from the reading of the whole page.
std::vector<Line> TesseractRecogniser::read_column(const Scan& scan, const CleanPage& sheet, const Area& area,
                                                   std::vector<Line> first) {
  ForeignInk ink = find_coloured_ink(sheet, scan.pix.get(), area.print);
  const bool coloured = ink.mask != nullptr;
  std::vector<Line> best;
  const auto is_done_with = [&](const PixPtr& gray) {
    engine_.set_page(gray, kNominalDpi);
    auto lines = engine_.read_lines(area.print, ReadMode::block);
    drop_foreign(lines, ink, sheet);
    best = better_of(std::move(best), std::move(lines));
    return is_sure(best) && worth(best) > worth(first);
  };
  drop_foreign(first, ink, sheet);
  if (!coloured) {
    if (is_done_with(sheet.gray)) return best;
    ink = find_pale_ink(sheet, scan.pix.get(), area.print);
    drop_foreign(first, ink, sheet), drop_foreign(best, ink, sheet);
  }
  for (const PixPtr& without : ink.without)
    if (is_done_with(without)) return best;
  if (coloured && is_done_with(sheet.gray)) return best;
  if (first.empty() || worth(best) > kAsGood * worth(first)) std::swap(first, best);
  return ink.mask == nullptr ? read_below_seal(sheet, area, std::move(first)) : first;
}

// The same where a seal as dark as print stands on the column.
std::vector<Line> TesseractRecogniser::read_below_seal(const CleanPage& sheet, const Area& area, std::vector<Line> first) {
  const ForeignInk seal = find_seal_rim(sheet, area.print);
  if (seal.mask == nullptr) return first;
  std::vector<Line> clear;
  for (const PixPtr& without : seal.without) {
    engine_.set_page(without, kNominalDpi);
    auto lines = engine_.read_lines(area.print, ReadMode::block);
    drop_strokes(lines);
    clear = better_of(std::move(clear), std::move(lines));
  }
  drop_foreign(first, seal, sheet);
  drop_strokes(first);
  return worth(clear) > kWithoutSeal * worth(first) ? more_of(std::move(clear), first, sheet.letter) : first;
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
    engine_.set_page(sheet.gray, kNominalDpi);
    for (const size_t i : {left, right}) regions[i].lines = engine_.read_lines(areas[i].print, ReadMode::block);
    top = std::min(top, foot_top(regions[left], regions[right]));
  }
  lower_foot(areas, top - static_cast<int>(0.3 * sheet.letter));
}

// A cell or a page number: the reading for itself if it is better than the first.
std::vector<Line> TesseractRecogniser::read_area(const CleanPage& sheet, const Area& area, std::vector<Line> first) {
  engine_.set_page(sheet.gray, kNominalDpi);
  auto lines = engine_.read_lines(area.print, area.kind == RegionKind::page_number ? ReadMode::line : ReadMode::block);
  return first.empty() || worth(lines) > worth(first) ? lines : first;
}

// Columns, cells and page numbers that the reading of the page left out or read badly are read for themselves; so is the
// body of a page with hardly any text, a name below a seal: there Tesseract takes the seal for a picture, the name with it.
void TesseractRecogniser::read_apart(const Scan& scan, const CleanPage& sheet, const std::vector<Area>& areas,
                                     std::vector<Region>& regions) {
  const bool hardly_any = letters_of(regions) < kFewLetters;
  for (size_t i = 0; i < areas.size(); ++i) {
    Region& region = regions[i];
    const bool whole = hardly_any && areas[i].kind == RegionKind::body && !areas[i].print.empty();
    if (!whole && !needs_reading(areas[i], region)) continue;
    region.lines = whole || in_foot(areas[i]) ? read_column(scan, sheet, areas[i], std::move(region.lines))
                                     : read_area(sheet, areas[i], std::move(region.lines));
    if (areas[i].row >= 0) continue;
    region.box = {};
    for (const Line& line : region.lines) region.box = join(region.box, line.box);
  }
}

// The layout comes first because the rules of tables are taken off the page: they are read as letters.
Reading TesseractRecogniser::read_whole(const Scan& scan, CleanPage& sheet) {
  Reading reading;
  if (sheet.blank) return reading;
  reading.stamps = lift_stamps(sheet, scan.pix.get());
  reading.layout = find_layout(sheet);
  if (reading.layout.rules) pixSetMasked(sheet.gray.get(), reading.layout.rules.get(), 255);
  engine_.set_page(sheet.gray, kNominalDpi);
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
    engine_.set_page(stamps.gray, kNominalDpi);
    auto lines = engine_.read_lines(box, ReadMode::block);
    if (!lines.empty()) regions.push_back({RegionKind::stamp, box, std::move(lines)});
  }
}

void TesseractRecogniser::read_doubtful_words(const CleanPage& sheet, std::vector<Region>& regions) {
  if (!options_.text_cost) return;
  engine_.set_page(sheet.gray, kNominalDpi);
  const ReadAgain again = [this](const Box& box, double scale) { return engine_.read_words(box, scale); };
  for (Region& region : regions) read_doubtful_again(region.lines, sheet.letter, options_.text_cost, again);
}

std::vector<Region> TesseractRecogniser::read_regions(const Scan& scan, const CleanPage& sheet, Reading reading) {
  std::vector<Area> areas = with_true_head(std::move(reading.layout), reading.lines);
  check_foot(sheet, areas, place(reading.lines, areas));
  add_framed_stamps(sheet, reading.lines, areas);
  std::vector<Region> regions = place(reading.lines, areas);
  read_apart(scan, sheet, areas, regions);
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

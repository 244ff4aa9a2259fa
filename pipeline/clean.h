// clean.h: a scan made ready to be read: turned upright, straight, even paper, a good size.
// Each step looks at the page first and is left out when there is nothing to mend.
// Pixels; the result owns its images; no state; one thread.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "pipeline/geometry.h"
#include "pipeline/image.h"

namespace planscribe {

struct CleanPage {
  PixPtr gray;         // 8 bits, dark on light
  PixPtr bilevel;      // the same, 1 bit
  Transform to_scan;   // from pixels of gray to pixels of the scan
  int rotation = 0;    // degrees clockwise by which the page was turned
  double letter = 0;   // height of a small letter in pixels of gray; 0 = unknown
  bool blank = false;  // nothing to read: gray and bilevel may be null
  int width() const;
  int height() const;
};

// How well an area of an image reads as it lies, 0..1.
using TrialReading = std::function<double(const PixPtr& gray, const Box& area)>;

// By the look of the page alone: print that stands on end is turned by a quarter; it may still be upside down.
CleanPage clean(const Scan& scan);

// For a page that reads badly: all four ways are tried. The page turned to the best; none when that is how it lies.
// page: what clean() made of the scan.
std::optional<CleanPage> turned_by_trial(const Scan& scan, const CleanPage& page, const TrialReading& trial);

// Ink of an area of a clean page that is no print: a seal, a signature by pen.
struct ForeignInk {
  PixPtr mask;                  // 1 bit, as large as the page; null when there is hardly any
  std::vector<PixPtr> without;  // page.gray without it, print under it kept; the first is the more careful with faint print
  double share(const CleanPage& page, const Box& box) const;  // of the ink in a box, 0..1
};

// Told by its colour. scan: what the page was made from.
ForeignInk find_coloured_ink(const CleanPage& page, const Pix* scan, const Box& area);

// Told by being paler than print, on a grey scan (8 bit a pixel; on others nothing is found).
ForeignInk find_pale_ink(const CleanPage& page, const Pix* scan, const Box& area);

// Told by its shape: the rim of a round seal as dark as print, on or beside an area. The images are also without figures
// taller than letters and the letters along the rim; the second without its thinner circles, too.
ForeignInk find_seal_rim(const CleanPage& page, const Box& area);

}  // namespace planscribe

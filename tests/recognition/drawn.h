// drawn.h: pages drawn with Leptonica's bitmap font, for tests. Latin letters without marks.
#pragma once

#include <leptonica/allheaders.h>

#include <string>
#include <vector>

#include "pipeline/image.h"

namespace planscribe::drawn {

inline PixPtr paper(int width, int height) {
  PixPtr pix(pixCreate(width, height, 8));
  pixSetAllArbitrary(pix.get(), 255);
  return pix;
}

// Lines of text from (x, y) down, small enough for the longest line of prose() to fit.
inline void text(const PixPtr& page, int x, int y, const std::vector<std::string>& lines) {
  L_Bmf* font = bmfCreate(nullptr, 10);
  for (const std::string& line : lines) {
    l_int32 width = 0;
    pixSetTextline(page.get(), font, line.c_str(), 0, x, y, &width, nullptr);
    y += 40;
  }
  bmfDestroy(&font);
}

inline std::vector<std::string> prose() {
  return {"The people of the ward keep the streets clean and plant",
          "trees along the river before the rain begins in the south",
          "of the province, and every school takes part in the work.",
          "All groups report to the office by the end of each month,",
          "so that good examples may be praised and spread further.",
          "Those who did best are named at the meeting of the year,",
          "and the office writes a list of what is left to be done.",
          "Plans for the next year follow from what has been learnt",
          "and are sent to all who have to carry them out in time."};
}

inline PixPtr prose_page() {
  PixPtr page = paper(1200, 1000);
  text(page, 150, 200, prose());
  return page;
}

inline Scan scan_of(PixPtr pix) { return {std::move(pix), 200}; }

}  // namespace planscribe::drawn

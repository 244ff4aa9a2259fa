// text_layer.h: the text layer of a PDF page: whether it can be trusted, and its words laid out as regions.
#pragma once

#include <string>
#include <vector>

#include "models/restorer.h"
#include "pipeline/page.h"
#include "pipeline/pdf.h"

namespace planscribe {

struct LayerTrust {
  bool trusted = false;
  std::string reason;  // why not: "no text", "few words", "few Vietnamese marks", ...
};

// A layer is trusted when it holds the page's text (not just a caption), its letter words are Vietnamese syllables and
// carry marks as Vietnamese does. Words with digits do not count, so that tables of numbers are safe.
LayerTrust judge_text_layer(const std::vector<LayerWord>& words, const Restorer& restorer);

// Words -> lines -> regions: the two columns of head and foot are parted where a wide gap stands between them.
// page brings number and size; words' boxes are in its pixels. A page whose words lie on their side or upside down is
// laid out as it is read, rotation tells the turn; the boxes stay as the page lies.
Page lay_out(Page page, const std::vector<LayerWord>& words);

}  // namespace planscribe

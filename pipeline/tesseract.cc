// tesseract.cc: how Tesseract is set up and read out.
//
// - One thread: serial_openmp.cc.
// - No second try on inverted lines (invert_threshold 0): pages have been brought to dark on light.
// - No search for typewriter pitch (textord_all_prop): words are parted by the network, not by pitch.
// - Paragraphs, which nobody asks for, are found from the lines alone (paragraph_text_based), not from the text:
//   a fortieth of the time.
// - No '~': plans do not print it, and hyphens of lists are read as it.
// - Alternatives come from lstm_choice_mode 2, one list of readings a symbol; the symbol list of a word that
//   follows a space begins with the space itself, which is dropped. One round, not Tesseract's
//   own five: a tenth of all time, and restoration makes hardly more of the rest.
#include "pipeline/tesseract.h"

#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "models/unicode.h"
#include "pipeline/error.h"
#include "pipeline/geometry.h"
#include "pipeline/png_bypass.h"
#include "pipeline/serial_openmp.h"

namespace planscribe {
namespace {

constexpr int kNominalDpi = 200;  // of a clean page: it only steers what counts as noise
constexpr int kPaper = 4;  // pixels of paper around words that are read for themselves

using SymbolChoices = std::vector<std::vector<std::pair<const char*, float>>>;

std::string nfc(const char* text) { return text == nullptr ? "" : to_nfc(text); }

// The readings of one symbol, best first, each once.
Glyph glyph_of(const std::vector<std::pair<const char*, float>>& choices) {
  std::vector<std::pair<float, std::string>> all;
  for (const auto& [text, rating] : choices) {
    if (text != nullptr && *text != '\0') all.emplace_back(rating, nfc(text));
  }
  Glyph glyph;
  if (all.empty()) return glyph;
  glyph.text = all.front().second;
  const float best = all.front().first;
  std::stable_sort(all.begin() + 1, all.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (size_t i = 1; i < all.size(); ++i) {
    const bool seen = std::any_of(all.begin(), all.begin() + static_cast<long>(i),
                                  [&](const auto& other) { return other.second == all[i].second; });
    if (!seen) glyph.alternatives.push_back({all[i].second, std::max(0.0F, all[i].first - best)});
  }
  return glyph;
}

// The glyphs of a word, if what the engine lists spells the word; else none.
std::vector<Glyph> glyphs_of(const SymbolChoices* choices, const std::string& word) {
  std::vector<Glyph> glyphs;
  if (choices == nullptr) return glyphs;
  std::string spelt;
  for (const auto& symbol : *choices) {
    Glyph glyph = glyph_of(symbol);
    if (glyph.text.empty() || (glyphs.empty() && glyph.text == " ")) continue;
    spelt += glyph.text;
    glyphs.push_back(std::move(glyph));
  }
  if (spelt != word) glyphs.clear();
  return glyphs;
}

tesseract::PageSegMode segmentation(ReadMode mode) {
  switch (mode) {
    case ReadMode::automatic:
      return tesseract::PSM_AUTO;
    case ReadMode::block:
      return tesseract::PSM_SINGLE_BLOCK;
    default:
      return tesseract::PSM_SINGLE_LINE;
  }
}

Box box_of(const tesseract::ResultIterator& at, tesseract::PageIteratorLevel level) {
  Box box;
  at.BoundingBox(level, &box.left, &box.top, &box.right, &box.bottom);
  return box;
}

Box shifted(const Box& box, int dx, int dy) {
  return {box.left + dx, box.top + dy, box.right + dx, box.bottom + dy};
}

Word word_of(const tesseract::ResultIterator& at, bool alternatives) {
  Word word;
  const std::unique_ptr<char[]> text(at.GetUTF8Text(tesseract::RIL_WORD));
  word.raw = nfc(text.get());
  word.text = word.raw;
  word.box = box_of(at, tesseract::RIL_WORD);
  word.confidence = std::clamp(at.Confidence(tesseract::RIL_WORD) / 100.0F, 0.0F, 1.0F);
  if (alternatives) word.glyphs = glyphs_of(at.GetBestLSTMSymbolChoices(), word.raw);
  return word;
}

bool only_space(const std::string& text) { return text.find_first_not_of(" \t\n") == std::string::npos; }

}  // namespace

struct Tesseract::Impl {
  tesseract::TessBaseAPI api;
  bool alternatives = false;
  PixPtr page;
  int page_width = 0, page_height = 0;

  PixPtr cut(const Box& area) const;
  std::vector<Line> recognise(Pix* image, const Box& origin);
};

PixPtr Tesseract::Impl::cut(const Box& area) const {
  const std::unique_ptr<::Box, void (*)(::Box*)> clip(
      boxCreate(area.left, area.top, area.width(), area.height()), [](::Box* b) { boxDestroy(&b); });
  return PixPtr(pixClipRectangle(page.get(), clip.get(), nullptr));
}

Tesseract::Tesseract(const std::string& language) : impl_(std::make_unique<Impl>()) {
  png_bypass(), serial_regions();  // takes both files out of the archive, so that what they replace is linked
  silence_leptonica();
  auto& api = impl_->api;
  api.SetVariable("debug_file", "/dev/null");
  if (api.Init(nullptr, language.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
    throw Error(ExitCode::missing_dependency,
                "tesseract: no data for " + language + "; install the package tesseract-ocr-" + language);
  }
  api.SetVariable("invert_threshold", "0");
  api.SetVariable("textord_all_prop", "1");
  api.SetVariable("paragraph_text_based", "0");
  api.SetVariable("lstm_choice_iterations", "1");
  api.SetVariable("tessedit_char_blacklist", "~");
}

Tesseract::~Tesseract() { impl_->api.End(); }

void Tesseract::set_alternatives(bool on) {
  impl_->alternatives = on;
  impl_->api.SetVariable("lstm_choice_mode", on ? "2" : "0");
}

void Tesseract::set_page(const PixPtr& pix) {
  impl_->page.reset(pixClone(pix.get()));
  impl_->page_width = pixGetWidth(pix.get());
  impl_->page_height = pixGetHeight(pix.get());
}

namespace {

// The physical order of the base classes: the result iterator's own, for scripts that run both ways, walks
// every line once more for each of its words.
std::vector<Line> lines_of(tesseract::ResultIterator& at, bool alternatives, const Box& origin) {
  using Physical = tesseract::PageIterator;
  std::vector<Line> lines;
  do {
    if (at.Empty(tesseract::RIL_WORD)) continue;
    if (lines.empty() || at.Physical::IsAtBeginningOf(tesseract::RIL_TEXTLINE)) lines.emplace_back();
    Word word = word_of(at, alternatives);
    if (only_space(word.raw)) continue;
    word.box = shifted(word.box, origin.left, origin.top);
    lines.back().box = join(lines.back().box, word.box);
    lines.back().words.push_back(std::move(word));
  } while (at.Physical::Next(tesseract::RIL_WORD));
  std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
  return lines;
}

}  // namespace

std::vector<Line> Tesseract::Impl::recognise(Pix* image, const Box& origin) {
  api.SetImage(image);
  api.SetSourceResolution(kNominalDpi);
  if (api.Recognize(nullptr) != 0) return {};
  const std::unique_ptr<tesseract::ResultIterator> at(api.GetIterator());
  return at ? lines_of(*at, alternatives, origin) : std::vector<Line>{};
}

std::vector<Line> Tesseract::read_lines(const Box& area, ReadMode mode) {
  if (area.empty()) return {};
  impl_->api.SetPageSegMode(segmentation(mode));
  // Not SetRectangle: Tesseract would then recognise from the bilevel image, and from a rectangle as wide as
  // the page at the wrong height.
  const bool whole =
      area.left <= 0 && area.top <= 0 && area.right >= impl_->page_width && area.bottom >= impl_->page_height;
  return whole ? impl_->recognise(impl_->page.get(), {}) : impl_->recognise(impl_->cut(area).get(), area);
}

std::vector<Word> Tesseract::read_words(const Box& area, double across, double down) {
  std::vector<Word> words;
  const PixPtr cut = impl_->cut(area);
  const PixPtr sized(cut ? pixScale(cut.get(), static_cast<float>(across), static_cast<float>(down)) : nullptr);
  const PixPtr framed(sized ? pixAddBorder(sized.get(), kPaper, 255) : nullptr);
  if (!framed) return words;
  impl_->api.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
  const Transform back = Transform::shift(area.left, area.top) * Transform::scale(1 / across, 1 / down) * Transform::shift(-kPaper, -kPaper);
  for (Line& line : impl_->recognise(framed.get(), {}))
    for (Word& word : line.words) {
      word.box = map_box(back, word.box, impl_->page_width, impl_->page_height);
      words.push_back(std::move(word));
    }
  return words;
}

void Tesseract::release_page() {
  impl_->api.Clear();
  impl_->page.reset();
}

std::string Tesseract::version() { return tesseract::TessBaseAPI::Version(); }

double mean_confidence(const std::vector<Line>& lines) {
  double sum = 0, weight = 0;
  for (const Line& line : lines) {
    for (const Word& word : line.words) {
      sum += word.confidence * static_cast<double>(word.raw.size());
      weight += static_cast<double>(word.raw.size());
    }
  }
  return weight > 0 ? sum / weight : 0;
}

int letter_count(const std::vector<Line>& lines) {
  int count = 0;
  for (const Line& line : lines) {
    for (const Word& word : line.words) {
      count += static_cast<int>(std::count_if(word.raw.begin(), word.raw.end(),
                                              [](unsigned char c) { return c < 0x80 || c >= 0xC0; }));
    }
  }
  return count;
}

}  // namespace planscribe

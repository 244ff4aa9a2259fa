// page.h: the values that flow through planscribe. Nothing here owns a handle or includes another part.
//
//   Page    the recognised result of one scan, or of one page of text
//   Region  an area of a page with one function, in reading order
//   Line    one row of words
//   Word    what stands between white space, punctuation included
//
// Coordinates are pixels of the original page image (before clean-up): origin top left, half-open boxes.
// Confidences are probabilities, 0..1. Text is UTF-8, NFC.
#pragma once

#include <string>
#include <vector>

namespace planscribe {

struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;
  bool empty() const { return right <= left || bottom <= top; }
  int width() const { return right - left; }
  int height() const { return bottom - top; }
  bool operator==(const Box&) const = default;
};

// Another reading of one glyph. cost is a negative natural logarithm relative to the best reading (0 = the best).
struct Alternative {
  std::string text;
  float cost = 0;
};

// One glyph of a word and what else the engine could have read there.
struct Glyph {
  std::string text;
  std::vector<Alternative> alternatives;
};

// Why a word was changed by restoration.
enum class ChangeReason { none, mark, letter, split, join, number, name };

struct Word {
  std::string raw;        // as the OCR or the text layer gave it
  std::string text;       // after restoration; equals raw until then; empty if joined to the word before
  Box box;                // empty for plain text input
  float confidence = 1;   // of the reading
  float margin = 0;       // of the restoration: nats between the chosen reading and the next; 0 if untouched
  ChangeReason reason = ChangeReason::none;
  std::vector<Glyph> glyphs;  // may be empty
  int gap = 1;            // spaces before it in plain text, where wide ones part columns; 1 on images
};

struct Line {
  std::vector<Word> words;
  Box box;
};

enum class RegionKind {
  head_left,    // parent and issuing body, number
  head_right,   // motto, place and date
  title,
  body,
  table,
  recipients,   // Nơi nhận
  signature,    // authority, position, name of the signer
  page_number,
  stamp,        // incoming and urgency stamps, seal text
  margin        // running headers, notes; like page_number and stamp not part of the running text
};

struct Region {
  RegionKind kind = RegionKind::body;
  Box box;
  std::vector<Line> lines;
  int row = -1, column = -1;  // of a table cell, 0-based; -1 outside tables
};

enum class PageStatus { read, blank, failed };
enum class PageOrigin { ocr, text_layer, plain_text, untrusted_layer };

struct Page {
  int number = 1;          // 1-based within the document
  int width = 0, height = 0;
  int dpi = 0;             // of the page image; 0 for plain text
  int rotation = 0;        // degrees clockwise by which the page was turned to be read: 0, 90, 180, 270
  PageStatus status = PageStatus::read;
  PageOrigin origin = PageOrigin::ocr;
  std::vector<Region> regions;  // in reading order
  std::string error;            // what failed, when status is failed
};

}  // namespace planscribe

// restorer.h: damaged Vietnamese text -> what the paper says. Line by line, n lines in, n lines out.
//
//   Restorer restorer("/usr/share/planscribe/models");     // memory-maps the model; const and shared by threads
//   std::vector<RestoredLine> out = restorer.restore(lines);
//
// A document is given whole where possible: names and abbreviations seen clearly in one place help in another.
// Digits never come from the language model; text that is already clean comes back unchanged.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/page.h"

namespace planscribe {

// One change. Byte offsets, half-open: before is input[begin, end), after is output[out_begin, out_end).
struct Change {
  int begin = 0, end = 0;
  int out_begin = 0, out_end = 0;
  ChangeReason reason = ChangeReason::none;
  float margin = 0;  // nats between the chosen reading and the next, the input's own or another (higher = surer), >= 0
};

// What else could have been read at a place of the line (Tesseract's alternatives); optional.
struct GlyphChoice {
  int begin = 0, end = 0;  // bytes of the input line
  std::vector<Alternative> alternatives;
};

struct LineInput {
  std::string text;  // UTF-8; NFC not required
  std::vector<GlyphChoice> choices;
};

struct RestoredLine {
  std::string text;             // NFC
  std::vector<Change> changes;  // in order, not overlapping; text outside changes equals the input (as NFC)
};

// Which learned error model reads the input.
enum class Channel {
  automatic,   // decided from the text itself
  vietnamese,  // read by an engine that knows Vietnamese: few errors, mostly marks
  foreign      // a layer made by an engine without Vietnamese, or marks lost altogether
};

class Restorer {
 public:
  // folder holds the model files; throws Error(invalid_data) naming the file when one is missing, cut or wrong.
  explicit Restorer(const std::string& folder);
  ~Restorer();
  Restorer(Restorer&&) noexcept;

  // Thread-safe. Same number of lines out as in. Input must be valid UTF-8.
  std::vector<RestoredLine> restore(const std::vector<LineInput>& lines, Channel channel = Channel::automatic) const;

  // Share of the letter words that are valid Vietnamese syllables, and share of letters with a mark: for trust in
  // text layers. 0..1; 0 words gives {0, 0, 0}.
  struct Health {
    int words = 0;
    double valid_share = 0;
    double marked_share = 0;
  };
  Health health(const std::string& text) const;

  // How unlikely a text is as Vietnamese: the cost of its words under the language model, nats (>= 0). To compare readings
  // of one place among the same neighbours. Thread-safe; invalid UTF-8 is read as signs.
  double cost(const std::string& text) const;

  const std::string& version() const;  // name and hash of the model files, for cache keys and made_by

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace planscribe

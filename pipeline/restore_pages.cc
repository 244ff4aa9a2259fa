#include "pipeline/restore_pages.h"

#include <sstream>

namespace planscribe {
namespace {

struct WordPlace {
  int begin = 0, end = 0;  // bytes in the joined line
};

LineInput join_words(const Line& line, std::vector<WordPlace>& places) {
  LineInput input;
  for (const Word& word : line.words) {
    if (!input.text.empty()) input.text += ' ';
    const int begin = static_cast<int>(input.text.size());
    int at = begin;
    input.text += word.raw;
    places.push_back({begin, static_cast<int>(input.text.size())});
    for (const Glyph& glyph : word.glyphs) {
      const int end = at + static_cast<int>(glyph.text.size());
      if (end > places.back().end || input.text.compare(at, glyph.text.size(), glyph.text) != 0) break;  // engine disagrees with itself
      if (!glyph.alternatives.empty()) input.choices.push_back({at, end, glyph.alternatives});
      at = end;
    }
  }
  return input;
}

std::vector<std::string> split_words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// Gives words [first, last) of the line the restored text of their common stretch.
void assign(Line& line, size_t first, size_t last, const std::string& text, const Change& change) {
  const std::vector<std::string> parts = split_words(text);
  const bool one_each = parts.size() == last - first;
  for (size_t i = first; i < last; ++i) {
    Word& word = line.words[i];
    if (one_each)
      word.text = parts[i - first];
    else
      word.text = i == first ? text : "";
    if (word.text == word.raw) continue;
    word.reason = change.reason;
    word.margin = change.margin;
  }
}

void take_changes(Line& line, const std::vector<WordPlace>& places, const RestoredLine& restored) {
  size_t next = 0;  // first change not yet passed
  int shift = 0;    // output offset minus input offset of text before changes[next]
  for (size_t i = 0; i < places.size();) {
    size_t last = i + 1;
    while (next < restored.changes.size() && restored.changes[next].end <= places[i].begin &&
           restored.changes[next].begin < places[i].begin) {
      shift = restored.changes[next].out_end - restored.changes[next].end;
      ++next;
    }
    size_t change = next;
    int end_shift = shift;
    const Change* seen = nullptr;
    while (change < restored.changes.size() && restored.changes[change].begin < places[last - 1].end) {
      const Change& c = restored.changes[change++];
      seen = seen ? seen : &c;
      end_shift = c.out_end - c.end;
      while (last < places.size() && c.end > places[last].begin) ++last;
    }
    if (seen) {
      const int out_begin = std::min(places[i].begin + shift, seen->out_begin);
      const int out_end = std::max(places[last - 1].end + end_shift, restored.changes[change - 1].out_end);
      std::string text = restored.text.substr(out_begin, out_end - out_begin);
      assign(line, i, last, text, *seen);
    }
    shift = end_shift;
    next = change;
    i = last;
  }
}

void restore_lines(const std::vector<Line*>& lines, const Restorer& restorer, Channel channel) {
  std::vector<LineInput> inputs;
  std::vector<std::vector<WordPlace>> places(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) inputs.push_back(join_words(*lines[i], places[i]));
  const std::vector<RestoredLine> restored = restorer.restore(inputs, channel);
  for (size_t i = 0; i < lines.size(); ++i) take_changes(*lines[i], places[i], restored[i]);
}

}  // namespace

void restore_pages(std::vector<Page>& pages, const Restorer& restorer) {
  std::vector<Line*> read, typed;
  for (Page& page : pages) {
    if (page.origin == PageOrigin::text_layer) continue;
    std::vector<Line*>& lines = page.origin == PageOrigin::ocr ? read : typed;
    for (Region& region : page.regions)
      for (Line& line : region.lines) lines.push_back(&line);
  }
  if (!read.empty()) restore_lines(read, restorer, Channel::vietnamese);
  if (!typed.empty()) restore_lines(typed, restorer, Channel::automatic);
}

}  // namespace planscribe

#include <algorithm>

#include "rules/extraction.h"

namespace planscribe {
namespace {

constexpr double kSureReading = 0.97;  // what the engine says at most, of lines without a fault

}  // namespace

Fragment line_fragment(const Plan& plan, int line, size_t begin, size_t end) {
  Fragment whole;
  whole.text = plan.lines[line].text.substr(begin, end - begin);
  whole.pieces.push_back({0, line, begin, whole.text.size()});
  return sub_fragment(whole, 0, whole.text.size());
}

Fragment sub_fragment(const Fragment& fragment, size_t begin, size_t end) {
  end = std::min(end, fragment.text.size());
  const auto blank = [&](size_t i) { return std::isspace(static_cast<unsigned char>(fragment.text[i])); };
  begin = std::min(begin, end);
  while (begin < end && blank(begin)) ++begin;
  while (end > begin && blank(end - 1)) --end;
  Fragment part;
  part.after_blank = fragment.after_blank;
  if (begin >= end) return part;
  part.text = fragment.text.substr(begin, end - begin);
  for (const LinePiece& piece : fragment.pieces) {
    const size_t from = std::max(begin, piece.at), to = std::min(end, piece.at + piece.length);
    if (from < to) part.pieces.push_back({from - begin, piece.line, piece.begin + from - piece.at, to - from});
  }
  return part;
}

void append(Fragment& to, const Fragment& from, const std::string& between) {
  if (!to.text.empty()) to.text += between;
  for (LinePiece piece : from.pieces) {
    piece.at += to.text.size();
    to.pieces.push_back(piece);
  }
  to.text += from.text;
}

Evidence make_evidence(const Plan& plan, const Fragment& fragment, size_t begin, size_t end, const std::string& rule,
                       double strength, bool every_word) {
  Evidence evidence;
  evidence.rule = rule;
  const Fragment part = sub_fragment(fragment, begin, std::max(end, begin + 1));
  const Fragment& source = part.pieces.empty() ? fragment : part;
  double confidence = kSureReading, restored = 1;
  for (const LinePiece& piece : source.pieces) {
    evidence.spans.push_back({piece.line, static_cast<int>(piece.begin), static_cast<int>(piece.begin + piece.length)});
    const SourceLine& line = plan.lines[piece.line];
    if (!evidence.text.empty()) evidence.text += ' ';
    evidence.text += line.text.substr(piece.begin, piece.length);
    confidence = std::min<double>(confidence, line.confidence);
    for (const ChangedWord& word : line.changes) {
      if (word.begin >= static_cast<int>(piece.begin + piece.length) || word.end <= static_cast<int>(piece.begin)) continue;
      restored = every_word ? restored * word.confidence : std::min<double>(restored, word.confidence);
    }
  }
  if (!evidence.spans.empty()) {
    evidence.page = plan.lines[evidence.spans[0].line].page;
    evidence.line = plan.lines[evidence.spans[0].line].number;
  }
  evidence.confidence = std::clamp(strength * restored * confidence / kSureReading, 0.0, 1.0);
  return evidence;
}

bool may_be_misread(const SourceLine& line) { return line.confidence < 1 || !line.changes.empty(); }

Field<std::string> text_field(const Plan& plan, const Fragment& fragment, size_t begin, size_t end,
                              const std::string& value, const std::string& rule, double strength) {
  return {value, make_evidence(plan, fragment, begin, end, rule, strength, true)};
}

}  // namespace planscribe

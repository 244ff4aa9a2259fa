#include "pipeline/page_json.h"

#include <array>
#include <stdexcept>

namespace planscribe {
namespace {

using nlohmann::json;

constexpr std::array kRegionKinds = {"head_left", "head_right", "title",       "body",  "table",
                                     "recipients", "signature", "page_number", "stamp", "margin"};
constexpr std::array kStatuses = {"read", "blank", "failed"};
constexpr std::array kOrigins = {"ocr", "text_layer", "plain_text", "untrusted_layer"};
constexpr std::array kReasons = {"none", "mark", "letter", "split", "join", "number", "name"};

template <typename Enum, size_t N>
Enum parse(const std::array<const char*, N>& names, const std::string& text) {
  for (size_t i = 0; i < N; ++i)
    if (text == names[i]) return static_cast<Enum>(i);
  throw std::invalid_argument("page: unknown name '" + text + "'");
}

json box_json(const Box& b) { return json::array({b.left, b.top, b.right, b.bottom}); }
Box box_from(const json& j) { return {j.at(0), j.at(1), j.at(2), j.at(3)}; }

json word_json(const Word& word) {
  json j = {{"raw", word.raw}, {"box", box_json(word.box)}, {"conf", word.confidence}};
  if (word.text != word.raw) j["text"] = word.text;
  if (word.reason != ChangeReason::none) {
    j["reason"] = to_string(word.reason);
    j["margin"] = word.margin;
  }
  if (word.gap != 1) j["gap"] = word.gap;
  if (word.glyphs.empty()) return j;
  json glyphs = json::array();
  for (const Glyph& glyph : word.glyphs) {
    json g = json::array({glyph.text});
    for (const Alternative& a : glyph.alternatives) {
      g.push_back(a.text);
      g.push_back(a.cost);
    }
    glyphs.push_back(std::move(g));
  }
  j["glyphs"] = std::move(glyphs);
  return j;
}

Word word_from(const json& j) {
  Word word;
  word.raw = j.at("raw");
  word.text = j.value("text", word.raw);
  word.box = box_from(j.at("box"));
  word.confidence = j.at("conf");
  word.reason = parse<ChangeReason>(kReasons, j.value("reason", "none"));
  word.margin = j.value("margin", 0.0f);
  word.gap = j.value("gap", 1);
  for (const json& g : j.value("glyphs", json::array())) {
    Glyph glyph{g.at(0), {}};
    for (size_t i = 1; i + 1 < g.size(); i += 2) glyph.alternatives.push_back({g.at(i), g.at(i + 1)});
    word.glyphs.push_back(std::move(glyph));
  }
  return word;
}

json region_json(const Region& region) {
  json lines = json::array();
  for (const Line& line : region.lines) {
    json words = json::array();
    for (const Word& word : line.words) words.push_back(word_json(word));
    lines.push_back({{"box", box_json(line.box)}, {"words", std::move(words)}});
  }
  json j = {{"kind", to_string(region.kind)}, {"box", box_json(region.box)}, {"lines", std::move(lines)}};
  if (region.row >= 0) {
    j["row"] = region.row;
    j["column"] = region.column;
  }
  return j;
}

Region region_from(const json& j) {
  Region region;
  region.kind = parse<RegionKind>(kRegionKinds, j.at("kind"));
  region.box = box_from(j.at("box"));
  region.row = j.value("row", -1);
  region.column = j.value("column", -1);
  for (const json& l : j.at("lines")) {
    Line line;
    line.box = box_from(l.at("box"));
    for (const json& w : l.at("words")) line.words.push_back(word_from(w));
    region.lines.push_back(std::move(line));
  }
  return region;
}

}  // namespace

const char* to_string(RegionKind kind) { return kRegionKinds[static_cast<size_t>(kind)]; }
const char* to_string(PageStatus status) { return kStatuses[static_cast<size_t>(status)]; }
const char* to_string(PageOrigin origin) { return kOrigins[static_cast<size_t>(origin)]; }
const char* to_string(ChangeReason reason) { return kReasons[static_cast<size_t>(reason)]; }

json to_json(const Page& page) {
  json regions = json::array();
  for (const Region& region : page.regions) regions.push_back(region_json(region));
  return {{"number", page.number},         {"width", page.width},
          {"height", page.height},         {"dpi", page.dpi},
          {"rotation", page.rotation},     {"status", to_string(page.status)},
          {"origin", to_string(page.origin)}, {"error", page.error},
          {"regions", std::move(regions)}};
}

Page page_from_json(const json& j) {
  Page page;
  page.number = j.at("number");
  page.width = j.at("width");
  page.height = j.at("height");
  page.dpi = j.at("dpi");
  page.rotation = j.at("rotation");
  page.status = parse<PageStatus>(kStatuses, j.at("status"));
  page.origin = parse<PageOrigin>(kOrigins, j.at("origin"));
  page.error = j.at("error");
  for (const json& r : j.at("regions")) page.regions.push_back(region_from(r));
  return page;
}

}  // namespace planscribe

#include "corpus/word_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "corpus/names.h"
#include "pipeline/error.h"

namespace planscribe {
namespace {

using nlohmann::json;

// Two digits say all that a confidence or a margin is worth.
double rounded(double value) { return std::round(value * 100) / 100; }

bool is_changed(const Word& word) { return word.text != word.raw || word.reason != ChangeReason::none; }

json to_json(const Word& word) {
  json item = json::array({word.raw});
  const bool plain = word.box.empty() && word.confidence == 1;
  if (plain && !is_changed(word)) return item;
  const Box& box = word.box;
  if (box.empty()) item.insert(item.end(), {nullptr, nullptr, nullptr, nullptr});
  else item.insert(item.end(), {box.left, box.top, box.right, box.bottom});
  item.push_back(rounded(word.confidence));
  if (is_changed(word)) item.insert(item.end(), {word.text, rounded(word.margin), name_of(word.reason)});
  return item;
}

Word word_of(const json& item) {
  Word word;
  word.raw = word.text = item.at(0);
  if (item.size() > 1) {
    if (!item.at(1).is_null()) word.box = {item.at(1), item.at(2), item.at(3), item.at(4)};
    word.confidence = item.at(5);
  }
  if (item.size() > 6) {
    word.text = item.at(6);
    word.margin = item.at(7);
    word.reason = value_of_name<ChangeReason>(item.at(8).get<std::string>());
  }
  return word;
}

void widen(Box& box, const Box& more) {
  if (more.empty()) return;
  if (box.empty()) box = more;
  box = {std::min(box.left, more.left), std::min(box.top, more.top), std::max(box.right, more.right),
         std::max(box.bottom, more.bottom)};
}

}  // namespace

std::string words_to_json(const std::vector<Region>& regions) {
  json lines = json::array();
  for (size_t r = 0; r < regions.size(); ++r) {
    for (const Line& line : regions[r].lines) {
      json items = json::array({r + 1});
      for (const Word& word : line.words) items.push_back(to_json(word));
      lines.push_back(std::move(items));
    }
  }
  return lines.dump(-1, ' ', false, json::error_handler_t::replace);
}

void words_from_json(const std::string& text, std::vector<Region>& regions) {
  try {
    for (const json& items : json::parse(text)) {
      Line line;
      for (size_t i = 1; i < items.size(); ++i) {
        line.words.push_back(word_of(items[i]));
        widen(line.box, line.words.back().box);
      }
      regions.at(items.at(0).get<size_t>() - 1).lines.push_back(std::move(line));
    }
  } catch (const std::exception& e) {
    throw Error(ExitCode::invalid_data, std::string("corpus: words of a page: ") + e.what() + "; the file is damaged");
  }
}

}  // namespace planscribe

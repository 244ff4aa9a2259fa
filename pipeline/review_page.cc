#include "pipeline/review_page.h"

#include <algorithm>
#include <memory>
#include <tuple>

#include "pipeline/error.h"
#include "pipeline/geometry.h"
#include "pipeline/hash.h"
#include "pipeline/input_file.h"

namespace planscribe {

extern const char* const kReviewPage;  // review_page.html

namespace {

using Json = nlohmann::ordered_json;

constexpr int kWidest = 1100;  // pixels of a cutting; wider ones are scaled down

// The box with room around it, so that a person sees what stands beside it.
Box with_surroundings(const Box& box, int width, int height) {
  const int across = width / 12, down = height / 60;
  return {std::max(0, box.left - across), std::max(0, box.top - down), std::min(width, box.right + across),
          std::min(height, box.bottom + down)};
}

std::string base64(const std::string& bytes) {
  constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t at = 0; at < bytes.size(); at += 3) {
    unsigned group = 0;
    for (size_t i = 0; i < 3; ++i) group = group << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0);
    for (size_t i = 0; i < 4; ++i) text += at + i <= bytes.size() ? digits[group >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

// Opens each document once, each of its pages once; items come page by page.
class Scans {
 public:
  // Null when the document has changed or cannot be opened, or its page cannot be drawn.
  const Scan* page(const ReviewItem& item) {
    try {
      if (item.path != path_) open(item);
      if (input_ && page_ != item.page) {
        scan_ = input_->scan(item.page);
        page_ = item.page;
      }
      return input_ ? &scan_ : nullptr;
    } catch (const Error&) {
      page_ = 0;
      return nullptr;
    }
  }

 private:
  void open(const ReviewItem& item) {
    path_ = item.path;
    page_ = 0;
    input_.reset();
    if (sha256_of_file(item.path) == item.sha256) input_ = std::make_unique<InputFile>(item.path);
  }

  std::string path_;
  std::unique_ptr<InputFile> input_;
  int page_ = 0;
  Scan scan_;
};

// The boxes in per cent of the cutting, as it is shown: left, top, width, height.
Json marks_in(const Box& cutting, const std::vector<Box>& boxes, int turn) {
  const bool on_side = turn % 180 != 0;
  const int width = on_side ? cutting.height() : cutting.width(), height = on_side ? cutting.width() : cutting.height();
  const Transform shown = Transform::unturn(turn, cutting.width(), cutting.height()).inverse() *
                          Transform::shift(-cutting.left, -cutting.top);
  Json marks = Json::array();
  for (const Box& box : boxes) {
    const Box mark = map_box(shown, box, width, height);
    marks.push_back({100.0 * mark.left / width, 100.0 * mark.top / height, 100.0 * mark.width() / width, 100.0 * mark.height() / height});
  }
  return marks;
}

void add_picture(const ReviewItem& item, Scans& scans, Json& json) {
  const Scan* scan = item.boxes.empty() ? nullptr : scans.page(item);
  if (!scan) return;
  Box all;
  for (const Box& box : item.boxes) all = join(all, box);
  const ImageSize size = size_of(*scan);
  const Box cutting = with_surroundings(all, size.width, size.height);
  if (cutting.empty()) return;
  json["image"] = "data:image/png;base64," + base64(png_of(cut_out(*scan, cutting, item.rotation, kWidest)));
  json["marks"] = marks_in(cutting, item.boxes, item.rotation);
}

Json json_of(const ReviewItem& item, Scans& scans) {
  Json json = {{"path", item.path}, {"field", item.field}, {"value", item.value}, {"confidence", item.confidence},
               {"text", item.text}, {"raw", item.raw},     {"page", item.page}};
  add_picture(item, scans, json);
  return json;
}

// The order in which pages are drawn once each; the page shows the items in their own order.
std::vector<size_t> page_by_page(const std::vector<ReviewItem>& items) {
  std::vector<size_t> order(items.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::tie(items[a].path, items[a].page) < std::tie(items[b].path, items[b].page);
  });
  return order;
}

// Nothing in a document can end the script element that holds the JSON.
std::string script_safe(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  for (char c : text) c == '<' ? safe += "\\u003c" : safe += c;
  return safe;
}

}  // namespace

std::string make_review_page(const std::string& corpus, const std::vector<ReviewItem>& items) {
  std::vector<Json> made(items.size());
  Scans scans;
  for (size_t i : page_by_page(items)) made[i] = json_of(items[i], scans);
  const std::string data = script_safe({{"corpus", corpus}, {"items", made}});
  std::string page = kReviewPage;
  constexpr std::string_view place = ">ITEMS<";
  return page.replace(page.find(place) + 1, place.size() - 2, data);
}

}  // namespace planscribe

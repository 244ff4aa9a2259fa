#include "pipeline/pdf_structure.h"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include <cmath>
#include <set>
#include <sstream>
#include <vector>

#include "pipeline/error.h"
#include "pipeline/hash.h"
#include "pipeline/pdf_first_bytes.h"
#include "pipeline/pdf_page_image.h"

namespace planscribe {
namespace {

constexpr int kMaxDepth = 60;             // of nested objects; deeper ones are hostile
constexpr size_t kMaxContent = 4096;      // bytes of a content stream that only places one image
constexpr double kSamePlace = 0.02;       // share of the page's width within which an image "covers" it

std::string data_of(const std::shared_ptr<Buffer>& buffer) {
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

// Hashes an object with all that it refers to, but not the way up to its parents.
void add_object(Hash& hash, QPDFObjectHandle object, std::set<QPDFObjGen>& seen, int depth) {
  if (depth > kMaxDepth) return;
  if (object.isIndirect() && !seen.insert(object.getObjGen()).second) {
    hash.add("seen");
    return;
  }
  if (object.isArray()) {
    hash.add("[");
    for (int i = 0, n = object.getArrayNItems(); i < n; ++i) add_object(hash, object.getArrayItem(i), seen, depth + 1);
    return;
  }
  if (!object.isDictionary() && !object.isStream()) {
    hash.add(object.unparseResolved());
    return;
  }
  QPDFObjectHandle dictionary = object.isStream() ? object.getDict() : object;
  for (const std::string& key : dictionary.getKeys()) {
    if (key == "/Parent" || key == "/P" || key == "/StructParents" || key == "/Dest" || key == "/Popup") continue;
    hash.add(key);
    add_object(hash, dictionary.getKey(key), seen, depth + 1);
  }
  if (object.isStream()) hash.add(data_of(object.getRawStreamData()));
}

std::string content_hash(QPDFPageObjectHelper& page) {
  Hash hash;
  std::set<QPDFObjGen> seen{page.getObjectHandle().getObjGen()};
  for (const char* key : {"/Contents", "/Annots", "/UserUnit"}) {
    hash.add(key);
    add_object(hash, page.getObjectHandle().getKey(key), seen, 0);
  }
  for (const char* key : {"/Resources", "/MediaBox", "/CropBox", "/Rotate"}) {  // may be inherited
    hash.add(key);
    add_object(hash, page.getAttribute(key, false), seen, 0);
  }
  return hash.hex();
}

struct Size {
  double width = 0, height = 0;
};

Size size_of(QPDFPageObjectHelper& page) {
  const auto box = page.getCropBox().getArrayAsRectangle();
  return {box.urx - box.llx, box.ury - box.lly};
}

bool is_turned(QPDFPageObjectHelper& page) {
  QPDFObjectHandle rotate = page.getAttribute("/Rotate", false);
  return rotate.isInteger() && rotate.getIntValue() % 360 != 0;
}

// True when the page's content is "a 0 0 d e f cm /Name Do" in any nesting of q and Q, filling the page upright.
bool only_places_an_image(QPDFPageObjectHelper& page, const Size& size) {
  const std::string content = first_content(page, kMaxContent + 1);
  if (content.size() > kMaxContent) return false;
  std::istringstream in(content);
  std::vector<double> numbers;
  bool placed = false, drawn = false;
  for (std::string token; in >> token;) {
    if (token == "q" || token == "Q") continue;
    if (token == "cm") {
      if (placed || numbers.size() != 6) return false;
      placed = std::abs(numbers[0] - size.width) < kSamePlace * size.width && numbers[1] == 0 && numbers[2] == 0 &&
               std::abs(numbers[3] - size.height) < kSamePlace * size.height &&
               std::abs(numbers[4]) < kSamePlace * size.width && std::abs(numbers[5]) < kSamePlace * size.height;
      if (!placed) return false;
      numbers.clear();
    } else if (token == "Do") {
      if (drawn) return false;
      drawn = true;
    } else if (token[0] == '/') {
      continue;
    } else {
      std::istringstream number(token);
      number.imbue(std::locale::classic());
      double value = 0;
      if (!(number >> value)) return false;
      numbers.push_back(value);
    }
  }
  return placed && drawn;
}

void add_image_facts(QPDFPageObjectHelper& page, PdfPageFacts& facts) {
  const auto images = page.getImages();
  facts.draws_images = !images.empty();
  const Size size = size_of(page);
  if (images.size() != 1 || size.width <= 0 || size.height <= 0) return;
  QPDFObjectHandle image = images.begin()->second;
  QPDFObjectHandle width = image.getDict().getKey("/Width"), height = image.getDict().getKey("/Height");
  if (!width.isInteger() || !height.isInteger() || height.getIntValue() <= 0) return;
  const double across = width.getIntValue() * 72.0 / size.width, down = height.getIntValue() * 72.0 / size.height;
  if (std::abs(across - down) > 0.03 * down) return;  // the image is not the whole page
  facts.one_image = true;
  facts.image_dpi = static_cast<int>(std::lround(across));
  PageImage page_image = page_image_of(image);
  facts.image_missing = page_image.missing;
  if (!is_turned(page) && only_places_an_image(page, size)) facts.image_file = std::move(page_image.file);
}

}  // namespace

struct PdfStructure::Impl {
  QPDF pdf;
  std::vector<QPDFObjectHandle> pages;
};

PdfStructure::PdfStructure(const std::string& path) : impl_(std::make_unique<Impl>()) {
  try {
    impl_->pdf.setSuppressWarnings(true);
    impl_->pdf.processFile(path.c_str());
    impl_->pages = impl_->pdf.getAllPages();
  } catch (const QPDFExc& e) {
    if (e.getErrorCode() == qpdf_e_password)
      throw Error(ExitCode::encrypted, path + ": the PDF is encrypted; remove the password first, e.g. with qpdf --decrypt");
    throw Error(ExitCode::input_file, path + ": not a readable PDF: " + e.getMessageDetail());
  } catch (const std::exception& e) {
    throw Error(ExitCode::input_file, path + ": not a readable PDF: " + e.what());
  }
}

PdfStructure::~PdfStructure() = default;

int PdfStructure::page_count() const { return static_cast<int>(impl_->pages.size()); }

PdfPageFacts PdfStructure::facts(int number) const {
  QPDFPageObjectHelper page(impl_->pages.at(number - 1));
  PdfPageFacts facts;
  facts.content_hash = content_hash(page);
  try {
    add_image_facts(page, facts);
  } catch (const std::exception&) {
    return {.content_hash = facts.content_hash, .draws_images = facts.draws_images};  // a damaged image dictionary: rendering will tell
  }
  return facts;
}

}  // namespace planscribe

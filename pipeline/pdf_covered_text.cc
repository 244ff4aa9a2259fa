#include "pipeline/pdf_covered_text.h"

#include <qpdf/QPDFMatrix.hh>

#include <algorithm>
#include <string>
#include <vector>

namespace planscribe {
namespace {

constexpr double kSlack = 0.02;     // share of the page's size that a covering image may leave free at an edge
constexpr size_t kMaxNesting = 1000;  // of q; deeper content is hostile

using Rectangle = QPDFObjectHandle::Rectangle;

class CoverFinder : public QPDFObjectHandle::ParserCallbacks {
 public:
  CoverFinder(QPDFObjectHandle images, const Rectangle& page) : images_(images), page_(page) {}
  int covered() const { return unsure_ ? 0 : covered_; }

  void handleObject(QPDFObjectHandle object) override {
    if (!object.isOperator()) {
      if (operands_.size() < 6) operands_.push_back(object);
      return;
    }
    follow(object.getOperatorValue());
    operands_.clear();
  }
  void handleEOF() override {}

 private:
  void follow(const std::string& op) {
    if (op == "BT") ++text_objects_;
    if (op == "W" || op == "W*" || op == "gs") unsure_ = true;
    if (op == "q" && saved_.size() < kMaxNesting) saved_.push_back(matrix_);
    if (op == "Q" && !saved_.empty()) {
      matrix_ = saved_.back();
      saved_.pop_back();
    }
    if (op == "cm" && operands_.size() == 6) concatenate();
    if (op == "Do" && operands_.size() == 1 && operands_[0].isName() && covers_page(images_.getKey(operands_[0].getName())))
      covered_ = text_objects_;
  }

  void concatenate() {
    for (QPDFObjectHandle& operand : operands_)
      if (!operand.isNumber()) return;
    const auto n = [&](int i) { return operands_[i].getNumericValue(); };
    QPDFMatrix inner(n(0), n(1), n(2), n(3), n(4), n(5));
    matrix_.concat(inner);
  }

  bool covers_page(QPDFObjectHandle image) const {
    if (!image.isImage(true)) return false;
    QPDFObjectHandle dictionary = image.getDict();
    if (dictionary.hasKey("/SMask") || dictionary.hasKey("/Mask") || dictionary.getKey("/ImageMask").isBool()) return false;
    const bool straight = (matrix_.b == 0 && matrix_.c == 0) || (matrix_.a == 0 && matrix_.d == 0);
    const Rectangle shown = matrix_.transformRectangle(Rectangle(0, 0, 1, 1));
    const double dx = kSlack * (page_.urx - page_.llx), dy = kSlack * (page_.ury - page_.lly);
    return straight && shown.llx < page_.llx + dx && shown.lly < page_.lly + dy && shown.urx > page_.urx - dx && shown.ury > page_.ury - dy;
  }

  QPDFObjectHandle images_;
  Rectangle page_;
  std::vector<QPDFObjectHandle> operands_;  // since the last operator
  QPDFMatrix matrix_;
  std::vector<QPDFMatrix> saved_;
  int text_objects_ = 0, covered_ = 0;
  bool unsure_ = false;
};

}  // namespace

int covered_text_objects(QPDFPageObjectHelper& page) {
  QPDFObjectHandle resources = page.getAttribute("/Resources", false);
  QPDFObjectHandle images = resources.isDictionary() ? resources.getKey("/XObject") : QPDFObjectHandle::newNull();
  if (!images.isDictionary() || !page.getCropBox().isRectangle()) return 0;
  CoverFinder finder(images, page.getCropBox().getArrayAsRectangle());
  page.parseContents(&finder);
  return finder.covered();
}

}  // namespace planscribe

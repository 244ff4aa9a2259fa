// allotments.h: numbers given to places or units, one each. Used inside rules/ only.
#pragma once

#include "rules/extraction.h"

namespace planscribe {

// "Tỷ lệ (%)" over "75" beside a place, as a paragraph "indicator place: value unit". The unit stands in the heading, in
// shared_unit, or is the thing that the heading counts; without one the number stays unread.
Paragraph allotted(const Plan& plan, const Fragment& asked, const Fragment& place, const Fragment& value, const Fragment& shared_unit);

// Above the table whose header is the line first: its unit ("Đơn vị tính: người") and what it is about.
Fragment unit_above(const Plan& plan, int first);
Fragment title_above(const Plan& plan, int first);

// "Phân bổ chỉ tiêu trồng rừng (ha):" over "+ Xã A: 142; xã B: 97."
class BulletAllotment {
 public:
  bool opens(const Plan& plan, const Paragraph& paragraph);
  // The shares of a bullet, empty when it holds anything else.
  std::vector<Paragraph> read(const Plan& plan, const Paragraph& paragraph) const;

 private:
  Fragment name_, unit_;
};

}  // namespace planscribe

// field_path.h: the name of a value in a record, as people write it: document.number, targets[3].value,
// rounds[0].occasions[1].to, targets[+] (a new row). Indexes count from 0, as in quality.needs_review.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace planscribe {

struct FieldStep {
  std::string name;
  std::optional<size_t> index;  // of a list's row
  bool append = false;          // [+]
};
using FieldPath = std::vector<FieldStep>;

// Throws Error(bad_arguments) that shows where the text goes wrong. Whether the record has such a field is for
// record_schema.h to say.
FieldPath parse_field_path(const std::string& text);

std::string to_text(const FieldPath& path);

}  // namespace planscribe

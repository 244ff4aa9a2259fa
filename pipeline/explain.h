// explain.h: the changes of a restoration as lines a person reads.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "pipeline/text_blocks.h"

namespace planscribe {

// One line a change: "name:12:5: thue hién -> thực hiện  (mark, margin 3.2)"; the column counts bytes from 1.
void explain_changes(const std::string& name, const TextBlock& before, const std::vector<RestoredLine>& after, std::ostream& out);

}  // namespace planscribe

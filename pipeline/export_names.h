// export_names.h: the files that documents are exported to.
#pragma once

#include <string>
#include <vector>

namespace planscribe {

// For every path a name without suffix, relative to the folder that all paths share: scans/a/x.pdf and scans/b/x.pdf
// give a/x and b/x. Names are safe on all systems: no "..", no control or reserved characters, at most 200 bytes a part;
// no two are equal, even where case is not told apart (x, x~2, x~3 in the order of the paths).
std::vector<std::string> export_names(const std::vector<std::string>& paths);

}  // namespace planscribe

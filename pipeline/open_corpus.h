// open_corpus.h: the corpus that a command names.
#pragma once

#include <string>

#include "corpus/store.h"

namespace planscribe {

// named: a corpus file, or the output folder of a run. Throws Error(file_access) when there is none, and as Store does.
Store open_corpus(const std::string& named, bool read_only = true);

}  // namespace planscribe

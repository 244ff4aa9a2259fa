// known_terms.h: bodies and abbreviations of a closed list, told where the reading of them is one letter off.
#pragma once

#include <functional>
#include <string>

#include "rules/rule_set.h"

namespace planscribe {

// text with every run of words that is no entry of the list, but one letter away from a single one, put right: "ủv"
// -> "ủy", "NELĐ" -> "NLĐ". Of abbreviations a letter may be too many, not lost nor exchanged; a dot within one goes where
// stands_elsewhere says that the document has it without. For text that was read from an image or a damaged layer only.
std::string mend_terms(const WordList& list, const std::string& text,
                       const std::function<bool(const std::string&)>& stands_elsewhere);

}  // namespace planscribe

// look_alike.h: words of a closed list that print and OCR turned into others that look like them. No part of the public face of rules/.
#pragma once

#include <string>
#include <string_view>

#include "rules/rule_set.h"

namespace planscribe {

// The same for texts that differ only in marks, case, spaces and in signs that look alike (l I 1 /, O 0 C e, đ 4, B 8).
std::string print_shape(std::string_view text);

// The only entry of the list with the shape of the printed text; empty when there is none, or several that are not the
// same but for case.
std::string same_shape_entry(const WordList& list, std::string_view printed);

// Least number of bytes to insert, delete or change that turns one into the other; O(a * b), for short words.
int edit_distance(std::string_view a, std::string_view b);

}  // namespace planscribe

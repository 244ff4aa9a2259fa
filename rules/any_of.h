// any_of.h: one pattern for any word of a list.
//
// The words stand in a trie, so that RE2 follows one branch a letter: with the words one behind the other its programs
// were several times as large, and finding the groups of a match cost time for every word of the list.
#pragma once

#include <string>
#include <vector>

namespace planscribe {

// Of words that begin alike the longest that lets the rest of the pattern match is taken: "hội thành viên" before
// "hội". A space stands for any white space. The pattern is one group.
std::string any_of(const std::vector<std::string>& words);

// The same for words without marks and case (fold); every letter stands for itself with any marks: "phan" for "phấn".
std::string any_of_with_any_marks(const std::vector<std::string>& folded_words);

}  // namespace planscribe

// wording.h: numbers, names and foreign text as they stand in messages for people. Pure; any thread.
#pragma once

#include <string>

namespace planscribe {

// "1 page", "2 pages", "0 pages".
std::string counted(long number, const std::string& noun);

// Fit for a terminal and for one line: control characters (a new line, an escape sequence in a file's name or a text)
// become \n, \x1b ...; bytes that are not UTF-8 become U+FFFD.
std::string printable(const std::string& text);

// The last characters of UTF-8 text, at most so many.
std::string last_characters(const std::string& text, size_t most);

// A reason without the name of the file and the number of the page where it begins with them: whoever reports it names
// them. page: 0 for the whole file.
std::string without_place(const std::string& reason, const std::string& path, int page);

}  // namespace planscribe

// xml.h: text inside XML.
#pragma once

#include <string>
#include <string_view>

namespace planscribe {

// Escaped for element content and for attributes in double quotes. What XML 1.0 has no place for (control characters,
// invalid UTF-8, U+FFFE, U+FFFF) becomes U+FFFD.
std::string escape_xml(std::string_view text);

}  // namespace planscribe

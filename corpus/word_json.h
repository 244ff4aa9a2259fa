// word_json.h: the words of a page as the JSON text of pages.words (schema.sql), and back. Private to corpus/.
#pragma once

#include <string>
#include <vector>

#include "pipeline/page.h"

namespace planscribe {

std::string words_to_json(const std::vector<Region>& regions);

// Puts the lines into the regions that they were in; boxes of lines are those around their words. Throws
// Error(invalid_data) when the text is not of that form.
void words_from_json(const std::string& text, std::vector<Region>& regions);

}  // namespace planscribe

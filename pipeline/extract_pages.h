// extract_pages.h: the restored pages of a document -> lines of text, and its record with raw words and boxes joined.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "pipeline/page.h"
#include "rules/extract.h"

namespace planscribe {

// extract() over the pages; every Evidence gets its raw words and its boxes. Fills quality too, but not source or made_by.
Record extract_pages(const std::vector<Page>& pages, const RuleSet& rules, std::ostream* explain = nullptr);

// The restored text of a page, as text/NAME.txt holds it; ends with a line feed unless empty.
std::string page_text(const Page& page);

}  // namespace planscribe

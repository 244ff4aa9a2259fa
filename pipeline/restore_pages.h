// restore_pages.h: the pages of a document as read -> the same pages with Word::text restored.
#pragma once

#include <vector>

#include "models/restorer.h"
#include "pipeline/page.h"

namespace planscribe {

// Restores the whole document at once, so that what stands clearly on one page helps on another. Pages of a trusted text
// layer are left alone. Words keep their number and boxes: a word joined to the one before gets an empty text, a word
// that was split holds a space.
void restore_pages(std::vector<Page>& pages, const Restorer& restorer);

}  // namespace planscribe

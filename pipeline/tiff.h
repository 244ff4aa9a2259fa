// tiff.h: the pages of a TIFF file, and those that Leptonica does not decode. The only user of libtiff (tiff.cc).
// Functions keep no state; they may be called from several threads. They never throw: what cannot be read is empty.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/image.h"

namespace planscribe {

struct TiffPage {
  std::uint64_t offset = 0;  // of its directory in the file, bytes
  ImageSize size;            // pixels as stored, before its orientation is applied; 0 x 0: the directory is damaged
};

// The pages in order, at most so many, in time linear in their number. Smaller copies and masks of pages, as tiled pyramids
// hold them, are left out. Where the chain of directories breaks off, a damaged page stands for the rest.
std::vector<TiffPage> tiff_pages(std::string_view bytes, size_t at_most);

// Decodes a page of any kind that libtiff knows (tiles, separate planes, CMYK) to 1, 8 or 32 bits without alpha, upright as
// its orientation says, with its resolution. Null when it is damaged or memory is short.
PixPtr decode_tiff(std::string_view bytes, const TiffPage& page);

}  // namespace planscribe

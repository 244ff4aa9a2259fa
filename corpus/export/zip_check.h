// zip_check.h: whether the parts of a ZIP file are whole. libxlsxwriter keeps rows in temporary files and does not notice
// when their disk is full; the sheet that it then packs ends too early.
#pragma once

#include <string>

namespace planscribe {

// True when every entry whose name begins so, unpacked, ends so. False for a file that is no ZIP file or is damaged.
bool zip_entries_end_with(const std::string& path, const std::string& name_begin, const std::string& end);

}  // namespace planscribe

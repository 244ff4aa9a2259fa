// png_bypass.h: makes Tesseract hand its line images on without compressing them. Process-wide; not
// thread-safe.
#pragma once

namespace planscribe {

// On by default. Off, Tesseract works as it was built; for tests and measurements.
void set_png_bypass(bool on);
bool png_bypass();

// How many images were handed on uncompressed: tells whether the linker let our function win.
long png_bypass_count();

}  // namespace planscribe

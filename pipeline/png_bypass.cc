// png_bypass.cc: libtesseract writes every line image to PNG in memory and reads it back before recognition,
// which is a fifth to a quarter of all its time. It calls pixWriteMem through the dynamic symbol table, where
// a function of the program comes before the library's. Ours writes Leptonica's own raw format (spix) instead
// of PNG; pixReadMem recognises the format by its first bytes, and the pixels come back bit for bit.
// Everything else goes to Leptonica.
#include "pipeline/png_bypass.h"

#include <dlfcn.h>
#include <leptonica/allheaders.h>

namespace planscribe {
namespace {

bool g_on = true;
long g_count = 0;

using WriteMem = l_ok (*)(l_uint8**, size_t*, PIX*, l_int32);

}  // namespace

void set_png_bypass(bool on) { g_on = on; }
bool png_bypass() { return g_on; }
long png_bypass_count() { return g_count; }

}  // namespace planscribe

extern "C" __attribute__((visibility("default"))) l_ok pixWriteMem(l_uint8** data, size_t* size, PIX* pix,
                                                                   l_int32 format) {
  using planscribe::g_count;
  using planscribe::g_on;
  if (g_on && format == IFF_PNG) {
    ++g_count;
    return pixWriteMemSpix(data, size, pix);
  }
  static const auto original = reinterpret_cast<planscribe::WriteMem>(dlsym(RTLD_NEXT, "pixWriteMem"));
  return original != nullptr ? original(data, size, pix, format) : 1;
}

// serial_openmp.cc: OpenMP's parallel regions, run by the calling thread alone.
//
// Debian's libtesseract opens a team of threads for every step of the network, thousands of times a line. Several
// workers at once lose most of their time by that, and even a team of one costs 3 % in locks and system calls. The
// library calls these functions of libgomp through the dynamic symbol table, where the program's own come first. What
// a parallel region asks for inside (omp_get_thread_num and the like) libgomp answers as for any serial code: one
// thread, number 0. The interface is libgomp's stable one (GCC's manual of libgomp, "The libgomp ABI").
#include "pipeline/serial_openmp.h"

namespace planscribe {
namespace {

// The sections of the innermost region that are left to run: next..count, numbered from 1.
struct Sections {
  unsigned next = 1, count = 0;
};

thread_local Sections g_sections;
thread_local long g_regions = 0;

}  // namespace

long serial_regions() { return g_regions; }

}  // namespace planscribe

using planscribe::g_regions;
using planscribe::g_sections;
using planscribe::Sections;

extern "C" {

__attribute__((visibility("default"))) void GOMP_parallel(void (*body)(void*), void* data, unsigned, unsigned) {
  ++g_regions;
  body(data);
}

__attribute__((visibility("default"))) void GOMP_parallel_sections(void (*body)(void*), void* data, unsigned,
                                                                   unsigned count, unsigned) {
  ++g_regions;
  const Sections outer = g_sections;
  g_sections = {1, count};
  body(data);
  g_sections = outer;
}

// The number of the next section to run; 0 when all have run.
__attribute__((visibility("default"))) unsigned GOMP_sections_next() {
  return g_sections.next <= g_sections.count ? g_sections.next++ : 0;
}

__attribute__((visibility("default"))) void GOMP_sections_end_nowait() {}
}

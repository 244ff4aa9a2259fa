// serial_openmp.h: keeps Tesseract on one thread; see serial_openmp.cc.
#pragma once

namespace planscribe {

// Parallel regions of OpenMP that this thread has run alone; takes the file into the program.
long serial_regions();

}  // namespace planscribe

// The test program's main(): Catch2 3 brings its own, 2.13 generates it here.
#ifndef PLANSCRIBE_CATCH3
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif

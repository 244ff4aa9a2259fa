// catch.h: Catch2 2.13 (Debian 12) or 3.x under one include.
#pragma once
#ifdef PLANSCRIBE_CATCH3
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

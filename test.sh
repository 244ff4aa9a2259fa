#!/usr/bin/env bash
# ./test.sh [CTEST-ARGS...]: sets up what is missing, builds into build-test/, runs the whole test suite.
source "$(dirname "${BASH_SOURCE[0]}")/.ci/setup"

install_packages "${build_packages[@]}" "${test_packages[@]}"
build "$root/build-test" -DCMAKE_BUILD_TYPE=Release
ctest --test-dir "$root/build-test" --output-on-failure "$@"

#!/bin/sh
# Figures beside their floors, measured in one run on this machine: sh tests/bench/run.sh [POSTS]
# An optimised build without sanitizers; nothing here is a test.
set -eu
cd "$(dirname "$0")/../.."
posts=${1:-100000}
[ -f build-bench/build.ninja ] || meson setup build-bench --buildtype=release >/dev/null
ninja -C build-bench --quiet archive tests/bench/bench-floors
exec /usr/bin/python3 tests/bench/bench.py build-bench "$posts"

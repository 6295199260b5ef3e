#!/bin/sh
# Figures beside their floors, measured in one run on this machine: sh tests/bench/run.sh [POSTS]
# An optimised build without sanitizers; nothing here is a test.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=data/packages.sh
. data/packages.sh
posts=${1:-100000}

# shellcheck disable=SC2086 # a list of names, split on purpose
want_packages 'measure archive' $build_packages python3
quietly set_up build-bench --buildtype=release
quietly ninja -C build-bench archive tests/bench/bench-floors
python3 tests/bench/bench.py build-bench "$posts"
echo
exec python3 tests/bench/networks.py build-bench $((posts < 10000 ? 200 : 900))

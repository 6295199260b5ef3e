#!/bin/sh
# Figures beside their floors, measured in one run on this machine: sh tests/bench/run.sh [POSTS]
# An optimised build without sanitizers; nothing here is a test.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=data/packages.sh
. data/packages.sh
posts=${1:-100000}

# sqlite-utils: what one would take instead, on the same file
# shellcheck disable=SC2086 # a list of names, split on purpose
want_packages 'measure archive' $build_packages python3 sqlite-utils
quietly set_up build-bench --buildtype=release
quietly ninja -C build-bench archive tests/bench/bench-floors tests/bench/make-store tests/bench/bench-searches tests/bench/bench-screen \
	tests/bench/bench-keys
python3 tests/bench/bench.py build-bench "$posts"
echo
python3 tests/bench/files.py build-bench "$posts"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
printf '\nA store of %s posts, nearly all under one hashtag\n\n' "$posts"
build-bench/tests/bench/make-store "$scratch/archive.db" "$posts"
build-bench/tests/bench/bench-searches "$scratch/archive.db"
build-bench/tests/bench/bench-screen "$scratch/archive.db"
build-bench/tests/bench/bench-keys "$scratch/archive.db"
echo
python3 tests/bench/networks.py build-bench $((posts < 10000 ? 200 : 900))

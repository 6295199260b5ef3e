#!/bin/sh
# Runs every fuzzer of a clang build for some seconds on its kept inputs: run.sh BUILD SECONDS
set -eu
build=$1
seconds=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
ran=0
for fuzzer in "$build"/tests/fuzz/fuzz-*; do
	case $fuzzer in
	*.p) continue ;;
	esac
	[ -x "$fuzzer" ] || continue
	name=$(basename "$fuzzer")
	mkdir -p "$scratch/$name"
	kept=$(dirname "$0")/cases/${name#fuzz-}
	[ -d "$kept" ] || kept=
	echo "$name"
	"$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -verbosity=0 \
		-artifact_prefix="$scratch/" "$scratch/$name" ${kept:+"$kept"}
	ran=$((ran + 1))
done
[ "$ran" -gt 0 ]

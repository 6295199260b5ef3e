#!/bin/sh
# Runs every fuzzer of a build, on all processors: run.sh BUILD [SECONDS [SEED]]
# Without SECONDS once over its kept inputs; with them, of a clang build, each for so long from those inputs on. An input
# that fails is left in BUILD/fuzz-found. The same SEED (1) goes the same way, so that the suite says the same each time;
# 0 is another way each time: for hunting.
set -eu
build=$1
seconds=${2:-}
seed=${3:-1}
fuzzer=${4:-} # only this one: how the processors share them
cases=$(dirname "$0")/cases
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# run_kept FOLDER
run_kept() {
	[ -d "$1" ] || return 0
	"$fuzzer" "$1"/*
}

# run_long FOLDER
run_long() {
	mkdir -p "$build/fuzz-found" "$scratch/found"
	kept=$1
	[ -d "$kept" ] || kept=
	"$fuzzer" -max_total_time="$seconds" -seed="$seed" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -verbosity=0 \
		-artifact_prefix="$build/fuzz-found/$name-" "$scratch/found" ${kept:+"$kept"}
}

run_one() {
	name=$(basename "$fuzzer")
	if [ -z "$seconds" ]; then
		run_kept "$cases/${name#fuzz-}"
	else
		run_long "$cases/${name#fuzz-}"
	fi >"$scratch/out" 2>&1 && return 0
	echo "failed: $name"
	grep -v '# Uses: ' "$scratch/out" || true # libFuzzer's dictionary
	return 1
}

if [ -n "$fuzzer" ]; then
	run_one
	exit
fi
for file in "$build"/tests/fuzz/fuzz-*; do
	if [ -f "$file" ] && [ -x "$file" ]; then
		echo "$file"
	fi
done >"$scratch/list"
[ -s "$scratch/list" ]
xargs -n 1 -P "$(nproc)" sh "$0" "$build" "$seconds" "$seed" <"$scratch/list"

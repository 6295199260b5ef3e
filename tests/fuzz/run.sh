#!/bin/sh
# Runs every fuzzer of a build: run.sh BUILD [SECONDS [SEED]]
# Without SECONDS once over its kept inputs; with them, of a clang build, each for so long from those inputs on. An input
# that fails is left in BUILD/fuzz-found. The same SEED (1) goes the same way, so that the suite says the same each time;
# 0 is another way each time: for hunting.
set -eu
build=$1
seconds=${2:-}
seed=${3:-1}
cases=$(dirname "$0")/cases
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# run_kept FUZZER FOLDER
run_kept() {
	[ -d "$2" ] || return 0
	"$1" "$2"/*
}

# run_long FUZZER FOLDER
run_long() {
	mkdir -p "$build/fuzz-found" "$scratch/$name"
	kept=$2
	[ -d "$kept" ] || kept=
	"$1" -max_total_time="$seconds" -seed="$seed" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -verbosity=0 \
		-artifact_prefix="$build/fuzz-found/$name-" "$scratch/$name" ${kept:+"$kept"}
}

ran=0
failed=
for fuzzer in "$build"/tests/fuzz/fuzz-*; do
	if [ ! -f "$fuzzer" ] || [ ! -x "$fuzzer" ]; then
		continue
	fi
	name=$(basename "$fuzzer")
	ran=$((ran + 1))
	if [ -z "$seconds" ]; then
		run_kept "$fuzzer" "$cases/${name#fuzz-}"
	else
		run_long "$fuzzer" "$cases/${name#fuzz-}"
	fi >"$scratch/out" 2>&1 && continue
	failed="$failed $name"
	echo "$name"
	grep -v '# Uses: ' "$scratch/out" || true # libFuzzer's dictionary
done
[ -z "$failed" ] || echo "failed:$failed"
[ "$ran" -gt 0 ] && [ -z "$failed" ]

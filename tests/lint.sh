#!/bin/sh
# Linters over the whole house: lint.sh BUILD (a clang build, for its compile_commands.json). Any finding fails; all of
# them run, so that one look shows what there is to mend.
set -u
cd "$(dirname "$0")/.." || exit 1
build=$1
if [ ! -f "$build/compile_commands.json" ]; then
	echo "tests/lint.sh: $build holds no compile_commands.json: make it with meson setup" >&2
	exit 1
fi
failed=
out=$(mktemp) || exit 1
trap 'rm -f "$out"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# lint NAME FILES_AT_ONCE COMMAND...   over the files on standard input, on all processors
lint() {
	name=$1
	at_once=$2
	shift 2
	if xargs -r -n "$at_once" -P "$(nproc)" "$@" >"$out" 2>&1; then
		return 0
	fi
	# what clang-tidy says even when it is content
	grep -vE '^[0-9]+ warnings? (generated|treated as error)|^Suppressed [0-9]+' "$out"
	failed="$failed $name"
}

git ls-files 'src/*.c' 'export/*.c' 'data/*.c' |
	lint clang-tidy 4 clang-tidy -p "$build" --quiet '--warnings-as-errors=*'
git ls-files 'src/*.c' 'export/*.c' 'data/*.c' |
	lint cppcheck 8 cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability \
		--inline-suppr --suppress=missingInclude -D_GNU_SOURCE '-DARCHIVE_VERSION="0"' -Iinclude --max-configs=1
git ls-files '*.sh' '*.bash' .ci/run | lint shellcheck 50 shellcheck -x
git ls-files '*.c' '*.h' | lint clang-format 50 clang-format --dry-run --Werror

[ -z "$failed" ] || echo "findings of:$failed"
[ -z "$failed" ]

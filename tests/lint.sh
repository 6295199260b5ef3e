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
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# lint NAME FILES_AT_ONCE COMMAND...   over the files of the list, on all processors
lint() {
	name=$1
	at_once=$2
	shift 2
	if xargs -n "$at_once" -P "$(nproc)" "$@" <"$scratch/list" >"$scratch/out" 2>&1; then
		return 0
	fi
	# without what clang-tidy says even when it is content
	grep -vE '^[0-9]+ warnings? (generated|treated as error)|^Suppressed [0-9]+' "$scratch/out"
	failed="$failed $name"
}

git ls-files '*.c' >"$scratch/list"
# One file at a time: of a second one clang-tidy 14 says that every va_list is uninitialized.
lint clang-tidy 1 clang-tidy -p "$build" --quiet '--warnings-as-errors=*'
lint cppcheck 8 cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability --inline-suppr \
	--suppress=missingInclude -D_GNU_SOURCE '-DARCHIVE_VERSION="0"' -Iinclude --max-configs=1
git ls-files '*.c' '*.h' >"$scratch/list"
lint clang-format 50 clang-format --dry-run --Werror
git ls-files '*.sh' '*.bash' .ci/run >"$scratch/list"
lint shellcheck 50 shellcheck -x

[ -z "$failed" ] || echo "findings of:$failed"
[ -z "$failed" ]

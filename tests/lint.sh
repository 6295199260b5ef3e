#!/bin/sh
# Linters over the whole house; any finding fails: lint.sh BUILD (a clang build, for its compile_commands.json)
set -eu
build=$1
git ls-files 'src/*.c' 'export/*.c' 'data/*.c' >"$build/lint.files"
# the generated arrays have no lines worth reading
xargs clang-tidy -p "$build" --quiet --warnings-as-errors='*' <"$build/lint.files" 2>/dev/null
xargs cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability --inline-suppr \
	--suppress=missingInclude -D_GNU_SOURCE -DARCHIVE_VERSION='"0"' -Iinclude --max-configs=1 <"$build/lint.files"
git ls-files '*.sh' .ci/run | xargs shellcheck -x
git ls-files '*.c' '*.h' | xargs clang-format --dry-run --Werror

#!/bin/sh
# Installs what the tests need, builds with sanitizers and runs the tests; the last line counts them.
#
#   sh tests/run.sh                 unit tests, the command line, the fakes, the house
#   sh tests/run.sh --all           also a build with clang, fuzzers, linters, the browser, the main job from README
#   sh tests/run.sh --samples DIR   only the adapters, over a folder of real answers
#
# CC chooses the compiler of the first build (gcc).
# shellcheck disable=SC2317 # functions are called through step and suite
set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=data/packages.sh
. data/packages.sh

all=no
samples=
while [ $# -gt 0 ]; do
	case $1 in
	--all) all=yes ;;
	--samples)
		samples=${2:-}
		[ -d "$samples" ] || { echo "tests/run.sh: --samples wants a folder, not '$samples'" >&2; exit 2; }
		shift
		;;
	*)
		echo "tests/run.sh: there is no option '$1': --all or --samples DIR" >&2
		exit 2
		;;
	esac
	shift
done

test_packages='libcmocka-dev python3 python3-pytest openssl tmux sqlite3 git procps'
all_packages='clang libclang-rt-14-dev clang-tidy cppcheck shellcheck clang-format chromium fonts-noto-cjk'

# shellcheck disable=SC2086 # lists of names, split on purpose
want_packages 'test archive' $build_packages $test_packages || exit 1
if [ $all = yes ]; then
	# shellcheck disable=SC2086
	want_packages 'test all of archive' $all_packages || exit 1
fi

passed=0
failed=0
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

# Adds the counts of a log that holds meson's or pytest's closing lines.
tally() {
	ok=$(sed -n 's/^Ok: *\([0-9][0-9]*\).*/\1/p; s/.*[^0-9]\([0-9][0-9]*\) passed.*/\1/p; s/^\([0-9][0-9]*\) passed.*/\1/p' "$log" |
		tail -n 1)
	bad=$(sed -n 's/^\(Fail\|Timeout\|Unexpected Pass\): *\([0-9][0-9]*\).*/\2/p
		s/.*[^0-9]\([0-9][0-9]*\) failed.*/\1/p; s/^\([0-9][0-9]*\) failed.*/\1/p
		s/.*[^0-9]\([0-9][0-9]*\) error.*/\1/p; s/^\([0-9][0-9]*\) error.*/\1/p' "$log" |
		awk '{ n += $1 } END { print n + 0 }')
	passed=$((passed + ${ok:-0}))
	failed=$((failed + ${bad:-0}))
}

# One step that is a test by itself: its output is shown only when it fails.
step() {
	name=$1
	shift
	if "$@" >"$log" 2>&1; then
		passed=$((passed + 1))
		echo "ok: $name"
	else
		failed=$((failed + 1))
		echo "FAILED: $name"
		tail -n 60 "$log"
	fi
}

# A step whose own tests are counted.
suite() {
	name=$1
	shift
	"$@" >"$log" 2>&1
	status=$?
	before=$failed
	tally
	if [ $status -ne 0 ] && [ "$failed" -eq "$before" ]; then
		failed=$((failed + 1))
	fi
	if [ $status -ne 0 ]; then
		echo "FAILED: $name"
		tail -n 80 "$log"
	else
		echo "ok: $name ($(grep -E 'passed|^Ok:' "$log" | tail -n 1 | tr -s ' '))"
	fi
}

# build FOLDER COMPILER [OPTION...]
build() {
	folder=$1
	compiler=$2
	shift 2
	if [ ! -f "$folder/build.ninja" ]; then
		CC=$compiler meson setup "$folder" -Dwerror=true -Db_sanitize=address,undefined "$@" || return 1
	fi
	ninja -C "$folder"
}

finish() {
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
	exit
}

step "build with ${CC:-gcc}" build build-tests "${CC:-gcc}"
[ "$failed" -eq 0 ] || finish

if [ -n "$samples" ]; then
	build-tests/tests/samples/samples "$samples" | tee "$log"
	passed=$(grep -c '^ok' "$log")
	failed=$(grep -c '^not ok' "$log")
	finish
fi

PYTHONDONTWRITEBYTECODE=1
BUILD=$PWD/build-tests
export PYTHONDONTWRITEBYTECODE BUILD

pytest() {
	/usr/bin/python3 -m pytest -q -p no:cacheprovider "$@"
}

suite 'unit tests' meson test -C build-tests --no-rebuild --print-errorlogs
suite 'command line, fakes, house' pytest tests

if [ $all = yes ]; then
	step 'build with clang' build build-tests-clang clang -Dc_args=-fsanitize=fuzzer-no-link
	suite 'unit tests with clang' meson test -C build-tests-clang --no-rebuild --print-errorlogs
	BUILD=$PWD/build-tests-clang
	suite 'command line with clang' pytest tests
	step 'fuzzers' sh tests/fuzz/run.sh build-tests-clang 20
	step 'linters' sh tests/lint.sh build-tests-clang
	step 'the main job of README' sh data/demo.sh
fi
finish

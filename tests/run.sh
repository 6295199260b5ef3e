#!/bin/sh
# Installs what the tests need, builds with sanitizers and runs the tests; the last line counts them.
#
#   sh tests/run.sh                 unit tests, the command line, the fakes, the house
#   sh tests/run.sh --all           also a build with clang, fuzzers, linters, installing, figures, the main job of README,
#                                   and threads through real blog engines, validators and a browser
#   sh tests/run.sh --samples DIR   only the adapters, over a folder of real answers
#
# Status: 0 all passed, 1 something failed, 2 misused.
# shellcheck disable=SC2317 # functions are called through step and suite
set -u

misused() {
	echo "tests/run.sh: $*" >&2
	exit 2
}

all=no
samples=
while [ $# -gt 0 ]; do
	case $1 in
	--all) all=yes ;;
	--samples)
		[ -d "${2:-}" ] || misused "--samples wants a folder, not '${2:-}'"
		samples=$(cd "$2" && pwd) || exit 1
		shift
		;;
	*) misused "there is no option '$1': --all or --samples DIR" ;;
	esac
	shift
done

cd "$(dirname "$0")/.." || exit 1
# shellcheck source=data/packages.sh
. data/packages.sh

# tmux: a real terminal of a given size; cmark: an engine for the Markdown form; jsonschema: for the JSON form
test_packages='libcmocka-dev python3 python3-pytest python3-pytest-xdist python3-jsonschema openssl git tmux cmark'
all_packages='clang libclang-rt-dev llvm clang-tidy cppcheck shellcheck clang-format'
# the programs that tests/engines puts threads through; what Debian has not comes by tests/engines/install.sh
engine_packages='chromium fonts-noto-cjk hugo php-cli php-xml php-mbstring ruby ruby-kramdown default-jre-headless'

# shellcheck disable=SC2086 # lists of names, split on purpose
want_packages 'test archive' $build_packages $test_packages || exit 1
if [ $all = yes ]; then
	# shellcheck disable=SC2086
	want_packages 'test all of archive' $all_packages $engine_packages || exit 1
	# node may be there from elsewhere, and then Debian's would not go with it
	command -v node >/dev/null || want_packages 'run packages of npm' nodejs || exit 1
	command -v npm >/dev/null || want_packages 'get packages of npm' npm || exit 1
	quietly sh tests/engines/install.sh build-engines || exit 1
fi

scratch=$(mktemp -d) || exit 1
log=$scratch/log
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chmod 755 "$scratch" # a test runs the program as another user

TMPDIR=$scratch
LC_ALL=C.UTF-8
PYTHONDONTWRITEBYTECODE=1
BUILD=$PWD/build-tests
export TMPDIR LC_ALL PYTHONDONTWRITEBYTECODE BUILD
# git reads the tree whoever owns it: in a container that is often another
GIT_CONFIG_COUNT=1
GIT_CONFIG_KEY_0=safe.directory
GIT_CONFIG_VALUE_0=$PWD
export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0

passed=0
failed=0

# What the log says at its end, a number and a word a line: meson's table, or pytest's last sentence.
figures() {
	sed -nE 's/^(Ok|Expected Fail|Fail|Unexpected Pass|Skipped|Timeout): +([0-9]+) *$/\2 \1/p' "$log"
	grep -E '^(=+ )?[0-9]+ [a-z]+.* in [0-9.]+s' "$log" | tail -n 1 | grep -oE '[0-9]+ [a-z]+'
}

# sum WORDS   of those figures
sum() {
	figures | grep -E "^[0-9]+ ($1)\$" | awk '{ n += $1 } END { print n + 0 }'
}

# logged NAME COMMAND...   says the name while the command runs, keeps its output and status
logged() {
	name=$1
	shift
	printf '%s: ' "$name"
	"$@" >"$log" 2>&1 </dev/null
	status=$?
}

verdict() {
	if [ $status -eq 0 ]; then
		echo "${1:-ok}"
	else
		echo 'FAILED'
		tail -n 200 "$log"
		echo "($name: status $status)"
	fi
}

# A step that is a test by itself.
step() {
	logged "$@"
	if [ $status -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
	verdict
}

# A step whose own tests are counted. One that ran none has failed, and so has one that says so without a failed test.
suite() {
	logged "$@"
	good=$(sum 'Ok|Expected Fail|passed|xfailed')
	bad=$(sum 'Fail|Unexpected Pass|Timeout|failed|errors?')
	skipped=$(sum 'Skipped|skipped')
	[ $((good + bad)) -gt 0 ] || status=1
	[ $status -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
	[ "$bad" -eq 0 ] || [ $status -ne 0 ] || status=1
	passed=$((passed + good))
	failed=$((failed + bad))
	if [ "$skipped" -gt 0 ]; then
		verdict "$good passed, $skipped skipped"
		grep -E '^SKIPPED|[0-9] SKIP ' "$log"
	else
		verdict "$good passed"
	fi
}

finish() {
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
	exit
}

# build FOLDER COMPILER [OPTION...]
build() {
	folder=$1
	CC=$2
	export CC
	shift 2
	quietly set_up "$folder" -Dwerror=true -Db_sanitize=address,undefined "$@" && ninja -C "$folder" --quiet
}

# On all processors where pytest can.
run_pytest() {
	python=/usr/bin/python3
	[ -x "$python" ] || python=python3
	if "$python" -c 'import xdist' 2>/dev/null; then
		set -- -n "$(nproc)" "$@"
	fi
	"$python" -m pytest -q -rs --tb=short -p no:cacheprovider "$@"
}

# The program, its manual pages, its sample configuration and its completion come to where they belong, and the program runs there.
installs() {
	prefix=$scratch/installed/usr/local
	quietly set_up build && meson install -C build --quiet --destdir "$scratch/installed" || return 1
	[ "$("$prefix/bin/archive" --version)" = "$(build/archive --version)" ] &&
		[ -s "$prefix/share/man/man1/archive.1" ] &&
		[ -s "$prefix/share/man/man1/archive-pick.1" ] &&
		[ -s "$prefix/share/man/man5/archive-config.5" ] &&
		[ -s "$prefix/share/man/man5/archive-thread.5" ] &&
		[ -s "$prefix/share/doc/archive/config.ini" ] &&
		[ -s "$prefix/share/doc/archive/thread.schema.json" ] &&
		[ -s "$prefix/share/bash-completion/completions/archive" ]
}

step 'build with gcc' build build-tests gcc
[ "$failed" -eq 0 ] || finish

if [ -n "$samples" ]; then
	build-tests/tests/samples/samples "$samples" >"$log"
	status=$?
	cat "$log"
	passed=$(grep '^ok' "$log" | grep -vc '# SKIP')
	failed=$(grep -c '^not ok' "$log")
	[ $status -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
	finish
fi

suite 'unit tests' meson test -C build-tests --no-rebuild --print-errorlogs -t 10
suite 'command line, fakes, house' run_pytest tests
step 'kept inputs of the fuzzers' sh tests/fuzz/run.sh build-tests

if [ $all = yes ]; then
	step 'build with clang' build build-tests-clang clang -Dc_args=-fsanitize=fuzzer-no-link
	if [ $status -eq 0 ]; then
		BUILD=$PWD/build-tests-clang
		suite 'unit tests with clang' meson test -C build-tests-clang --no-rebuild --print-errorlogs -t 10
		# what runs the program; the fakes' own tests and the house know no compiler
		suite 'command line with clang' run_pytest tests/cli tests/export tests/holes tests/http
		step 'fuzzers' sh tests/fuzz/run.sh build-tests-clang 12
		step 'linters' sh tests/lint.sh build-tests-clang
	fi
	BUILD=$PWD/build-tests
	suite 'real programs' run_pytest -m engines --dist loadfile tests/engines
	step 'the main job of README' sh data/demo.sh
	step 'installing' installs
	# with the build that was installed
	step 'searches against reading every post' /usr/bin/python3 tests/search/meaning.py build 100000
	step 'figures' sh tests/bench/run.sh 2000
fi
finish

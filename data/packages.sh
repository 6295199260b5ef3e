# shellcheck shell=sh disable=SC2034
# Sourced by data/demo.sh and tests/run.sh: sees to it that packages are there. Quiet when they are; takes no terminal.
# want_packages WHAT_FOR PACKAGE...   (Debian's names)

missing_packages() {
	for package; do
		case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
		installed) ;;
		*) printf '%s ' "$package" ;;
		esac
	done
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo -n "$@"
	else
		echo "root is needed for: $*" >&2
		return 1
	fi
}

want_packages() {
	what_for=$1
	shift
	if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
		echo "This is neither Debian nor Ubuntu. What is wanted to $what_for, by Debian's names:"
		echo "  $*"
		return 0
	fi
	missing=$(missing_packages "$@")
	[ -z "$missing" ] && return 0
	echo "Installing, to $what_for: $missing"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >/dev/null || true
	# shellcheck disable=SC2086 # a list of names, split on purpose
	if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing \
		</dev/null >/dev/null; then
		echo "apt-get could not install: $missing" >&2
		return 1
	fi
}

# what the program is built with, and what it wants at run time
build_packages='gcc libc6-dev meson ninja-build pkg-config libcurl4-openssl-dev libjansson-dev libsqlite3-dev
	libxml2-dev libutf8proc-dev libzstd-dev libssl-dev scdoc ca-certificates tzdata'

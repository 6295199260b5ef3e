# shellcheck shell=sh disable=SC2034
# Sourced by data/demo.sh and tests/run.sh: sees to packages and build folders. Quiet when all is there; takes no
# terminal.

# what the program is built with, and what it wants at run time; Debian's names, as everywhere here
build_packages='gcc libc6-dev meson ninja-build pkg-config libcurl4-openssl-dev libjansson-dev libsqlite3-dev
	libxml2-dev libutf8proc-dev libzstd-dev libssl-dev libinih-dev libncurses-dev libical-dev libarchive-dev scdoc ca-certificates
	tzdata'

installed_now=no

# quietly COMMAND...   its output is shown only when it fails
quietly() {
	if said=$("$@" 2>&1 </dev/null); then
		return 0
	else
		status=$?
	fi
	printf '%s\n' "$said" >&2
	return $status
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

# A package of two architectures has two lines.
missing_packages() {
	for package; do
		dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || printf '%s ' "$package"
	done
}

# A list that cannot be had new is no reason to stop: what is missing may be in the old one.
update_and_install() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o DPkg::Lock::Timeout=300 \
		--no-install-recommends "$@"
}

# want_packages WHAT_FOR PACKAGE...
want_packages() {
	what_for=$1
	shift
	if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
		echo "This is neither Debian nor Ubuntu. What is wanted to $what_for, by Debian's names:"
		echo "  $*"
		return 0
	fi
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0
	echo "Installing, to $what_for: $missing"
	if ! quietly as_root true; then
		echo "That takes root, or sudo without a password. By hand: apt-get install $missing" >&2
		return 1
	fi
	# shellcheck disable=SC2086 # a list of names, split on purpose
	if ! quietly update_and_install $missing; then
		echo "apt-get could not install: $missing" >&2
		return 1
	fi
	installed_now=yes
}

# set_up FOLDER [OPTION...]   a build folder: made anew when it came here by a copy or a new name of the whole clone,
# which meson does not survive; one that stands looks again when packages have come
set_up() {
	if [ -f "$1/made-in" ] && [ "$(cat "$1/made-in")" != "$PWD" ]; then
		rm -rf "$1"
	fi
	if [ ! -f "$1/build.ninja" ]; then
		meson setup "$@" && echo "$PWD" >"$1/made-in"
	elif [ $installed_now = yes ]; then
		meson setup --reconfigure "$@"
	fi
}

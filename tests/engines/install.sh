#!/bin/sh
# Gets the programs that tests/engines puts threads through, and that Debian has as no package to install or only with a
# whole web server: packages of npm, as package-lock.json names them, and the files of Debian's WordPress. They come into
# the folder that is given; what is there already stays.
#
#   sh tests/engines/install.sh build-engines
#
# After that the tests need no network.
set -eu
[ $# -eq 1 ] || { echo 'tests/engines/install.sh: which folder?' >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"

if ! cmp -s "$here/package-lock.json" installed.json; then
	rm -rf node_modules installed.json
	cp "$here/package.json" "$here/package-lock.json" .
	npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	cp package-lock.json installed.json
fi

if [ ! -f wordpress/usr/share/wordpress/wp-settings.php ]; then
	rm -rf wordpress fetched
	mkdir fetched
	chmod 777 fetched
	(cd fetched && apt-get download -q wordpress)
	dpkg-deb -x fetched/wordpress_*.deb unpacked
	mv unpacked wordpress
	rm -rf fetched
fi

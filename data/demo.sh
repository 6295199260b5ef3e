#!/bin/sh
# From a fresh machine to an evening kept: installs what the build needs, builds, and does the main job on the example
# event, an invented evening that comes from a tape and not from the network.
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=data/packages.sh
. data/packages.sh

# shellcheck disable=SC2086 # a list of names, split on purpose
want_packages 'build archive' $build_packages

[ -x build/archive ] || echo 'Building archive'
quietly set_up build
quietly ninja -C build archive

demo=build/demo
rm -rf "$demo"
mkdir -p "$demo"
ARCHIVE_STORE=$demo/archive.db
PAGER='cat'
TZ=Asia/Tokyo
export ARCHIVE_STORE PAGER TZ
slug=ssmjp-2026-10-30

show() {
	printf '\n$ archive'
	for word; do
		case $word in
		*[#\ ]*) printf " '%s'" "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	printf '\n'
	build/archive "$@"
}

show fetch '#ssmjp' --replay data/example
show thread new "$slug" --title '2026年10月の #ssmjp' --tag ssmjp --zone Asia/Tokyo --lang ja
show thread add "$slug" --all
show media "$slug" --avatars --replay data/example
show export "$slug" --as page -o "$demo/$slug.html"
show search 復旧 --limit 3

cat <<END

The page is $PWD/$demo/$slug.html: open it in a browser.
Into a post of your blog, under its heading:  ARCHIVE_STORE=$ARCHIVE_STORE build/archive export $slug --into post.md --under HEADING
At your next event:                           build/archive fetch '#yourtag'
All commands:                                 build/archive help
END

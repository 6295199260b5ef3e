#!/usr/bin/env python3
"""Has the program itself record the tape that `archive fetch --replay` reads: the evening is served on loopback, one
server a network, and fetched from each.

    python3 data/example-src/make-tape.py data/example build/archive
"""

import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True

import bluesky  # noqa: E402
import mastodon  # noqa: E402
import misskey  # noqa: E402
import pictures  # noqa: E402
import recording  # noqa: E402
import story  # noqa: E402
import x  # noqa: E402


def main():
    if len(sys.argv) != 3:
        print("usage: make-tape.py FOLDER ARCHIVE", file=sys.stderr)
        return 2
    folder, program = map(pathlib.Path, sys.argv[1:])
    evening = story.Evening(pathlib.Path(__file__).parent)
    networks = [mastodon.Server(evening), x.Api(evening), misskey.Misskey(evening), bluesky.AppView(evening)]
    try:
        with tempfile.TemporaryDirectory(prefix="example-") as room:
            walks = [recording.record(program.resolve(), network, evening, pathlib.Path(room)) for network in networks]
        recording.write(folder, walks, [network.source for network in networks], evening.recorded)
        pictures.add(folder, program.resolve(), evening.tag)
    except recording.Failed as failure:
        print(f"make-tape.py: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Renders the script of the evening into the tape that `archive fetch --replay` reads.

    python3 data/example-src/make-tape.py data/example
"""

import pathlib
import sys

sys.dont_write_bytecode = True

import mastodon  # noqa: E402
import story  # noqa: E402
import x  # noqa: E402


def exchanges(evening):
    """The two walks side by side, as one loop over both sources records them."""
    walks = [("social.example", mastodon.Server(evening).walk()), ("api.x.example", x.Api(evening).walk())]
    while walks:
        for walk in list(walks):
            host, pages = walk
            page = next(pages, None)
            if page is None:
                walks.remove(walk)
            else:
                yield host, *page


def write(folder, evening):
    for number, (host, url, headers, body) in enumerate(exchanges(evening), 1):
        name = f"{number:04d}-{host}"
        (folder / f"{name}.request").write_bytes(f"GET {url}\n".encode())
        head = "".join(f"{field}: {value}\r\n" for field, value in [*headers, ("Content-Length", len(body))])
        (folder / f"{name}.http").write_bytes(b"HTTP/1.1 200 OK\r\n" + head.encode() + b"\r\n" + body)
    index = (f"archive-tape 1\ntime {evening.recorded:%Y-%m-%dT%H:%M:%SZ}\n"
             f"source mastodon:{mastodon.HOST}\nsource x:{x.API}\n")
    (folder / "index").write_text(index, encoding="utf-8")


def main():
    if len(sys.argv) != 2:
        print("usage: make-tape.py FOLDER", file=sys.stderr)
        return 2
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("[0-9]*.request"), *folder.glob("[0-9]*.http"), *folder.glob("index")]:
        old.unlink()
    write(folder, story.Evening(pathlib.Path(__file__).parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
"""bench.py BUILD POSTS: ingest by the fetch path, export, search and start, beside their floors and goals."""
import pathlib
import shutil
import sys
import tempfile
import time

import make_tape
from figures import Run, floors, machine, median, row

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(sys.argv[1]).resolve()
POSTS = int(sys.argv[2])
THREAD = 10_000


def main(scratch):
    archive = BUILD / "archive"
    tape = scratch / "tape"
    store = scratch / "archive.db"
    env = {"ARCHIVE_STORE": str(store), "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}
    size = make_tape.main(tape, POSTS)
    print(f"{machine()}\n{POSTS} posts, {size / POSTS:.0f} bytes of JSON each; CPU is user + system\n")
    row("what", "figure", "beside", "goal")

    json, html, sqlite = floors(BUILD, tape, scratch)
    floor = json + html + sqlite
    row("floor: jansson, CPU a post", f"{json:.1f} us", "", "")
    row("floor: libxml2 SAX, CPU a post", f"{html:.1f} us", "", "")
    row("floor: SQLite, search and evidence, CPU a post", f"{sqlite:.1f} us", "", "")

    fetch = Run(archive, "--quiet", "fetch", "#ssmjp", "--replay", tape, "--max", POSTS, env=env)
    each = fetch.cpu / POSTS * 1e6
    row("ingest, CPU a post", f"{each:.1f} us", f"{each / floor:.2f} x {floor:.1f} us", "<= 1.5 x")
    row("ingest, wall", f"{fetch.wall:.1f} s", f"{POSTS / fetch.wall:.0f} posts/s", "")
    row("ingest, peak resident", f"{fetch.megabytes:.1f} MB", "", "<= 24 MB")
    total = sum(path.stat().st_size for path in scratch.glob("archive.db*"))
    row("store against the JSON", f"{total / 1e6:.1f} MB", f"{total / size:.2f} x {size / 1e6:.1f} MB", "<= 1.0 x")

    again = Run(archive, "--quiet", "fetch", "#ssmjp", "--replay", tape, "--max", POSTS, env=env)
    row("the same fetch again, CPU", f"{again.cpu:.2f} s", "", "")

    since = f"{min(THREAD, POSTS) * 2}"
    Run(archive, "-q", "thread", "new", "bench", "--tag", "ssmjp", "--zone", "Asia/Tokyo", "--lang", "ja",
        "--since", iso_before(int(since)), env=env)
    Run(archive, "-q", "thread", "add", "bench", "--all", env=env)
    runs = [Run(archive, "export", "bench", "-o", scratch / "fragment.html", env=env) for _ in range(15)]
    count = (scratch / "fragment.html").read_text().count("<article")
    row(f"export of {count} posts, wall", f"{median(runs, 'wall') * 1e3:.0f} ms", f"{median(runs, 'cpu') * 1e3:.0f} ms CPU",
        "<= 150 ms")
    row("export, the best of 15 runs, wall", f"{min(run.wall for run in runs) * 1e3:.0f} ms",
        f"{min(run.cpu for run in runs) * 1e3:.0f} ms CPU", "")
    row("export, peak resident", f"{median(runs, 'megabytes'):.1f} MB", "", "")

    runs = [Run(archive, "search", "復旧", "--json", env=env) for _ in range(9)]
    row("search, newest 50, whole process", f"{median(runs, 'wall') * 1e3:.1f} ms", "", "")
    runs = [Run(archive, "--version", env=env) for _ in range(9)]
    row("archive --version", f"{median(runs, 'wall') * 1e3:.1f} ms", "", "<= 15 ms")
    runs = [Run(archive, "--store", scratch / "empty.db", "import", HERE / "one.json", env=env)]
    runs = [Run(archive, "--store", scratch / "empty.db", "search", "x", "--json", env=env) for _ in range(9)]
    row("archive search in a store of one post", f"{median(runs, 'wall') * 1e3:.1f} ms", "", "<= 25 ms")


def iso_before(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1793368800 - seconds))


if __name__ == "__main__":
    folder = pathlib.Path(tempfile.mkdtemp(prefix="archive-bench-"))
    try:
        main(folder)
    finally:
        shutil.rmtree(folder)

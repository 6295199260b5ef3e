#!/usr/bin/python3
"""files.py BUILD POSTS: importing JSON lines, beside the floors, a tenth of the posts, and sqlite-utils on the same file."""
import pathlib
import shutil
import sys
import tempfile

import make_tape
from figures import Run, floors, machine, row

BUILD = pathlib.Path(sys.argv[1]).resolve()
POSTS = int(sys.argv[2])
FLOOR_POSTS = 100_000  # at most, of the floors' tape: SQLite's grows with the index, as ours does


def imported(scratch, posts):
    """The run, the bytes that came in, and those of the store."""
    path, store = scratch / f"{posts}.jsonl", scratch / f"{posts}.db"
    size = make_tape.lines(path, posts)
    run = Run(BUILD / "archive", "--store", store, "--quiet", "import", path)
    return run, size, sum(file.stat().st_size for file in scratch.glob(f"{posts}.db*"))


def peer(scratch):
    """sqlite-utils: all columns, and a trigram index of the text."""
    store = scratch / "peer.db"
    runs = [Run("sqlite-utils", "insert", store, "posts", scratch / f"{POSTS}.jsonl", "--nl"),
            Run("sqlite-utils", "enable-fts", store, "posts", "content", "--tokenize", "trigram")]
    store.unlink()
    return sum(run.wall for run in runs), sum(run.cpu for run in runs), max(run.megabytes for run in runs)


def main(scratch):
    print(f"{machine()}\n{POSTS} Mastodon posts as JSON lines\n")
    row("what", "figure", "beside", "goal")
    tape = scratch / "tape"
    make_tape.main(tape, min(POSTS, FLOOR_POSTS))
    floor = sum(floors(BUILD, tape, scratch))
    few, _, _ = imported(scratch, POSTS // 10)
    run, size, stored = imported(scratch, POSTS)
    each, each_of_few = run.cpu / POSTS * 1e6, few.cpu / (POSTS // 10) * 1e6
    row("import, CPU a post", f"{each:.1f} us", f"{each / floor:.2f} x {floor:.1f} us", "<= 1.3 x")
    row(f"against {POSTS // 10} posts", f"{each:.1f} us", f"{each / each_of_few:.2f} x {each_of_few:.1f} us", "<= 1.5 x")
    row("import, peak resident", f"{run.megabytes:.1f} MB", "", "<= 24 MB")
    row("store against the JSON", f"{stored / 1e6:.1f} MB", f"{stored / size:.2f} x {size / 1e6:.1f} MB", "<= 1.0 x")
    if shutil.which("sqlite-utils") is None:
        return
    wall, cpu, megabytes = peer(scratch)
    row("import, wall", f"{run.wall:.1f} s", f"{POSTS / run.wall:.0f} posts/s", "")
    row("sqlite-utils insert, enable-fts, wall", f"{wall:.1f} s", f"{wall / run.wall:.2f} x ours", ">= 1.6 x")
    row("sqlite-utils, CPU and peak resident", f"{cpu:.1f} s", f"{megabytes:.1f} MB", "")


if __name__ == "__main__":
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        main(folder)
    finally:
        shutil.rmtree(folder)

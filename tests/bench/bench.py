#!/usr/bin/python3
"""bench.py BUILD POSTS: ingest by the fetch path, export, search and start, beside their floors and goals."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(sys.argv[1]).resolve()
POSTS = int(sys.argv[2])
THREAD = 10_000


class Run:
    """One finished process: wall and CPU seconds, peak resident megabytes."""

    def __init__(self, *command, env=None, out=subprocess.DEVNULL):
        start = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out,
                                   env={**os.environ, **(env or {})})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.perf_counter() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / 1024
        if process.returncode != 0:
            sys.exit(f"{command}: exit status {process.returncode}")


def median(runs, of):
    return statistics.median(getattr(run, of) for run in runs)


def row(what, figure, beside, goal):
    print(f"{what:<44} {figure:>16} {beside:>24} {goal:>14}", flush=True)


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text().split("\n")
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown processor")
    return f"{model}, {os.cpu_count()} processors, {os.uname().sysname} {os.uname().release}"


def main(scratch):
    archive = BUILD / "archive"
    tape = scratch / "tape"
    store = scratch / "archive.db"
    env = {"ARCHIVE_STORE": str(store), "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}
    size = int(subprocess.run(["/usr/bin/python3", HERE / "make-tape.py", tape, str(POSTS)], check=True,
                              capture_output=True, text=True).stdout)
    print(f"{machine()}\n{POSTS} posts, {size / POSTS:.0f} bytes of JSON each; CPU is user + system\n")
    row("what", "figure", "beside", "goal")

    floors = subprocess.run([BUILD / "tests/bench/bench-floors", tape, scratch / "floors.db"], check=True,
                            capture_output=True, text=True).stdout.split()
    json, html, sqlite = map(float, floors[1:])
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
    runs = [Run(archive, "export", "bench", "-o", scratch / "fragment.html", env=env) for _ in range(5)]
    count = (scratch / "fragment.html").read_text().count("<article")
    row(f"export of {count} posts, wall", f"{median(runs, 'wall') * 1e3:.0f} ms", f"{median(runs, 'cpu') * 1e3:.0f} ms CPU",
        "<= 150 ms")
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

"""What the benchmarks share: a finished process with its figures, and a row of the table."""
import os
import pathlib
import statistics
import subprocess
import sys
import time


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


def floors(build, tape, scratch):
    """CPU microseconds a post of jansson, libxml2 and SQLite over the same posts."""
    said = subprocess.run([build / "tests/bench/bench-floors", tape, scratch / "floors.db"], check=True,
                          capture_output=True, text=True).stdout.split()
    (scratch / "floors.db").unlink()
    return list(map(float, said[1:]))

"""What the tests that run programs share. The programs stand in the build folder that BUILD names."""
import os
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parent
ROOT = TESTS.parent
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build-tests")).resolve()
NOW = 1793368800  # the evening of the example: 2026-10-30T14:00:00Z

class Archive:
    """The program as a user runs it: a HOME of its own, a zone, a language, a clock that stands still."""

    def __init__(self, home):
        self.home = home
        self.path = BUILD / "archive"
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TZ": "Asia/Tokyo",
            "LC_ALL": "C.UTF-8",
            "ARCHIVE_NOW": str(NOW),
            "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0",
            "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
        }

    @property
    def store(self):
        return self.home / ".local/share/archive/archive.db"

    def run(self, *words, stdin="", env=None, timeout=120, **more):
        return subprocess.run([str(self.path), *map(str, words)], input=stdin, capture_output=True, text=True,
                              env={**self.env, **(env or {})}, cwd=self.home, timeout=timeout, **more)

    def start(self, *words, env=None, **more):
        return subprocess.Popen([str(self.path), *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env={**self.env, **(env or {})}, cwd=self.home,
                                **more)

    def ok(self, *words, **more):
        done = self.run(*words, **more)
        assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout


MEASURE = """import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"""


def megabytes(archive, *words):
    """What the program held in memory at most, without what a sanitizer keeps back. A small process starts it: what the tests
    themselves hold would count, too."""
    env = {**archive.env, "ASAN_OPTIONS": "detect_leaks=0:quarantine_size_mb=1:thread_local_quarantine_size_kb=64"}
    done = subprocess.run([sys.executable, "-c", MEASURE, str(archive.path), *map(str, words)], env=env, cwd=archive.home,
                          capture_output=True, text=True, check=True)
    return int(done.stdout)

"""networks.py BUILD [POSTS]: a fetch of four networks at 200 ms a round trip, beside the slowest of them alone."""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from fakes import BlueskyFake, MastodonFake, MisskeyFake, XFake, evening  # noqa: E402

ROUND_TRIP = 0.2        # seconds
ROUNDS = 3
TOKEN = "sesame"
ARCHIVE = pathlib.Path(sys.argv[1]).resolve() / "archive"
POSTS = int(sys.argv[2]) if len(sys.argv) > 2 else 900


def slow(fake):
    """Each answer takes a round trip, and requests do not wait for one another."""
    answer = fake.handle

    def handle(request):
        time.sleep(ROUND_TRIP)
        return answer(request)

    fake.handle = handle
    return fake


def fetch(specs, now, login):
    with tempfile.TemporaryDirectory(prefix="archive-bench-") as home:
        words = [str(ARCHIVE), "--quiet", "fetch", "#ssmjp", "--budget", "1000"]
        for spec in specs:
            words += ["--source", spec]
        env = {"PATH": os.environ["PATH"], "HOME": home, "ARCHIVE_NOW": str(now), "ARCHIVE_X_TOKEN": TOKEN,
               "ARCHIVE_BLUESKY_HANDLE": login, "ARCHIVE_BLUESKY_PASSWORD": TOKEN}
        start = time.perf_counter()
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
        if done.returncode != 0:
            sys.exit("%s: exit %d\n%s%s" % (words, done.returncode, done.stdout, done.stderr))
        return seconds


def main():
    fakes = {"mastodon": MastodonFake, "misskey": MisskeyFake, "bluesky": BlueskyFake, "x": XFake}
    settings = {"x": {"token": TOKEN}, "bluesky": {"password": TOKEN}}
    started = {}
    specs = {}
    try:
        for name, make in fakes.items():
            started[name] = slow(make(evening(7, POSTS, "ssmjp"), **settings.get(name, {}))).start()
            specs[name] = "%s:%s" % (name, started[name].url)
        login = started["bluesky"].login
        now = max(fake.clock for fake in started.values())
        print("%d posts on each network, %d ms a round trip, the fakes on the same machine; the median of %d\n"
              % (POSTS, ROUND_TRIP * 1000, ROUNDS))
        alone = {}
        for name, spec in specs.items():
            before = started[name].requests
            alone[name] = statistics.median(fetch([spec], now, login) for _ in range(ROUNDS))
            print("%-12s alone %6.2f s  (%d requests)"
                  % (name, alone[name], (started[name].requests - before) / ROUNDS), flush=True)
        together = statistics.median(fetch(specs.values(), now, login) for _ in range(ROUNDS))
        slowest = max(alone.values())
        print("all four     %12.2f s  %.2f x the slowest alone (goal: at most 1.15)" % (together, together / slowest))
    finally:
        for fake in started.values():
            fake.stop()


if __name__ == "__main__":
    main()

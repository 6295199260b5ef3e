"""archive status --spent: what was paid for is kept, by day and source."""
import signal
import threading
import time

from fakes import NOW, XFake, evening
from made import objects

DAY = 86400


def day_of(at):
    return time.strftime("%Y-%m-%d", time.gmtime(at))


def fetch(archive, fake, at, *words):
    return archive.run("fetch", "ssmjp", "--source", "x:" + fake.url, "--budget", "1", *words,
                       env={"ARCHIVE_NOW": str(at), "ARCHIVE_X_TOKEN": "sesame"})


def test_what_was_spent_is_told_by_day_and_source_and_in_all(archive):
    costs = []
    with XFake(evening(5, 400, "ssmjp"), token="sesame") as fake:
        for day in (0, 0, 1):
            fake.clock = NOW + day * DAY
            fetch(archive, fake, fake.clock)
            costs.append(round(fake.cost * 1e6))
        billed = dict(fake.billed)
    [report] = objects(archive.ok("--json", "status", "--spent"))
    assert report["spent_micro_usd"] == costs[2] and costs[2] > costs[1] > costs[0] > 0
    assert (report["posts"], report["authors"]) == (billed["posts"], billed["users"])
    assert [(row["day"], row["source"], row["spent_micro_usd"]) for row in report["days"]] == [
        (day_of(NOW + DAY), "x:" + fake.url, costs[2] - costs[1]), (day_of(NOW), "x:" + fake.url, costs[1])]
    lines = archive.ok("status", "--spent").splitlines()
    assert len(lines) == 3 and lines[0].startswith("%s x:%s: " % (day_of(NOW + DAY), fake.url))
    assert lines[2] == "in all: %d posts and %d authors, %s USD" % (
        billed["posts"], billed["users"], ("%.3f" % (costs[2] / 1e6)).removesuffix("0"))


def test_what_a_run_that_was_killed_had_spent_is_not_lost(archive):
    """The pages that were kept are paid for in the ledger, whatever ends the run behind them."""
    with XFake(evening(6, 120, "ssmjp"), token="sesame") as fake:
        box = []
        begun = threading.Event()
        fake.at(3, lambda _: begun.wait(60) and box[0].send_signal(signal.SIGKILL))
        box.append(archive.start("fetch", "ssmjp", "--source", "x:" + fake.url, "--budget", "2",
                                 env={"ARCHIVE_NOW": str(NOW), "ARCHIVE_X_TOKEN": "sesame"}))
        begun.set()
        box[0].communicate(timeout=60)
        [report] = objects(archive.ok("--json", "status", "--spent"))
        assert 0 < report["spent_micro_usd"] <= fake.cost * 1e6 + 1


def test_where_nothing_was_spent_that_is_said(archive, example):
    archive.ok("fetch", "ssmjp", "--replay", example)
    assert archive.ok("status", "--spent") == "nothing was spent\n"
    assert objects(archive.ok("--json", "status", "--spent")) == [
        {"posts": 0, "authors": 0, "spent_micro_usd": 0, "days": []}]

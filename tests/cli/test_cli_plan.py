"""archive plan: what a fetch would take. Counting costs, so it is done when it was allowed, and kept in the ledger."""
import json
import os
import subprocess

import pytest

from fakes import NOW, Author, MastodonFake, Post, XFake, evening
from made import objects
from terminals import Terminal, width

CLOCK = {"ARCHIVE_NOW": str(NOW), "ARCHIVE_X_TOKEN": "sesame"}
QUESTION = "Counting the posts at X costs 0.005 USD. Count them? [y/N] "


def posts(count, span=3600):
    """So many posts by as many people, evenly over the last `span` seconds."""
    return [Post(Author("someone_longer_than_x_%d" % k), "話 %d #ssmjp" % k, (NOW - 60) * 1000 - k * span * 1000 // count, "p%d" % k)
            for k in range(count)]


def x_of(fake):
    return "x:" + fake.url


def plan(archive, *words, **how):
    done = archive.run("--json", "plan", "ssmjp", *words, env=CLOCK, **how)
    return done, json.loads(done.stdout) if done.stdout else None


def test_x_is_counted_and_priced(archive):
    with XFake(posts(40), token="sesame") as fake:
        done, report = plan(archive, "--source", x_of(fake), "--yes")
        assert done.returncode == 0 and fake.spent == report["spent_micro_usd"] == 5000
    [view] = report["sources"]
    assert (view["state"], view["posts"], view["in_store"], view["to_read"], view["authors"]) == ("counted", 40, 0, 40, 40)
    assert view["about_micro_usd"] == 40 * 15_000 and view["most_micro_usd"] == 40 * 45_000
    assert objects(archive.ok("--json", "status", "--spent"))[0]["spent_micro_usd"] == 5000
    assert len(archive.ok("status").splitlines()) == 1      # the ledger of tags knows nothing of it


def test_without_leave_a_pipe_counts_nothing(archive):
    with XFake(posts(4), token="sesame") as fake:
        done, report = plan(archive, "--source", x_of(fake))
        assert done.returncode == 0 and fake.spent == 0 and report["spent_micro_usd"] == 0
        assert report["sources"][0]["state"] == "not counted" and report["sources"][0]["posts"] is None
        out = archive.ok("plan", "ssmjp", "--source", x_of(fake), env=CLOCK)
        assert fake.spent == 0 and "counting its posts costs, too: --yes allows it" in out


@pytest.mark.parametrize("answer, spent", [("y\n", 5000), ("n\n", 0), ("\n", 0), ("\x04", 0)], ids=["yes", "no", "enter", "end"])
def test_a_terminal_is_asked_before_it_is_counted(archive, answer, spent):
    with XFake(posts(4), token="sesame") as fake:
        terminal = Terminal(100)
        process = subprocess.Popen([archive.path, "plan", "ssmjp", "--source", x_of(fake)], stdin=terminal.theirs,
                                   stdout=subprocess.PIPE, stderr=terminal.theirs, text=True, env={**archive.env, **CLOCK},
                                   cwd=archive.home)
        terminal.read_until(QUESTION)
        os.write(terminal.ours, answer.encode())
        out, _ = process.communicate(timeout=60)
        terminal.read()
        assert process.returncode == 0 and fake.spent == spent
        assert ("Counting cost 0.005 USD." in out) == (spent > 0)


def test_what_is_there_is_not_read_again_and_the_past_tells_the_price(archive):
    people = [Author("talker_longer_than_x_%d" % k) for k in range(5)]
    some = [Post(people[k % 5], "話 %d #ssmjp" % k, (NOW - 7200 + k) * 1000, "p%d" % k) for k in range(50)]
    with XFake(some[:25], token="sesame") as fake:
        archive.ok("fetch", "ssmjp", "--source", x_of(fake), "--budget", "3", env=CLOCK)
        for post in some[25:]:
            fake.add(post)
        _, report = plan(archive, "--source", x_of(fake), "--yes")
        [view] = report["sources"]
        assert (view["posts"], view["in_store"], view["to_read"], view["authors"]) == (50, 25, 25, 5)
        assert view["about_micro_usd"] == 25 * 5000 + 5 * 10_000


def test_the_window_is_counted_alone(archive):
    with XFake(posts(60, span=6 * 3600), token="sesame") as fake:
        _, report = plan(archive, "--source", x_of(fake), "--since", "-2h", "--yes")
        assert 15 <= report["sources"][0]["posts"] <= 25
        assert fake.refusals == []


def test_counts_that_come_in_pages_are_all_paid_and_added(archive):
    with XFake(posts(60, span=5 * 86400), token="sesame", counts_page=3) as fake:
        _, report = plan(archive, "--source", x_of(fake), "--yes")
        assert report["sources"][0]["posts"] == 60
        assert report["spent_micro_usd"] == fake.spent > 5000


def test_prices_are_those_of_the_configuration(archive):
    with XFake(posts(10), token="sesame") as fake:
        (archive.home / "config.ini").write_text("[price]\npost = 0.001\nauthor = 0.002\ncounts = 0.01\n")
        _, report = plan(archive, "--config", "config.ini", "--source", x_of(fake), "--yes")
    assert report["sources"][0]["about_micro_usd"] == 30_000 and report["spent_micro_usd"] == 10_000


@pytest.mark.parametrize("words, state, expected, pages", [
    ([], "endless", (10_000, 10_000), 251), (["--since", "-30m"], "guessed", (30, 90), 3)], ids=["no-end", "half-an-hour"])
def test_elsewhere_the_first_page_tells_how_dense_the_posts_are(archive, words, state, expected, pages):
    with MastodonFake(posts(120)) as fake:
        done, report = plan(archive, "--source", "mastodon:" + fake.url, *words)
        assert done.returncode == 0 and fake.requests <= 2
    [view] = report["sources"]
    assert view["state"] == state and expected[0] <= view["posts"] <= expected[1] and view["pages"] <= pages
    assert view["about_micro_usd"] is None and report["spent_micro_usd"] == 0


def test_a_page_that_is_not_full_is_all_there_is(archive):
    with MastodonFake(posts(7)) as fake:
        _, report = plan(archive, "--source", "mastodon:" + fake.url)
    assert (report["sources"][0]["posts"], report["sources"][0]["state"]) == (7, "guessed")


def test_the_table_fits_into_eighty_columns(archive):
    with XFake(evening(5, 300, "ssmjp"), token="sesame") as x, MastodonFake(posts(90)) as mastodon:
        done = archive.run("plan", "ssmjp", "長い" * 20, "--source", x_of(x), "--source", "mastodon:" + mastodon.url, "--source",
                           "mastodon:http://127.0.0.1:9", "--yes", env=CLOCK)
    assert done.returncode == 3
    table = [line for line in done.stdout.splitlines() if "no connection" not in line]
    assert max(width(line) for line in table) <= 80
    assert done.stdout.count("free") == 2 and "at most" in done.stdout


def test_nothing_is_read_into_the_store(archive):
    with MastodonFake(posts(9)) as fake:
        plan(archive, "--source", "mastodon:" + fake.url)
    assert archive.ok("search") == ""


@pytest.mark.parametrize("credits, words", [(0.0, "no credit left"), (None, "does not accept the token")])
def test_what_x_refuses_is_told_and_costs_nothing(archive, credits, words):
    with XFake(posts(3), token="sesame" if credits is not None else "other", credits=credits) as fake:
        done, report = plan(archive, "--source", x_of(fake), "--yes")
        assert done.returncode == 1 and fake.spent == 0 == report["spent_micro_usd"]
    assert words in report["sources"][0]["why"]

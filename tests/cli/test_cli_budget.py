"""What may be spent at X: told, or asked for on a terminal, or nothing; and what was spent is told."""
import json
import os
import subprocess

import pytest

from fakes import NOW, Author, MastodonFake, Post, XFake, evening
from terminals import Terminal

CLOCK = {"ARCHIVE_NOW": str(NOW), "ARCHIVE_X_TOKEN": "sesame"}
QUESTION = "How many USD may be spent there at most, 0 for none? [1.00] "


def posts(count):
    return [Post(Author("someone_longer_than_x_%d" % k), "話 %d #ssmjp" % k, (NOW - 3600 + k) * 1000, "p%d" % k)
            for k in range(count)]


def x_of(fake):
    return ["fetch", "ssmjp", "--source", "x:" + fake.url]


def only_view(archive, *words, env=None):
    done = archive.run("--json", *words, env={**CLOCK, **(env or {})})
    return done, json.loads(done.stdout)["sources"][0]


def test_without_a_budget_a_pipe_leaves_x_out_and_the_others_go_on(archive):
    with XFake(posts(3), token="sesame") as x, MastodonFake(posts(2)) as mastodon:
        done = archive.run(*x_of(x), "--source", "mastodon:" + mastodon.url, env=CLOCK)
        assert done.returncode == 3 and x.requests == 0
    assert "2 posts new" in done.stdout
    assert "costs by the post, and no budget was told: --budget 1.00 allows 1 USD" in done.stdout


def test_an_x_that_nobody_named_is_left_out_without_a_failure(archive):
    with MastodonFake(posts(2)) as mastodon:
        (archive.home / "config.ini").write_text(
            "[archive]\ndefault-sources = no\n[source mastodon:%s]\n" % mastodon.url)
        done = archive.run("--config", "config.ini", "fetch", "ssmjp", env=CLOCK)
    assert done.returncode == 0 and "2 posts new" in done.stdout and "no budget was told" in done.stdout


@pytest.mark.parametrize("text", ["0", "0.00", "-1", "much", "1e3", "", "1,50", "99999999"])
def test_a_budget_is_an_amount(archive, text):
    with XFake(posts(1), token="sesame") as fake:
        done = archive.run(*x_of(fake), "--budget", text, env=CLOCK)
        assert done.returncode == 2 and fake.requests == 0
    assert "--budget wants an amount of USD" in done.stderr and not archive.store.exists()


def test_a_budget_that_pays_no_page_buys_nothing(archive):
    with XFake(posts(1), token="sesame") as fake:
        done, view = only_view(archive, *x_of(fake), "--budget", "0.44")
        assert fake.requests == 0
    assert view["state"] == "stopped" and view["budget_micro_usd"] == 440_000
    assert view["why"] == "a page may cost 0.45 USD, more than the budget of 0.44 USD: nothing was asked for"


def test_the_configuration_tells_a_budget_and_the_command_line_another(archive):
    with XFake(evening(5, 120, "ssmjp"), token="sesame") as fake:
        (archive.home / "config.ini").write_text("[archive]\nbudget = 0.60\n")
        _, view = only_view(archive, "--config", "config.ini", *x_of(fake))
        assert view["state"] == "stopped" and "budget of 0.60 USD" in view["why"] and fake.cost <= 0.6
        before = fake.cost
        _, view = only_view(archive, "--config", "config.ini", *x_of(fake), "--budget", "0.50")
        assert view["budget_micro_usd"] == 500_000 and fake.cost - before <= 0.5


def test_the_end_of_a_budget_stops_x_and_the_others_go_on(archive):
    with XFake(posts(200), token="sesame") as x, MastodonFake(posts(90)) as mastodon:
        done = archive.run(*x_of(x), "--source", "mastodon:" + mastodon.url, "--budget", "0.50", env=CLOCK)
        assert x.cost <= 0.5
    assert done.returncode == 0
    assert "the next page might pass the budget of 0.50 USD" in done.stdout and "90 new" in done.stdout


def test_prices_are_those_of_the_configuration(archive):
    """At a tenth of the price a page of 100 fits into half a dollar."""
    with XFake(posts(100), token="sesame") as fake:
        (archive.home / "config.ini").write_text("[price]\npost = 0.0005\nauthor = 0.001\n")
        _, view = only_view(archive, "--config", "config.ini", *x_of(fake), "--budget", "0.50")
        assert view["new"] == 100
        assert view["spent_micro_usd"] == fake.billed["posts"] * 500 + fake.billed["users"] * 1000


def on_terminal(archive, answers, *words):
    """What a terminal shows on standard error, and the report, when these answers are typed."""
    terminal = Terminal(100)
    process = subprocess.Popen([archive.path, *words], stdin=terminal.theirs, stdout=subprocess.PIPE,
                               stderr=terminal.theirs, text=True, env={**archive.env, **CLOCK}, cwd=archive.home)
    seen = ""
    for answer in answers:
        seen += terminal.read_until(QUESTION)
        os.write(terminal.ours, answer.encode())
    out, _ = process.communicate(timeout=60)
    return process.returncode, out, seen + terminal.read()


@pytest.mark.parametrize("answers, budget", [(["\n"], 1.0), (["0.60\n"], 0.6), (["yes\n", "0.70\n"], 0.7)],
                         ids=["enter", "an-amount", "what-is-no-amount"])
def test_a_terminal_is_asked_for_the_budget(archive, answers, budget):
    with XFake(posts(200), token="sesame") as fake:
        status, out, seen = on_terminal(archive, answers, *x_of(fake))
        assert status == 0 and 0 < fake.cost <= budget
        assert "budget of %.2f USD" % budget in out
        assert "costs 0.005 USD a post and 0.01 USD an author who is new." in seen
        assert "sesame" not in out + seen


@pytest.mark.parametrize("answers", [["0\n"], ["no\n", "n\n", "nothing\n"], ["\x04"]], ids=["none", "no-amount", "end"])
def test_who_allows_nothing_at_the_terminal_spends_nothing(archive, answers):
    with XFake(posts(20), token="sesame") as fake:
        status, out, _ = on_terminal(archive, answers, *x_of(fake))
        assert status == 1 and fake.requests == 0 and "no budget was told" in out


def test_a_terminal_is_not_asked_when_the_budget_is_told_or_a_tape_plays(archive, example):
    with XFake(posts(2), token="sesame") as fake:
        assert QUESTION not in on_terminal(archive, [], *x_of(fake), "--budget", "1")[2]
    assert QUESTION not in on_terminal(archive, [], "fetch", "ssmjp", "--replay", str(example))[2]


def test_a_tape_plays_under_any_budget(archive, example):
    for n, words in enumerate([[], ["--budget", "0.01"], ["--budget", "900"]]):
        out = archive.ok("--store", "%d.db" % n, "fetch", "ssmjp", "--replay", example, *words)
        assert "200 posts new" in out and "USD" not in out

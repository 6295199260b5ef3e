"""archive fetch --follow: looks again and again, takes what comes once, keeps to limits, and ends when it is told to."""
import signal
import sqlite3
import threading

import pytest

from fakes import Author, BlueskyFake, MastodonFake, MisskeyFake, Post, Script, XFake, evening
from harness import NOW
from made import objects

NETWORKS = {"bluesky": BlueskyFake, "mastodon": MastodonFake, "misskey": MisskeyFake, "x": XFake}
UNTIL = "23:30"         # half an hour after the clock of the tests: 2026-10-30T14:00:00Z, 23:00 in Tokyo


def stored(archive):
    with sqlite3.connect(archive.store) as db:
        return [row[0] for row in db.execute("SELECT uri FROM post ORDER BY uri")]


def newcomer(n):
    """A post of so many seconds after the clock's beginning."""
    return Post(Author("guest%d" % n), "いま来ました %d #ssmjp" % n, created=NOW * 1000 + n * 1000)


def follow(archive, *fakes, until=UNTIL, words=(), env=None):
    sources = [word for fake in fakes for word in ("--source", name_of(fake))]
    return archive.run("fetch", "ssmjp", "--follow", *(("--until", until) if until else ()), *sources, *words,
                       env={"ARCHIVE_NOW": str(NOW), **(env or {})})


EARLIER = [newcomer(-7200 - n) for n in range(60)]      # a look at them is two pages


def arrive(fake, number):
    """A post of just now, where a look a minute is a request."""
    fake.clock = NOW + 60 * number
    fake.add(newcomer(60 * number - 90))


def looks(fake):
    """How often the newest posts were asked for."""
    return sum(1 for request in fake.seen if not {name for name, _ in request.query} & {"max_id", "min_id"})


def name_of(fake):
    [network] = [name for name, make in NETWORKS.items() if isinstance(fake, make)]
    return network + ":" + fake.url


def test_what_comes_between_the_looks_is_taken_once(archive):
    with MastodonFake(EARLIER, clock=NOW) as fake:
        for n in range(3, 100):
            fake.at(n, lambda fake, n=n: fake.add(newcomer(n)))
        done = follow(archive, fake)
        assert (done.returncode, done.stderr) == (0, "")
        assert set(stored(archive)) == fake.public_uris("ssmjp") and len(stored(archive)) == 157
        assert fake.refusals == []
        assert 55 <= looks(fake) <= 61, "30 seconds from look to look for half an hour, and one at its end"
    assert done.stdout.splitlines()[-2] == "157 posts new, 0 seen before"


def test_a_last_look_takes_what_came_up_to_the_end(archive):
    with MastodonFake([newcomer(-60)], clock=NOW) as fake:
        begun = follow(archive, fake, until="23:01")
        last = fake.requests
        fake.at(2 * last, lambda fake: fake.add(newcomer(7)))
        assert begun.returncode == 0 and len(stored(archive)) == 1
        follow(archive, fake, until="23:01")
        assert fake.requests == 2 * last and len(stored(archive)) == 2


def test_all_networks_are_followed_at_once(archive):
    fakes = [make([newcomer(-60)], clock=NOW) for make in (MastodonFake, MisskeyFake, XFake)]
    for fake in fakes:
        fake.start()
    try:
        for fake in fakes:
            fake.token = "sesame" if isinstance(fake, XFake) else None
            for n in range(2, 8):
                fake.at(n, lambda fake, n=n: arrive(fake, n))
        done = follow(archive, *fakes, words=["--budget", "5", "--json"], env={"ARCHIVE_X_TOKEN": "sesame"})
        assert (done.returncode, done.stderr) == (0, "")
        for fake in fakes:
            assert fake.public_uris("ssmjp") <= set(stored(archive)) and fake.refusals == []
        report = objects(done.stdout)[-1]
        assert report["event"] == "end" and [view["state"] for view in report["sources"]] == 3 * ["done"]
    finally:
        for fake in fakes:
            fake.stop()


def test_a_run_is_one_line_of_the_ledger(archive):
    with MastodonFake([newcomer(-60)], clock=NOW) as fake:
        follow(archive, fake, until="23:05")
        with sqlite3.connect(archive.store) as db:
            [(pages, fresh, known, outcome)] = db.execute("SELECT pages, fresh, known, outcome FROM run")
        assert (pages, fresh, known, outcome) == (fake.requests, 1, 0, "done")
        assert archive.ok("status").splitlines()[-1].endswith(": nothing is missing")


def test_several_hashtags_are_followed(archive):
    other = Post(Author("hana"), "別の #opsnight", created=NOW * 1000)
    with MastodonFake([newcomer(-60), other], clock=NOW) as fake:
        fake.at(5, lambda fake: fake.add(Post(Author("yoru"), "あとから #opsnight", created=NOW * 1000 + 1000)))
        done = follow(archive, fake, until="23:05", words=["opsnight"])
        assert done.returncode == 0 and len(stored(archive)) == 3
    assert "mastodon:" in done.stdout and "#opsnight: 1 new post\n" in done.stdout


class MastodonHour(MastodonFake):
    """A limit that begins anew at the full hour."""
    window = 3600


@pytest.mark.parametrize("budget", [3, 12, 40])
def test_a_limit_that_the_headers_announce_is_never_reached(archive, budget):
    with MastodonHour([newcomer(-60)], clock=NOW, budget=budget) as fake:
        done = follow(archive, fake, until="23:59")
        assert done.returncode == 0 and fake.requests <= budget
        assert fake.requests >= budget // 2, "but it is used"


def test_a_server_that_fails_is_asked_less_and_less(archive):
    with MastodonFake([newcomer(-60)], clock=NOW, faults=Script({n: "object" for n in range(2, 500)})) as fake:
        done = follow(archive, fake, until="23:59")
        assert done.returncode == 0
        assert 20 < fake.requests < 60, "a look is four requests: 1, 2, 4, 8, 10, 10 minutes apart"
    assert len(stored(archive)) == 1


def test_a_server_that_comes_back_is_read_as_before(archive):
    with MastodonFake([newcomer(-60)], clock=NOW, faults=Script({n: "object" for n in range(2, 10)})) as fake:
        fake.at(12, lambda fake: fake.add(newcomer(5)))
        done = follow(archive, fake)
        assert done.returncode == 0 and len(stored(archive)) == 2
        assert fake.requests > 40


def test_every_look_begins_with_a_new_connection(archive):
    """So that a network that came back at another address is found."""
    with MastodonFake(EARLIER, clock=NOW) as fake:
        ports = []
        accept = fake._server.process_request
        fake._server.process_request = lambda request, address: (ports.append(address[1]), accept(request, address))
        follow(archive, fake, until="23:05")
        assert len(set(ports)) == looks(fake) == 11


def test_a_network_that_closes_all_connections_is_no_failure(archive):
    with MastodonFake([newcomer(-60)], clock=NOW) as fake:
        for n in range(3, 30, 3):
            fake.at(n, lambda fake, n=n: (fake.add(newcomer(n)), fake._server.hang_up()))
        done = follow(archive, fake)
        assert (done.returncode, done.stderr) == (0, "")
        assert set(stored(archive)) == fake.public_uris("ssmjp") and len(stored(archive)) == 10


def test_a_source_that_will_never_answer_ends_it(archive):
    with MastodonFake([], clock=NOW, access="authenticated") as fake:
        done = follow(archive, fake, until=None)
        assert done.returncode == 1 and fake.requests == 1


def test_one_that_will_never_answer_leaves_the_others(archive):
    with MastodonFake([], clock=NOW, access="authenticated") as closed, MastodonFake([newcomer(-60)], clock=NOW) as fake:
        done = follow(archive, closed, fake)
        assert done.returncode == 0 and closed.requests == 1 and fake.requests > 50


def test_a_stranger_who_is_shown_the_newest_posts_alone_is_shown_them_again(archive):
    """Bluesky refuses the second page to strangers: that is no reason to leave, nor to come more seldom."""
    posts = [newcomer(-60 - n) for n in range(150)]
    with BlueskyFake(posts, clock=NOW, mode="api") as fake:
        fake.at(9, lambda fake: fake.add(newcomer(5)))
        done = follow(archive, fake)
        assert done.returncode == 0 and fake.uri_named(newcomer(5).key) in stored(archive)
        assert sum(1 for request in fake.seen if not dict(request.query).get("cursor")) >= 25


def test_max_ends_it(archive):
    with MastodonFake(evening(1, 120, "ssmjp", strays=0)) as fake:
        done = archive.run("fetch", "ssmjp", "--follow", "--max", "50", "--source", name_of(fake),
                           env={"ARCHIVE_NOW": str(fake.clock)})
        assert done.returncode == 0 and fake.requests == 2
    assert " posts were read in this run: the same command goes on\n" in done.stdout


def test_a_budget_is_for_the_whole_evening(archive):
    with XFake([newcomer(-60)], clock=NOW, token="sesame") as fake:
        for n in range(2, 60):
            fake.at(n, lambda fake, n=n: arrive(fake, n))
        done = follow(archive, fake, until="23:59", words=["--budget", "0.60", "--json"], env={"ARCHIVE_X_TOKEN": "sesame"})
        [view] = objects(done.stdout)[-1]["sources"]
        assert done.returncode == 0 and 0 < view["spent_micro_usd"] <= 600000
        assert view["state"] == "stopped" and "budget" in view["why"] and fake.refusals == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_a_signal_ends_it_with_the_report(archive, how):
    with MastodonFake([newcomer(-60)], clock=NOW) as fake:
        begun, box = threading.Event(), []
        fake.at(4, lambda _: begun.wait(60) and box[0].send_signal(how))
        box.append(archive.start("fetch", "ssmjp", "--follow", "--source", name_of(fake), env={"ARCHIVE_NOW": str(NOW)}))
        begun.set()
        out, err = box[0].communicate(timeout=60)
        assert (box[0].returncode, err) == (0, "")
        assert "1 post new, 0 seen before" in out


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_a_signal_ends_a_rest_at_once(archive, how):
    """On a clock that runs: between two looks half a minute lies."""
    with MastodonFake(EARLIER, clock=NOW) as fake:
        del archive.env["ARCHIVE_NOW"]
        process = archive.start("fetch", "ssmjp", "--follow", "--source", name_of(fake), "--since", "2026-10-30")
        lines = [process.stdout.readline() for _ in range(3)]
        process.send_signal(how)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (0, "")
    assert "new posts" in lines[1] and "60 posts new, 0 seen before" in "".join(lines) + out


def test_two_at_once_and_a_fetch_beside_them_do_no_harm(archive):
    with MastodonFake([newcomer(-60)], clock=NOW) as fake:
        for n in range(2, 60):
            fake.at(n, lambda fake, n=n: fake.add(newcomer(n)))
        words = ["fetch", "ssmjp", "--follow", "--until", UNTIL, "--source", name_of(fake)]
        both = [archive.start(*words) for _ in range(2)]
        beside = [archive.run("fetch", "ssmjp", "--source", name_of(fake)) for _ in range(3)]
        for process in both:
            _, err = process.communicate(timeout=120)
            assert (process.returncode, err) == (0, "")
        assert [done.returncode for done in beside] == [0, 0, 0]
        assert set(stored(archive)) == fake.public_uris("ssmjp") and len(stored(archive)) == len(set(stored(archive)))
        assert archive.ok("status").splitlines()[-1].endswith(": nothing is missing")


def test_in_a_pipe_it_says_a_line_when_something_came(archive):
    with MastodonFake([newcomer(-60)], clock=NOW) as fake:
        fake.at(7, lambda fake: [fake.add(newcomer(n)) for n in (5, 6)])       # three requests are a look
        lines = follow(archive, fake).stdout.splitlines()
        name = name_of(fake)
    assert lines[0] == "#ssmjp, before 2026-10-30 23:30 Asia/Tokyo, from 1 source"
    assert lines[1:3] == ["23:00 %s: 1 new post" % name, "23:01 %s: 2 new posts" % name]
    assert lines[3].startswith("  %s: 3 new, 0 seen before, " % name) and len(lines) == 6


def test_json_is_an_object_a_line(archive):
    with MastodonFake([newcomer(-60)], clock=NOW, faults=Script({n: "object" for n in range(10, 14)})) as fake:
        fake.at(7, lambda fake: fake.add(newcomer(5)))
        events = objects(follow(archive, fake, words=["--json"]).stdout)
        name = name_of(fake)
    assert [event["event"] for event in events] == ["posts", "posts", "trouble", "end"]
    assert events[0] == {"event": "posts", "at": "2026-10-30T14:00:00Z", "source": name, "tag": "ssmjp", "new": 1,
                         "newest": "2026-10-30T13:59:00Z"}
    assert events[2]["why"] and events[3]["sources"][0]["new"] == 2


def test_quiet_says_nothing_while_all_is_well(archive):
    with MastodonFake([newcomer(-60)], clock=NOW) as fake:
        done = follow(archive, fake, words=["--quiet"])
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("words, wanted", [
    (["--until", "2026-10-30T22:00"], "--until 2026-10-30T22:00 has passed: nothing is left to follow"),
    (["--replay", "tape"], "--follow goes with no --replay: nothing new comes on a tape"),
])
def test_what_makes_no_sense_is_refused(archive, words, wanted):
    done = archive.run("fetch", "ssmjp", "--follow", *words)
    assert (done.returncode, done.stderr) == (2, "archive: %s\n" % wanted)


def test_a_bare_time_is_the_next_one(archive):
    """22:30 has passed at 23:00: the next is tomorrow's."""
    with MastodonFake([], clock=NOW, access="authenticated") as fake:
        done = follow(archive, fake, until="22:30")
    assert done.stdout.splitlines()[0] == "#ssmjp, before 2026-10-31 22:30 Asia/Tokyo, from 1 source"


def test_the_configured_pace_counts(archive):
    with MastodonFake(EARLIER, clock=NOW) as fake:
        config = archive.home / "config.ini"
        config.write_text("[source mastodon:%s]\npace = 5m\n" % fake.url)
        follow(archive, fake, words=["--config", str(config)])
        assert looks(fake) == 7

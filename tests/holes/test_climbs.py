"""Gaps above what is known are closed from below, where a server can be asked for what is next above a post; a server
that cannot, or says that it can and does not, leaves no hole either. What is read twice stays within the overlap."""
import contextlib
import json
import random
import signal

import pytest

from fakes import NOW, Author, BlueskyFake, MastodonFake, MisskeyFake, Post, XFake
from fakes.ids import x_ms

from .scene import PASSWORD, TOKEN, Scene

HANA = Author("meetup_hana_at_home", "はな")
MINUTE = 60_000
OVERLAP = 30 * MINUTE


def rows(n, minutes, step, key="k", clock=NOW):
    """n posts, a step of seconds apart, the newest so many minutes before a clock."""
    newest = clock * 1000 - minutes * MINUTE
    return [Post(HANA, "話 %d-%s #ssmjp" % (k, key), newest - (n - 1 - k) * step * 1000 + k, "%s%d" % (key, k))
            for k in range(n)]


class TakesItForSince(MastodonFake):
    """Gives the newest posts above a min_id, and a Link as if nothing were wrong."""

    def _parameters(self, request):
        single, lists = super()._parameters(request)
        if "min_id" in single:
            single["since_id"] = single.pop("min_id")
        return single, lists


class KnowsNoMinId(MastodonFake):
    """Gives the newest posts of all, whatever they are to stand above."""

    def _parameters(self, request):
        single, lists = super()._parameters(request)
        single.pop("min_id", None)
        return single, lists


class Descends(MisskeyFake):
    """Gives the newest notes above a sinceId, newest first."""

    def _page(self, entries, body, signed):
        if "sinceId" in body and "untilId" not in body:
            body = {**body, "untilId": "~"}
        return super()._page(entries, body, signed)


CLIMBERS = {
    "mastodon": (MastodonFake, 40),
    "akkoma": (lambda posts: MastodonFake(posts, personality="akkoma"), 40),
    "misskey": (MisskeyFake, 100),
}
OTHERS = {
    "snac": (lambda posts: MastodonFake(posts, personality="snac"), 40),
    "since": (TakesItForSince, 40),
    "newest": (KnowsNoMinId, 40),
    "descending": (Descends, 100),
}
ALL = {**CLIMBERS, **OTHERS}


def climbed(request):
    """Was this the request for what is next above a post?"""
    if request.method == "POST":
        return "sinceId" in json.loads(request.body)
    return "min_id=" in request.target


@contextlib.contextmanager
def known(archive, make, page):
    """A scene in which an evening was read while it went on, and an hour later three pages of posts have come."""
    with Scene(archive, make(rows(2 * page + page // 2, 5, 2400 // page))) as scene:
        scene.whole()
        scene.fake.clock += 3600
        for post in rows(3 * page, 2, 1800 // page, "new", scene.fake.clock):
            scene.fake.add(post)
        yield scene


@pytest.mark.parametrize("make, page", CLIMBERS.values(), ids=CLIMBERS)
def test_a_gap_is_closed_from_below(archive, make, page):
    with known(archive, make, page) as scene:
        before = scene.fake.requests
        scene.whole()
        asked = scene.fake.seen[before:]
        assert not climbed(asked[0]) and any(map(climbed, asked)) and len(asked) <= 6
        scene.check()


@pytest.mark.parametrize("make, page", OTHERS.values(), ids=OTHERS)
def test_a_server_that_does_not_climb_leaves_no_hole(archive, make, page):
    with known(archive, make, page) as scene:
        scene.whole()
        scene.check()
        scene.fake.clock += 3600
        for post in rows(2 * page, 1, 600 // page, "more", scene.fake.clock):
            scene.fake.add(post)
        scene.whole()
        scene.check(again=True)


@pytest.mark.parametrize("make, page", ALL.values(), ids=ALL)
@pytest.mark.parametrize("numbers", [(2,), (4, 2), (3, 3, 3)], ids=str)
def test_a_climb_that_is_killed_is_continued(archive, make, page, numbers):
    with known(archive, make, page) as scene:
        for number in numbers:
            scene.cut(number, signal.SIGKILL)
        scene.whole()
        scene.check()


@pytest.mark.parametrize("make, page", ALL.values(), ids=ALL)
@pytest.mark.parametrize("columns", ["anchor_id", "above_id", "anchor_id, above_id, top_id, bottom_id"])
def test_the_posts_that_a_climb_begins_at_are_deleted(archive, make, page, columns):
    with known(archive, make, page) as scene:
        for number in set(scene.rows("SELECT %s FROM span" % columns)[0]) - {None}:
            scene.fake.delete(number)
        scene.whole()
        scene.check()


@pytest.mark.parametrize("make, page", ALL.values(), ids=ALL)
@pytest.mark.parametrize("seed", range(3))
def test_posts_come_and_go_while_the_gap_is_closed(archive, make, page, seed, request):
    """Among those that go is the newest of each page: where the climb would go on."""
    with known(archive, make, page) as scene:
        dice, fake = random.Random(request.node.name), scene.fake

        def upset(it):
            scene.note()    # what came with the last upset may go with this one
            _, shown = it.pages[-1]
            victims = {dice.choice(shown), *(shown[:1] if dice.random() < 0.5 else shown[-1:])} if shown else ()
            for number in victims:
                if number in it.shelf.by_id:
                    it.delete(number)
            for post in rows(3, dice.randrange(1, 25), 7, "up%d-" % it.requests, it.clock):
                it.add(post)

        for number in dice.sample(range(2, 7), 3):
            fake.at(fake.requests + number, upset)
        if seed:
            scene.cut(dice.randrange(2, 6), dice.choice((signal.SIGKILL, signal.SIGINT)))
        else:
            scene.fetch()
        fake.scheduled.clear()
        scene.whole()
        scene.check()


class Met:
    """When each post was read first, and how many were read once more though they were older then than the overlap."""

    def __init__(self, fake):
        self.fake, self.first, self.pages = fake, {}, 0

    def look(self, clock):
        """The pages of a run that began then."""
        shown = [number for _, page in self.fake.pages[self.pages:] for number in page]
        self.pages = len(self.fake.pages)
        again = [one for one in shown if one in self.first and self.fake.shelf.by_id[one].post.created <
                 self.first[one] * 1000 - OVERLAP]
        for one in shown:
            self.first.setdefault(one, clock)
        return len(again)


def bluesky(posts):
    return BlueskyFake(posts, most=40, password=PASSWORD)


@pytest.mark.parametrize("make, page", [*CLIMBERS.values(), (bluesky, 40)], ids=[*CLIMBERS, "bluesky"])
def test_what_is_read_twice_stays_within_the_overlap(archive, make, page):
    """Beside it, a run reads the newest page, the page that it finds itself below what is known by, and at the very end
    the one that says that nothing follows."""
    with Scene(archive, make(rows(4 * page, 5, 2400 // page))) as scene:
        fake, met = scene.fake, Met(scene.fake)
        for turn, number in enumerate((3, 3, None, 4, None, None)):
            clock = fake.clock
            if number:
                scene.cut(number, signal.SIGKILL)
            else:
                scene.whole()
            assert met.look(clock) <= 3 * page
            fake.clock += 40 * 60
            for post in rows(2 * page, 1, 1200 // page, "turn%d-" % turn, fake.clock):
                fake.add(post)
        scene.whole()
        scene.check()


def test_a_run_that_finds_nothing_new_reads_little(archive):
    with Scene(archive, MastodonFake(rows(300, 45, 10))) as scene:
        scene.whole()
        before = scene.fake.requests
        scene.whole()
        assert scene.fake.requests - before <= 2


# X: what was read a week ago is out of reach, and X says from where on it can be asked


@pytest.mark.parametrize("skew", [0, -20], ids=["right-clock", "slow-clock"])
@pytest.mark.parametrize("age", [7 * 24 - 0.5, 7 * 24 + 0.002, 8 * 24], ids=str)
def test_the_last_post_known_to_x_may_be_too_old_to_be_named(archive, skew, age):
    """A clock that is slow by seconds believes that it can be asked for; X then tells the smallest id that it takes."""
    with Scene(archive, XFake(rows(40, 60, 30), token=TOKEN)) as scene:
        scene.whole()
        newest = max(int(one) for one in scene.fake.shelf.by_id)
        scene.fake.clock = int(x_ms(newest) / 1000 + age * 3600)
        for post in rows(25, 30, 30, "later", scene.fake.clock):
            scene.fake.add(post)
        scene.skew = skew
        for _ in range(3):
            done = scene.fetch()
            assert done.status == 0, done
        assert {scene.fake.uri_named("later%d" % n) for n in range(25)} <= set(scene.stored())
        scene.check()

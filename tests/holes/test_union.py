"""One evening on many servers: a post that three of them show is one post with three sightings, who opted out at one has
opted out, and four networks at once come to the end together, whatever cuts them off."""
import random
import signal
from dataclasses import replace

import pytest

from fakes import (LIES, NOW, POISON, TRANSIENT, Author, BlueskyFake, Faults, MastodonFake, MisskeyFake, Post, XFake,
                   evening)

from .scene import PASSWORD, TAG, TOKEN, Scene

FAR = Author("meetup_guest_afar", "遠方", "far.example")
SHY = Author("meetup_quiet_person", "静か", "far.example", bio="#noarchive")


def row(n, author=FAR, **more):
    return Post(author, "話 %d #ssmjp" % n, (NOW - 7200 + n * 10) * 1000, "k%d" % n, **more)


def servers(posts):
    return [MastodonFake(posts, domain="one.example"), MastodonFake(posts, domain="two.example", personality="akkoma"),
            MisskeyFake(posts)]


def sightings(scene):
    return {uri: count for uri, count in scene.rows(
        "SELECT uri, count(DISTINCT source) FROM sighting JOIN post ON id = post WHERE tag = '%s' GROUP BY post" % TAG)}


def test_a_post_that_three_servers_show_is_one_with_three_sightings(archive):
    posts = [row(n) for n in range(30)]
    with Scene(archive, *servers(posts)) as scene:
        scene.whole()
        assert sightings(scene) == dict.fromkeys(scene.shown(), 3) and len(scene.shown()) == 30
        scene.check(again=True)


def test_a_note_at_home_is_the_one_that_others_know(archive):
    """Misskey says no address of its own notes: it is made of the host and the id, as the others have it."""
    with MisskeyFake([row(n, Author("meetup_hana_at_home", "はな", "misskey.example")) for n in range(5)]) as home:
        known = [row(n, known_as=home.uri_named("k%d" % n)) for n in range(5)]
        with Scene(archive, MastodonFake(known)) as scene:
            scene.fakes += (home,)
            scene.whole()
            assert sightings(scene) == dict.fromkeys(scene.shown(), 2) and len(scene.shown()) == 5


@pytest.mark.parametrize("first", [0, 2], ids=["told-first", "told-later"])
def test_who_opted_out_at_one_server_has_opted_out(archive, first):
    """Misskey's notes do not tell; Mastodon's posts do."""
    posts = [row(n) for n in range(5)] + [row(n, SHY) for n in range(5, 8)]
    with Scene(archive, *servers(posts)) as scene:
        every = scene.fakes
        scene.fakes = (every[first],)
        scene.whole()
        scene.fakes = every
        scene.whole()
        scene.check()
        every[2].clock += 600
        scene.fakes = every[2:]
        scene.whole()
        scene.fakes = every
        scene.check()
        assert len(scene.stored()) == 5 and len(scene.opted_out()) == 3
        if first == 0:
            assert "静か".encode() not in scene.everything()


def four(seed, faults):
    """An evening on four networks; what is late on one is read again by the next run."""
    posts = {name: evening("%s-%s" % (seed, name), size, TAG, secrets=seed % 2 == 0)
             for name, size in (("bluesky", 50), ("misskey", 120), ("mastodon", 90), ("x", 25))}
    plan = {name: Faults("%s-%s" % (seed, name), faults[0], faults[1], burst=2) if faults else None for name in posts}
    return [BlueskyFake(posts["bluesky"], plan["bluesky"], password=PASSWORD, most=20, ghosts=True),
            MisskeyFake(posts["misskey"], plan["misskey"], token=TOKEN),
            MastodonFake(posts["mastodon"], plan["mastodon"], token=TOKEN), XFake(posts["x"], plan["x"], token=TOKEN)]


@pytest.mark.parametrize("seed", range(6))
def test_four_networks_come_to_the_end_together(archive, seed):
    dice = random.Random("four %d" % seed)
    faults = (None, (0.2, TRANSIENT), (0.2, LIES), (0.3, POISON), (0.4, TRANSIENT + LIES))[seed % 5]
    with Scene(archive, *four(seed, faults), token=TOKEN) as scene:
        for turn in range(3):
            for fake in dice.sample(scene.fakes, 2):
                late = evening("%d-%d-%d" % (seed, turn, dice.randrange(1 << 20)), 4, TAG, strays=0)
                at = fake.clock * 1000 - dice.randrange(1, 20) * 60_000
                late = [replace(post, created=at + n, edited=None, before=[]) for n, post in enumerate(late)]
                if not isinstance(fake, XFake):     # where nothing comes late
                    fake.at(fake.requests + dice.randrange(1, 4), lambda it, some=late: [it.add(post) for post in some])
                victim = dice.choice(sorted(fake.shelf.by_key))
                fake.at(fake.requests + dice.randrange(1, 4),
                        lambda it, key=victim: it.delete(key) if key in it.shelf.by_key else None)
            scene.cut(dice.randrange(1, 4), dice.choice((signal.SIGKILL, signal.SIGINT)), of=dice.choice(scene.fakes))
            for fake in scene.fakes:
                fake.scheduled.clear()
        scene.whole()
        scene.check(again=True)


def test_one_network_that_is_down_keeps_no_other_from_the_end(archive):
    with Scene(archive, *four(9, None), token=TOKEN) as scene:
        down = scene.fakes[1]
        down.faults = Faults(1, 1.1, ("503-html", "close"))
        done = scene.fetch()
        assert done.status == 3
        assert [view["state"] for view in done.report["sources"] if view["source"].startswith("misskey")] == ["failed"]
        for fake in scene.fakes:
            if fake is not down:
                assert fake.public_uris(TAG) <= set(scene.stored())
        scene.whole()
        scene.check()

"""Evenings drawn from a seed: a server of some kind, faults of some kind, runs that are cut in some way, then one whole
run, and nothing is missing. One seed alone: pytest tests/holes/test_seeds.py -k 'seed17-'"""
import random
import signal

import pytest

from fakes import LIES, POISON, TRANSIENT, Faults, MastodonFake, XFake, evening

from .scene import TAG, TOKEN, Scene

SERVERS = {
    "mastodon": lambda posts, faults: MastodonFake(posts, faults),
    "signed-in": lambda posts, faults: MastodonFake(posts, faults, access="authenticated", token=TOKEN),
    "leaky": lambda posts, faults: MastodonFake(posts, faults, leak=True),
    "gotosocial": lambda posts, faults: MastodonFake(posts, faults, personality="gotosocial", token=TOKEN),
    "akkoma": lambda posts, faults: MastodonFake(posts, faults, personality="akkoma"),
    "snac": lambda posts, faults: MastodonFake(posts, faults, personality="snac"),
    "x": lambda posts, faults: XFake(posts, faults, token=TOKEN),
    "x-mixed": lambda posts, faults: XFake(posts, faults, token=TOKEN, shuffle=True, short=True),
    "x-playground": lambda posts, faults: XFake(posts, faults, token=TOKEN, playground=True),
}
KINDS = {"transient": TRANSIENT, "poison": POISON, "lies": LIES, "all": TRANSIENT + POISON + LIES}
NEEDS_TOKEN = ("signed-in", "gotosocial")
SEEDS = [(seed, server, kinds) for seed, (server, kinds) in enumerate(
    (server, kinds) for server in SERVERS for kinds in KINDS)]


def disturb(scene, dice, posts):
    """One run that does not go as it should, or a change of the server between two runs."""
    number, kind = dice.randrange(1, 5), dice.randrange(7)
    if kind == 0:
        scene.cut(number, signal.SIGKILL)
    elif kind == 1:
        done = scene.cut(number, dice.choice((signal.SIGINT, signal.SIGTERM)))
        assert done.status in (130, 143, 0, 1), done
    elif kind == 2:
        assert scene.fetch("--max", str(dice.randrange(1, 100))).status in (0, 1)
    elif kind == 3:
        hours = dice.choice(("-2h", "-3h", "-90m"))
        assert scene.fetch("--since", hours).status in (0, 1)
    elif kind == 4:
        both = [scene.start(), scene.start()]
        assert {scene.end(one).status for one in both} <= {0, 1}
    elif kind == 5:
        scene.fake.at(scene.fake.requests + number, lambda fake: [fake.add(post) for post in posts])
        scene.fetch()
    else:
        victims = dice.sample(sorted(scene.fake.shelf.by_key), 3)
        scene.fake.at(scene.fake.requests + number,
                      lambda fake: [fake.delete(key) for key in victims if key in fake.shelf.by_key])
        scene.fetch()
    with scene.fake.lock:
        scene.fake.scheduled.clear()
    return kind


def arrivals(seed, turn, clock):
    """A few posts of the last quarter of an hour."""
    posts = evening("%d-%d" % (seed, turn), 5, TAG, strays=0)
    for n, post in enumerate(posts):
        post.created = clock * 1000 - 900_000 + turn * 100_000 + n * 1000
        post.edited, post.before = None, []
    return posts


@pytest.mark.parametrize("seed, server, kinds", SEEDS, ids=lambda one: "seed%d" % one if isinstance(one, int) else one)
def test_no_run_of_faults_leaves_a_hole(archive, seed, server, kinds):
    dice = random.Random(seed)
    size = dice.randrange(30, 60) if server.startswith("x") else dice.randrange(90, 180)
    posts = evening(seed, size, TAG, secrets=seed % 2 == 0 or server == "leaky")
    faults = Faults(seed, dice.choice((0.15, 0.3, 0.6)), KINDS[kinds], burst=dice.choice((None, 2, 4)))
    fake = SERVERS[server](posts, faults)
    with Scene(archive, fake, token=TOKEN if server in NEEDS_TOKEN else None, leaks=True) as scene:
        told = [disturb(scene, dice, arrivals(seed, turn, fake.clock)) for turn in range(dice.randrange(1, 4))]
        print("seed %d: %s, %s, disturbed by %s" % (seed, server, kinds, told))
        scene.whole()
        scene.check(again=True)

"""Evenings drawn from a seed: a server of some kind, faults of some kind, runs that are cut in some way, posts that come
late or from the future, a clock that is wrong, then one whole run, and nothing is missing. One seed alone: pytest
tests/holes/test_seeds.py -k 'seed17-'"""
import random
import signal

import pytest

from fakes import LIES, POISON, TRANSIENT, BlueskyFake, Faults, MastodonFake, MisskeyFake, XFake, evening

from .scene import PASSWORD, TAG, TOKEN, Scene

MINUTE = 60_000
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
    "misskey": lambda posts, faults: MisskeyFake(posts, faults),
    "misskey-leaky": lambda posts, faults: MisskeyFake(posts, faults, leak=True, token=TOKEN, says_nothing=True),
    "sharkey": lambda posts, faults: MisskeyFake(posts, faults, personality="sharkey", access="authenticated",
                                                 token=TOKEN),
    "bluesky": lambda posts, faults: BlueskyFake(posts, faults, most=20, password=PASSWORD),
    "bluesky-odd": lambda posts, faults: BlueskyFake(posts, faults, odd=True, ghosts=True, password=PASSWORD),
}
KINDS = {"transient": TRANSIENT, "poison": POISON, "lies": LIES, "all": TRANSIENT + POISON + LIES}
NEEDS_TOKEN = ("signed-in", "gotosocial", "misskey-leaky", "sharkey")
SEEDS = [(seed, server, kinds) for seed, (server, kinds) in enumerate(
    (server, kinds) for server in SERVERS for kinds in KINDS)]


def is_of_x(scene):
    return isinstance(scene.fake, XFake)


def arrivals(scene, dice, turn, since=15, until=0):
    """A few posts of the last quarter of an hour, or of so many minutes ago. On X nothing comes below what is there."""
    posts, fake = evening("%d-%d" % (dice.randrange(1 << 20), turn), 5, TAG, strays=0), scene.fake
    begin, step = fake.clock * 1000 - since * MINUTE, (since - until) * MINUTE // len(posts)
    if is_of_x(scene):
        newest = max(entry.post.edited or entry.post.created for entry in fake.shelf.entries)
        begin, step = max(newest + 1000, fake.clock * 1000 - since * MINUTE), 1000
        fake.clock = max(fake.clock, begin // 1000 + 60)
    for n, post in enumerate(posts):
        post.created = begin + n * step + turn
        post.edited, post.before = None, []
    return posts


def wait(scene, minutes):
    """Time goes by between two runs."""
    for fake in scene.fakes:
        fake.clock += minutes * 60


# one run that does not go as it should, or a change of the server between two runs


def killed(scene, dice, turn):
    scene.cut(dice.randrange(1, 5), signal.SIGKILL)


def interrupted(scene, dice, turn):
    done = scene.cut(dice.randrange(1, 5), dice.choice((signal.SIGINT, signal.SIGTERM)))
    assert done.status in (130, 143, 0, 1), done


def bounded(scene, dice, turn):
    assert scene.fetch("--max", str(dice.randrange(1, 100))).status in (0, 1)


def windowed(scene, dice, turn):
    assert scene.fetch("--since", dice.choice(("-2h", "-3h", "-90m"))).status in (0, 1)


def doubled(scene, dice, turn):
    both = [scene.start(), scene.start()]
    assert {scene.end(one).status for one in both} <= {0, 1}


def joined(scene, dice, turn):
    """Posts arrive while the walk runs."""
    posts = arrivals(scene, dice, turn)
    scene.fake.at(scene.fake.requests + dice.randrange(1, 5), lambda fake: [fake.add(post) for post in posts])
    scene.fetch()


def left(scene, dice, turn):
    """Posts are deleted while the walk runs."""
    victims = dice.sample(sorted(scene.fake.shelf.by_key), 3)
    scene.fake.at(scene.fake.requests + dice.randrange(1, 5),
                  lambda fake: [fake.delete(key) for key in victims if key in fake.shelf.by_key])
    scene.fetch()


def late(scene, dice, turn):
    """A run, and then posts from before it."""
    scene.fetch()
    for post in arrivals(scene, dice, turn, since=26, until=5):
        scene.fake.add(post)


def ahead(scene, dice, turn):
    """Posts that say they are of tomorrow stand at the top, and those of today come below them; X makes its own time."""
    posts = arrivals(scene, dice, turn)
    for post in posts[:2] if not is_of_x(scene) else []:
        post.created += 24 * 60 * MINUTE
    for post in posts[:3]:
        scene.fake.add(post)
    scene.fetch()
    wait(scene, 40)
    for post in arrivals(scene, dice, turn, since=20):
        scene.fake.add(post)


def wrong_clock(scene, dice, turn):
    """The program's clock is wrong by hours in a run; X answers by its own and is left out of that."""
    scene.skew = 0 if is_of_x(scene) else dice.choice((-7, -2, 2, 7)) * 3600
    scene.fetch()
    scene.skew = 0
    wait(scene, 10)
    for post in arrivals(scene, dice, turn, since=9):
        scene.fake.add(post)


DISTURBANCES = (killed, interrupted, bounded, windowed, doubled, joined, left, late, ahead, wrong_clock)


@pytest.mark.parametrize("seed, server, kinds", SEEDS, ids=lambda one: "seed%d" % one if isinstance(one, int) else one)
def test_no_run_of_faults_leaves_a_hole(archive, seed, server, kinds):
    dice = random.Random(seed)
    size = dice.randrange(30, 60) if server.startswith("x") else dice.randrange(90, 180)
    posts = evening(seed, size, TAG, secrets=seed % 2 == 0 or "leaky" in server)
    faults = Faults(seed, dice.choice((0.15, 0.3, 0.6)), KINDS[kinds], burst=dice.choice((None, 2, 4)))
    fake = SERVERS[server](posts, faults)
    with Scene(archive, fake, token=TOKEN if server in NEEDS_TOKEN else None, leaks=True) as scene:
        turns = [dice.choice(DISTURBANCES) for _ in range(dice.randrange(1, 4))]
        print("seed %d: %s, %s, disturbed by %s" % (seed, server, kinds, [turn.__name__ for turn in turns]))
        for turn, disturb in enumerate(turns):
            disturb(scene, dice, turn)
            with fake.lock:
                fake.scheduled.clear()
        scene.whole()
        scene.check(again=True)

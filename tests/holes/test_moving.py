"""Servers that do not hold still: posts that come, late ones, deleted and edited ones, and windows of time that were
read first."""
import pytest

from fakes import NOW, Author, BlueskyFake, MastodonFake, MisskeyFake, Post, XFake, evening

from .scene import PASSWORD, TAG, TOKEN, Scene

HANA = Author("meetup_hana_at_home", "はな")
MINUTE = 60_000
PERSONALITIES = ("mastodon", "akkoma", "snac")


def row(n, minutes, key="k"):
    """The n-th post, so many minutes before now."""
    return Post(HANA, "話 %d-%s #ssmjp" % (n, key), NOW * 1000 - minutes * MINUTE + n, key="%s%d" % (key, n))


def rows(n, minutes, step=60, key="k"):
    """n posts, a step of seconds apart, the newest so many minutes before now."""
    posts = [row(k, minutes, key) for k in range(n)]
    for k, post in enumerate(posts):
        post.created -= (n - 1 - k) * step * 1000
    return posts


def x(posts, **more):
    return XFake(posts, token=TOKEN, **more)


MAKES = {
    "mastodon": MastodonFake,
    "snac": lambda posts: MastodonFake(posts, personality="snac"),
    "x": x,
    "misskey": MisskeyFake,
    "sharkey": lambda posts: MisskeyFake(posts, personality="sharkey"),
    "bluesky": lambda posts: BlueskyFake(posts, most=40, password=PASSWORD),
}
SIZES = {"x": (60, 22), "misskey": (230, 100), "sharkey": (230, 100)}       # of a server, and of a page
CROWDS = {"mastodon": 45, "misskey": 105, "bluesky": 45}                    # more than a page


def size_of(make):
    return SIZES.get(make, (130, 40))


SERVERS = pytest.mark.parametrize("make", ["mastodon", "snac", "x", "misskey", "bluesky"])


@SERVERS
@pytest.mark.parametrize("number", [1, 3])
def test_posts_that_arrive_at_the_top_while_the_walk_runs(archive, make, number):
    with Scene(archive, MAKES[make](rows(size_of(make)[0], 60, 30))) as scene:
        scene.fake.at(number, lambda fake: [fake.add(post) for post in rows(5, 10, key="new")])
        scene.fetch()
        scene.whole()
        scene.check()


@SERVERS
@pytest.mark.parametrize("place", ["at-the-cursor", "below-it", "a-whole-page"])
def test_posts_that_are_deleted_while_the_walk_runs(archive, make, place):
    """The cursor names a post; a server that looks for it there finds nothing, which is not the end."""
    count, page = size_of(make)
    lowest = count - page
    victims = {"at-the-cursor": [lowest], "below-it": [lowest - 1, lowest - 2],
               "a-whole-page": range(max(0, lowest - 1), lowest + page)}[place]
    with Scene(archive, MAKES[make](rows(count, 60, 30))) as scene:
        scene.fake.at(2, lambda fake: [fake.delete("k%d" % n) for n in victims])
        scene.whole()
        scene.check()


@pytest.mark.parametrize("personality", PERSONALITIES)
def test_a_cursor_that_is_deleted_between_two_runs(archive, personality):
    with Scene(archive, MastodonFake(rows(130, 60), personality=personality)) as scene:
        scene.fetch("--max", "1")
        bottom = scene.rows("SELECT bottom_id FROM span")[0][0]
        scene.fake.delete(bottom)
        scene.note()
        scene.whole()
        scene.check()


@pytest.mark.parametrize("personality", PERSONALITIES)
def test_the_top_of_what_is_known_is_deleted(archive, personality):
    with Scene(archive, MastodonFake(rows(130, 60), personality=personality)) as scene:
        scene.fetch("--max", "1")
        scene.fake.delete("k129")
        for post in rows(3, 5, key="new"):
            scene.fake.add(post)
        scene.whole()
        scene.check()


@pytest.mark.parametrize("make", ["mastodon", "akkoma", "misskey", "bluesky"])
def test_a_post_that_federation_delivers_late_is_found(archive, make):
    """Written before what is known already, pages down: the last half hour is read again."""
    akkoma = make == "akkoma"
    posts = rows(320 if make == "misskey" else 150, 2, step=5 if make == "misskey" else 10)
    with Scene(archive, MastodonFake(posts, personality="akkoma") if akkoma else MAKES[make](posts)) as scene:
        scene.whole()
        scene.fake.add(row(99, 20, "late"))
        assert scene.fetch().new == 1
        scene.check()


@pytest.mark.parametrize("make", ["mastodon", "x", "sharkey", "bluesky"])
def test_edits_while_the_walk_runs_are_the_same_post(archive, make):
    """On X an edited post gets a new id and stands at the top; what names it stays."""
    count = size_of(make)[0]
    with Scene(archive, MAKES[make](rows(count, 60, 30))) as scene:
        scene.fake.at(2, lambda fake: [fake.edit("k%d" % n, "直しました %d #ssmjp" % n, (NOW - 300) * 1000)
                                       for n in (3, 5, count - 2)])
        scene.fetch()
        scene.whole()
        scene.check()
        again = {uri: text for uri, text in scene.rows("SELECT uri, text FROM post")}
        assert sum("直しました" in text for text in again.values()) >= (3 if make == "x" else 2)
        assert len(again) == count


@SERVERS
@pytest.mark.parametrize("order", [("-70m", "-90m"), ("-90m", "-70m"), (None, "-20m"), ("-70m", None, "-20m")],
                         ids=lambda order: "then".join(map(str, order)) if isinstance(order, tuple) else order)
def test_a_window_that_was_read_first_hides_nothing(archive, make, order):
    """None is a whole run; behind each, more posts arrive, most of them before the next window begins."""
    crowd = CROWDS.get(make, 8)
    with Scene(archive, MAKES[make](rows(40, 60))) as scene:
        for turn, since in enumerate(order):
            if since is None:
                scene.whole()
            else:
                assert scene.fetch("--since", since).status == 0
            for post in rows(crowd, 55 - 12 * turn, min(12, 540 // crowd), "turn%d-" % turn):
                scene.fake.add(post)
        scene.whole()
        scene.check()


@SERVERS
@pytest.mark.parametrize("until", ["-80m", "-3h"])
def test_a_window_that_ends_early_hides_nothing(archive, make, until):
    with Scene(archive, MAKES[make](rows(40, 60))) as scene:
        assert scene.fetch("--until", until).status == 0
        assert scene.fetch("--since", "-200m", "--until", until).status == 0
        for post in rows(8, 20, key="new"):
            scene.fake.add(post)
        scene.whole()
        scene.check()


def test_what_a_window_holds_is_there_after_it(archive):
    with Scene(archive, x(rows(30, 60))) as scene:
        for _ in range(5):
            if scene.fetch("--since", "-75m").states == {"done"}:
                break
        wanted = scene.fake.public_uris(TAG, since=(NOW - 75 * 60) * 1000)
        assert wanted and wanted <= set(scene.stored())


def test_a_source_that_is_added_later_is_read_from_its_own_beginning(archive):
    posts = evening(4, 120, TAG)
    with Scene(archive, MastodonFake(posts[:70])) as first:
        first.whole()
        with Scene(archive, first.fake.__class__(posts), token=None) as second:
            second.note()
            second.whole()
            second.check()


def test_another_way_of_signing_in_is_another_view(archive):
    """What a stranger saw says nothing of what an account sees."""
    posts = evening(5, 60, TAG)
    with Scene(archive, MastodonFake(posts, access="local", token=TOKEN)) as scene:
        scene.fake.access = "public"
        scene.whole()
        scene.fake.access, scene.fake.leak = "authenticated", True
        scene.token = TOKEN
        for post in evening(6, 20, TAG, secrets=True, start=(NOW - 4 * 3600) * 1000):
            scene.fake.add(post)
        scene.whole()
        scene.check()


def test_two_tags_and_two_servers_in_one_run(archive):
    one, two = evening(7, 60, TAG), evening(8, 50, "運用の夜")
    with Scene(archive, MastodonFake(one + two), MastodonFake(one[:40], personality="akkoma")) as scene:
        done = scene.fetch("#運用の夜")
        assert done.status == 0 and len(done.report["sources"]) == 4
        scene.tag = "運用の夜"
        scene.note()
        assert scene.shown() <= set(scene.stored())
        scene.tag = TAG
        scene.check()


@pytest.mark.parametrize("cut", [False, True], ids=["whole", "cut"])
def test_x_after_more_than_its_seven_days(archive, cut):
    """The last post known is out of reach, and nothing is asked that X would not answer; what is in reach is read."""
    with Scene(archive, x(rows(60, 60))) as scene:
        if cut:
            scene.fetch()
        else:
            scene.whole()
        scene.fake.clock += 8 * 86_400
        lost = scene.shown() - set(scene.stored())
        for n in range(30):
            at = (scene.fake.clock - 9000 + n * 100) * 1000
            scene.fake.add(Post(HANA, "一週間後 %d #ssmjp" % n, at, "later%d" % n))
        done = scene.whole()
        assert scene.shown() - set(scene.stored()) == lost and (cut or not lost)
        assert scene.fake.refusals == [] and done.status == 0

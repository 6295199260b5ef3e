"""Servers that lie: pages twice, cursors that lead nowhere, redirects, garbage in the place of posts."""
import pytest

from fakes import LIES, POISON, TRANSIENT, BlueskyFake, MastodonFake, MisskeyFake, Script, XFake, evening

from .scene import PASSWORD, TAG, TOKEN, Scene

POSTS = evening(11, 140, TAG, secrets=True)
FEW = evening(12, 48, TAG, secrets=True)
MANY = evening(14, 330, TAG, secrets=True)


def mastodon(faults, **more):
    return MastodonFake(POSTS, faults=faults, **more)


def x(faults, **more):
    return XFake(FEW, faults=faults, token=TOKEN, short=True, **more)


def misskey(faults, **more):
    return MisskeyFake(MANY, faults=faults, **more)


def bluesky(faults, **more):
    return BlueskyFake(POSTS, faults=faults, most=30, password=PASSWORD, **more)


SAME_AS_OTHERS = ("500-text", "502-json", "502-text", "503-json", "503-html", "length-long", "null")
BOTH = pytest.mark.parametrize("make", [mastodon, x], ids=lambda make: make.__name__)
FOUR = pytest.mark.parametrize("make", [mastodon, x, misskey, bluesky], ids=lambda make: make.__name__)


CUT = ("length-short", "json-cut", "object", "null", "bad-utf8")       # by nothing but the body
THREES = [TRANSIENT[n:n + 3] for n in range(0, len(TRANSIENT), 3)]


@FOUR
@pytest.mark.parametrize("kinds", [[kind for kind in three if kind not in CUT] for three in THREES], ids=" ".join)
def test_what_passes_when_one_asks_again_is_no_failure(archive, make, kinds):
    """Three different faults, one after the other."""
    with Scene(archive, make(dict(enumerate(kinds, 2)))) as scene:
        done = scene.fetch()
        assert done.status == 0 and done.states <= {"done", "stopped"}, done
        scene.whole()
        scene.check()


@FOUR
@pytest.mark.parametrize("kinds", [CUT[:3], CUT[3:]], ids=" ".join)
def test_a_page_that_cannot_be_read_is_asked_for_again(archive, make, kinds):
    with Scene(archive, make(dict(enumerate(kinds, 2)))) as scene:
        done = scene.fetch()
        assert done.status == 0 and done.states <= {"done", "stopped"}, done
        scene.whole()
        scene.check()


@FOUR
def test_a_page_twice_is_passed_over(archive, make):
    with Scene(archive, make({2: "repeat-page", 4: "repeat-page"})) as scene:
        done = scene.fetch()
        assert done.status == 0 and done.states <= {"done", "stopped"}, done
        scene.whole()
        scene.check()


@FOUR
@pytest.mark.parametrize("number", [1, 3])
def test_a_cursor_that_loops_is_left_with_a_sentence(archive, make, number):
    number += make is bluesky       # its first answer is a session
    with Scene(archive, make({number: "loop-cursor"})) as scene:
        done = scene.fetch()
        assert scene.fake.requests < number + 12, "it goes round and round"
        if done.states != {"stopped"}:
            assert done.status == 1 and done.states == {"failed"} and "again and again" in done.why
        scene.whole()
        scene.check()


def test_a_server_that_loops_spoils_nothing_for_another(archive):
    with Scene(archive, mastodon({2: "loop-cursor"}), MastodonFake(evening(13, 60, TAG))) as scene:
        done = scene.fetch()
        assert done.status == 3
        assert [view["state"] for view in done.report["sources"]] == ["failed", "done"]
        scene.whole()
        scene.check()


@FOUR
@pytest.mark.parametrize("kind", POISON)
def test_a_poisoned_post_costs_no_other(archive, make, kind):
    """It is in every page, for ever; what can be read of it is kept, and all else."""
    with Scene(archive, make({n: kind for n in range(1, 90)})) as scene:
        for _ in range(12):
            done = scene.fetch()
            assert done.status == 0, done
            if done.states == {"done"}:
                break
        stored, shown = set(scene.sound()), scene.shown()
        assert shown <= stored
        scene.whole()
        scene.check()


@BOTH
def test_a_redirect_to_another_host_gets_no_credential(archive, make):
    with Scene(archive, make({1: "redirect", 2: "redirect"}), token=TOKEN) as scene:
        scene.fake.token = TOKEN
        scene.fetch()
        assert scene.fake.elsewhere.seen, "the redirect was not followed"
        assert all("authorization" not in one.headers for one in scene.fake.elsewhere.seen)
        assert all("authorization" in one.headers for one in scene.fake.seen)
        scene.whole()
        scene.check()


@FOUR
def test_a_redirect_loop_ends(archive, make):
    with Scene(archive, make({n: "redirect-loop" for n in range(2, 40)})) as scene:
        done = scene.fetch()
        assert done.status == 1 and "address to address" in done.why
        assert scene.fake.requests <= 12
        scene.whole()
        scene.check()


@pytest.mark.parametrize("kind", [kind for kind in TRANSIENT + LIES if kind not in SAME_AS_OTHERS])
def test_what_never_passes_is_a_failure_with_a_sentence(archive, kind):
    """From the second page on, for ever: one page is kept, the rest is told as missing, no request is made for ever."""
    with Scene(archive, mastodon(Script({n: kind for n in range(2, 200)}))) as scene:
        done = scene.fetch()
        if kind == "redirect":
            assert done.status == 0
        else:
            assert done.status == 1 and done.states == {"failed"} and len(done.why) > 20, done
            assert 30 < len(scene.sound()) < 90
        assert scene.fake.requests < 40
        scene.whole()
        assert scene.shown() <= set(scene.sound())

"""X is paid by the piece: a run reads no more than its budget pays, says what it read, and the next goes on."""
import pytest

from fakes import NOW, Author, Post, XFake, evening

from .scene import BUDGET, TAG, TOKEN, Scene


def usd(amount):
    """As the program writes it: two places, or three where a tenth of a cent is left."""
    return ("%.3f" % amount).removesuffix("0")


def dear(n):
    """The worst there is: each post is by somebody else, answers a third person's and quotes a fourth's."""
    posts = []
    for k in range(n):
        at = (NOW - 7200) * 1000 + k * 1000
        for kind in ("asked", "shown"):
            posts.append(Post(Author("meetup_%s_person_%03d" % (kind, k)), "%s %d" % (kind, k), at, "%s%d" % (kind, k)))
        posts.append(Post(Author("meetup_dear_person_%03d" % k), "話 %d #ssmjp" % k, at + 500, "dear%d" % k,
                          reply="asked%d" % k, quote="shown%d" % k))
    return posts


@pytest.mark.parametrize("posts", [evening(41, 400, TAG), dear(60)], ids=["an-evening", "the-worst"])
def test_a_run_costs_at_most_its_budget_and_says_so(archive, posts):
    with Scene(archive, XFake(posts, token=TOKEN)) as scene:
        runs = 0
        while runs < 40:
            before = scene.fake.cost
            done = scene.fetch()
            spent = scene.fake.cost - before
            assert done.status == 0 and spent <= BUDGET + 1e-9
            view = done.report["sources"][0]
            assert view["spent_micro_usd"] == pytest.approx(spent * 1e6)
            runs += 1
            if done.states == {"done"}:
                break
            assert "budget of 1.00 USD" in done.why and "goes on" in done.why and spent > 0.1
        assert done.states == {"done"} and runs > 2
        told = scene.rows("SELECT sum(spent_micros), sum(billed_posts), sum(billed_authors) FROM run")[0]
        assert told == (pytest.approx(scene.fake.cost * 1e6), scene.fake.billed["posts"], scene.fake.billed["users"])
        scene.check()


def test_people_are_told_what_was_read(archive):
    with Scene(archive, XFake(evening(42, 40, TAG), token=TOKEN)) as scene:
        out = scene.fetch(as_json=False).out
        billed = scene.fake.billed
        assert "%d posts and %d authors read for %s USD" % (billed["posts"], billed["users"], usd(scene.fake.cost)) in out


@pytest.mark.parametrize("kind", ["not-object", "huge-number"])
def test_what_is_read_in_vain_is_counted_too(archive, kind):
    """A page that is dropped and asked for again was paid for."""
    with Scene(archive, XFake(dear(60), faults={n: kind for n in range(2, 200, 2)}, token=TOKEN)) as scene:
        for _ in range(4):
            before = scene.fake.cost
            done = scene.fetch()
            spent = scene.fake.cost - before
            assert spent <= BUDGET + 1e-9
            assert done.report["sources"][0]["spent_micro_usd"] >= spent * 1e6 - 1


def test_two_tags_share_the_budget(archive):
    posts = evening(43, 60, TAG) + evening(44, 60, "ops_night")
    with Scene(archive, XFake(posts, token=TOKEN)) as scene:
        done = scene.fetch("#ops_night")
        assert scene.fake.cost <= BUDGET + 1e-9
        assert sum(view["spent_micro_usd"] for view in done.report["sources"]) == pytest.approx(scene.fake.cost * 1e6)


def test_an_account_without_credit_is_left_alone_and_comes_back(archive):
    with Scene(archive, XFake(evening(45, 60, TAG), token=TOKEN, credits=0.3)) as scene:
        done = scene.fetch()
        assert done.status == 1 and "no credit" in done.why and scene.sound()
        scene.fake.credits = None
        scene.whole()
        scene.check()

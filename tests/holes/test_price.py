"""X is paid by the piece: a run reads no more than its budget pays, says what it read, and the next goes on."""
import random
import signal
from dataclasses import replace

import pytest

from fakes import NOW, Author, Post, XFake, evening
from fakes.faults import TRANSIENT

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


def told(scene):
    return scene.rows("SELECT coalesce(sum(spent_micros), 0) FROM run")[0][0]


def asked_authors(fake, record):
    """Notes the ids of every look-up of authors."""
    route = fake.route

    def note(request):
        if request.path == "/2/users":
            record.append(dict(request.query)["ids"].split(","))
        return route(request)
    fake.route = note


@pytest.mark.parametrize("seed", range(6))
def test_whatever_ends_a_run_no_more_is_billed_than_is_told(archive, seed):
    """Runs that are killed, and connections that break: X bills nothing that the ledger does not hold in the end, each
    run stays within its budget, and so does what X bills for it."""
    dice = random.Random("price %d" % seed)
    with Scene(archive, XFake(evening(50 + seed, 160, TAG), token=TOKEN)) as scene:
        for _ in range(3):
            before = scene.fake.spent
            if dice.random() < 0.5:
                scene.cut(dice.randint(1, 6), signal.SIGKILL)
            else:
                scene.fake.faults.plan.update({scene.fake.requests + dice.randint(1, 6): dice.choice(TRANSIENT)})
                scene.fetch()
            assert scene.fake.spent - before <= BUDGET * 1e6
        scene.mend()
        for _ in range(20):
            before = scene.fake.spent
            done = scene.fetch()
            assert scene.fake.spent - before <= done.report["sources"][0]["spent_micro_usd"] <= BUDGET * 1e6
            if done.states == {"done"}:
                break
        scene.check()
        assert scene.fake.spent <= told(scene) <= round(scene.fake.cost * 1e6)


def test_undisturbed_what_is_told_is_what_is_billed(archive):
    with Scene(archive, XFake(evening(60, 300, TAG), token=TOKEN)) as scene:
        scene.whole()
        for k in range(3):
            scene.fake.add(Post(Author("late_person_%d_on_x" % (k % 2)), "遅い %d #ssmjp" % k, (scene.fake.clock - 30) * 1000 + k, "late%d" % k))
            scene.fake.clock += 600
            scene.whole()
        assert scene.fake.spent <= told(scene) == round(scene.fake.cost * 1e6)      # all that came is counted


def test_an_author_is_looked_up_once_ever(archive):
    people = [Author("talker_longer_than_x_%02d" % k, bio="#noarchive" if k == 3 else "") for k in range(9)]
    posts = [Post(people[k % 9], "話 %d #ssmjp" % k, (NOW - 7200 + k) * 1000, "p%d" % k) for k in range(150)]
    with Scene(archive, XFake(posts[:100], token=TOKEN)) as scene:
        record = []
        asked_authors(scene.fake, record)
        scene.whole()
        for post in posts[100:]:
            scene.fake.add(post)
        scene.fake.clock += 86400
        scene.whole()
        asked = [who for ids in record for who in ids]
        assert len(asked) == len(set(asked)) == 9
        assert scene.fake.billed["users"] == 9
        scene.check()


@pytest.mark.parametrize("body", [b'{"data":[{"id":"1"', b"<html>busy</html>", b"[]", b"null", b""])
def test_authors_that_come_broken_lose_no_page(archive, body):
    """They are asked for once more; the page that waits for them is not passed over."""
    fake = XFake(evening(46, 60, TAG), token=TOKEN)
    answer, left = fake.answer, [body]

    def broken_once(request):
        good = answer(request)
        return replace(good, body=left.pop()) if request.path == "/2/users" and left else good

    fake.answer = broken_once
    with Scene(archive, fake) as scene:
        assert scene.fetch().status in (0, 1)
        assert not left
        scene.whole()
        scene.check()

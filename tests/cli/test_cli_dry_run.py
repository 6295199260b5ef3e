"""archive fetch --dry-run: how each source stands, without a store and without spending."""
import json
import time

import pytest

from fakes import NOW, Author, MastodonFake, Post, XFake, evening

CLOCK = {"ARCHIVE_NOW": str(NOW)}
POSTS = evening(7, 60, "ssmjp")
TOKEN = "sesame-90c1"


class Telling(MastodonFake):
    """A server that says to whom it shows hashtags."""

    feeds = {"local": "public", "remote": "public"}

    def route(self, request):
        if request.path == "/api/v2/instance" and not request.query:
            assert request.token is None
            return self.json({"configuration": {"timelines_access": {"hashtag_feeds": self.feeds}}})
        return super().route(request)


class Paid(XFake):
    """X with the free question for the credit; anything else costs and is not asked for here."""

    tells = (200, {"data": {"total_balance": 12.5}})

    def route(self, request):
        assert request.path == "/2/usage/credits" and not request.query
        self._rate = []
        if request.token != TOKEN:
            return self.error(401, "Unauthorized")
        status, body = self.tells
        return self.json(body or {"title": "no", "status": status}, status)


def dry(archive, *fakes, words=(), env=None, status=0):
    specs = [word for fake in fakes
             for word in ("--source", ("x:" if isinstance(fake, XFake) else "mastodon:") + fake.url)]
    done = archive.run("fetch", "#ssmjp", "--dry-run", *specs, *words, env={**CLOCK, **(env or {})})
    assert done.returncode == status, done
    assert TOKEN not in done.stdout + done.stderr and "Sanitizer" not in done.stderr
    assert list(archive.home.iterdir()) == [], "something was written"
    return done.stdout


def views(archive, *fakes, **more):
    return json.loads(dry(archive, *fakes, words=("--json",), **more))["sources"]


def test_a_source_that_answers_tells_its_newest_post_and_its_limit(archive):
    with Telling(POSTS) as fake:
        view, = views(archive, fake)
        newest = max(post.created for post in POSTS if post.uri in fake.public_uris("ssmjp"))
        assert fake.requests == 1
    assert view["state"] == "fine" and view["reached"] and view["anonymous"] and not view["signed_in"]
    assert view["posts"] == 40 and view["price"] == "free" and view["why"] is None
    assert view["requests_left"] == 299 and view["limit_ends"] > "2026"
    assert view["newest"][:19] == time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(newest / 1000))


def test_the_line_says_so_in_words(archive):
    with Telling(POSTS) as fake:
        line = dry(archive, fake)
    assert line.startswith("  mastodon:http://127.0.0.1:")
    assert "without an account; 40 posts on the first page, " in line and "299 requests left until" in line
    assert line.count("\n") == 1


def test_several_sources_are_told_apart(archive):
    with Telling(POSTS) as one, Telling(POSTS, faults={1: "500-html"}) as two:
        fine, broken = views(archive, one, two, status=3)
    assert fine["state"] == "fine" and broken["state"] == "failed"
    assert broken["reached"] and "web page" in broken["why"]


def test_a_server_that_is_not_there_is_told_within_one_try(archive):
    with Telling(POSTS) as fake:
        pass
    view, = views(archive, fake, status=1)
    assert view["reached"] is False and "no connection" in view["why"]


@pytest.mark.parametrize("feeds, words", [
    ({"local": "authenticated", "remote": "authenticated"}, "shows hashtags to accounts only"),
    ({"local": "public", "remote": "authenticated"}, "shows its own posts only to those without an account"),
    ({}, "shows hashtags to accounts only"),
])
def test_a_refusal_says_to_whom_the_server_shows_hashtags(archive, feeds, words):
    with Telling(POSTS, access="authenticated") as fake:
        fake.feeds = feeds
        view, = views(archive, fake, status=1)
        assert [one.path for one in fake.seen][1:] == ["/api/v2/instance"]
    assert view["state"] == "failed" and view["anonymous"] is False
    assert words in view["why"] and "ARCHIVE_MASTODON_TOKEN_127_0_0_1" in view["why"]


def test_an_empty_page_of_a_server_that_shows_nothing_is_not_called_well(archive):
    with Telling(POSTS, access="disabled") as fake:
        fake.feeds = {"local": "disabled", "remote": "disabled"}
        view, = views(archive, fake, status=1)
    assert "shows hashtags to nobody" in view["why"]


def test_a_tag_without_a_post_yet_is_well(archive):
    with Telling([]) as fake:
        assert "; no post yet" in dry(archive, fake)


def test_a_token_that_is_not_accepted_is_told(archive):
    with Telling(POSTS, access="authenticated", token=TOKEN) as fake:
        name = "ARCHIVE_MASTODON_TOKEN_127_0_0_1_%d" % fake.port
        good, = views(archive, fake, env={name: TOKEN})
        bad, = views(archive, fake, env={name: "sesame-no"}, status=1)
    assert good["signed_in"] and good["token_good"] and good["state"] == "fine"
    assert bad["token_good"] is False and name in bad["why"] and "sesame-no" not in bad["why"]


def test_a_limit_that_is_used_up_is_told_with_its_end(archive):
    with Telling(POSTS, faults={1: "429"}) as fake:
        view, = views(archive, fake, status=1)
    assert view["requests_left"] == 0 and view["limit_ends"] and "too many requests" in view["why"]


def test_x_is_asked_for_its_credit_and_for_nothing_that_costs(archive):
    with Paid(POSTS) as fake:
        view, = views(archive, fake, env={"ARCHIVE_X_TOKEN": TOKEN})
        assert [one.path for one in fake.seen] == ["/2/usage/credits"] and fake.cost == 0
        assert "12.50 USD left; every post costs: archive plan" in dry(archive, fake, env={"ARCHIVE_X_TOKEN": TOKEN})
    assert view["token_good"] and view["balance_micro_usd"] == 12_500_000 and view["price"] == "by the post"
    assert view["posts"] is None and view["newest"] is None


@pytest.mark.parametrize("answer, state, token, balance, words", [
    ((404, None), "fine", None, None, None),
    ((403, None), "fine", None, None, None),
    ((200, {"data": {"total_balance": 0}}), "failed", True, 0, "no credit left"),
    ((200, {"data": {"total_balance": "lots"}}), "fine", None, None, None),
])
def test_what_x_does_not_tell_is_not_made_up(archive, answer, state, token, balance, words):
    with Paid(POSTS) as fake:
        fake.tells = answer
        view, = views(archive, fake, env={"ARCHIVE_X_TOKEN": TOKEN}, status=0 if state == "fine" else 1)
    assert (view["state"], view["token_good"], view["balance_micro_usd"]) == (state, token, balance)
    assert words in view["why"] if words else view["why"] is None


def test_x_without_a_token_is_not_asked(archive):
    with Paid(POSTS) as fake:
        view, = views(archive, fake, status=1)
        assert fake.seen == []
    assert "ARCHIVE_X_TOKEN" in view["why"] and view["reached"] is None


def test_a_bad_token_at_x_is_told(archive):
    with Paid(POSTS) as fake:
        view, = views(archive, fake, env={"ARCHIVE_X_TOKEN": "another"}, status=1)
    assert view["token_good"] is False and "ARCHIVE_X_TOKEN" in view["why"]


def test_quiet_says_only_what_fails(archive):
    with Telling(POSTS) as one, Telling(POSTS, faults={1: "500-html"}) as two:
        assert dry(archive, one, two, words=("--quiet",), status=3).count("\n") == 1


@pytest.mark.parametrize("option", ["--record", "--replay"])
def test_a_dry_run_goes_with_no_tape(archive, option):
    done = archive.run("fetch", "#ssmjp", "--dry-run", option, "tape")
    assert done.returncode == 2 and "no tape" in done.stderr
    assert list(archive.home.iterdir()) == []


def test_names_from_outside_bring_no_control_byte(archive):
    with Telling([Post(Author("hana", "はな"), "#ssmjp", NOW * 1000 - 1000, "k")], access="authenticated") as fake:
        fake.feeds = {"local": "\x1b[31m", "remote": "authenticated"}
        assert "\x1b" not in dry(archive, fake, status=1)

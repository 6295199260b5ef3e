"""The faults are what they say, the same for the same seed, and seen by a client that reads the raw bytes."""
import gzip
import http.client
import json
import socket
import ssl
import urllib.error
import urllib.request

import pytest

from . import (LIES, NOW, POISON, TRANSIENT, Author, BlueskyFake, Faults, MastodonFake, MisskeyFake, Post, Script,
               XFake, evening)
from .asking import ask, found, notes, search, sign_in, tag
from .tls import Certificates

HANA = Author("meetup_hana_at_home", "はな")
POSTS = [Post(HANA, "話 %d #ssmjp" % n, NOW * 1000 - 3_600_000 + n, "k%d" % n) for n in range(60)]
LIKES = [Post(HANA, "#ssmjp", key="one", counts={"likes": 5})]


def raw(fake, path="/api/v1/timelines/tag/ssmjp", accept="identity"):
    """(head, body) of one answer, to the end of the connection or of the wait."""
    with socket.create_connection(("127.0.0.1", fake.port), timeout=5) as link:
        link.sendall(("GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: %s\r\n\r\n" % (
            path, accept)).encode())
        data = b""
        while piece := link.recv(65536):
            data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    return head.decode(), body


def length(head):
    return int(head.split("Content-Length: ")[1].split("\r\n")[0])


def mastodon(kind, **more):
    return MastodonFake(POSTS, faults={1: kind}, **more)


def bluesky(posts=(), faults=None):
    """The one that wants no session."""
    return BlueskyFake(posts, faults, mode="api")


NETWORKS = {"mastodon": (MastodonFake, tag), "x": (XFake, search), "misskey": (MisskeyFake, notes),
            "bluesky": (bluesky, found)}
FOUR = pytest.mark.parametrize("make, page", NETWORKS.values(), ids=NETWORKS)


def test_the_same_seed_draws_the_same_faults():
    one, other, third = (Faults(seed, 0.3) for seed in (1, 1, 2))
    drawn = [one.at(n) for n in range(1, 400)]
    assert drawn == [other.at(n) for n in range(1, 400)] != [third.at(n) for n in range(1, 400)]
    assert 80 < sum(kind is not None for kind in drawn) < 160 and set(drawn) - {None} == set(TRANSIENT)


def test_a_burst_and_a_limit_bound_the_faults():
    plan = Faults(1, 0.9, burst=2, limit=200)
    drawn = [plan.at(n) is not None for n in range(1, 300)]
    assert all(not all(drawn[n:n + 3]) for n in range(297)) and any(drawn[:200]) and not any(drawn[200:])


def test_unknown_kinds_are_not_taken():
    with pytest.raises(ValueError, match="nosuch"):
        Script({1: "nosuch"})


@pytest.mark.parametrize("code", [500, 502, 503])
@pytest.mark.parametrize("form, type_", [("json", "application/json"), ("html", "text/html"), ("text", "text/plain")])
@FOUR
def test_a_server_error_in_three_forms(code, form, type_, make, page):
    with make(POSTS, {1: "%d-%s" % (code, form)}) as fake:
        first = page(fake)
        assert first.status == code and first.headers["Content-Type"].startswith(type_)
        assert page(fake).status == 200


def test_a_refusal_tells_when_and_the_clock_moves_there():
    with mastodon("429") as fake:
        reply = tag(fake)
        assert reply.status == 429 and reply.headers["X-RateLimit-Reset"] == "2026-05-28T20:27:40.070144Z"
        assert tag(fake).status == 200 and fake.clock == NOW + 60
    with XFake(POSTS, faults={1: "429"}) as fake:
        reply = search(fake)
        assert reply.status == 429 and reply.headers["x-rate-limit-reset"] == str(NOW + 60)
        assert reply.headers["x-rate-limit-remaining"] == "0"


def test_money_is_refused_with_healthy_rate_headers():
    with XFake(POSTS, faults={1: "credits", 2: "usage-cap"}) as fake:
        assert search(fake).status == 402
        capped = search(fake)
        assert capped.status == 429 and capped.json["title"] == "UsageCapExceeded"
        assert int(capped.headers["x-rate-limit-remaining"]) > 400


def test_a_connection_that_ends_before_the_answer():
    with mastodon("close") as fake:
        assert raw(fake) == ("", b"") and raw(fake)[0].startswith("HTTP/1.1 200")


@pytest.mark.parametrize("kind, ratio", [("cut", 2), ("length-short", 0.5), ("length-long", None), ("gzip-cut", 2)])
def test_lengths_that_lie(kind, ratio):
    with mastodon(kind) as fake:
        head, body = raw(fake)
        if ratio is None:
            assert length(head) == len(body) + 1000
        else:
            assert abs(length(head) - len(body) * ratio) < 2


def test_a_chunk_whose_size_is_no_number():
    with mastodon("chunk-broken") as fake:
        head, body = raw(fake)
        assert "Transfer-Encoding: chunked" in head and b"\r\nzz\r\n" in body


def test_a_gzip_body_that_ends_early():
    with mastodon("gzip-cut") as fake:
        head, body = raw(fake, accept="gzip")
        assert "Content-Encoding: gzip" in head and length(head) == len(body)
        with pytest.raises(EOFError):
            gzip.decompress(body)


def test_bodies_that_are_no_page():
    with MastodonFake(POSTS, faults={1: "object", 2: "null", 3: "json-cut", 4: "bad-utf8"}) as fake:
        assert [tag(fake).body for _ in range(2)] == [b"{}", b"null"]
        with pytest.raises(ValueError, match="delimiter|Expecting|Unterminated"):
            json.loads(tag(fake).body)
        with pytest.raises(UnicodeDecodeError):
            tag(fake).body.decode()


@pytest.mark.parametrize("kind, held", [
    ("surrogate", b"\\ud800"), ("nul", b"\\u0000"), ("huge-number", b"1" + b"0" * 399)])
@FOUR
def test_poison_is_one_thing_in_a_proper_page(kind, held, make, page):
    more = {"tweet_fields": "public_metrics"} if make is XFake else {}
    with make(LIKES, {1: kind}) as fake:
        assert held in page(fake, **more).body and held not in page(fake, **more).body


@FOUR
def test_an_element_that_is_no_object(make, page):
    with make(POSTS, {1: "not-object"}) as fake:
        assert sum(not isinstance(one, dict) for one in fake.posts_in(page(fake).json)) == 1


def test_a_page_twice_and_a_cursor_that_loops():
    with MastodonFake(POSTS, faults={2: "repeat-page", 5: "loop-cursor"}) as fake:
        pages, cursor = [], {}
        for _ in range(7):
            pages.append(tag(fake, limit=5, **cursor))
            cursor = {"max_id": pages[-1].links["next"].split("max_id=")[1]}
        bodies = [page.body for page in pages]
        assert bodies[0] == bodies[1] != bodies[2] != bodies[3] != bodies[4] == bodies[5] == bodies[6]
        fake.mend()
        assert tag(fake, limit=5, **cursor).body not in bodies


def test_a_redirect_leads_to_another_port_that_answers():
    with mastodon("redirect") as fake:
        reply = ask(fake, "/api/v1/timelines/tag/ssmjp?limit=3", Authorization="Bearer user-token")
        assert len(reply.json) == 3 and len(fake.seen) == 1
        assert fake.seen[0].headers["authorization"] == "Bearer user-token"
        assert [one.target for one in fake.elsewhere.seen] == [fake.seen[0].target]
        assert fake.elsewhere.port != fake.port


def test_a_redirect_where_the_test_wants_it():
    with MastodonFake(POSTS[:2]) as other, mastodon("redirect", redirect_to=other.url) as fake:
        assert len(tag(fake).json) == 2 and other.requests == 1


def test_a_redirect_that_never_ends():
    with mastodon("redirect-loop") as fake:
        assert tag(fake).status == 302 and fake.requests == 1


@pytest.mark.parametrize("kinds", [TRANSIENT, POISON, LIES])
@FOUR
def test_under_any_fault_the_server_goes_on(kinds, make, page):
    posts = evening(2, 40, "ssmjp")
    with make(posts, Faults(4, 0.8, kinds)) as fake:
        for _ in range(30):
            try:
                page(fake)
            except (OSError, ValueError, EOFError, urllib.error.URLError, http.client.HTTPException):
                pass
        fake.mend()
        whole = page(fake, **({"max_results": 40} if make is XFake else {"limit": 40}))
        assert len(fake.posts_in(whole.json)) == 40 and fake.refusals == []


def test_what_is_posted_is_sent_on_whole():
    with MisskeyFake(POSTS, {1: "redirect", 2: "redirect-loop"}) as fake:
        assert notes(fake).status == 307 and notes(fake).status == 307
    with BlueskyFake(POSTS, {1: "redirect", 2: "503-html", 3: "close", 4: "429"}) as fake:
        assert sign_in(fake).status == 307 and sign_in(fake).status == 503
        with pytest.raises((OSError, http.client.HTTPException)):
            sign_in(fake)
        assert sign_in(fake).status == 429 and sign_in(fake).status == 200 and fake.refusals == []


@pytest.mark.parametrize("kind", ["right", "wrong-name", "expired", "self-signed"])
def test_certificates_of_each_kind(kind):
    with Certificates() as made, MastodonFake(POSTS[:2], tls=made.context(kind)) as fake:
        trust = ssl.create_default_context(cafile=made.ca)
        url = fake.url + "/api/v1/timelines/tag/ssmjp"
        if kind == "right":
            with urllib.request.urlopen(url, context=trust) as answer:
                assert len(json.load(answer)) == 2
            return
        words = {"wrong-name": "match", "expired": "expired", "self-signed": "self.signed"}[kind]
        with pytest.raises(urllib.error.URLError, match=words):
            urllib.request.urlopen(url, context=trust)
        assert fake.seen == [] and fake.refusals == []

"""The fake of Bluesky does what apis.md says of AppView and PDS, and refuses what a client must not send."""
import json

import pytest

from . import NOW, Author, BlueskyFake, Media, Post, evening
from .asking import ask, found, renew, sign_in, xrpc
from .bluesky_shape import facet
from .ids import iso

HANA = Author("meetup_hana_at_home", "はな")
SHY = Author("meetup_shy_person", "内気", labels=["!no-unauthenticated"])
HOUR = 3_600_000
FEED = "app.bsky.feed."


def row(n, text="話 %d #ssmjp", author=HANA, **more):
    return Post(author, text % n if "%d" in text else text, NOW * 1000 - HOUR + n * 1000, key="k%d" % n, **more)


def rows(n):
    return [row(k) for k in range(n)]


def keys(fake, reply):
    return [fake.shelf.find(post["uri"].split("/")[-1]).post.key for post in reply.json["posts"]]


def session(fake):
    return sign_in(fake).json["accessJwt"]


def walk(fake, token, limit=7, **more):
    pages = [found(fake, token, limit=limit, **more).json]
    while "cursor" in pages[-1]:
        pages.append(found(fake, token, limit=limit, cursor=pages[-1]["cursor"], **more).json)
    return pages


@pytest.mark.parametrize("settings", [{}, {"ghosts": True}, {"odd": True, "ghosts": True}])
def test_a_walk_meets_every_post_once(settings):
    with BlueskyFake(evening(3, 96, "ssmjp", secrets=True), **settings) as fake:
        pages = walk(fake, session(fake))
        uris = [post["uri"] for page in pages for post in page["posts"]]
        assert len(uris) == len(set(uris))
        assert set(uris) == fake.public_uris("ssmjp") | fake.optout_uris("ssmjp")
        assert fake.optout_uris("ssmjp") and fake.refusals == [] and len(uris) < 96
        if "ghosts" in settings:
            assert any(not page["posts"] for page in pages[:-1]) and any(0 < len(page["posts"]) < 7 for page in pages)


def test_a_page_holds_twenty_five_and_the_last_has_no_cursor():
    with BlueskyFake(rows(30)) as fake:
        token = session(fake)
        page = found(fake, token)
        assert keys(fake, page) == ["k%d" % n for n in range(29, 4, -1)]
        rest = found(fake, token, cursor=page.json["cursor"], limit=100)
        assert len(rest.json["posts"]) == 5 and "cursor" not in rest.json


def test_a_server_may_give_less_than_it_is_asked_for():
    with BlueskyFake(rows(9), most=4) as fake:
        assert [len(page["posts"]) for page in walk(fake, session(fake), limit=100)] == [4, 4, 1]
        assert [len(shown) for _, shown in fake.pages] == [4, 4, 1] and fake.pages[0][1][0] == fake.id_of("k8")


def test_posts_that_come_and_go_in_mid_walk_move_nothing():
    with BlueskyFake(rows(30)) as fake:
        token = session(fake)
        first = found(fake, token, limit=10)
        fake.add(row(99))
        fake.delete("k20")
        second = found(fake, token, limit=10, cursor=first.json["cursor"])
        assert keys(fake, second) == ["k%d" % n for n in range(19, 9, -1)]


def test_the_earlier_of_two_times_counts():
    now = NOW * 1000
    posts = [*rows(3), Post(HANA, "来年から #ssmjp", now + 9000 * HOUR, "future"),
             Post(HANA, "昔の #ssmjp", now - 9000 * HOUR, "past", indexed=now)]
    with BlueskyFake(posts) as fake:
        token = session(fake)
        assert keys(fake, found(fake, token)) == ["future", "k2", "k1", "k0", "past"]
        assert found(fake, token).json["posts"][0]["record"]["createdAt"] == iso(now + 9000 * HOUR)
        assert found(fake, token).json["posts"][0]["indexedAt"] == iso(now)
        bounds = {"since": iso(now - HOUR + 1000), "until": iso(now - HOUR + 2000)}
        assert keys(fake, found(fake, token, **bounds)) == ["k1"], "since inclusive, until exclusive"
        assert keys(fake, found(fake, token, since=iso(now)[:10])) == ["future", "k2", "k1", "k0"]
        fake.add(Post(HANA, "届いた #ssmjp", now - 2 * HOUR, "late"))
        assert keys(fake, found(fake, token))[-2:] == ["late", "past"]
        assert fake.uri_named("k1") in fake.public_uris("ssmjp", since=now - HOUR + 1000, until=now - HOUR + 2000)


def test_strangers_get_a_web_page_or_one_page():
    with BlueskyFake(rows(9), mode="public") as fake:
        reply = found(fake)
        assert reply.status == 403 and reply.headers["Content-Type"] == "text/html" and b"<html>" in reply.body
        assert xrpc(fake, FEED + "getPosts", uris=[fake.uri_named("k1")]).status == 200
    with BlueskyFake(rows(9), mode="api") as fake:
        first = found(fake, limit=5)
        assert len(first.json["posts"]) == 5 and first.headers.get("RateLimit-Limit") is None
        second = found(fake, limit=5, cursor=first.json["cursor"])
        assert second.status == 403 and second.json["message"] == "Request forbidden by administrative rules."
        assert fake.refusals == []
    with BlueskyFake(rows(9)) as fake:
        assert found(fake).json["error"] == "AuthMissing" and found(fake).status == 401


def test_a_session_lasts_two_hours_and_is_renewed_with_a_token_that_serves_once():
    with BlueskyFake(rows(3)) as fake:
        first = sign_in(fake).json
        assert first["did"] == first["didDoc"]["id"] and first["didDoc"]["service"][0]["serviceEndpoint"] == fake.url
        fake.clock += 119 * 60
        assert found(fake, first["accessJwt"]).status == 200
        fake.clock += 60
        late = found(fake, first["accessJwt"])
        assert late.status == 400 and late.json["error"] == "ExpiredToken"
        assert renew(fake, first["accessJwt"]).json["error"] == "InvalidToken"
        second = renew(fake, first["refreshJwt"]).json
        assert second["accessJwt"] != first["accessJwt"] and second["refreshJwt"] != first["refreshJwt"]
        assert found(fake, second["accessJwt"]).status == 200
        again = renew(fake, first["refreshJwt"])
        assert again.status == 400 and again.json["error"] == "ExpiredToken"
        assert found(fake, first["refreshJwt"]).json["error"] == "InvalidToken"
        fake.clock += 91 * 86_400
        assert renew(fake, second["refreshJwt"]).json["error"] == "ExpiredToken"
        assert fake.refusals == [] and fake.sessions.renewed == 1 and len(fake.sessions.made) == 1
        assert set(fake.sessions.secrets) >= {"app-password", first["accessJwt"], second["refreshJwt"]}


def test_sessions_that_a_test_ends():
    with BlueskyFake(rows(3)) as fake:
        first = sign_in(fake).json
        fake.sessions.expire()
        assert found(fake, first["accessJwt"]).json["error"] == "ExpiredToken"
        second = renew(fake, first["refreshJwt"]).json
        fake.sessions.forget()
        assert found(fake, second["accessJwt"]).json["error"] == "ExpiredToken"
        assert renew(fake, second["refreshJwt"]).json["error"] == "ExpiredToken"


def test_a_name_is_a_handle_a_did_or_a_mail_address_and_the_password_is_right():
    with BlueskyFake() as fake:
        did = sign_in(fake).json["did"]
        assert sign_in(fake, identifier=did).status == 200
        assert sign_in(fake, identifier="meetup_archivist@mail.example").status == 200
        for changed in ({"identifier": "other.example"}, {"password": "wrong"}):
            reply = sign_in(fake, **changed)
            assert reply.status == 401 and reply.json["error"] == "AuthenticationRequired"
        assert fake.refusals == []


@pytest.mark.parametrize("pause, most", [(0, 30), (11, 300)])
def test_too_many_sessions_are_refused(pause, most):
    with BlueskyFake() as fake:
        for _ in range(most):
            assert sign_in(fake).status == 200
            fake.clock += pause
        assert fake.refusals == []
        assert sign_in(fake).status == 429 and len(fake.refusals) == 1


@pytest.mark.parametrize("changed", [{"identifier": "@meetup-archivist.pds.example"}, {"identifier": ""},
                                     {"token": "a"}, {"password": 7}])
def test_a_session_is_asked_for_properly(changed):
    with BlueskyFake() as fake:
        assert sign_in(fake, **changed).status == 400 and len(fake.refusals) == 1


def test_a_renewal_has_no_body():
    with BlueskyFake() as fake:
        refresh = sign_in(fake).json["refreshJwt"]
        assert renew(fake, refresh, b"{}").status == 400 and renew(fake, None).status == 401
        assert len(fake.refusals) == 2 and renew(fake, refresh).status == 200


@pytest.mark.parametrize("query", [
    {"q": "ssmjp"}, {"q": "＃ssmjp"}, {"q": "#a #b"}, {"limit": 0}, {"limit": 101}, {"limit": "x"}, {"sort": "best"},
    {"since": "yesterday"}, {"until": "2026-13-01"}, {"since": "2026-05-28T00:00:00"}, {"cursor": "25"},
    {"cursor": "1795336492212__bafyreiar"}, {"cursor": ""}, {"query": "a"}, {"limit": [1, 2]}])
def test_a_search_that_no_client_may_make_is_refused(query):
    with BlueskyFake(rows(30)) as fake:
        reply = found(fake, session(fake), **query)
        assert reply.status == 400 and reply.json["error"] == "InvalidRequest" and len(fake.refusals) == 1


def test_a_cursor_belongs_to_its_search_and_to_its_index():
    with BlueskyFake(rows(30)) as fake:
        token = session(fake)
        cursor = found(fake, token).json["cursor"]
        assert found(fake, token, cursor=cursor, since="2026-01-01").status == 400 and len(fake.refusals) == 1
        fake.forget_cursors()
        reply = found(fake, token, cursor=cursor)
        assert reply.status == 400 and reply.json["message"] == "Invalid cursor format" and len(fake.refusals) == 1
        fresh = found(fake, token).json["cursor"]
        assert found(fake, token, cursor=fresh).status == 200


@pytest.mark.parametrize("method, path, status", [
    ("POST", "/xrpc/app.bsky.feed.searchPosts?q=%23a", 405), ("GET", "/xrpc/app.bsky.feed.getTimeline", 404),
    ("GET", "/xrpc/com.atproto.server.createSession", 405), ("GET", "/", 404),
    ("POST", "/xrpc/com.atproto.server.createSession?a=b", 400)])
def test_other_paths_and_methods_are_refused(method, path, status):
    with BlueskyFake() as fake:
        assert ask(fake, path, method=method).status == status and len(fake.refusals) == 1
    with BlueskyFake(mode="api") as fake:
        assert sign_in(fake).status == 404 and found(fake, "a-token").status == 400 and len(fake.refusals) == 2


def test_a_tag_is_a_sound_facet_or_a_hidden_tag():
    end = len("話 5 #ssmjp".encode())
    posts = [row(1), row(2, facets=[]), row(3, "札だけ", tags=["SSMJP"]), row(4, "全角 ＃ｓｓｍｊｐ"),
             row(5, facets=[facet(6, end + 1, "tag", tag="ssmjp")]), row(6, facets=[facet(1, 5, "tag", tag="ssmjp")]),
             row(7, "下書き", facets=[facet(0, 9, "tag", tag="ssmjp")]), row(8, "#ssmjp2")]
    with BlueskyFake(posts) as fake:
        page = found(fake, session(fake))
        assert keys(fake, page) == ["k7", "k6", "k5", "k4", "k3", "k2", "k1"]
        assert fake.public_uris("ssmjp") == {fake.uri_named(key) for key in ("k1", "k3", "k4", "k7")}
        assert fake.maybe_uris("ssmjp") == {fake.uri_named(key) for key in ("k2", "k5", "k6")}


def test_facets_count_bytes():
    text = "🍣 @meetup_hana_at_home https://a.example/x?y=1 #ssmjp"
    with BlueskyFake([row(1, text)]) as fake:
        record = found(fake, session(fake)).json["posts"][0]["record"]
        parts = [text.encode()[one["index"]["byteStart"]:one["index"]["byteEnd"]].decode() for one in record["facets"]]
        assert parts == ["@meetup_hana_at_home", "https://a.example/x?y=1", "#ssmjp"]
        assert record["facets"][0]["features"][0]["did"] == HANA.did and record["langs"] == ["ja"]


def test_oddities_leave_the_tag_alone():
    with BlueskyFake(rows(40), odd=True) as fake:
        posts = found(fake, session(fake), limit=100).json["posts"]
        whole = [(one["index"]["byteStart"], one["index"]["byteEnd"], len(post["record"]["text"].encode()))
                 for post in posts for one in post["record"]["facets"]]
        assert any(end > size for _, end, size in whole) and any(start > end for start, end, _ in whole)
        assert any(start < 0 for start, _, _ in whole)
        kinds = {feature["$type"] for post in posts for one in post["record"]["facets"] for feature in one["features"]}
        assert len(kinds) == 3
        assert any("hologram" in post.get("embed", {}).get("$type", "") for post in posts)
        assert len(fake.public_uris("ssmjp")) == 40


def test_embeds_of_all_kinds():
    picture, clip = Media("https://files.example/a.png", alt="図"), Media("https://files.example/b.mp4", "video")
    posts = [row(1), row(2, media=[picture]), row(3, media=[picture] * 6), row(4, media=[clip]),
             row(5, card={"url": "https://a.example", "title": "題"}), row(6, quote="k1"),
             row(7, quote="k1", media=[picture]), row(8, quote="gone"),
             row(9, embed={"$type": "app.bsky.embed.new#view"}), row(10, quote="k1", quote_state="blocked"),
             row(11, quote="k1", quote_state="revoked"), row(12, quote="k6")]
    with BlueskyFake(posts) as fake:
        views = {fake.shelf.find(post["uri"].split("/")[-1]).post.key: post.get("embed")
                 for post in found(fake, session(fake)).json["posts"]}
        kinds = {key: view["$type"].removeprefix("app.bsky.embed.") for key, view in views.items() if view}
        assert kinds == {"k2": "images#view", "k3": "gallery#view", "k4": "video#view", "k5": "external#view",
                         "k6": "record#view", "k7": "recordWithMedia#view", "k8": "record#view", "k9": "new#view",
                         "k10": "record#view", "k11": "record#view", "k12": "record#view"}
        assert "thumbnail" in views["k3"]["items"][0] and "thumb" in views["k2"]["images"][0]
        assert views["k7"]["record"]["record"]["uri"] == fake.uri_named("k1")
        shown = {key: views[key]["record"]["$type"].partition("#")[2] for key in ("k6", "k8", "k10", "k11")}
        assert shown == {"k6": "viewRecord", "k8": "viewNotFound", "k10": "viewBlocked", "k11": "viewDetached"}
        assert views["k12"]["record"]["embeds"] == []


def test_who_is_not_for_strangers_is_found_and_labelled():
    with BlueskyFake([row(1, author=SHY)], mode="api") as fake:
        labels = found(fake).json["posts"][0]["author"]["labels"]
        assert [(one["val"], one["src"]) for one in labels] == [("!no-unauthenticated", SHY.did)]
        assert fake.public_uris("ssmjp") == set() and fake.optout_uris("ssmjp") == {fake.uri_named("k1")}


def test_posts_and_threads_one_by_one():
    posts = [row(1), row(2, reply="k1"), row(3, reply="k2"), row(4, reply="gone"), row(5, quote="k1"),
             row(6, visibility="private")]
    with BlueskyFake(posts, mode="public") as fake:
        uris = [fake.uri_named("k%d" % n) for n in (1, 2, 6)]
        assert keys(fake, xrpc(fake, FEED + "getPosts", uris=uris)) == ["k1", "k2"]
        assert xrpc(fake, FEED + "getPosts", uris=uris[:1] * 26).status == 400 and len(fake.refusals) == 1
        thread = xrpc(fake, FEED + "getPostThread", uri=uris[1], depth=1, parentHeight=1).json["thread"]
        assert thread["parent"]["post"]["uri"] == uris[0] and "replies" not in thread["parent"]
        assert thread["replies"][0]["post"]["uri"] == fake.uri_named("k3") and "replies" not in thread["replies"][0]
        assert thread["post"]["record"]["reply"]["root"]["uri"] == uris[0]
        lost = xrpc(fake, FEED + "getPostThread", uri=fake.uri_named("k4"), depth=0).json["thread"]
        assert lost["parent"]["$type"].endswith("#notFoundPost") and "replies" not in lost
        gone = xrpc(fake, FEED + "getPostThread", uri=uris[2])
        assert gone.status == 400 and gone.json["error"] == "NotFound"
        assert keys(fake, xrpc(fake, FEED + "getQuotes", uri=uris[0])) == ["k5"]
        assert xrpc(fake, "com.atproto.identity.resolveHandle", handle=HANA.handle).json == {"did": HANA.did}
        assert xrpc(fake, "com.atproto.identity.resolveHandle", handle="nobody.example").status == 400
        assert xrpc(fake, FEED + "searchPostsV2", query="a").json["message"] == "Search v2 is not enabled"
        for rkey, status in ((uris[0].split("/")[-1], 200), (uris[2].split("/")[-1], 400)):
            assert xrpc(fake, "com.atproto.repo.getRecord", repo=HANA.did, collection="app.bsky.feed.post",
                        rkey=rkey).status == status
        assert len(fake.refusals) == 1


def test_limits_are_told_by_the_account_s_server_alone():
    with BlueskyFake(rows(3), faults={3: "429"}) as fake:
        token = session(fake)
        first, second = found(fake, token), found(fake, token)
        assert first.headers["RateLimit-Limit"] == "3000" and first.headers["RateLimit-Policy"] == "3000;w=300"
        assert int(first.headers["RateLimit-Reset"]) > NOW and int(first.headers["RateLimit-Remaining"]) < 3000
        assert second.status == 429 and second.headers["Retry-After"] == "60"
        assert second.headers["RateLimit-Reset"] == str(NOW + 60) and second.json["error"] == "RateLimitExceeded"
        assert found(fake, token).status == 200 and fake.clock == NOW + 60
    with BlueskyFake(rows(3), mode="api", faults={1: "429"}) as fake:
        assert found(fake).headers["Retry-After"] == "60"


def test_the_same_posts_give_the_same_bytes_on_any_server():
    posts = evening(1, 40, "ssmjp")
    with BlueskyFake(posts, mode="api", odd=True) as one, BlueskyFake(posts, mode="api", odd=True) as other:
        assert found(one, limit=40).body == found(other, limit=40).body
        assert json.loads(found(one, limit=40).body)["posts"]

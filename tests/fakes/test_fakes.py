"""The Mastodon-like fake does what apis.md says of the real servers, and refuses what a client must not send."""
import gzip
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from . import NOW, Author, MastodonFake, Media, Post, evening, fold, posts_from
from .asking import ask, tag

ALL = ("mastodon", "gotosocial", "akkoma", "snac")
HANA = Author("meetup_hana_at_home", "はな")
FAR = Author("meetup_guest_afar", "遠方", "far.example")


def row(n, author=HANA, text="話 %d #ssmjp", step=1000, **more):
    return Post(author, text % n if "%d" in text else text, NOW * 1000 - 3_600_000 + n * step, key="k%d" % n, **more)


def rows(n, **more):
    return [row(k, **more) for k in range(n)]


def keys(fake, reply):
    return [fake.shelf.find(status["id"]).post.key for status in reply.json]


def walk(fake, size=7, token="user-token"):
    """All uris, by max_id from the last id of each page."""
    found, query = [], {}
    while page := tag(fake, token=token, limit=size, **query).json:
        found += [status["uri"] for status in page]
        query = {"max_id": page[-1]["id"]}
    return found


@pytest.mark.parametrize("personality", ALL)
def test_a_walk_down_meets_every_post_once(personality):
    with MastodonFake(evening(3, 60, "ssmjp"), personality=personality) as fake:
        found = walk(fake)
        assert len(found) == len(set(found)) == 60
        assert set(found) == fake.public_uris("ssmjp") | fake.optout_uris("ssmjp")
        assert fake.public_uris("ssmjp") and fake.optout_uris("ssmjp")
        assert fake.refusals == []


@pytest.mark.parametrize("personality", ALL[:3])
def test_min_id_climbs_without_a_gap_and_since_id_leaves_one(personality):
    with MastodonFake(rows(30), personality=personality) as fake:
        start = fake.id_of("k3")
        climb = tag(fake, token="user-token", min_id=start, limit=5)
        assert keys(fake, climb) == ["k8", "k7", "k6", "k5", "k4"]
        newest = tag(fake, token="user-token", since_id=start, limit=5)
        assert keys(fake, newest) == ["k29", "k28", "k27", "k26", "k25"]
        between = tag(fake, token="user-token", min_id=start, max_id=fake.id_of("k6"))
        assert keys(fake, between) == ["k5", "k4"]


@pytest.mark.parametrize("personality, works", [(p, p != "snac") for p in ALL])
def test_a_deleted_cursor_breaks_only_the_server_that_walks(personality, works):
    with MastodonFake(rows(10), personality=personality) as fake:
        gone = fake.id_of("k5")
        fake.delete("k5")
        below = keys(fake, tag(fake, token="user-token", max_id=gone))
        above = keys(fake, tag(fake, token="user-token", since_id=gone))
        assert below == (["k4", "k3", "k2", "k1", "k0"] if works else [])
        assert above == (["k9", "k8", "k7", "k6"] if works else ["k9", "k8", "k7", "k6", "k4", "k3", "k2", "k1", "k0"])


def test_snac_takes_min_id_for_since_id():
    with MastodonFake(rows(9), personality="snac") as fake:
        assert keys(fake, tag(fake, min_id=fake.id_of("k2"), limit=2)) == ["k8", "k7"]


def test_pages_hold_twenty_and_never_more_than_forty():
    with MastodonFake(rows(50)) as fake:
        assert len(tag(fake).json) == 20
        assert len(tag(fake, limit=100).json) == 40


def test_link_keeps_little_of_the_query_and_an_empty_page_has_none():
    with MastodonFake(rows(9, media=[Media("https://files.example/a.png")])) as fake:
        reply = tag(fake, limit=4, any_=["other"], only_media="true", local="true")
        base = fake.url + "/api/v1/timelines/tag/ssmjp?limit=4&local=true&"
        assert reply.links == {"next": base + "max_id=%s&only_media=true" % fake.id_of("k5"),
                               "prev": base + "min_id=%s&only_media=true" % fake.id_of("k8")}
        assert tag(fake, max_id=fake.id_of("k0")).headers.get("Link") is None
    with MastodonFake(rows(9), personality="snac") as fake:
        assert tag(fake).links == {}


@pytest.mark.parametrize("spelled", ["ssmjp", "SSMJP", "ＳＳＭＪＰ", "ｓＳmjp"])
def test_a_tag_is_found_in_any_width_and_case(spelled):
    with MastodonFake([row(1), row(2, text="全角 ＃ＳＳＭＪＰ です"), row(3, text="#ssmjp2 は別")]) as fake:
        assert keys(fake, tag(fake, spelled)) == ["k2", "k1"]


def test_half_width_kana_are_full_width_and_unknown_tags_are_empty():
    assert fold("ｶﾞｷﾞ") == fold("ガギ") and fold("#Café") == "cafe"
    with MastodonFake([row(1, text="#ﾃｽﾄ 会")]) as fake:
        assert keys(fake, tag(fake, "テスト")) == ["k1"]
        assert tag(fake, "nosuchtag").body == b"[]"


def test_any_all_none_local_and_remote():
    posts = [row(1), row(2, author=FAR), row(3, text="#ssmjp #夜"), row(4, text="#夜 だけ")]
    with MastodonFake(posts) as fake:
        assert keys(fake, tag(fake, any_=["夜"])) == ["k4", "k3", "k2", "k1"]
        assert keys(fake, tag(fake, all_=["夜"])) == ["k3"]
        assert keys(fake, tag(fake, none_=["夜"])) == ["k2", "k1"]
        assert keys(fake, tag(fake, local="true")) == ["k3", "k1"]
        assert keys(fake, tag(fake, remote="true")) == ["k2"]
        assert fake.refusals == []


@pytest.mark.parametrize("path, method, status", [
    ("/api/v1/timelines/tag/ssmjp?offset=3", "GET", 400), ("/api/v1/timelines/tag/ssmjp?limit=x", "GET", 400),
    ("/api/v1/timelines/tag/ssmjp?limit=0", "GET", 400), ("/api/v1/timelines/tag/ssmjp?max_id=abc", "GET", 400),
    ("/api/v1/timelines/tag/ssmjp?limit=1&limit=2", "GET", 400), ("/api/v1/timelines/tag/%23ssmjp", "GET", 400),
    ("/api/v1/timelines/tag/ssmjp?any=a", "GET", 400), ("/api/v1/timelines/tag/%ff", "GET", 400),
    ("/api/v1/timelines/tag/ssmjp?any%5B%5D=a&any%5B%5D=b&any%5B%5D=c&any%5B%5D=d&any%5B%5D=e", "GET", 400),
    ("/api/v1/timelines/home", "GET", 404), ("/", "GET", 404), ("/api/v1/timelines/tag/ssmjp", "POST", 405),
    ("/api/v1/statuses?id=1", "GET", 400), ("/api/v1/statuses/1?x=1", "GET", 400)])
def test_what_no_client_may_send_is_refused_and_remembered(path, method, status):
    with MastodonFake(rows(3)) as fake:
        reply = ask(fake, path, method=method)
        assert reply.status == status and "error" in reply.json
        assert len(fake.refusals) == 1 and path in fake.refusals[0]


def test_parameters_that_a_server_does_not_know_are_refused():
    with MastodonFake(rows(3), personality="gotosocial") as fake:
        assert tag(fake, token="user-token", local="true").status == 400
        assert len(fake.refusals) == 1


@pytest.mark.parametrize("settings, token, query, status", [
    ({}, None, {}, 200), ({}, "wrong", {}, 401), ({"access": "authenticated"}, None, {}, 422),
    ({"access": "authenticated"}, "app-token", {}, 422), ({"access": "authenticated"}, "user-token", {}, 200),
    ({"access": "authenticated"}, "wrong", {}, 401), ({"access": "local"}, None, {}, 422),
    ({"access": "local"}, None, {"local": "true"}, 200), ({"access": "limited"}, None, {}, 401),
    ({"access": "limited"}, "user-token", {}, 200), ({"personality": "gotosocial"}, None, {}, 401),
    ({"personality": "akkoma", "access": "authenticated"}, None, {}, 401), ({"personality": "snac"}, None, {}, 200)])
def test_who_may_read(settings, token, query, status):
    with MastodonFake(rows(3), **settings) as fake:
        reply = tag(fake, token=token, **query)
        assert reply.status == status
        assert len(reply.json) == 3 if status == 200 else reply.json["error"]
        assert fake.refusals == []


def test_a_disabled_feed_is_empty_and_the_instance_says_so():
    with MastodonFake(rows(3), access="disabled") as fake:
        assert tag(fake).json == []
        feeds = ask(fake, "/api/v2/instance").json["configuration"]["timelines_access"]["hashtag_feeds"]
        assert feeds == {"local": "disabled", "remote": "disabled"}


def test_rate_headers_and_a_budget_that_runs_out():
    with MastodonFake(rows(3), budget=2) as fake:
        first, second, third, fourth = (tag(fake) for _ in range(4))
        assert first.headers["X-RateLimit-Limit"] == "2" and first.headers["X-RateLimit-Remaining"] == "1"
        assert first.headers["X-RateLimit-Reset"] == "2026-05-28T20:30:00.070144Z"
        assert (second.status, third.status, fourth.status) == (200, 429, 200)
        assert third.json["error"] and third.headers["X-RateLimit-Remaining"] == "0"


def test_secrets_are_shown_only_by_a_server_that_leaks():
    posts = evening(5, 44, "ssmjp", secrets=True)
    for leak in (False, True):
        with MastodonFake(posts, leak=leak) as fake:
            seen = {status["visibility"] for status in tag(fake, limit=40).json}
            found = set(walk(fake))
            assert seen == ({"public", "unlisted", "private", "direct"} if leak else {"public"})
            assert bool(found & fake.secret_uris("ssmjp")) == leak
            assert not fake.public_uris("ssmjp") & fake.secret_uris("ssmjp")
            assert fake.public_uris("ssmjp") | fake.optout_uris("ssmjp") == found - fake.secret_uris("ssmjp")


def test_posts_come_go_and_change_at_a_request():
    posts = [row(1), row(2, appears=2), row(3, vanishes=3)]
    with MastodonFake(posts) as fake:
        fake.at(4, lambda it: it.edit("k1", "書き直し #ssmjp", NOW * 1000))
        assert [keys(fake, tag(fake)) for _ in range(3)] == [["k3", "k1"], ["k3", "k2", "k1"], ["k2", "k1"]]
        changed = tag(fake).json[1]
        assert "書き直し" in changed["content"] and changed["edited_at"] == "2026-05-28T20:26:40.000Z"
        assert changed["id"] == fake.id_of("k1")


def test_quotes_in_each_servers_way():
    posts = [row(1), row(2, quote="k1"), row(3, quote="k2"), row(4, quote="gone")]
    with MastodonFake(posts) as fake:
        lost, outer, inner, plain = tag(fake).json
        assert lost["quote"] == {"state": "deleted", "quoted_status": None} and plain["quote"] is None
        assert outer["quote"]["quoted_status"]["quote"] == {"state": "accepted", "quoted_status_id": plain["id"]}
        assert 'class="quote-inline"' in inner["content"]
    with MastodonFake(posts, personality="akkoma") as fake:
        lost, outer, inner, plain = tag(fake).json
        assert inner["quote"]["id"] == inner["quote_id"] == plain["id"] and lost["quote"] is None


def test_text_is_escaped_and_linked():
    text = "<b>&\n@meetup_guest_afar https://a.example/x?y=1&z=2 #ssmjp\n\n二段落"
    with MastodonFake([row(1, text=text), row(2, author=FAR)]) as fake:
        content = tag(fake).json[1]["content"]
        assert content.startswith("<p>&lt;b&gt;&amp;<br />") and content.endswith("</p><p>二段落</p>")
        assert 'href="https://a.example/x?y=1&amp;z=2"' in content
        assert 'class="u-url mention">@<span>meetup_guest_afar' in content
        assert tag(fake).json[1]["mentions"][0]["acct"] == "meetup_guest_afar@far.example"


def test_single_statuses_many_and_their_context():
    posts = [row(1), row(2, reply="k1"), row(3, reply="k2"), row(4, visibility="private", reply="k1")]
    with MastodonFake(posts) as fake:
        ids = [fake.id_of("k%d" % n) for n in range(1, 5)]
        assert ask(fake, "/api/v1/statuses/" + ids[0]).json["id"] == ids[0]
        assert ask(fake, "/api/v1/statuses/" + ids[3]).status == 404
        found = ask(fake, "/api/v1/statuses", [("id[]", one) for one in [*ids, "9"]]).json
        assert [status["id"] for status in found] == ids[:3]
        context = ask(fake, "/api/v1/statuses/%s/context" % ids[1]).json
        assert [s["id"] for s in context["ancestors"]] == ids[:1]
        assert [s["id"] for s in context["descendants"]] == ids[2:3]
        assert fake.refusals == []


def test_gzip_when_it_is_accepted():
    with MastodonFake(rows(9)) as fake:
        zipped = ask(fake, "/api/v1/timelines/tag/ssmjp", **{"Accept-Encoding": "gzip, br"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert json.loads(gzip.decompress(zipped.body)) == tag(fake).json


def test_an_evening_holds_everything_that_occurs():
    posts = evening(9, 24, "ssmjp", secrets=True)
    texts = "".join(post.text for post in posts)
    assert all(word in texts for word in ("\u200d", ":kanpai:", "<script>", "＃ＳＳＭＪＰ", "#運用", "R&D", "&amp;"))
    assert {one.kind for post in posts for one in post.media} == {"image", "gifv", "video"}
    assert {one.alt is None for post in posts for one in post.media} == {True, False}
    assert {post.visibility for post in posts} == {"public", "unlisted", "private", "direct"}
    known = {post.key: post for post in posts}
    assert {post.quote in known for post in posts if post.quote} == {True, False}
    assert {"ssmjp" in known[post.reply].folded for post in posts if post.reply} == {True, False}
    for found in ("poll", "spoiler", "card", "edited", "emojis"):
        assert any(getattr(post, found) for post in posts), found
    assert any(post.author.opted_out for post in posts) and any("<img" in post.author.name for post in posts)
    assert max(len(post.text) for post in posts) > 280
    assert sum("ssmjp" in post.folded for post in posts) == 24


def test_the_same_posts_give_the_same_bytes_on_any_server():
    with MastodonFake(evening(1, 40, "ssmjp")) as one, MastodonFake(evening(1, 40, "ssmjp")) as other:
        assert tag(one).body == tag(other).body
        assert {s["uri"] for s in tag(one).json} <= one.public_uris("ssmjp") | one.optout_uris("ssmjp")


def test_many_at_once():
    with MastodonFake(evening(1, 80, "ssmjp")) as fake:
        pages = []
        crowd = [threading.Thread(target=lambda: pages.append(tag(fake, limit=40).body)) for _ in range(16)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        assert len(pages) == 16 and len(set(pages)) == 1
        assert [request.number for request in fake.seen] == list(range(1, 17))


def test_posts_from_plain_data_are_checked():
    author = {"username": "meetup_hana_at_home"}
    data = [{"author": author, "text": "#a", "key": "1"}, {"author": author["username"], "text": "#b", "key": "2"}]
    assert [post.author.username for post in posts_from(data)] == [author["username"]] * 2
    with pytest.raises(ValueError, match="txt"):
        posts_from([{"author": author, "txt": "#a"}])
    with pytest.raises(ValueError, match="two posts"):
        MastodonFake([row(1), row(1)])


@pytest.mark.parametrize("network, path, status", [
    ("misskey", "/api/notes/search-by-tag", 405), ("bluesky", "/xrpc/app.bsky.feed.searchPosts?q=%23ssmjp", 401),
    ("x", "/2/tweets/search/recent?query=a", 401)])
def test_the_others_from_a_shell(tmp_path, network, path, status):
    port, report = tmp_path / "port", tmp_path / "report"
    command = [sys.executable, "-m", "fakes." + network, "--evening", "1:24:ssmjp", "--port-file", str(port),
               "--report", str(report), "--tag", "ssmjp"]
    with subprocess.Popen(command, cwd=Path(__file__).parent.parent) as server:
        while not port.exists():
            assert server.poll() is None
        assert ask(None, "http://127.0.0.1:%d%s" % (int(port.read_text()), path)).status == status
        server.terminate()
    told = json.loads(report.read_text())
    assert told["requests"] == 1 and len(told["uris"]["ssmjp"]) + len(told["optout_uris"]["ssmjp"]) == 24


def test_from_a_shell(tmp_path):
    port, report = tmp_path / "port", tmp_path / "report"
    command = [sys.executable, "-m", "fakes.mastodon", "--evening", "1:30:ssmjp", "--port-file", str(port), "--report",
               str(report), "--tag", "ssmjp", "--set", "personality=snac", "--fault", "2=503-html"]
    with subprocess.Popen(command, cwd=Path(__file__).parent.parent) as server:
        while not port.exists():
            assert server.poll() is None
        url = "http://127.0.0.1:%d/api/v1/timelines/tag/ssmjp" % int(port.read_text())
        assert [ask(None, url).status for _ in range(2)] == [200, 503]
        server.terminate()
    told = json.loads(report.read_text())
    assert server.returncode == 0 and told["requests"] == 2 and told["refusals"] == []
    assert len(told["uris"]["ssmjp"]) + len(told["optout_uris"]["ssmjp"]) == 30

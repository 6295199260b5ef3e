"""The fake of Misskey does what apis.md says of it and its forks, and refuses what a client must not send."""
import json

import pytest

from . import NOW, Author, Media, MisskeyFake, Post, evening
from .asking import ask, notes

HANA = Author("meetup_hana_at_home", "はな", "misskey.example")
FAR = Author("meetup_guest_afar", "遠方 :blob:", "far.example", emojis={"blob": "https://far.example/blob.png"})
SHY = Author("meetup_shy_person", "内気", "misskey.example", signin=True)
HOUR = 3_600_000


def row(n, text="話 %d #ssmjp", author=HANA, step=1000, **more):
    return Post(author, text % n if "%d" in text else text, NOW * 1000 - HOUR + n * step, key="k%d" % n, **more)


def rows(n):
    return [row(k) for k in range(n)]


def keys(fake, reply):
    return [fake.shelf.find(note["id"]).post.key for note in reply.json]


def uri(fake, note):
    return note.get("uri") or "https://127.0.0.1:%d/notes/%s" % (fake.port, note["id"])


def walk(fake, size=7, **more):
    found = []
    while page := notes(fake, limit=size, **more).json:
        found += page
        more["untilId"] = page[-1]["id"]
    return found


def code(reply):
    return reply.json["error"]["code"]


@pytest.mark.parametrize("personality", ["misskey", "sharkey"])
def test_a_walk_down_meets_every_note_once(personality):
    with MisskeyFake(evening(3, 96, "ssmjp", secrets=True), personality=personality) as fake:
        found = [uri(fake, note) for note in walk(fake)]
        assert len(found) == len(set(found)) and set(found) == fake.public_uris("ssmjp")
        assert fake.secret_uris("ssmjp") and not set(found) & fake.secret_uris("ssmjp")
        assert fake.optout_uris("ssmjp") == set() and fake.refusals == []


def test_a_lower_bound_alone_is_answered_oldest_first():
    with MisskeyFake(rows(30)) as fake:
        low, high = fake.id_of("k3"), fake.id_of("k8")
        assert keys(fake, notes(fake, sinceId=low, limit=3)) == ["k4", "k5", "k6"]
        assert keys(fake, notes(fake, sinceId=low, untilId=high, limit=3)) == ["k7", "k6", "k5"]
        assert keys(fake, notes(fake, untilId=high, limit=3)) == ["k7", "k6", "k5"]
        assert keys(fake, notes(fake, limit=2)) == ["k29", "k28"] and len(notes(fake).json) == 10
        bounds = {"sinceDate": NOW * 1000 - HOUR + 2000, "untilDate": NOW * 1000 - HOUR + 4000}
        assert keys(fake, notes(fake, **bounds)) == ["k3", "k2"]
        assert fake.refusals == []


def test_a_cursor_that_was_deleted_is_a_bound_all_the_same():
    with MisskeyFake(rows(10)) as fake:
        gone = fake.id_of("k5")
        fake.delete("k5")
        assert keys(fake, notes(fake, untilId=gone, limit=2)) == ["k4", "k3"]
        assert keys(fake, notes(fake, sinceId=gone, limit=2)) == ["k6", "k7"]


def test_a_late_note_lands_where_it_was_written():
    with MisskeyFake(rows(10)) as fake:
        fake.add(Post(FAR, "遅れて #ssmjp", NOW * 1000 - HOUR + 4500, "late"))
        assert keys(fake, notes(fake, limit=7)) == ["k9", "k8", "k7", "k6", "k5", "late", "k4"]


@pytest.mark.parametrize("spelled", ["ssmjp", "SSMJP", "ＳＳＭＪＰ"])
def test_a_tag_is_found_in_any_width_and_case(spelled):
    with MisskeyFake([row(1), row(2, "全角 ＃ＳＳＭＪＰ"), row(3, "#ssmjp2 は別"), row(4, "#ssmjpé は別")]) as fake:
        assert keys(fake, notes(fake, tag=spelled)) == ["k2", "k1"]
        assert notes(fake).json[0]["tags"] == ["ssmjp"]


def test_an_accent_is_another_tag():
    with MisskeyFake([row(1, "#café"), row(2, "#cafe")]) as fake:
        assert keys(fake, notes(fake, tag="CAFÉ")) == ["k1"] and keys(fake, notes(fake, tag="cafe")) == ["k2"]


def test_the_query_and_the_filters():
    posts = [row(1, "#夜 だけ"), row(2, "#夜 #ssmjp"), row(3, reply="k1"), row(4, quote="k1"),
             row(5, media=[Media("https://files.example/a.png")]), row(6, poll={"options": [["はい", 1], ["いいえ", 0]]})]
    with MisskeyFake(posts) as fake:
        assert keys(fake, notes(fake, query=[["ssmjp", "夜"], ["nosuchtag"]])) == ["k2"]
        assert keys(fake, notes(fake, reply=True)) == ["k3"] and keys(fake, notes(fake, renote=True)) == ["k4"]
        assert keys(fake, notes(fake, withFiles=True)) == ["k5"] and keys(fake, notes(fake, poll=True)) == ["k6"]
        assert keys(fake, notes(fake, reply=False, renote=False, poll=None)) == ["k6", "k5", "k2"]


@pytest.mark.parametrize("mark", ['"', "'", "\\", "%", "\n"])
def test_a_tag_with_a_quote_mark_is_an_error_of_the_server(mark):
    with MisskeyFake(rows(3)) as fake:
        reply = notes(fake, tag="ss" + mark)
        assert reply.status == 500 and code(reply) == "INTERNAL_ERROR" and fake.refusals == []


def test_what_a_note_says():
    media = [Media("https://files.example/a.png", alt="図", preview="https://files.example/s.png"), Media(
        "https://files.example/b.mp4", "video")]
    posts = [row(1, ":blob: :kanpai: #ssmjp", FAR, emojis={"kanpai": "https://far.example/kanpai.png"}),
             row(2, "", media=media, tags=["ssmjp"], sensitive=True), row(3, spoiler="注意", reply="k1"),
             row(4, quote="k1"), row(5, "", quote="k1", tags=["ssmjp"]), row(6, visibility="unlisted")]
    with MisskeyFake(posts) as fake:
        home, renote, quote, reply, files, far = notes(fake).json
        assert home["visibility"] == "home" and fake.uri_named("k6") in fake.public_uris("ssmjp")
        assert renote["text"] is None and renote["renote"]["id"] == quote["renoteId"] == far["id"]
        assert fake.uri_named("k5") not in fake.public_uris("ssmjp")
        assert reply["cw"] == "注意" and reply["reply"]["text"] == far["text"] and "reply" not in reply["reply"]
        assert files["text"] is None and [one["type"] for one in files["files"]] == ["image/png", "video/mp4"]
        assert files["files"][0]["comment"] == "図" and files["files"][0]["isSensitive"] is True
        assert far["uri"] == posts[0].uri and far["emojis"] and far["user"]["emojis"] and far["user"]["host"]
        assert "uri" not in quote and "emojis" not in quote and quote["user"]["host"] is None


def test_who_wants_readers_to_sign_in_is_blank_to_strangers():
    with MisskeyFake([row(1), row(2, author=SHY, media=[Media("https://files.example/a.png")])]) as fake:
        blank, _ = notes(fake).json
        assert blank["isHidden"] is True and blank["text"] is None and blank["files"] == []
        full, _ = notes(fake, token="user-token").json
        assert "isHidden" not in full and full["text"] and full["user"]["requireSigninToViewContents"] is True
        assert fake.hidden_uris("ssmjp") == {fake.uri_named("k2")} and fake.public_uris("ssmjp") == {fake.uri_named("k1")}
        assert code(notes(fake, "show", noteId=fake.id_of("k2"))) == "CONTENT_RESTRICTED_BY_USER"


@pytest.mark.parametrize("visitors, local, remote", [("all", 200, 200), ("local", 200, 400), ("none", 400, 400)])
def test_what_strangers_are_shown_one_by_one(visitors, local, remote):
    with MisskeyFake([row(1), row(2, author=FAR)], visitors=visitors) as fake:
        replies = [notes(fake, "show", noteId=fake.id_of(key)) for key in ("k1", "k2")]
        assert [reply.status for reply in replies] == [local, remote]
        assert all(code(reply) == "CONTENT_RESTRICTED_BY_SERVER" for reply in replies if reply.status == 400)
        assert notes(fake, "show", "user-token", noteId=fake.id_of("k2")).status == 200
        assert len(notes(fake).json) == 2, "a search does not ask"
        assert code(notes(fake, "show", noteId="zzzzzzzzzz")) == "NO_SUCH_NOTE" and fake.refusals == []


def test_what_hangs_on_a_note():
    posts = [row(1), row(2, reply="k1"), row(3, quote="k1"), row(4, "", quote="k1"), row(5, reply="k2"),
             row(6, reply="k1", visibility="private")]
    with MisskeyFake(posts) as fake:
        number = fake.id_of("k1")
        assert keys(fake, notes(fake, "children", noteId=number)) == ["k3", "k2"]
        assert keys(fake, notes(fake, "children", noteId=number, limit=1)) == ["k3"]
        assert keys(fake, notes(fake, "replies", noteId=number)) == ["k2"]
        assert keys(fake, notes(fake, "renotes", noteId=number)) == ["k4", "k3"]
        assert keys(fake, notes(fake, "conversation", noteId=fake.id_of("k5"))) == ["k2", "k1"]
        assert notes(fake, "children", noteId="zzzzzzzzzz").json == []


@pytest.mark.parametrize("settings, token, i, status, word", [
    ({}, None, None, 200, None), ({}, "user-token", None, 200, None), ({}, None, "user-token", 200, None),
    ({}, "wrong", None, 401, "AUTHENTICATION_FAILED"), ({}, None, "wrong", 401, "AUTHENTICATION_FAILED"),
    ({"bad_token": 403}, None, "wrong", 403, "AUTHENTICATION_FAILED"),
    ({"access": "authenticated"}, None, None, 401, "CREDENTIAL_REQUIRED"),
    ({"access": "authenticated"}, "user-token", None, 200, None)])
def test_who_may_read(settings, token, i, status, word):
    with MisskeyFake(rows(3), **settings) as fake:
        reply = notes(fake, token=token, **({"i": i} if i else {}))
        assert reply.status == status and (word is None or code(reply) == word)
        assert word is None or reply.headers["www-authenticate"].startswith("Bearer")
        assert fake.refusals == []


@pytest.mark.parametrize("body", [
    {}, {"tag": "#ssmjp"}, {"tag": ""}, {"tag": "a", "limit": 0}, {"tag": "a", "limit": 101},
    {"tag": "a", "limit": "9"},
    {"tag": "a", "sinceId": 1}, {"tag": "a", "untilId": "abc"}, {"tag": "a", "offset": 1}, {"tag": "a", "local": True},
    {"tag": "a", "query": [["a"]]}, {"query": "a"}, {"tag": "a", "reply": 1}, {"tag": "a", "sinceDate": 1},
    {"tag": "a", "untilDate": 1, "untilId": "0" * 16}, [], "a", 7])
def test_a_body_that_no_client_may_send_is_refused(body):
    with MisskeyFake(rows(3)) as fake:
        reply = ask(fake, "/api/notes/search-by-tag", method="POST", body=json.dumps(body).encode(),
                    **{"Content-Type": "application/json"})
        assert reply.status == 400 and code(reply) == "INVALID_PARAM" and len(fake.refusals) == 1


@pytest.mark.parametrize("method, path, body, kind, status", [
    ("GET", "/api/notes/search-by-tag", None, None, 405),
    ("POST", "/api/notes/timeline", b"{}", "application/json", 404),
    ("POST", "/api/notes/search-by-tag?tag=a", b"{}", "application/json", 400),
    ("POST", "/api/notes/search-by-tag", b'{"tag":"a"}', "text/plain", 400),
    ("POST", "/api/notes/search-by-tag", b'{"tag":"a"', "application/json", 400),
    ("POST", "/api/notes/search-by-tag", b'{"tag":"a","tag":"b"}', "application/json", 400)])
def test_a_call_that_no_client_may_make_is_refused(method, path, body, kind, status):
    with MisskeyFake(rows(3)) as fake:
        reply = ask(fake, path, method=method, body=body, **({"Content-Type": kind} if kind else {}))
        assert reply.status == status and len(fake.refusals) == 1
        assert status != 405 or reply.body == b""


def test_a_limit_asks_for_patience_in_seconds():
    with MisskeyFake(rows(3), budget=1) as fake:
        first, second, third = (notes(fake) for _ in range(3))
        assert (first.status, second.status, third.status) == (200, 429, 200)
        assert code(second) == "RATE_LIMIT_EXCEEDED" and int(second.headers["Retry-After"]) > 0
        assert "X-RateLimit-Reset" not in second.headers and fake.clock == NOW + int(second.headers["Retry-After"])


def test_sharkey_tells_its_limits_in_decimals_from_now():
    with MisskeyFake([row(1, edited=NOW * 1000)], personality="sharkey", faults={2: "429"}) as fake:
        first, second = notes(fake), notes(fake)
        assert first.json[0]["updatedAt"] == "2026-05-28T20:26:40.000Z"
        assert first.headers["X-RateLimit-Remaining"] == "9" and first.headers["X-RateLimit-Clear"] == "1.000"
        assert second.status == 429 and second.headers["X-RateLimit-Reset"] == "60.000"
        assert second.headers["Retry-After"] == "60" and second.headers["X-RateLimit-Remaining"] == "0"
    with MisskeyFake([row(1, edited=NOW * 1000)]) as fake:
        assert "updatedAt" not in notes(fake).json[0] and "X-RateLimit-Remaining" not in notes(fake).headers


def test_an_empty_list_may_be_no_content():
    with MisskeyFake(rows(2), says_nothing=True) as fake:
        assert notes(fake).status == 200
        reply = notes(fake, tag="nosuchtag")
        assert reply.status == 204 and reply.body == b"" and "Content-Length" not in reply.headers
    with MisskeyFake(rows(2)) as fake:
        assert notes(fake, tag="nosuchtag").body == b"[]"


def test_secrets_are_shown_only_by_a_server_that_leaks():
    for leak in (False, True):
        with MisskeyFake(evening(5, 44, "ssmjp", secrets=True), leak=leak) as fake:
            seen = {note["visibility"] for note in walk(fake)}
            assert seen == ({"public", "home", "followers", "specified"} if leak else {"public", "home"})
            assert not fake.public_uris("ssmjp") & fake.secret_uris("ssmjp")


def test_by_uri_wants_a_token_and_patience():
    def show(fake, token):
        return ask(fake, "/api/ap/show", token=token, method="POST", body=json.dumps({"uri": posts[0].uri}).encode(),
                   **{"Content-Type": "application/json"})
    posts = [row(1, author=FAR)]
    with MisskeyFake(posts) as fake:
        assert show(fake, None).status == 401
        assert show(fake, "user-token").json["object"]["id"] == fake.id_of("k1")
        assert [show(fake, "user-token").status for _ in range(30)][-1] == 429 and len(fake.refusals) == 1

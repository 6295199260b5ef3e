"""What the Mastodon-like fake answers beside its timelines: logins, searches by URL, bulk lookups, objects."""
import json
from urllib.parse import urlencode

import pytest

from . import NOW, Author, MastodonFake, Media, Post
from .asking import ask, tag
from .mastodon_doors import OUT_OF_BAND

HANA = Author("meetup_hana_at_home", "はな", avatar="https://files.example/hana.png")
FAR = Author("meetup_guest_afar", "遠方", "far.example")
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
OBJECT = {"Accept": "application/activity+json"}


def row(n, author=HANA, text="話 %d #ssmjp", **more):
    return Post(author, text % n if "%d" in text else text, NOW * 1000 - 3_600_000 + n * 1000, key="k%d" % n, **more)


def post(fake, path, fields, form=False, **headers):
    body = urlencode(fields).encode() if form else json.dumps(fields).encode()
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    return ask(fake, path, method="POST", body=body, **{"Content-Type": kind, **headers})


def app(fake, **more):
    return post(fake, "/api/v1/apps", {"client_name": "archive", "redirect_uris": OUT_OF_BAND, "scopes": "read:statuses",
                                       **more})


def page_of_consent(fake, made, **more):
    return fake.url + "/oauth/authorize?" + urlencode({
        "response_type": "code", "client_id": made["client_id"], "redirect_uri": OUT_OF_BAND,
        "scope": "read:statuses", **more})


def exchange(fake, made, code, form=True, **more):
    return post(fake, "/oauth/token", {"grant_type": "authorization_code", "code": code, "redirect_uri": OUT_OF_BAND,
                                       "client_id": made["client_id"], "client_secret": made["client_secret"], **more},
                form)


@pytest.mark.parametrize("form", [True, False])
def test_a_login_out_of_band_ends_with_the_token(form):
    with MastodonFake([row(1)], access="authenticated") as fake:
        made = app(fake).json
        code = fake.authorize(page_of_consent(fake, made))
        got = exchange(fake, made, code, form).json
        assert got["token_type"] == "Bearer" and got["scope"] == "read:statuses"
        assert len(tag(fake, token=got["access_token"]).json) == 1
        assert exchange(fake, made, code, form).json["error"] == "invalid_grant"
        assert exchange(fake, made, "mistyped", form).status == 400
        assert exchange(fake, {**made, "client_secret": "x"}, code, form).status == 401
        assert fake.refusals == []


@pytest.mark.parametrize("fields", [{"scopes": "read write"}, {"scopes": ""}, {"redirect_uris": "https://a.example/"},
                                    {"client_name": None}, {"colour": "red"}])
def test_an_application_that_is_no_reader_is_refused(fields):
    with MastodonFake() as fake:
        assert app(fake, **fields).status == 400 and len(fake.refusals) == 1


def test_the_way_to_a_token_is_checked():
    with MastodonFake() as fake:
        made = app(fake).json
        for more in ({"scope": "read:statuses read:search"}, {"response_type": "token"}, {"redirect_uri": "x"}):
            with pytest.raises(AssertionError):
                fake.authorize(page_of_consent(fake, made, **more))
        code = fake.authorize(page_of_consent(fake, made))
        assert exchange(fake, made, code, grant_type="password").status == 400
        assert exchange(fake, made, code, redirect_uri="https://a.example/").status == 400
        assert ask(fake, "/oauth/token?code=" + code, method="POST", body=b"").status == 400
        assert ask(fake, "/oauth/token").status == 405 and len(fake.refusals) == 4


def test_five_applications_in_ten_minutes():
    with MastodonFake() as fake:
        assert [app(fake).status for _ in range(6)] == [200] * 5 + [429]
        fake.clock += 601
        assert app(fake).status == 200


@pytest.mark.parametrize("token, scopes, status", [
    (None, "read", 401), ("wrong", "read", 401), ("app-token", "read", 422), ("user-token", "read", 200),
    ("user-token", "profile", 200), ("user-token", "read:accounts", 200), ("user-token", "read:statuses", 403)])
def test_who_asks_who_he_is(token, scopes, status):
    with MastodonFake() as fake:
        fake.scopes = {scopes}
        reply = ask(fake, "/api/v1/accounts/verify_credentials", token=token)
        assert reply.status == status and fake.refusals == []
        assert "error" in reply.json if status > 200 else reply.json["username"] == fake.user.username


def test_a_post_is_found_by_its_url_by_users_only():
    with MastodonFake([row(1), row(2, FAR), row(3, FAR, visibility="private")]) as fake:
        far = fake.shelf.find("k2").post
        query = {"q": far.url, "resolve": "true", "type": "statuses"}
        assert ask(fake, "/api/v2/search", query).status == 401
        assert ask(fake, "/api/v2/search", query, "app-token").status == 401
        for name in (far.url, far.uri):
            found = ask(fake, "/api/v2/search", {**query, "q": name}, "user-token").json
            assert [status["uri"] for status in found["statuses"]] == [far.uri] and found["accounts"] == []
        hidden = {**query, "q": fake.shelf.find("k3").post.url}
        assert ask(fake, "/api/v2/search", hidden, "user-token").json["statuses"] == [] and fake.refusals == []
        assert ask(fake, "/api/v2/search", {**query, "limit": 1}, "user-token").status == 400
        assert ask(fake, "/api/v2/search", {**query, "type": "accounts"}, "user-token").status == 400
        assert len(fake.refusals) == 2


@pytest.mark.parametrize("settings, status", [({}, 200), ({"version": "4.3.0"}, 200), ({"version": "4.2.10"}, 404),
                                              ({"personality": "snac"}, 404), ({"personality": "akkoma"}, 404)])
def test_many_at_once_only_where_the_server_is_new(settings, status):
    with MastodonFake([row(1), row(2)], **settings) as fake:
        reply = ask(fake, "/api/v1/statuses", [("id[]", fake.id_of("k1"))])
        assert reply.status == status and fake.refusals == []
        assert ask(fake, "/api/v1/statuses", [("id[]", str(n)) for n in range(21)]).status == 400


@pytest.mark.parametrize("settings, version, second, told", [
    ({}, "4.6.4", 200, True), ({"version": "4.4.2"}, "4.4.2", 200, False), ({"version": "3.5.3"}, "3.5.3", 404, False),
    ({"personality": "snac"}, "4.0.0 (not true; really snac/2.94)", 404, False)])
def test_an_instance_says_what_it_is(settings, version, second, told):
    with MastodonFake(**settings) as fake:
        assert ask(fake, "/api/v1/instance").json["version"] == version
        reply = ask(fake, "/api/v2/instance")
        assert reply.status == second and fake.refusals == []
        assert ("timelines_access" in reply.json.get("configuration", {})) == told


def test_a_stranger_sees_forty_above_and_sixty_below():
    chain = [row(n, reply="k%d" % (n - 1)) for n in range(1, 50)]
    crowd = [row(n, reply="k49") for n in range(100, 170)]
    with MastodonFake([row(0), *chain, *crowd]) as fake:
        path = "/api/v1/statuses/%s/context" % fake.id_of("k49")
        seen, known = ask(fake, path).json, ask(fake, path, token="user-token").json
        assert (len(seen["ancestors"]), len(seen["descendants"])) == (40, 60)
        assert (len(known["ancestors"]), len(known["descendants"])) == (49, 70)


def test_a_post_is_an_object_at_its_own_uri_and_page():
    media = [Media("https://files.example/a.png", alt="図")]
    posts = [row(1, media=media, spoiler="注意", before=[["x", 1]], edited=NOW * 1000),
             row(2, reply="k1", poll={"options": [["はい", 2], ["いいえ", 1]]}, visibility="unlisted"),
             row(3, visibility="private"), row(4, FAR)]
    with MastodonFake(posts, home=True) as fake:
        status = ask(fake, "/api/v1/statuses/" + fake.id_of("k1")).json
        assert status["uri"].startswith(fake.url) and status["url"].startswith(fake.url)
        assert {status["uri"]} < fake.public_uris("ssmjp")
        note = ask(fake, status["uri"], **OBJECT).json
        assert note == ask(fake, status["url"], **OBJECT).json
        assert (note["id"], note["url"], note["type"]) == (status["uri"], status["url"], "Note")
        assert note["content"] == status["content"] and note["summary"] == "注意" and note["to"] == [PUBLIC]
        assert note["attachment"][0]["name"] == "図" and note["tag"][0] == {
            "type": "Hashtag", "name": "#ssmjp", "href": "https://social.example/tags/ssmjp"}
        assert note["updated"] == "2026-05-28T20:26:40Z"
        question = ask(fake, fake.uri_of(fake.shelf.find("k2").post), **OBJECT).json
        assert question["type"] == "Question" and question["inReplyTo"] == note["id"] and PUBLIC in question["cc"]
        assert [one["name"] for one in question["oneOf"]] == ["はい", "いいえ"]
        assert ask(fake, fake.uri_of(fake.shelf.find("k3").post), **OBJECT).status == 404
        actor = ask(fake, note["attributedTo"], **OBJECT).json
        assert actor["preferredUsername"] == HANA.username and actor["icon"]["url"] == HANA.avatar
        assert ask(fake, status["url"]).headers["Content-Type"].startswith("text/html") and fake.refusals == []


def test_a_server_may_want_a_signature():
    with MastodonFake([row(1)], authorized_fetch=True) as fake:
        path = fake.uri_of(fake.shelf.find("k1").post).removeprefix("https://social.example")
        assert ask(fake, path, **OBJECT).status == 401 and fake.refusals == []


def test_the_id_is_the_last_part_of_a_local_page():
    with MastodonFake([row(1)]) as fake:
        url = tag(fake).json[0]["url"]
        assert ask(fake, "/api/v1/statuses/" + url.rpartition("/")[2]).json["url"] == url

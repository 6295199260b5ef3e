"""data/example as far as Misskey and Bluesky go: their shapes are true, and what occurs there occurs."""
import json
import re
import urllib.parse

import pytest

from harness import ROOT
from taped import TAG, TAPE, exchanges, folded, milliseconds

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
HOME = "https://misskey.example/notes/"


def asked(host):
    """The body of each request."""
    return [json.loads(path.read_text(encoding="utf-8").split("\n\n", 1)[1])
            for path in sorted(TAPE.glob(f"[0-9]*-{host}.request")) if path.read_bytes().startswith(b"POST")]


def notes():
    return [note for _, _, _, body in exchanges("misskey.example") for note in json.loads(body)]


def views():
    return [view for _, _, _, body in exchanges("bsky.example") for view in json.loads(body)["posts"]]


def statuses():
    return [status for _, _, _, body in exchanges("social.example") for status in json.loads(body)]


def identity(note):
    return note.get("uri") or HOME + note["id"]


def features(view):
    """(bytes that a facet covers, its feature)"""
    data = view["record"]["text"].encode()
    return [(data[facet["index"]["byteStart"]:facet["index"]["byteEnd"]].decode(), feature)
            for facet in view["record"].get("facets", []) for feature in facet["features"]]


def sorted_at(view):
    return min(milliseconds(view["record"]["createdAt"]), milliseconds(view["indexedAt"]))


# Misskey


def test_the_walk_of_misskey_goes_down_to_an_empty_page():
    pages = [json.loads(body) for _, _, _, body in exchanges("misskey.example")]
    ids = [note["id"] for note in notes()]
    assert ids == sorted(set(ids), reverse=True) and pages[-1] == [] and all(pages[:-1])
    assert [body.get("untilId") for body in asked("misskey.example")] == [None] + [p[-1]["id"] for p in pages[:-1]]


def test_ids_of_misskey_hold_their_times():
    for note in notes():
        ms = 0
        for letter in note["id"][:8]:
            ms = ms * 36 + ALPHABET.index(letter)
        assert len(note["id"]) == 16 and ms + 946684800000 == milliseconds(note["createdAt"])


def test_notes_of_elsewhere_bring_their_addresses_and_emojis_and_those_of_here_neither():
    for note in notes():
        away = note["user"]["host"] is not None
        assert away == ("uri" in note) == ("url" in note) == ("emojis" in note) == ("instance" in note["user"])


def test_one_post_is_seen_by_two_servers():
    """What was written here and is known there, and the other way round."""
    both = {identity(note) for note in notes()} & {status["uri"] for status in statuses()}
    assert sum(uri.startswith(HOME) for uri in both) >= 3
    assert sum(uri.startswith("https://social.example/") for uri in both) >= 4


def test_notes_answer_and_quote_what_is_there():
    known = {note["id"] for note in notes()}
    for note in notes():
        assert note["replyId"] is None or note["replyId"] in known and note["reply"]["id"] == note["replyId"]
        assert note["renoteId"] is None or note["renoteId"] in known and note["renote"]["id"] == note["renoteId"]
        assert TAG in note["tags"]


def what_occurs_on_misskey():
    all_notes = notes()
    text = "\n".join(note["text"] or "" for note in all_notes)
    files = [file for note in all_notes for file in note["files"]]
    return {
        "bold, struck, slanted, small and centred": all(mark in text for mark in ("**", "~~", "<i>", "<small>", "<center>")),
        "functions": all(mark in text for mark in ("$[tada ", "$[x2 ", "$[ruby ", "$[spin.speed=0.5s ", "$[flip ")),
        "a quotation and a block of code": "\n```\n" in text and any((n["text"] or "").startswith("> ") for n in all_notes),
        "custom emoji": ":blob_clap:" in text and any(":server_room:" in note["user"]["name"] for note in all_notes),
        "a mention of somebody elsewhere": "@kana@social.example" in text,
        "home visibility": {note["visibility"] for note in all_notes} == {"public", "home"},
        "a content warning": any(note["cw"] for note in all_notes),
        "pictures with and without alt text": {bool(file["comment"]) for file in files} == {True, False},
        "an animation": any(file["type"] == "image/gif" for file in files),
        "a quote of somebody elsewhere": any(n.get("renote", {}).get("uri") and n["text"] for n in all_notes),
        "a reply": any(note["replyId"] for note in all_notes),
        "a poll": any(note.get("poll", {}).get("choices") for note in all_notes),
        "a note that strangers do not see": any(n.get("isHidden") and n["text"] is None for n in all_notes),
        "a bot and a cat": any(n["user"]["isBot"] for n in all_notes) and any(n["user"]["isCat"] for n in all_notes),
    }


@pytest.mark.parametrize("name", sorted(what_occurs_on_misskey()))
def test_what_occurs_on_misskey_occurs(name):
    assert what_occurs_on_misskey()[name]


# Bluesky


def test_a_stranger_is_shown_one_page_without_a_cursor():
    pages = [json.loads(body) for _, _, _, body in exchanges("bsky.example")]
    assert "cursor" not in pages[0] and len(pages[0]["posts"]) > 30
    for method, url, _, _ in exchanges("bsky.example"):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
        assert method == "GET" and query["q"] == ["#" + TAG] and "cursor" not in query


def test_the_newest_comes_first_on_bluesky():
    times = [sorted_at(view) for view in views()]
    assert times == sorted(times, reverse=True) and len({view["uri"] for view in views()}) == len(times)


def test_facets_cover_what_they_name():
    kinds = set()
    for view in views():
        for covered, feature in features(view):
            kind = feature["$type"].removeprefix("app.bsky.richtext.facet#")
            kinds.add(kind)
            assert kind != "tag" or covered[0] in "#＃" and covered[1:] == feature["tag"]
            assert kind != "mention" or covered[0] == "@" and feature["did"] in {v["author"]["did"] for v in views()}
            assert kind != "link" or feature["uri"].startswith("https://" + covered.removesuffix("..."))
    assert kinds == {"tag", "mention", "link"}


def test_people_of_bluesky_are_nobodys():
    for view in views():
        assert view["author"]["handle"].endswith(".example")
        # the letters of a real identifier are a to z and 2 to 7
        assert re.fullmatch(r"did:plc:example0[a-z2-7]{16}", view["author"]["did"])
        assert re.fullmatch(r"at://%s/app\.bsky\.feed\.post/[2-7a-z]{13}" % view["author"]["did"], view["uri"])
        assert len(view["record"]["text"]) <= 300


def test_what_is_quoted_and_shown_is_what_the_record_says():
    for view in views():
        stored, shown = view["record"].get("embed"), view.get("embed")
        assert (stored is None) == (shown is None)
        assert stored is None or shown["$type"] == stored["$type"] + "#view"


def what_occurs_on_bluesky():
    all_views = views()
    embeds = [view["embed"] for view in all_views if "embed" in view]
    kinds = {embed["$type"] for embed in embeds}
    records = [embed["record"] for embed in embeds if embed["$type"].endswith("record#view")]
    before = [view["record"]["text"].encode()[:facet["index"]["byteStart"]].decode()
              for view in all_views for facet in view["record"].get("facets", [])]
    gallery = [item for embed in embeds for item in embed.get("items", [])]
    return {
        "Japanese and emoji before a facet": any("👩\u200d💻" in text and "に" in text for text in before),
        "every kind of embed": kinds == {"app.bsky.embed.%s#view" % kind for kind in (
            "images", "gallery", "video", "external", "record", "recordWithMedia")},
        "a gallery with and without alt text": len(gallery) > 4 and {bool(item["alt"]) for item in gallery} == {True, False},
        "a quote, and one of something gone": {r["$type"].split("#")[1] for r in records} >= {"viewRecord", "viewNotFound"},
        "a reply to a reply": any(v["record"].get("reply", {}).get("parent") != v["record"].get("reply", {}).get("root")
                                  for v in all_views),
        "somebody who is not shown to strangers": any(label["val"] == "!no-unauthenticated" for v in all_views
                                                      for label in v["author"]["labels"]),
        "the word without its number sign": any(TAG in v["record"]["text"] and not features(v) for v in all_views),
        "a full-width hashtag": any(covered[0] == "＃" for v in all_views for covered, _ in features(v)),
        "languages": {lang for v in all_views for lang in v["record"]["langs"]} == {"ja", "en"},
    }


@pytest.mark.parametrize("name", sorted(what_occurs_on_bluesky()))
def test_what_occurs_on_bluesky_occurs(name):
    assert what_occurs_on_bluesky()[name]


def test_every_view_but_one_has_the_tag():
    tagged = [v for v in views() if any(folded(f.get("tag", "")) == TAG for _, f in features(v))]
    assert len(tagged) == len(views()) - 1


# all four


def test_one_person_says_the_same_in_three_places():
    words = {}
    for place, text in [("mastodon", re.sub("<[^>]+>", "", status["content"])) for status in statuses()] + [
            ("bluesky", view["record"]["text"]) for view in views()]:
        words.setdefault(re.sub(r"\W", "", text), set()).add(place)
    assert sum(places == {"mastodon", "bluesky"} for places in words.values()) >= 2


def test_the_readme_of_the_script_counts_right():
    """posts by accounts, and how many on each network"""
    people = json.loads((ROOT / "data/example-src/people.json").read_text(encoding="utf-8"))["accounts"]
    evening = json.loads((ROOT / "data/example-src/evening.json").read_text(encoding="utf-8"))["posts"]
    text = " ".join((ROOT / "data/example-src/README.md").read_text(encoding="utf-8").split())
    writers = {post["by"] for post in evening}
    assert f"{len(evening)} posts by {len(writers)} accounts" in text and len(people) == len(writers) + 1
    for net, where in (("mastodon", "on Mastodon"), ("x", "on X"), ("misskey", "on Misskey"), ("bluesky", "on Bluesky")):
        keys = {one["key"] for one in people if one["net"] == net}
        assert f"{sum(post['by'] in keys for post in evening)} {where}" in text

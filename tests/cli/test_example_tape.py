"""data/example, the tape of the example event: what the program asks and its script answers, true in its details, nobody's.

The tape documents the shapes of real answers, so what it says about itself must hold: lengths, offsets,
ids and their times, references. The program is run to ask, and nowhere else.
"""

import filecmp
import json
import re
import subprocess
import sys
import urllib.parse

import pytest

from harness import ROOT
from taped import ADDRESS, TAG, TAPE, exchanges, folded, is_nobodys, milliseconds, pictures, strings

SOURCE = ROOT / "data" / "example-src"


def mastodon_pages():
    return [json.loads(body) for _, _, _, body in exchanges("social.example")]


def statuses():
    return [status for page in mastodon_pages() for status in page]


def x_searches():
    """(query, page) of each page of X's search."""
    parts = [(urllib.parse.urlsplit(url), body) for _, url, _, body in exchanges("api.x.example")]
    return [(urllib.parse.parse_qs(url.query), json.loads(body)) for url, body in parts
            if url.path == "/2/tweets/search/recent"]


def x_pages():
    return [page for _, page in x_searches()]


def x_users():
    """Every account of X that is shown, with a page or in an answer of its own."""
    bodies = [json.loads(body) for _, _, _, body in exchanges("api.x.example")]
    return [user for body in bodies for user in body.get("includes", {}).get("users", []) + body.get("data", [])
            if "username" in user]


def tweets():
    """Every post object of X, also those that only another one refers to."""
    return [tweet for page in x_pages() for tweet in page["data"] + page.get("includes", {}).get("tweets", [])]


def texts_with_entities():
    for tweet in tweets():
        yield tweet["text"], tweet.get("entities", {})
        if "note_tweet" in tweet:
            yield tweet["note_tweet"]["text"], tweet["note_tweet"]["entities"]


def test_the_tape_is_what_the_program_records_of_the_script(tmp_path, archive):
    subprocess.run([sys.executable, SOURCE / "make-tape.py", tmp_path / "tape", archive.path], check=True)
    made = sorted(path.name for path in (tmp_path / "tape").iterdir())
    assert made == sorted(path.name for path in TAPE.iterdir())
    same, different, odd = filecmp.cmpfiles(TAPE, tmp_path / "tape", made, shallow=False)
    assert (different, odd) == ([], [])
    assert len(same) == len(made)


def test_the_index_names_the_sources_and_the_time():
    assert (TAPE / "index").read_text(encoding="utf-8").splitlines() == [
        "archive-tape 1",
        "time 2026-10-30T14:05:00Z",
        "source mastodon:social.example",
        "source x:https://api.x.example",
        "source misskey:misskey.example",
        "source bluesky:https://bsky.example",
    ]


@pytest.mark.parametrize("path", sorted(TAPE.glob("*.http")), ids=lambda path: path.name)
def test_an_answer_is_as_long_as_it_says(path):
    head, body = path.read_bytes().split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert int(re.search(rb"(?mi)^Content-Length: (\d+)", head).group(1)) == len(body)


@pytest.mark.parametrize("path", sorted(TAPE.glob("*.request")), ids=lambda path: path.name)
def test_a_request_is_an_address_and_perhaps_a_body_without_secrets(path):
    text = path.read_text(encoding="utf-8")
    assert re.fullmatch(r'GET https://\S+\n|POST https://\S+\n\n\{"tag":"ssmjp",[^{}]*\}\n?', text)
    assert not re.search(r'"i"|token=[^&]*Bearer|of-the-evening|127\.0\.0\.1', text)


def test_every_address_is_nobodys():
    found = []
    for host in ("social.example", "api.x.example", "misskey.example", "bsky.example"):
        for _, url, head, body in exchanges(host):
            for text in [url, head, *strings(json.loads(body))]:
                found += ADDRESS.findall(text)
    assert len(found) > 500
    assert [pair for pair in found if not is_nobodys(*pair)] == []


def test_every_x_handle_is_longer_than_x_allows():
    handles = [user["username"] for user in x_users()]
    assert handles and all(re.fullmatch(r"[A-Za-z0-9_]{16,20}", handle) for handle in handles)


def test_entities_point_at_what_they_name():
    seen = set()
    for text, entities in texts_with_entities():
        for kind, rows in entities.items():
            for row in rows:
                seen.add(kind)
                if kind == "annotations":
                    # their end alone is inclusive
                    assert text[row["start"]:row["end"] + 1] == row["normalized_text"]
                    continue
                named = text[row["start"]:row["end"]]
                expected = {
                    "urls": lambda: row["url"],
                    "mentions": lambda: "@" + row["username"],
                    "hashtags": lambda: named[:1] + row["tag"],
                    "cashtags": lambda: "$" + row["tag"],
                }[kind]()
                assert named == expected
                assert kind != "hashtags" or named[0] in "#＃"
    assert seen == {"urls", "mentions", "hashtags", "cashtags", "annotations"}


def test_x_text_is_escaped_once():
    for text, _ in texts_with_entities():
        assert not re.search(r"[<>]|&(?!(amp|lt|gt);)", text)
    assert any("&lt;img src=x onerror=alert(1)&gt;" in text for text, _ in texts_with_entities())


def test_mastodon_ids_hold_their_times():
    for status in statuses():
        assert int(status["id"]) >> 16 == milliseconds(status["created_at"])


def test_x_ids_hold_their_times_to_the_second():
    for tweet in tweets():
        taken = (int(tweet["id"]) >> 22) + 1288834974657
        assert taken // 1000 * 1000 == milliseconds(tweet["created_at"])
        assert tweet["edit_history_tweet_ids"][-1] == tweet["id"]


def test_the_mastodon_walk_goes_down_to_an_empty_page():
    pages = mastodon_pages()
    ids = [int(status["id"]) for status in statuses()]
    assert ids == sorted(set(ids), reverse=True)
    assert pages[-1] == [] and all(pages[:-1])
    for (_, url, _, _), before in zip(exchanges("social.example")[1:], pages):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
        assert query == {"limit": ["40"], "max_id": [before[-1]["id"]]}


def test_the_x_walk_goes_down_by_tokens():
    pages = x_pages()
    ids = [int(tweet["id"]) for page in pages for tweet in page["data"]]
    assert ids == sorted(set(ids), reverse=True)
    tokens = [page["meta"].get("next_token") for page in pages]
    sent = [query for query, _ in x_searches()]
    assert [query.pop("next_token", [None])[0] for query in sent] == [None] + tokens[:-1]
    assert tokens[-1] is None and None not in tokens[:-1]
    sizes = [int(query.pop("max_results")[0]) for query in sent]
    assert all(query == sent[0] for query in sent)
    for page, size in zip(pages, sizes):
        got = [tweet["id"] for tweet in page["data"]]
        assert page["meta"]["result_count"] == len(got) <= size
        assert (page["meta"]["newest_id"], page["meta"]["oldest_id"]) == (got[0], got[-1])


def test_what_the_x_walk_shows_costs_less_than_a_dollar():
    """In millionths of a USD: a post 5000, an account 10000."""
    assert len(tweets()) * 5000 + len(x_users()) * 10000 < 1000000


def test_an_x_page_includes_all_that_it_refers_to():
    users = {user["id"] for user in x_users()}
    for page in x_pages():
        includes = page.get("includes", {})
        others = {tweet["id"]: tweet for tweet in includes.get("tweets", [])}
        media = {item["media_key"] for item in includes.get("media", [])}
        polls = {poll["id"] for poll in includes.get("polls", [])}
        missing = {error["resource_id"] for error in page.get("errors", [])}
        for tweet in page["data"] + list(others.values()):
            attached = tweet.get("attachments", {})
            assert tweet["author_id"] in users
            assert set(attached.get("media_keys", [])) <= media
        for tweet in page["data"]:
            assert set(tweet.get("attachments", {}).get("poll_ids", [])) <= polls
            for other in tweet.get("referenced_tweets", []):
                assert (other["id"] in others) != (other["id"] in missing)


def test_every_post_carries_the_tag():
    for status in statuses():
        assert TAG in [tag["name"] for tag in status["tags"]]
        assert "<p></p>" not in status["content"]
    for page in x_pages():
        for tweet in page["data"]:
            entities = tweet.get("note_tweet", tweet)["entities"]
            assert TAG in [folded(tag["tag"]) for tag in entities["hashtags"]]


def test_posts_are_no_longer_than_their_network_allows():
    for status in statuses():
        seen = re.sub(r'<p class="quote-inline">.*?</p>', "", status["content"])
        seen = re.sub(r"<[^>]+>", "", re.sub(r"<br ?/?>|</p><p>", "\n", seen))
        assert len(seen) <= 500
    for tweet in tweets():
        light = re.sub(r"https://t\.co/\w+", "u" * 23, tweet["text"])
        light = re.sub(r"&(amp|lt|gt);", "&", light)
        assert sum(1 if ord(c) <= 0x10FF or 0x2000 <= ord(c) <= 0x201F else 2 for c in light) <= 280 + 24


def what_occurs():
    """name: does it occur in the tape?"""
    posts, xs = statuses(), [tweet for page in x_pages() for tweet in page["data"]]
    kinds = {item["type"] for status in posts for item in status["media_attachments"]}
    x_media = [item for page in x_pages() for item in page.get("includes", {}).get("media", [])]
    names = [s["account"]["display_name"] for s in posts]
    names += [user["name"] for user in x_users()]
    everything = "".join(s["content"] for s in posts) + "".join(t["text"] for t in xs) + "".join(names)
    return {
        "both kinds of Mastodon media": {"image", "gifv"} <= kinds,
        "a picture without alt text": any(i["type"] == "photo" and "alt_text" not in i for i in x_media),
        "a picture with alt text": any(i["type"] == "photo" and i.get("alt_text") for i in x_media),
        "a video without url": any(i["type"] == "video" and "url" not in i and i["variants"] for i in x_media),
        "a quote with its fallback": any(s["quote"] and s["quote"]["state"] == "accepted"
                                         and 'class="quote-inline"' in s["content"] for s in posts),
        "a quote on X": any(r["type"] == "quoted" for t in xs for r in t.get("referenced_tweets", [])),
        "a reply to a post outside": any(s["in_reply_to_id"] and s["in_reply_to_id"] not in
                                         {o["id"] for o in posts} for s in posts),
        "a reply to a deleted post": any("errors" in page for page in x_pages()),
        "a Mastodon poll": any(s["poll"] for s in posts),
        "an X poll": any(page.get("includes", {}).get("polls") for page in x_pages()),
        "a content warning with a picture": any(s["spoiler_text"] and s["media_attachments"] for s in posts),
        "a content warning over text": any(s["spoiler_text"] and not s["media_attachments"] for s in posts),
        "a card": any(s["card"] and s["card"]["image"] for s in posts),
        "a card on X": any("title" in u for t in xs for u in t.get("entities", {}).get("urls", [])),
        "an edit on Mastodon": any(s["edited_at"] for s in posts),
        "an edit on X": any(len(t["edit_history_tweet_ids"]) == 2 for t in xs),
        "a long post": any("note_tweet" in t for t in xs),
        "custom emoji in a text": any(s["emojis"] for s in posts),
        "custom emoji in a name": any(s["account"]["emojis"] for s in posts),
        "a profile that opts out": any("#<span>noarchive</span>" in s["account"]["note"] for s in posts),
        "servers besides social.example": len({s["account"]["acct"].partition("@")[2] for s in posts}) >= 4,
        "markup in names": "<script>alert(1)</script>" in names and '"><img src=x onerror=alert(1)>' in names,
        "a right-to-left override": any("\u202e" in name for name in names),
        "joined, flag and skin tone emoji": all(c in everything for c in "\u200d\U0001F1F5\U0001F3FD"),
        "text that other tools eat": all(s in everything for s in ("{{", "[gallery]", ":)", "--", "＃ＳＳＭＪＰ")),
        "half-width kana": "ﾃｰﾌﾟ" in everything,
        "code, a list, a quotation in another": all(s in everything for s in (
            "<pre><code>", "<code>dig", "<ul><li>", "<blockquote><blockquote>")),
        "languages": {s["language"] for s in posts} >= {"ja", "en", None}
        and {t["lang"] for t in xs} >= {"ja", "en", "und"},
    }


@pytest.mark.parametrize("name", sorted(what_occurs()))
def test_what_occurs_in_life_occurs(name):
    assert what_occurs()[name]


def test_the_evening_has_its_size():
    assert 70 <= len(statuses()) <= 85
    assert 45 <= sum(len(page["data"]) for page in x_pages()) <= 60
    people = {s["account"]["id"] for s in statuses()} | {t["author_id"] for t in tweets()}
    assert 24 <= len(people) <= 32


def test_the_same_words_come_from_one_person_on_both_networks_within_a_minute():
    names = {user["id"]: user["name"] for user in x_users()}
    plain = {}
    for status in statuses():
        bare = re.sub(r"\W", "", re.sub(r"<[^>]+>", "", status["content"]))
        plain[(status["account"]["display_name"], bare)] = milliseconds(status["created_at"])
    pairs = [abs(plain[key] - milliseconds(tweet["created_at"])) for tweet in tweets()
             if (key := (names.get(tweet["author_id"]), re.sub(r"\W", "", tweet["text"]))) in plain]
    assert pairs and max(pairs) <= 60000


def test_the_posts_have_small_pictures_of_nobody():
    addresses = [url for url, _, _ in pictures()]
    assert len(addresses) == len(set(addresses)) > 60
    assert all(is_nobodys(*ADDRESS.match(url).groups()) for url in addresses)
    kinds = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
    for url, head, body in pictures():
        assert body.startswith(kinds[re.search(r"Content-Type: (\S+)", head).group(1)]), url
    assert sum(len(url) + len(head) + len(body) for url, head, body in pictures()) < 300_000


def test_archive_media_has_all_of_them_from_the_tape(archive):
    archive.ok("fetch", "#" + TAG, "--replay", TAPE)
    archive.ok("thread", "new", "evening", "--tag", TAG)
    archive.ok("thread", "add", "evening", "--all")
    out = archive.ok("media", "evening", "--avatars", "--replay", TAPE)
    assert re.fullmatch(r"%d pictures kept, \d+ kB\n" % len(pictures()), out)
    assert archive.ok("media", "evening", "--avatars").startswith("nothing new: ")

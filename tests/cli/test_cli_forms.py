"""The forms of a thread that are no fragment: Markdown, text, JSON, a feed. What foreign text says comes out as it was said."""
import html
import json
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET

import jsonschema
import pytest

from harness import ROOT
from made import CHOSEN, SLUG, give, status

pytest_plugins = ["evenings"]

ATOM = "{http://www.w3.org/2005/Atom}"

# What some engine would act on, wherever it stands in a line.
HOSTILE = [
    "# no heading", "- no list", "1. no list", "1) no list", "> no quote", "    no code", "```no fence", "*a* _b_ **c** __d__ `e`",
    "<script>alert(1)</script> <b>x</b>", "[a](https://evil.example) ![b](https://evil.example/i.png)", "[^1]: a", "| a | b |", "a\\",
    "{{< figure >}} {{ x }} {% raw %}", ":smile: :+1:", "https://bare.example/a_b_c", "a&amp;b &lt; &#35;", "~~a~~ $x$ $$y$$", "===", "---",
    ":::message alert", "@[card](https://evil.example)", '"quotes" -- dashes ... dots (c)', "a  b", "\\*escaped\\*", "…。「」『』 ｶﾞ 👨‍👩‍👧 🇯🇵 e\u0301",
    "<!-- archive:begin x -->", "[gallery]", "+ plus", "a|b", "!\\[x", "^sup^ ~sub~ ==mark== ++ins++", "<https://auto.example>",
]


def words(text):
    return " ".join(text.split())


@pytest.fixture
def hostile(archive):
    """A thread of one post a hostile text, in text, name and content warning."""
    give(archive, *[status(n + 1, text, name=text, user="u%d" % n, spoiler_text=text if n % 3 == 0 else "",
                           at="2026-10-30T11:00:%02d.000Z" % n) for n, text in enumerate(HOSTILE)])
    archive.ok("thread", "new", "h", "--tag", "ssmjp", "--title", HOSTILE[0], "--lang", "ja", "--zone", "Asia/Tokyo")
    archive.ok("thread", "add", "h", "--all")
    return archive


def rendered(markdown):
    done = subprocess.run(["cmark", "--unsafe", "--smart"], input=markdown, capture_output=True, text=True, check=True)
    return done.stdout


def test_markdown_says_what_was_said(hostile):
    page = rendered(hostile.ok("export", "h", "--as", "markdown"))
    shown = words(html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"</?(a|em|strong)\b[^>]*>", "", page))).replace("\u00a0", " "))
    for text in HOSTILE:
        assert shown.count(words(text)) >= 2, text


def test_markdown_makes_nothing_but_what_was_meant(hostile):
    page = rendered(hostile.ok("export", "h", "--as", "markdown"))
    assert set(re.findall(r"<([a-z0-9]+)", page)) == {"h2", "p", "blockquote", "a", "br"} - ({"br"} if "<br" not in page else set())
    assert page.count("<h2>") == 1
    assert all("evil.example" not in href for href in re.findall(r'href="([^"]*)"', page))


def test_markdown_has_no_html_and_nothing_for_a_template(hostile):
    text = hostile.ok("export", "h", "--as", "markdown")
    assert not re.search(r"(?<!\\)[<{]", text)
    assert "{{" not in text and "{%" not in text and not re.search(r":[a-z+0-9_]+:", text)
    assert not re.search(r"(?m)^> https?://\S+$", text)


def test_markdown_level_and_sections(thread):
    text = thread.ok("export", SLUG, "--as", "markdown")
    assert text.startswith("## 2026年10月の ")


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def test_text_is_folded_by_columns_and_addresses_stay_whole(thread):
    text = thread.ok("export", SLUG, "--as", "text")
    lines = text.split("\n")
    assert not [line for line in lines if columns(line) > 72 and "://" not in line and not re.search("[\u200d\ufe0f\U0001f1e6-\U0001f1ff]", line)]
    assert not [line for line in lines if line.endswith(" ") and line != "-- "]
    assert re.search(r"(?m)^  https://social\.example/@ssmjp/117527642142419849$", text)
    assert max(map(columns, lines)) > 60


def test_text_says_what_was_said(hostile):
    text = words(hostile.ok("export", "h", "--as", "text"))
    for said in HOSTILE:
        assert words(said) in text, said


def schema():
    return jsonschema.Draft202012Validator(json.loads((ROOT / "data/thread.schema.json").read_text()))


@pytest.mark.parametrize("which", ["thread", "hostile"])
def test_json_is_of_its_schema(which, request):
    archive = request.getfixturevalue(which)
    document = json.loads(archive.ok("export", "--as", "json"))
    assert list(schema().iter_errors(document)) == []
    assert len(document["items"]) == (CHOSEN if which == "thread" else len(HOSTILE))


def test_json_says_what_was_said(hostile):
    posts = [item["post"] for item in json.loads(hostile.ok("export", "--as", "json"))["items"]]
    assert [words(post["text"]) for post in posts] == [words(text) for text in HOSTILE]
    assert [words(post["author"]["name"]) for post in posts] == [words(text) for text in HOSTILE]
    assert all(post["id"] and post["uri"].startswith("https://social.example/users/u") for post in posts)


def test_a_feed_is_whole(thread):
    feed = ET.fromstring(thread.ok("export", SLUG, "--as", "feed"))
    entries = feed.findall(ATOM + "entry")
    assert len(entries) == CHOSEN and feed.tag == ATOM + "feed"
    for element in [feed, *entries]:  # RFC 4287, 4.1.1 and 4.1.2: exactly one of each
        for name in ("id", "title", "updated"):
            [found] = element.findall(ATOM + name)
            assert found.text
    assert len({entry.find(ATOM + "id").text for entry in entries}) == CHOSEN
    for entry in entries:
        assert entry.find(ATOM + "author/" + ATOM + "name").text
        assert re.fullmatch(r"https://\S+", entry.find(ATOM + "link").get("href"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", entry.find(ATOM + "updated").text)
        assert entry.find(ATOM + "content").get("type") == "html"


def test_a_feed_says_what_was_said(hostile):
    entries = ET.fromstring(hostile.ok("export", "h", "--as", "feed")).findall(ATOM + "entry")
    for entry, said in zip(entries, HOSTILE, strict=True):
        content = entry.find(ATOM + "content").text
        assert words(said) in words(html.unescape(re.sub(r"<[^>]*>", "", content)))
        assert not re.search(r"<(script|b|img|iframe)\b", content)


@pytest.mark.parametrize("form", ["markdown", "text", "json", "feed"])
def test_a_card_is_told_whole(archive, form):
    card = {"url": "https://card.example/p", "title": "題名", "description": "説明文", "provider_name": "所属", "type": "link"}
    give(archive, status(1, card=card))
    archive.ok("thread", "new", "c", "--tag", "ssmjp", "--title", "t", "--lang", "ja", "--zone", "Asia/Tokyo")
    archive.ok("thread", "add", "c", "--all")
    out = archive.ok("export", "c", "--as", form)
    assert all(word in out for word in ("https://card.example/p", "題名", "説明文", "所属"))


def test_an_entry_of_a_feed_has_an_id_that_is_one(archive):
    give(archive, status(1, uri="<b>no:address</b>"), status(2))
    archive.ok("thread", "new", "c", "--tag", "ssmjp", "--title", "t", "--lang", "ja", "--zone", "Asia/Tokyo")
    archive.ok("thread", "add", "c", "--all")
    entries = ET.fromstring(archive.ok("export", "c", "--as", "feed")).findall(ATOM + "entry")
    known, made = sorted(entry.find(ATOM + "id").text for entry in entries)
    assert known == "https://social.example/users/hana/statuses/2"
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made)


@pytest.mark.parametrize("form", ["markdown", "text", "json", "feed"])
@pytest.mark.parametrize("env", [{"TZ": "UTC", "LC_ALL": "C"}, {"LC_ALL": "ja_JP.UTF-8", "ARCHIVE_NOW": "1900000000", "COLUMNS": "40"}], ids=str)
def test_the_bytes_are_the_threads(thread, form, env):
    assert thread.ok("export", SLUG, "--as", form, env=env) == thread.ok("export", SLUG, "--as", form)

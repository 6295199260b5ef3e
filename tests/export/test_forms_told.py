"""What every form says beside the posts: by whose curation, what it is about, what came from a saved page, which pictures are kept."""
import json
import xml.etree.ElementTree as ET

import jsonschema
import pytest
from fragments import HANA, KUMO, NEKO, all_with, kept, named, one_with, parse, post, render, text, without_item

from harness import ROOT

FORMS = ["fragment", "classes", "page", "markdown", "text", "json", "feed"]
TOLD = {"curator": "みどり <b>", "description": "静かな監視の話を集めた。\n資料は https://s.example/ に。\n\n二つ目の <i>段落</i>。"}
TAKEN = post(HANA, 1, 0, "<p>a</p>", text="a", taken="https://matome.example/li/1")
ATOM = "{http://www.w3.org/2005/Atom}"


def schema():
    return jsonschema.Draft202012Validator(json.loads((ROOT / "data/thread.schema.json").read_text()))


def feed(**more):
    return ET.fromstring(render("feed", **more))


def test_the_fragment_says_by_whom_and_what_about():
    root = parse(render(thread=TOLD))
    foot = one_with(root, "archive-foot")
    assert text(foot).startswith("キュレーション：みどり <b>。2026-06-27 に")
    assert text(one_with(one_with(foot, "h-card"), "p-name")) == TOLD["curator"]
    about = one_with(root, "archive-about")
    assert [text(paragraph) for paragraph in about] == ["静かな監視の話を集めた。\n資料は https://s.example/ に。", "二つ目の <i>段落</i>。"]
    assert [link.get("href") for link in about.iter("a")] == ["https://s.example/"]
    children = list(root)
    assert children.index(about) < children.index(one_with(root, "archive-post" if len(all_with(root, "archive-post")) == 1 else "archive-activity"))


def test_english_has_its_words_for_it():
    root = parse(render(thread={**TOLD, "lang": "en"}, items=[TAKEN]))
    assert text(one_with(root, "archive-foot")).startswith("Curated by みどり <b>. Collected from")
    assert text(one_with(root, "archive-meta")) == "19:00 · Mastodon · from a saved page"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_it(form):
    said = render(form, TOLD, [TAKEN]).replace("\\", "")
    for words in ("みどり", "静かな監視の話を集めた。", "https://matome.example/li/1"):
        assert words in said, words
    if form != "json":
        assert "保存されたページより" in said and "キュレーション：" in said


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("nothing", [{}, {"curator": " \u200b", "description": "\n"}], ids=str)
def test_what_is_not_told_leaves_no_trace(form, nothing):
    said = render(form, nothing, [post(HANA, 1, 0, "<p>a</p>")])
    assert "キュレーション" not in said and 'class="archive-about' not in said and "保存された" not in said
    if form != "json":
        assert said == render(form, items=[post(HANA, 1, 0, "<p>a</p>")])


@pytest.mark.parametrize("taken, linked", [("https://matome.example/li/1", True), ("file:///home/x/page.html", False), ("saved.html", False),
                                           ("javascript:alert(1)", False)])
def test_only_an_address_of_the_web_is_linked(taken, linked):
    item = {**TAKEN, "taken": taken}
    meta = one_with(parse(render(items=[item])), "archive-meta")
    assert text(meta) == "19:00 · Mastodon · 保存されたページより"
    assert (taken in [link.get("href") for link in meta.iter("a")]) == linked
    for form in ("markdown", "text", "feed"):
        said = render(form, items=[item])
        assert (taken in said) == linked and "保存されたページより" in said


def test_a_quoted_post_from_a_saved_page_says_so():
    quote = without_item(post(NEKO, 7, 1, "<p>b</p>", taken="https://matome.example/"))
    root = parse(render(items=[post(HANA, 1, 0, "<p>a</p>", quote=quote)]))
    assert "保存されたページより" in text(one_with(one_with(root, "archive-quote"), "archive-meta"))


# Kept pictures

BOARD = {"media": "image", "media.url": "https://pic.example/board_(1).png", "media.alt": "板書 [1] *2*"}
SHELF = {"kept": [kept(1, 640, 427, BOARD["media.url"]), kept(2, 64, 64, "https://pic.example/still")]}
FILM = {"media": "video", "media.url": "https://pic.example/v.mp4", "media.preview": "https://pic.example/still"}
ITEM = post(KUMO, 1, 0, "<p>a</p>", text="a", media=[BOARD, FILM, {"media": "image", "media.url": "https://pic.example/lost"}])


def test_markdown_shows_what_is_kept():
    said = render("markdown", SHELF, [ITEM], ["media=files", "base=a b/"])
    assert f"![写真：板書 \\[1\\] \\*2\\*](a%20b/{named(1)})" in said
    assert "[動画（説明なし）](https://pic.example/v.mp4)" in said and "[写真（説明なし）](https://pic.example/lost)" in said
    assert said.count("![") == 1
    assert "![" not in render("markdown", SHELF, [ITEM]) and "](https://pic.example" not in render("markdown", SHELF, [ITEM], ["media=none"])


def test_text_is_the_same_whatever_is_kept():
    assert render("text", SHELF, [ITEM], ["media=files"]) == render("text", items=[ITEM])


@pytest.mark.parametrize("more", [[], ["media=files"], ["media=none"]])
def test_json_names_what_is_kept(more):
    document = json.loads(render("json", SHELF, [ITEM], more))
    document["items"][0]["post"]["text"] = "a"
    assert [medium["kept"] for medium in document["items"][0]["post"]["media"]] == [named(1), named(2), None]
    assert list(schema().iter_errors(document)) == []


def entry(more):
    return feed(thread=SHELF, items=[ITEM], more=more).find(ATOM + "entry")


def enclosures(found):
    return [(link.get("href"), link.get("type")) for link in found.iter(ATOM + "link") if link.get("rel") == "enclosure"]


def test_a_feed_links_pictures():
    for more in ([], ["media=files"], ["media=files", "base=a/"]):
        content = entry(more).find(ATOM + "content").text
        assert '<a href="https://pic.example/board_(1).png">写真：板書 [1] *2*</a>' in content and "<img" not in content
        assert not enclosures(entry(more))
    assert "<a " not in entry(["media=none"]).find(ATOM + "content").text


def test_a_feed_shows_and_encloses_what_has_an_address():
    found = entry(["media=files", "base=https://m.example/"])
    assert enclosures(found) == [("https://m.example/" + named(1), "image/png")]
    assert f'<img src="https://m.example/{named(1)}" alt="写真：板書 [1] *2*">' in found.find(ATOM + "content").text

"""The fragment parsed back and compared with what went in: names, texts, links, times, media, polls, warnings, quotes."""
import datetime
import html
import random
import re

import pytest
from fragments import (ALL, EVENING, EVIL, HANA, KUMO, NEKO, THREAD, YORU, all_with, at, classes, clean, one_with, own, parse,
                       person, post, render, text, without_item)

JAPAN = datetime.timezone(datetime.timedelta(hours=9))


def entries(root):
    return [element for element in root if "archive-post" in classes(element)]


def one_post(html_or_author, markup=None, **more):
    author, markup = (HANA, html_or_author) if markup is None else (html_or_author, markup)
    found = entries(parse(render(items=[post(author, 1, 0, markup, **more)])))
    assert len(found) == 1
    return found[0]


def plain(markup):
    """The text of canonical HTML, as a browser would show it."""
    markup = re.sub(r"<br>|</(p|li|pre|blockquote)>", "\n", markup)
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def lines(value):
    return [line.strip() for line in value.split("\n") if line.strip()]


@pytest.fixture(scope="module")
def shown():
    return [item for item in EVENING if item["item"] == "post" and not item.get("gone")]


@pytest.fixture(scope="module")
def root():
    return parse(render())


def test_every_shown_post_is_there_once_in_order(root, shown):
    assert [entry.get("id") for entry in entries(root)] == [f"ssmjp-2026-06-{item['short_id']}" for item in shown]


def test_authors_texts_times_and_links_are_those_of_the_posts(root, shown):
    for entry, item in zip(map(own, entries(root)), shown):
        card = one_with(entry, "p-author")
        assert text(one_with(card, "p-name")) == clean(item["name"])
        assert text(one_with(card, "p-nickname")) == clean(item["handle"])
        assert one_with(card, "u-url").get("href") == item["profile"]
        content = one_with(entry, "e-content")
        assert lines(text(content)) == lines(clean(plain(item["html"]).replace("\n", "\v")).replace("\v", "\n")) \
            or lines(text(content)) == lines(plain(item["html"]))
        assert content.get("dir") == ("auto" if item["lang"] == "ar" else None)
        time = one_with(entry, "dt-published")
        moment = datetime.datetime.fromtimestamp(item["created"] / 1000, JAPAN)
        assert time.get("title") == moment.isoformat()
        assert time.text == moment.strftime("%H:%M")
        meta = one_with(entry, "archive-meta")
        assert one_with(meta, "u-url").get("href") == item["url"]
        assert ("X" if item["network"] == "x" else "Mastodon") in text(meta)


def test_links_of_the_content_are_kept(root, shown):
    for entry, item in zip(map(own, entries(root)), shown):
        wanted = [html.unescape(url) for url in re.findall(r'href="([^"]*)"', item["html"])]
        found = [link.get("href") for link in one_with(entry, "e-content").iter("a")]
        assert found == [re.sub(r"[\[\]{}]", lambda m: f"%{ord(m[0]):02X}", url) for url in wanted]


def test_hashtags_are_categories_and_mentions_are_not_the_posts_url():
    entry = one_post('<p><a href="https://a.example/tags/x" class="p-category" rel="tag">#x</a> '
                     '<a href="https://a.example/@b" class="u-url mention">@b</a></p>')
    assert [text(tag) for tag in all_with(entry, "p-category")] == ["#x"]
    assert "tag" in one_with(entry, "p-category").get("rel").split()
    assert classes(one_with(entry, "archive-mention")) == ["archive-mention"]


def test_media_are_links_that_carry_their_alt_text(root, shown):
    found = [link for entry in entries(root) for kind in ("u-photo", "u-video", "u-audio") for link in all_with(entry, kind)]
    wanted = [medium for item in shown for medium in item.get("media", [])]
    assert sorted(link.get("href") for link in found) == sorted(medium["media.url"] for medium in wanted)
    by_url = {link.get("href"): text(link) for link in found}
    for medium in wanted:
        if medium["media.url"] != "https://pic.example/room.jpg":  # described by the curator: below
            assert medium.get("media.alt", "説明なし") in by_url[medium["media.url"]]
    assert not list(root.iter("img"))


def test_a_medium_without_a_page_is_text():
    entry = one_post("<p>a</p>", media=[{"media": "audio", "media.alt": "拍手"}])
    assert text(one_with(entry, "archive-media")) == "音声：拍手"
    assert not list(one_with(entry, "archive-media").iter("a"))


@pytest.mark.parametrize("options, more, wanted", [
    ([(3, "a"), (1, "b")], {}, ["3票（75%）", "1票（25%）"]),
    ([(1, "a"), (1, "b"), (1, "c")], {}, ["1票（33%）", "1票（33%）", "1票（33%）"]),
    ([(0, "a"), (0, "b")], {}, ["0票（0%）", "0票（0%）"]),
    ([(4, "a"), (5, "b")], {"poll.multiple": 1, "poll.voters": 5}, ["4票（80%）", "5票（100%）"]),
    ([(9, "a"), (5, "b")], {"poll.multiple": 1, "poll.voters": 5}, ["9票（100%）", "5票（100%）"]),
    ([(-1, "a"), (-1, "b")], {}, []),
    ([(2**62, "a"), (2**62, "b")], {}, []),
])
def test_a_poll_says_votes_and_shares(options, more, wanted):
    entry = one_post("<p>?</p>", options=options, **more)
    poll = one_with(entry, "archive-poll")
    assert [text(share) for share in all_with(poll, "archive-share")] == wanted
    assert [text(option).split(" ")[0] for option in poll] == [title for _, title in options]


def test_a_poll_says_when_it_ends():
    still = one_post("<p>?</p>", options=[(1, "a")], **{"poll.ends": at(150)})
    over = one_post("<p>?</p>", options=[(1, "a")], **{"poll.ends": at(150), "poll.closed": 1})
    assert text(one_with(still, "archive-poll-facts")) == "1票 · 2026-06-26 21:30 締切"
    assert text(one_with(over, "archive-poll-facts")) == "1票 · 締切済み"


def test_a_content_warning_hides_all_of_the_post_but_who_and_when():
    entry = one_post("<p>結末</p>", spoiler="映画", media=[{"media": "image", "media.url": "https://p.example/1"}],
                     options=[(1, "a")])
    details = one_with(entry, "archive-warning")
    assert details.tag == "details" and details.get("open") is None
    assert text(one_with(details, "p-summary")) == "閲覧注意：映画"
    for name in ("e-content", "u-photo", "archive-poll"):
        assert all_with(entry, name) == all_with(details, name) != []
    assert not all_with(details, "p-author") and not all_with(details, "dt-published")


def test_sensitive_media_are_hidden_alone():
    entry = one_post("<p>見える</p>", sensitive=1, media=[{"media": "image", "media.url": "https://p.example/1"}])
    details = one_with(entry, "archive-warning")
    assert all_with(details, "u-photo") and not all_with(details, "e-content")


def test_a_quoted_post_is_a_citation_with_its_author_and_link():
    quoted = post(NEKO, 7, 1, "<p>言葉</p>")
    entry = one_post("<p>引く</p>", quote=without_item(quoted))
    quote = one_with(entry, "u-quotation-of")
    assert quote.tag == "blockquote" and "h-cite" in classes(quote) and quote.get("id") is None
    assert quote.get("cite") == quoted["url"]
    assert text(one_with(quote, "p-name")) == quoted["name"]
    assert text(one_with(quote, "e-content")) == "言葉"
    assert quoted["url"] in [link.get("href") for link in one_with(quote, "archive-meta").iter("a")]


@pytest.mark.parametrize("mark", [{"gone": at(3)}, {"optout": 1}], ids=str)
def test_what_is_gone_or_opted_out_leaves_no_trace(mark):
    secret = post(YORU, 6, 1, "<p>ひみつ</p>", **mark)
    alone = render(items=[secret, post(HANA, 2, 2, "<p>残る</p>")])
    quoted = render(items=[post(HANA, 2, 2, "<p>残る</p>", quote=without_item(secret))])
    for fragment in (alone, quoted):
        assert "残る" in fragment
        for trace in ("ひみつ", "夜勤明け", "yoru", secret["short_id"], "archive-quote"):
            assert trace not in fragment


def test_the_head_says_when_what_and_how_many(root):
    assert text(one_with(root, "archive-title")) == THREAD["title"]
    assert text(one_with(root, "archive-facts")) == "2026-06-26 19:03–19:55 · #ssmjp · 8人の12投稿"
    assert root.get("lang") == "ja"


def test_the_foot_says_when_it_was_collected_and_from_where(root):
    assert text(one_with(root, "archive-foot")) == \
        "2026-06-27 に X・Mastodon から集めたもの。消された投稿は載せていない。時刻は Asia/Tokyo。"


def test_english_has_its_own_words_and_plurals():
    one = parse(render(thread={"lang": "en"}, items=[post(HANA, 1, 0, "<p>a</p>", media=[{"media": "image"}])]))
    two = parse(render(thread={"lang": "en-GB", "zone": "Europe/London"},
                       items=[post(HANA, 1, 0, "<p>a</p>"), post(HANA, 2, 1, "<p>b</p>"), post(KUMO, 3, 1, "<p>b</p>")]))
    assert text(one_with(one, "archive-facts")).endswith("1 post by 1 person")
    assert text(one_with(one, "archive-media")) == "Picture (no description)"
    assert text(one_with(two, "archive-facts")) == "2026-06-26 11:00–11:01 · #ssmjp · 3 posts by 2 people"
    assert text(one_with(two, "archive-foot")).endswith("Deleted posts are not shown. Times are in Europe/London.")


def test_a_thread_of_several_days_says_the_day_of_each_post():
    root = parse(render(items=[post(HANA, 1, 0, "<p>a</p>"), post(HANA, 2, 60 * 7, "<p>b</p>")]))
    assert [time.text for time in all_with(root, "dt-published")] == ["2026-06-26 19:00", "2026-06-27 02:00"]
    assert text(one_with(root, "archive-facts")).startswith("2026-06-26 19:00 – 2026-06-27 02:00")


def test_an_unknown_zone_is_utc():
    assert one_with(parse(render(thread={"zone": "Mars/Olympus"}, items=[post(HANA, 1, 0, "<p>a</p>")])),
                    "dt-published").get("title") == "2026-06-26T10:00:01+00:00"


def test_headings_notes_and_links():
    root = parse(render(items=[{"item": "heading", "key": "k3f", "label": "一つ <目>"},
                               {"item": "note", "label": "一行\n二行 https://a.example/b。\n\n\n三行"},
                               {"item": "link", "target": "https://s.example/d", "label": "資料"},
                               {"item": "link", "target": "javascript:alert(1)", "label": "悪い"}]))
    heading = root.find("h4")
    assert heading.get("id") == "ssmjp-2026-06-k3f" and heading.text == "一つ <目>"
    note = one_with(root, "archive-note")
    assert text(note) == "一行\n二行 https://a.example/b。\n三行"
    assert [link.get("href") for link in note.iter("a")] == ["https://a.example/b"]
    good, bad = all_with(root, "archive-link")
    assert good[0].get("href") == "https://s.example/d" and text(good) == "資料"
    assert not len(bad) and text(bad) == "悪い"


def test_foreign_text_comes_back_as_it_was():
    values = [*ALL, EVIL["name"]]
    items = []
    for number, value in enumerate(values):
        items.append(post(person("@a@a.example", value), number, 0, f"<p>x{html.escape(value, quote=False)}x</p>",
                          spoiler=f"x{value}x", options=[(1, f"x{value}x")],
                          media=[{"media": "image", "media.alt": f"x{value}x", "media.url": "https://p.example/"}],
                          card={"card.url": "https://c.example/", "card.title": f"x{value}x"}))
    for entry, value in zip(entries(parse(render(items=items))), values, strict=True):
        shown = clean(value)
        assert text(one_with(entry, "p-name")) == (shown if shown.strip(" \u00a0\u3000\ufeff") else "@a@a.example")
        assert text(one_with(entry, "e-content")) == f"x{shown}x"
        assert text(one_with(entry, "p-summary")) == f"閲覧注意：x{shown}x"
        assert text(one_with(entry, "u-photo")) == f"写真：x{shown}x"
        assert text(one_with(entry, "archive-poll")).startswith(f"x{shown}x ")
        assert text(one_with(entry, "archive-card")).startswith(f"x{shown}x ")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//a.example/", "/a", "a", "",
                                 "https:", "https://", "at://did:plc:x/y", "https://a.example/\u202e"])
def test_a_url_that_may_not_be_linked_leaves_its_text(url):
    entry = one_post(person("@a@a.example", "名前"), f'<p>前<a href="{url}">中</a>後</p>', url=url, profile=url,
                     media=[{"media": "image", "media.url": url, "media.alt": "絵"}])
    if "\u202e" not in url:
        assert not list(entry.iter("a"))
    assert text(one_with(entry, "e-content")) == "前中後"
    assert text(one_with(entry, "p-name")) == "名前"
    assert text(one_with(entry, "dt-published")) == "19:00"


@pytest.mark.parametrize("markup, wanted", [
    ("<p>a<br>b</p>", "a\nb"),
    ("<p>a<br><br>b</p>", "a\nb"),
    ("<p>a<strong><br><br>b</strong></p>", "a\nb"),
    ("<p><br>a<br></p><p><br></p>", "a"),
    ("<p>a <em>b</em> c</p>", "a b c"),
    ("<pre>\na\n\n  b\n</pre>", "a\n  b"),
    ("<ul><li>a</li><li><p>b</p><ol><li>c</li></ol></li></ul>", "a\nb\nc"),
    ("<ul>a<li>b</ul>c", "a\nb\nc"),
    ("a<p>b", "a\nb"),
    ("<b>a</b>", "<b>a</b>"),
    ("<p onclick=x>a</p>", "<p onclick=x>a"),
    ("<P>a</P>", "<P>a</P>"),
    ("a < b <", "a < b <"),
    ("&lt;p&gt; &amp;amp; &nbsp;", "<p> &amp; &nbsp;"),
    ("</p></li></section>x", "</section>x"),
    ('<a href="https://a.example/">x<a href="https://b.example/">y</a></a>', "xy"),
    ("<em><p>a</p></em>", "a"),
    ("<rt>a</rt>", "a"),
    ("<ruby>字<rt>じ</rt></ruby>", "字じ"),
    ("<blockquote><blockquote>a</blockquote>b</blockquote>c", "a\nb\nc"),
    ("<em>" * 200 + "a" + "</em>" * 200, "a"),
    ("<blockquote>" * 200 + "a" + "</blockquote>" * 200 + "b", "a\nb"),
])
def test_markup_keeps_its_text(markup, wanted):
    assert text(one_with(one_post(markup), "e-content")) == wanted


def test_preformatted_lines_are_kept_inside_one_line():
    fragment = render(items=[post(HANA, 1, 0, "<pre><code>a\n\n\tb</code></pre>")])
    assert "a&#10;&#10;\tb</code></pre>" in fragment
    assert next(parse(fragment).iter("code")).text == "a\n\n\tb"


@pytest.mark.parametrize("lang, wanted", [("ja", None), ("en", "en"), ("zh-Hant", "zh-Hant"), ("und", None), ("qme", None),
                                          ("x\" onclick=\"y", None), ("", None)])
def test_a_post_in_another_language_says_so(lang, wanted):
    assert one_with(one_post("<p>a</p>", lang=lang), "e-content").get("lang") == wanted


def test_a_post_without_words_has_no_content():
    entry = one_post("<p> <br></p>", media=[{"media": "image", "media.url": "https://p.example/1"}])
    assert not all_with(entry, "e-content") and all_with(entry, "u-photo")


@pytest.mark.parametrize("value", [":\x01https:", ":smi\u202ele:", "3\x07x4", "8\u200f-O", "(\x02tm)", "Word\x03press"])
def test_what_is_left_out_does_not_hide_what_an_engine_acts_on(value):
    fragment = render(items=[post(HANA, 1, 0, f"<p>{value}</p>", reply_uri="x",
                                  media=[{"media": "image", "media.url": "https://p.example/", "media.alt": value}])],
                      thread={"kept": [("a.png", 1, 1, "https://p.example/")]}, more=["media=files"])
    assert clean(value) not in (fragment if ":" in value else re.sub(' alt="[^"]*"', "", fragment))
    assert one_with(parse(fragment), "u-photo").get("alt") == clean(value) == text(one_with(parse(fragment), "e-content"))


def test_random_paragraphs_come_back():
    rng = random.Random(8)
    items, wanted = [], []
    for number in range(60):
        pieces = [[clean("".join(rng.choice(ALL) for _ in range(6))) for _ in range(3)] for _ in range(3)]
        items.append(post(HANA, number, 0, "".join(
            "<p>" + "<br>".join(f"x{html.escape(line, quote=False)}x" for line in part) + "</p>" for part in pieces)))
        wanted.append("\n".join(f"x{line}x" for part in pieces for line in part))
    assert [text(one_with(entry, "e-content")) for entry in entries(parse(render(items=items)))] == wanted

"""What the curator and the thread add to the posts: talks, sizes and colours, answers, cross-posts, words for pictures, the
line of the evening, the people; and how all of it reads without any markup."""
import gzip
import re

import pytest
from fragments import (ARAB, EVENING, HANA, KUMO, NEKO, YORU, all_with, at, classes, clean, one_with, parse, person, post, render,
                       text, without_item)


def entries(root):
    return all_with(root, "archive-post")


def rendered(*items, **more):
    return parse(render(items=items, **more))


def styles(element):
    return dict(declaration.split(":", 1) for declaration in element.get("style", "").split(";") if declaration)


# Talks

@pytest.mark.parametrize("more, wanted", [
    ({"speaker": "みどり", "starts": at(40), "target": "https://s.example/d", "slides": "資料"}, "19:40 · みどり · 資料"),
    ({"speaker": "みどり", "target": "https://s.example/d"}, "みどり · スライド"),
    ({"starts": at(40)}, "19:40"),
    ({"target": "https://s.example/d", "slides": " "}, "スライド"),
    ({"speaker": "みどり", "target": "javascript:alert(1)"}, "みどり"),
])
def test_a_talk_says_when_who_and_the_slides(more, wanted):
    root = rendered({"item": "heading", "key": "k3f", "label": "題", **more}, post(HANA, 1, 41, "<p>a</p>"))
    talk = one_with(root, "archive-talk")
    assert text(talk) == wanted
    links = [link.get("href") for link in talk.iter("a")]
    assert links == (["https://s.example/d"] if more.get("target", "").startswith("https") else [])
    assert [time.get("title") for time in talk.iter("abbr")] == (["2026-06-26T19:40:00+09:00"] if "starts" in more else [])


@pytest.mark.parametrize("more", [{}, {"target": "javascript:alert(1)"}, {"speaker": " \u200b"}])
def test_a_heading_of_which_nothing_is_known_has_no_line_for_it(more):
    root = rendered({"item": "heading", "key": "k3f", "label": "題", **more})
    assert not all_with(root, "archive-talk") and one_with(root, "archive-heading").get("id") == "ssmjp-2026-06-k3f"


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_sections_stand_one_below_the_title(level):
    root = rendered({"item": "heading", "key": "k", "label": "題"}, more=[f"level={level}"])
    assert [one_with(root, name).tag for name in ("archive-title", "archive-heading")] == [f"h{level}", f"h{level + 1}"]


# Sizes and colours

@pytest.mark.parametrize("colour", ["red", "orange", "green", "blue", "purple", "grey"])
def test_a_colour_is_a_bar_and_a_tint_and_never_that_of_the_text(colour):
    items = post(HANA, 1, 0, "<p>a</p>", style=colour), {"item": "note", "label": "n", "style": colour}
    for name in ("archive-post", "archive-note"):
        style = styles(one_with(rendered(*items), name))
        shade = re.fullmatch("4px solid (#[0-9a-f]{6})", style["border-left"])[1]
        assert style["background"] == shade + "16"
        assert f"archive-{colour}" in classes(one_with(rendered(*items, what="classes"), name))
    for element in rendered(*items).iter():
        assert styles(element).get("color", "inherit") == "inherit"


@pytest.mark.parametrize("size, compare", [("large", float.__gt__), ("small", float.__lt__)])
def test_emphasis_is_a_size_of_the_text(size, compare):
    root = rendered(post(HANA, 1, 0, "<p>a</p>", style=size))
    assert compare(float(styles(one_with(root, "e-content"))["font-size"].removesuffix("em")), 1.0)
    assert f"archive-{size}" in classes(one_with(rendered(post(HANA, 1, 0, "<p>a</p>", style=size), what="classes"), "e-content"))


def test_what_a_post_quotes_is_not_emphasised_with_it():
    root = rendered(post(HANA, 1, 0, "<p>a</p>", style="large", quote=without_item(post(NEKO, 2, 0, "<p>b</p>"))))
    assert ["font-size" in styles(content) for content in all_with(root, "e-content")] == [True, False]


# Answers

def answer(author, number, to, **more):
    return post(author, number, number, f"<p>{number}</p>", reply_uri=to["uri"], **more)


def indents(root):
    return [float(re.search(r"min\(([0-9.]+)em", styles(entry).get("margin-left", "min(0em"))[1]) for entry in entries(root)]


def test_an_answer_below_what_it_answers_is_indented_and_names_it():
    first = post(HANA, 1, 1, "<p>1</p>")
    second = answer(NEKO, 2, first)
    third = answer(YORU, 3, second)
    beside = answer(KUMO, 4, first)
    root = rendered(first, second, third, beside, post(HANA, 5, 5, "<p>5</p>"))
    depths = indents(root)
    assert 0 == depths[0] == depths[4] < depths[1] == depths[3] < depths[2]
    replies = [one_with(entry, "archive-reply") for entry in entries(root)[1:4]]
    assert [text(reply) for reply in replies] == ["はな🌸 への返信", clean(NEKO["name"]) + " への返信", "はな🌸 への返信"]
    assert [reply[0].get("href") for reply in replies] == ["#ssmjp-2026-06-p0000001", "#ssmjp-2026-06-p0000002",
                                                          "#ssmjp-2026-06-p0000001"]


@pytest.mark.parametrize("between", [{"item": "note", "label": "n"}, {"item": "heading", "key": "k", "label": "h"},
                                     post(YORU, 9, 9, "<p>9</p>")], ids=lambda item: item["item"])
def test_what_stands_between_ends_the_indentation(between):
    first = post(HANA, 1, 1, "<p>1</p>")
    root = rendered(first, between, answer(NEKO, 2, first))
    assert set(indents(root)) == {0}
    assert not all_with(root, "archive-reply")
    assert text(all_with(root, "archive-meta")[-1]) == "19:02 · Mastodon · 返信"


def test_an_answer_to_a_hidden_post_tells_nothing_of_it():
    gone = post(HANA, 1, 1, "<p>1</p>", gone=at(3))
    fragment = render(items=[gone, answer(NEKO, 2, gone)])
    assert text(one_with(parse(fragment), "archive-meta")) == "19:02 · Mastodon · 返信"
    assert "hana" not in fragment and "はな" not in fragment


@pytest.mark.parametrize("shown, url, wanted", [
    (True, "https://e.example/1", "#ssmjp-2026-06-abcd2345"),
    (False, "https://e.example/1", "https://e.example/1"),
    (False, "javascript:alert(1)", None),
])
def test_an_answer_to_a_post_elsewhere_links_to_it(shown, url, wanted):
    more = {"answers": "abcd2345", "answers.name": "誰か <b>", "answers.url": url} | ({"answers.shown": "abcd2345"} if shown else {})
    reply = one_with(rendered(post(HANA, 1, 0, "<p>a</p>", reply_uri="https://e.example/x", **more)), "archive-reply")
    assert text(reply) == "誰か <b> への返信"
    assert [link.get("href") for link in reply.iter("a")] == ([wanted] if wanted else [])


def test_an_answer_deeper_than_can_be_remembered_still_names_whom_it_answers():
    chain = [post(HANA, 100, 0, "<p>0</p>")]
    for number in range(101, 125):
        chain.append(post(person(f"@p{number}@a.example", f"人{number}"), number, 1, "<p>x</p>", reply_uri=chain[-1]["uri"]))
    root = rendered(*chain)
    assert [text(reply) for reply in all_with(root, "archive-reply")] == \
        ["はな🌸 への返信"] + [f"人{number} への返信" for number in range(101, 124)]
    assert max(indents(root)) < 5


def test_a_name_from_right_to_left_turns_nothing_round_but_itself():
    root = rendered(post(HANA, 1, 0, "<p>a</p>", reply_uri="x", spoiler="سر", options=[(1, "نعم")],
                         media=[{"media": "image", "media.alt": "صورة"}], **{"answers": "a", "answers.name": ARAB["name"]}))
    for name in ("archive-reply", "p-summary", "archive-option", "archive-media"):
        assert [span.get("dir") for span in one_with(root, name).iter("span") if span.get("dir")] == ["auto"], name
    plain = rendered(post(HANA, 1, 0, "<p>a</p>", spoiler="ふつう ☕\ufe0f"))
    assert not list(one_with(plain, "p-summary").iter("span"))


# The same post on several networks

def crossposted(**more):
    mastodon = without_item(post(person("@kumo@social.example", "雲"), 2, 0, "<p>同じ</p>", likes=3, reposts=1, **more))
    bluesky = {**without_item(post(person("@kumo@sky.example", "雲"), 3, 0, "<p>同じ</p>", likes=4)), "network": "bluesky"}
    return post(KUMO, 1, 0, "<p>話</p>", likes=10, also=[mastodon, bluesky])


def test_a_cross_post_is_one_card_with_several_links():
    root = rendered(crossposted())
    entry, = entries(root)
    assert text(one_with(entry, "archive-meta")) == "19:00 · X · Mastodon・Bluesky にも"
    assert [link.get("href") for link in all_with(entry, "u-syndication")] == ["https://social.example/@kumo/2", "https://sky.example/@kumo/3"]
    assert "同じ" not in text(entry)


@pytest.mark.parametrize("mark", [{"gone": at(3)}, {"optout": 1}], ids=str)
def test_a_cross_post_that_is_gone_leaves_no_trace(mark):
    root = rendered(crossposted(**mark), more=["counts"])
    assert text(one_with(root, "archive-meta")) == "19:00 · X · Bluesky にも · いいね14"


# Numbers

def test_counts_are_said_only_when_asked_for():
    changed = crossposted() | {"likes": 999}
    assert render(items=[crossposted()]) == render(items=[changed])
    assert text(one_with(rendered(crossposted(), more=["counts"]), "archive-meta")).endswith(" · いいね17 · リポスト1")
    assert "17 likes · 1 repost" in text(rendered(crossposted(), thread={"lang": "en"}, more=["counts"]))


def test_candidates_are_said_only_when_asked_for():
    item = post(HANA, 1, 0, "<p>a</p>", candidates=121)
    assert text(one_with(rendered(item), "archive-facts")).endswith(" · 1人の1投稿")
    assert text(one_with(rendered(item, more=["counts"]), "archive-facts")).endswith(" · 1人の1投稿（121投稿から選択）")


# Pictures and cards

def test_the_curators_words_stand_in_for_missing_ones_and_say_so():
    media = [{"media": "image", "media.url": f"https://p.example/{n}", **({"media.alt": "絵"} if n == 0 else {})} for n in range(4)]
    root = rendered(post(HANA, 1, 0, "<p>a</p>", media=media, words="なし\n会場 [gallery]\n \n"))
    assert [text(photo) for photo in all_with(root, "u-photo")] == \
        ["写真：絵", "写真（まとめた人による説明）：会場 [gallery]", "写真（説明なし）", "写真（説明なし）"]


@pytest.mark.parametrize("length, wanted", [(140, 140), (141, 140), (5000, 140)])
def test_a_long_description_of_a_page_is_cut(length, wanted):
    root = rendered(post(HANA, 1, 0, "<p>a</p>", card={"card.url": "https://c.example/", "card.title": "題",
                                                      "card.description": "説" * length}))
    assert text(one_with(root, "archive-card-text")) == "説" * wanted + ("…" if length > wanted else "")


# The line of the evening

def bars(root):
    return one_with(root, "archive-activity").text


def test_the_evening_is_a_line_of_bars_with_its_talks_and_the_same_in_words():
    posts = [post(HANA, n, minute, "<p>a</p>") for n, minute in enumerate([0] * 4 + [5] + [61] * 2)]
    talks = [{"item": "heading", "key": f"k{n}", "label": "題", "starts": at(minute)} for n, minute in enumerate([0, 61, 300])]
    root = rendered(*posts, *talks)
    line = one_with(root, "archive-activity")
    assert line.text == "|█▃" + "▁" * 18 + "|▅" and line.get("role") == "img"
    assert line.get("aria-label") == "投稿の流れ：19時 5、20時 2。講演の始まり：19:00、20:01、00:00"


def test_a_thread_without_a_shape_has_no_line():
    for items in ([], [post(HANA, 1, 0, "<p>a</p>")], [post(HANA, 1, 0, "<p>a</p>"), post(HANA, 2, 1, "<p>a</p>")]):
        assert not all_with(rendered(*items), "archive-activity")


@pytest.mark.parametrize("minutes", [3, 29, 31, 240, 1440, 10 * 1440, 400 * 1440, 8000 * 1440])
def test_the_line_fits_a_phone_and_holds_every_post(minutes):
    root = rendered(post(HANA, 1, 0, "<p>a</p>"), post(HANA, 2, minutes // 2, "<p>a</p>"), post(HANA, 3, minutes, "<p>a</p>"))
    assert 3 <= len(bars(root)) <= 30
    said = one_with(root, "archive-activity").get("aria-label")
    assert sum(int(n) for n in re.findall(r" (\d+)(?=、|$)", said)) == 3
    assert said.count("、") < 12


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Australia/Lord_Howe", "America/New_York", "Mars/Olympus"])
def test_the_line_keeps_the_zones_hours(zone):
    root = rendered(*[post(HANA, n, 15 * n, "<p>a</p>") for n in range(12)], thread={"zone": zone})
    assert len(bars(root)) <= 30
    assert sum(int(n) for n in re.findall(r"時 (\d+)", one_with(root, "archive-activity").get("aria-label"))) == 12


# People

def test_people_are_listed_only_when_asked_for():
    assert not all_with(parse(render()), "archive-people")
    people = one_with(parse(render(more=["people"])), "archive-people")
    names = [line.split(" @")[0] for line in text(people).split("\n")[1:]]
    wanted = list(dict.fromkeys(clean(item["name"]) for item in EVENING if item["item"] == "post" and not item.get("gone")))
    assert names == wanted
    assert text(people).startswith("引用した8人\n")
    assert len(list(people.iter("a"))) == len(wanted)


def test_nobody_is_no_list():
    assert not all_with(rendered(more=["people"]), "archive-people")


# Without any markup

BLOCKS = r"</?(?:p|h[1-6]|li|ul|ol|pre|blockquote|summary|details|section|article|br)\b[^>]*>"


def bare(fragment):
    """As a feed reader or a copy shows it: blocks are lines, nothing else is left of the markup."""
    import html
    lines = html.unescape(re.sub(r"<[^>]*>", "", re.sub(BLOCKS, "\v", fragment).replace("\n", "\v"))).split("\v")
    return [line.strip() for line in lines if line.strip()]


def test_it_reads_well_as_plain_text():
    first = post(HANA, 1, 0, "<p>一次ソースを先に読む派です。<br>翻訳は後。</p>")
    items = [{"item": "heading", "key": "k", "label": "情報源の探し方", "speaker": "はなだ", "starts": at(0), "target": "https://s.example/"},
             first,
             answer(NEKO | {"name": "ねこ"}, 2, first, options=[(3, "読む"), (1, "読まない")]),
             {"item": "note", "label": "質問が三つ。\n\n休憩。"},
             post(KUMO, 3, 7, "<p>結末</p>", spoiler="映画", quote=without_item(post(YORU, 4, 6, "<p>言葉</p>")),
                  media=[{"media": "image", "media.url": "https://p.example/", "media.alt": "板書"}],
                  card={"card.url": "https://c.example/", "card.title": "題", "card.site": "日誌", "card.description": "要旨。"})]
    assert bare(render(items=items, more=["people"])) == """\
2026年6月の #ssmjp 「信頼できる情報源」まとめ
2026-06-26 19:00–19:07 · #ssmjp · 3人の3投稿
|█▁█▁▁▁▁█
情報源の探し方
19:00 · はなだ · スライド
はな🌸 @hana@social.example
一次ソースを先に読む派です。
翻訳は後。
19:00 · Mastodon
ねこ @neko@misskey.example
はな🌸 への返信
2
読む 3票（75%）
読まない 1票（25%）
4票
19:02 · Mastodon
質問が三つ。
休憩。
雲を見る人 @kumo_the_cloud_watcher
閲覧注意：映画
結末
写真：板書
題 日誌
要旨。
夜勤明け @yoru@sky.example
言葉
19:06 · Mastodon
19:07 · X
引用した3人
はな🌸 @hana@social.example
ねこ @neko@misskey.example
雲を見る人 @kumo_the_cloud_watcher
2026-06-27 に X・Mastodon から集めたもの。消された投稿は載せていない。時刻は Asia/Tokyo。""".split("\n")


# Size

def test_an_evening_of_120_posts_is_small():
    words = "一次ソースを先に読む派です。翻訳記事で読んだ気になっていたのを反省している。監視の通知は起こす価値で決める、という話がよかった。"
    people = [person(f"@user{n}@social{n % 7}.example", f"参加者その{n}") for n in range(32)]
    items = []
    for number in range(120):
        more = {}
        if number % 6 == 0:
            more["media"] = [{"media": "image", "media.url": f"https://pic.example/media/{number * 7919:032x}.png", "media.alt": words[:40]}]
        if number % 9 == 0:
            more["card"] = {"card.url": f"https://blog.example/{number}", "card.title": words[:24], "card.site": "日誌"}
        if number % 5 == 0:
            more["reply_uri"] = "https://elsewhere.example/1"
        shift = number * 13 % 40
        items.append(post(people[number * 5 % 32], 1000 + number, number, f"<p>{words[shift:] + words[:shift]} {number}</p>", **more))
    fragment = render(items=items).encode()
    assert fragment.count(b"<article") == 120
    assert len(fragment) < 150_000
    assert len(gzip.compress(fragment)) < 25_000

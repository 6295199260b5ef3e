"""archive import of saved threads: the posts are posts, and the thread is a thread."""
import json
import sqlite3

import pytest

from harness import megabytes
from made import objects
from pages import page, tweet, words

pytest_plugins = ["evenings"]

SLUG = "togetter-1126288"
PARTS = [
    page(words("一つ目の話", heading=True), tweet(11, "始まりました #ssmjp"), tweet(12, "一次ソース #ssmjp", "2017-06-30 19:05:00", "color: #f00"),
         number=1, last=3),
    page(words("会場から質問"), tweet(21, "質問です #ssmjp", "2017-06-30 19:10:00", photo="https://pbs.twimg.com/media/A.jpg"), number=2, last=3),
    page(words("二つ目の話", heading=True), tweet(31, "大きな話", "2017-06-30 20:00:00", "font-size: 200%"), number=3, last=3),
]
REAL = {"data": [{"id": "12", "author_id": "7", "text": "本物", "created_at": "2017-06-30T10:05:00.000Z"}],
        "includes": {"users": [{"id": "7", "username": "hana_example", "name": "花"}]}, "meta": {"result_count": 1}}
ITEMS = ["heading 一つ目の話", "始まりました #ssmjp", "一次ソース #ssmjp", "note 会場から質問", "質問です #ssmjp", "heading 二つ目の話", "大きな話"]


def save(archive, *texts):
    paths = []
    for number, text in enumerate(texts, 1):
        paths.append(archive.home / f"page-{number}.html")
        paths[-1].write_text(text)
    return paths


def exported(archive, slug=SLUG, form="json"):
    return archive.ok("export", slug, "--as", form)


def items(archive, slug=SLUG):
    return [item["post"]["text"] if item["kind"] == "post" else f"{item['kind']} {item['text']}"
            for item in json.loads(exported(archive, slug))["items"]]


def test_a_saved_thread_becomes_a_thread(archive):
    assert archive.ok("import", *save(archive, PARTS[0])) == (
        "a saved thread: 2 posts new, 0 seen before, 2017-06-30 19:00 to 19:05\n"
        "thread togetter-1126288, made: 2 posts and 1 heading, note or link\n"
        "https://togetter.com/li/1126288?page=2 (" + str(archive.home / "page-1.html") + "), next page\n"
        "  next: open it in a browser, save the page, archive import PAGE.html\n"
        "  gone? look for a copy: https://web.archive.org/web/*/https://togetter.com/li/1126288?page=2\n")
    thread = json.loads(exported(archive))
    assert (thread["title"], thread["description"], thread["lang"], thread["zone"], thread["tags"]) == \
        ("六月の勉強会", "三つの話", "ja", "Asia/Tokyo", ["ssmjp"])
    assert thread["window"] == {"since": "2017-06-30T10:00:00Z", "until": "2017-06-30T10:06:00Z"}
    assert [item.get("style") for item in thread["items"]] == [None, None, "red"]
    post = thread["items"][1]["post"]
    assert (post["uri"], post["network"], post["author"]["handle"], post["created_at"]) == \
        ("https://x.com/i/status/11", "x", "@hana_example", "2017-06-30T10:00:00Z")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1), (0, 2, 1), (1, 2, 0)])
def test_parts_come_together_in_any_order_of_files(archive, order):
    paths = save(archive, *PARTS)
    out = archive.ok("import", *(paths[number] for number in order))
    assert items(archive) == ITEMS
    assert "next page" not in out
    assert json.loads(exported(archive))["window"]["until"] == "2017-06-30T11:01:00Z"


def test_parts_come_together_one_by_one(archive):
    for path in reversed(save(archive, *PARTS)):
        archive.ok("import", path)
    assert items(archive) == ITEMS


def test_once_more_changes_nothing(archive):
    paths = save(archive, *PARTS)
    archive.ok("import", *paths)
    before = exported(archive)
    steps = archive.ok("thread", "log", SLUG)
    out = archive.ok("import", "--again", *paths)
    assert out.count("is there already, and stays as it is") == 3
    assert exported(archive) == before
    assert archive.ok("thread", "log", SLUG) == steps


def test_what_somebody_changed_stays(archive):
    paths = save(archive, *PARTS)
    archive.ok("import", *paths)
    archive.ok("thread", "drop", SLUG, "https://x.com/i/status/12")
    archive.ok("import", "--again", *paths)
    assert "一次ソース #ssmjp" not in items(archive)


def test_each_file_is_one_step_that_can_be_undone(archive):
    paths = save(archive, *PARTS)
    archive.ok("import", *paths)
    archive.ok("thread", "undo", SLUG)
    assert items(archive) == ITEMS[:5]
    archive.ok("thread", "redo", SLUG)
    assert items(archive) == ITEMS
    archive.ok("thread", "undo", SLUG)
    archive.ok("import", "--again", paths[2])
    assert items(archive) == ITEMS


def test_posts_that_are_there_are_the_same_posts(archive):
    first = archive.home / "answers.json"
    first.write_text(json.dumps(REAL))
    archive.ok("import", first)
    archive.ok("import", *save(archive, PARTS[0]))
    assert items(archive) == ["heading 一つ目の話", "始まりました #ssmjp", "本物"]
    with sqlite3.connect(archive.store) as db:
        assert dict(db.execute("SELECT network_id, taken FROM post")) == {"11": "https://togetter.com/li/1126288", "12": None}
        assert db.execute("SELECT count(*) FROM author").fetchone() == (1,)


def test_the_network_takes_the_place_of_what_a_page_showed(archive):
    archive.ok("import", *save(archive, PARTS[0]))
    answer = archive.home / "answers.json"
    answer.write_text(json.dumps(REAL))
    archive.ok("import", answer)
    assert items(archive) == ["heading 一つ目の話", "始まりました #ssmjp", "本物"]
    with sqlite3.connect(archive.store) as db:
        assert db.execute("SELECT taken FROM post WHERE network_id = '12'").fetchone() == (None,)
        assert db.execute("SELECT name FROM author").fetchall() == [("花",)]


def test_into_a_thread_that_is_named(archive):
    archive.ok("import", "--into-thread", "六月", *save(archive, *PARTS))
    assert items(archive, "六月") == ITEMS
    archive.ok("import", "--into-thread", "六月", *save(archive, *PARTS))
    assert items(archive, "六月") == ITEMS


def test_only_what_was_asked_for(archive):
    out = archive.ok("import", "--only-tag", "ssmjp", *save(archive, PARTS[2]))
    assert "1 not asked for" in out
    assert items(archive) == ["heading 二つ目の話"]


def test_a_dry_run_changes_nothing(archive):
    out = archive.ok("import", "--dry-run", *save(archive, PARTS[0]))
    assert out.startswith("a saved thread: 2 posts would be new, 0 are there already")
    assert "thread togetter-1126288 would have: 2 posts and 1 heading, note or link\n" in out
    assert not archive.store.exists()


def test_json_tells_the_same(archive):
    out = objects(archive.ok("--json", "import", *save(archive, PARTS[0])))
    assert out[0]["form"] == "matome"
    assert out[0]["thread"] == {"slug": SLUG, "part": 1, "made": True, "there_before": False, "posts": 2, "words": 1, "missing": 0}
    assert out[1] == {"lead": "thread", "url": "https://togetter.com/li/1126288?page=2", "text": "next page",
                      "file": str(archive.home / "page-1.html"), "place": None}


def test_a_thread_of_another_place_gets_a_name_of_its_own(archive):
    archive.ok("thread", "new", SLUG, "--tag", "ssmjp")
    out = archive.ok("import", *save(archive, PARTS[2]))
    assert f"thread {SLUG}-2, part 3, made: 1 post and 1 heading" in out


def test_who_opted_out_is_not_in_the_thread(archive):
    archive.ok("import", *save(archive, PARTS[0]))
    archive.ok("forget", "https://x.com/i/status/12", "--yes")
    archive.ok("import", "--again", *save(archive, PARTS[0]))
    assert items(archive) == ["heading 一つ目の話", "始まりました #ssmjp"]


def test_a_page_of_fifty_megabytes_takes_little_memory(archive):
    path = archive.home / "page.html"
    with path.open("w") as out:
        out.write(page(tweet(11, "始まり")).replace("</section>", ""))
        for _ in range(50):
            out.write('<img src="data:image/png;base64,' + "QUJD" * 250_000 + '">\n')
        out.write("</section></body></html>")
    assert megabytes(archive, "import", path) < 200  # a build with sanitizers takes most of it itself
    assert [post["text"] for post in objects(archive.ok("--json", "search"))] == ["始まり"]


def test_a_long_japanese_value_leaves_the_rest_of_the_page_japanese(archive):
    (archive.home / "page.html").write_text(PARTS[0].replace("<body>", '<body><p title="%s">' % ("の" * 5000)))
    archive.ok("import", "page.html")
    assert items(archive) == ITEMS[:3]


def test_a_text_without_a_tag_takes_little_memory(archive):
    small, large = archive.home / "small.html", archive.home / "large.html"
    post = page(tweet(11, "始まり"))
    small.write_text(post)
    large.write_text(post.replace("<body>", "<body>" + "y" * (32 << 20)))
    assert megabytes(archive, "import", "--dry-run", large) < megabytes(archive, "import", "--dry-run", small) + 16
    assert "1 post new" in archive.ok("import", large)


@pytest.mark.parametrize("charset, codec", [("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp"), ("ISO-2022-JP", "iso2022_jp"), ("Shift_JIS", "utf-8"),
                                            ("windows-1252", "utf-8"), ("utf-8", "utf-16"), ("Shift_JIS", "utf-16"), ("utf-8", "utf-8-sig")])
def test_a_page_in_any_charset_and_one_that_names_another(archive, charset, codec):
    """What a tool saved anew may still name the charset that it had."""
    text = PARTS[0].replace('charset="utf-8"', 'charset="%s"' % charset)
    (archive.home / "page.html").write_bytes(text.encode(codec))
    archive.ok("import", "page.html")
    assert items(archive) == ITEMS[:3]


@pytest.mark.parametrize("name, text, told", [
    ("a.json", json.dumps(REAL, ensure_ascii=False), "1 post new"),
    ("a.txt", "見て https://x.com/hana/status/880727609963446272 ね", "https://x.com/hana/status/880727609963446272 (a.txt, line 1)"),
])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_what_a_program_printed_in_utf_16(archive, name, text, told, codec):
    (archive.home / name).write_bytes(("\ufeff" + text).encode(codec))
    assert told in archive.ok("import", name)


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "iso2022_jp", "utf-8"])
@pytest.mark.parametrize("pad", [0, 65536, 65537])
def test_a_page_that_names_no_charset(archive, codec, pad):
    """What is guessed is guessed by the first 64 KB, which may end within a character."""
    text = PARTS[0].replace('<meta charset="utf-8">', "").replace("<body>", "<body><!-- %s -->" % ("x" * (pad % 2) + "の" * (pad // 2)))
    assert "charset" not in text
    (archive.home / "page.html").write_bytes(text.encode(codec))
    archive.ok("import", "page.html")
    assert items(archive) == ITEMS[:3]


@pytest.mark.parametrize("codec, text, told", [
    ("latin-1", "d\u00e9j\u00e0 vu, un caf\u00e9, l'\u00e9lectricit\u00e9", "d\ufffdj\ufffd vu, un caf\ufffd, l'\ufffdlectricit\ufffd"),
    ("latin-1", "\u00c0\u00c1\u00c2\u00c3", 4 * "\ufffd"),
    ("ascii", "a\x1b$Bb", "ab"),
])
def test_what_is_not_japanese_is_not_taken_for_it(archive, codec, text, told):
    whole = ('<!DOCTYPE html><div class="tweet_box"><div class="list_box"><p class="tweet">%s</p>'
             '<a class="timestamp" data-timestamp="1300000000" href="https://twitter.com/a/status/1"></a></div></div>')
    (archive.home / "page.html").write_bytes((whole % text).encode(codec))
    archive.ok("import", "page.html")
    [post] = objects(archive.ok("--json", "search"))
    assert post["text"].replace("$B", "") == told

"""archive import of pages, texts and feeds: what is in them comes in, and what is not is told with the next step."""
import json

import pytest

from made import give, objects, status
from pages import page, tweet

EMBED = ('<blockquote class="twitter-tweet"><p lang="ja">始まり #ssmjp</p>&mdash; はな (@hana_example) '
         '<a href="https://twitter.com/hana_example/status/880719480421175296">June 30, 2017</a></blockquote>\n')


def write(archive, name, text):
    path = archive.home / name
    path.write_text(text)
    return path


def texts(archive, slug):
    return [item["post"]["text"] for item in json.loads(archive.ok("export", slug, "--as", "json"))["items"]]


def test_a_post_that_has_lost_its_embed_says_what_can_be_done(archive):
    path = write(archive, "post.md", "# 会\n\n## 感想\n\n" + EMBED + "\n## Togetterまとめ\n\n## 次\n\nhttps://togetter.com/li/42\n")
    assert archive.ok("import", path) == (
        "a page: 1 post new, 0 seen before, 2017-06-30 18:27\n"
        f"nothing is left under the heading 'Togetterまとめ' ({path}, line 7)\n"
        f"  next: find the thread, import it, then archive export SLUG --into {path} --under 'Togetterまとめ'\n"
        f"https://togetter.com/li/42 ({path}, line 11)\n"
        "  next: open it in a browser, save the page, archive import PAGE.html\n"
        "  gone? look for a copy: https://web.archive.org/web/*/https://togetter.com/li/42\n")


def test_a_thread_that_is_there_is_named_and_headings_are_told_as_they_are_read(archive):
    archive.ok("import", write(archive, "page.html", page(tweet(11, "一"))))
    path = write(archive, "post.md", '## <span id="t">Togetterまとめ</span> ##\n\n## 感想\n\nhttps://togetter.com/li/1126288?page=1\n')
    told = archive.ok("import", path)
    assert told == ("a page: 0 posts new, 0 seen before\n"
                    f"nothing is left under the heading 'Togetterまとめ' ({path}, line 1)\n"
                    f"  next: archive export togetter-1126288 --into {path} --under 'Togetterまとめ'\n")
    archive.ok(*told.splitlines()[2].replace("'", "").split()[2:])
    assert "<!-- archive:begin togetter-1126288 -->" in path.read_text()


def test_an_embed_of_a_post_that_is_there_leads_nowhere(archive):
    post = status(110000000000000001)
    give(archive, post)
    path = write(archive, "post.md", f'<iframe src="{post["url"]}/embed"></iframe>\n')
    assert archive.ok("import", path) == "a page: 0 posts new, 0 seen before; 1 address of a post that is in the store\n"


def test_an_entry_of_a_feed_that_is_no_post_is_told_with_its_place(archive):
    path = write(archive, "ssmjp.rss", '<?xml version="1.0"?>\n<rss version="2.0"><channel>\n<item><link>https://other.example/objects/3f2a</link>'
                                       '<pubDate>Sat, 01 Jun 2024 10:00:00 +0000</pubDate><description>話</description></item></channel></rss>')
    done = archive.run("import", path)
    assert (done.returncode, done.stdout) == (3, "a feed: 0 posts new, 0 seen before; 1 not understood, left out (from line 3 on)\n")


def test_an_address_is_no_file(archive):
    done = archive.run("import", "https://togetter.com/li/1126288")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", (
        "archive: https://togetter.com/li/1126288 is an address, and import reads files: save the page in a browser and import that; "
        "a post itself comes by archive add https://togetter.com/li/1126288\n"))


def test_addresses_in_a_text_in_its_order_into_a_thread(archive):
    archive.ok("import", write(archive, "page.html", page(tweet(11, "一"), tweet(12, "二", "2017-06-30 19:05:00"))))
    path = write(archive, "list.txt", "https://twitter.com/hana_example/status/12\nhttps://x.com/i/status/11\n"
                                      "https://x.com/i/status/13\n")
    assert archive.ok("import", "--into-thread", "mine", path) == (
        "a text: 0 posts new, 0 seen before; 2 addresses of posts that are in the store\n"
        "thread mine, made: 2 posts\n"
        "1 address of a post that is not in the store, nor its content in the file:\n"
        f"  https://x.com/i/status/13 ({path}, line 3)\n"
        "  next: archive add URL..., or all of them by a pipe to archive add -\n")
    assert texts(archive, "mine") == ["二", "一"]
    assert "thread mine: 0 posts" in archive.ok("import", "--into-thread", "mine", path)


def test_a_thread_is_told_by_the_name_that_it_got(archive):
    archive.ok("import", write(archive, "page.html", page(tweet(11, "一"))))
    path = write(archive, "list.txt", "https://x.com/i/status/11\n")
    assert "\nthread my-own, made: 1 post\n" in archive.ok("import", "--into-thread", "My Own!", path)
    assert texts(archive, "my-own") == ["一"]


def test_a_feed_into_a_thread_by_time(archive):
    items = "".join(f"<item><link>https://social.example/@hana/11000000000000000{n}</link>"
                    f"<pubDate>Sat, 01 Jun 2024 10:0{n}:00 +0000</pubDate><description>話{n}</description></item>" for n in (2, 1))
    path = write(archive, "ssmjp.rss", f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>')
    assert archive.ok("import", "--into-thread", "feed", path).startswith("a feed: 2 posts new")
    assert texts(archive, "feed") == ["話1", "話2"]


@pytest.mark.parametrize("named, codec", [("UTF-16", "utf-16"), ("utf-16", "utf-16-be"), ("UTF-16LE", "utf-16-le"), ("UTF-8", "utf-16"),
                                          ("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp"), ("ISO-2022-JP", "iso2022_jp"), ("UTF-8", "utf-8-sig")])
def test_a_feed_in_the_charset_that_it_names_or_marks(archive, named, codec):
    mark = "\ufeff" if codec in ("utf-16-be", "utf-16-le") else ""
    text = (f'{mark}<?xml version="1.0" encoding="{named}"?>\n<rss version="2.0"><channel><item><link>https://social.example/@hana/110000000000000001</link>'
            "<pubDate>Sat, 01 Jun 2024 10:00:00 +0000</pubDate><description>始まりの話 #ssmjp</description></item></channel></rss>")
    (archive.home / "ssmjp.rss").write_bytes(text.encode(codec))
    assert archive.ok("import", "ssmjp.rss").startswith("a feed: 1 post new")
    [post] = objects(archive.ok("--json", "search"))
    assert post["text"] == "始まりの話 #ssmjp"

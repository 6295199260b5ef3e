"""archive import of our own json export: a thread goes from store to store and loses nothing that an export holds."""
import json

import pytest

from harness import NOW, Archive
from made import SLUG, objects
from pages import page, tweet, words

pytest_plugins = ["evenings"]

FORMS = ["json", "fragment", "markdown", "text", "page", "feed"]


def export(archive, slug, form, *more):
    return archive.ok("export", slug, "--as", form, *more)


def moved(archive, tmp_path, slug, text=None, *more):
    """Another machine, which has the export alone."""
    (tmp_path / "other").mkdir()
    other = Archive(tmp_path / "other")
    other.env["ARCHIVE_NOW"] = str(NOW + 86400)
    path = other.home / "thread.json"
    path.write_text(text or export(archive, slug, "json", *more))
    other.ok("import", path)
    return other


@pytest.fixture
def curated(thread):
    """The example's thread with everything that a person can put into one."""
    # of whom a post answers that is in the store but not in the thread, an export tells only the address
    uris = [item["post"]["uri"] for item in json.loads(export(thread, SLUG, "json"))["items"]]
    for item in json.loads(export(thread, SLUG, "json"))["items"]:
        if item["post"]["reply_to"] not in (None, *uris):
            thread.ok("thread", "remove", SLUG, item["post"]["uri"])
    posts = [uri for uri in uris if uri in export(thread, SLUG, "json")]
    thread.ok("thread", "heading", SLUG, "信頼できる情報源", "--speaker", "@example", "--link", "https://slides.example/1", "--top")
    thread.ok("thread", "note", SLUG, "会場から質問が三つ")
    thread.ok("thread", "style", SLUG, posts[3], "--large", "--colour", "red")
    thread.ok("thread", "move", SLUG, posts[5], "--top")
    thread.ok("thread", "set", SLUG, "--title", "十月 <の> 会", "--description", "三つの話\nと質問", "--curator", "まとめ子")
    return thread


@pytest.mark.parametrize("form", FORMS)
def test_a_thread_that_has_moved_gives_the_same_bytes(curated, tmp_path, form):
    other = moved(curated, tmp_path, SLUG)
    assert export(other, SLUG, form) == export(curated, SLUG, form)


def test_counts_move_when_they_were_exported(curated, tmp_path):
    other = moved(curated, tmp_path, SLUG, None, "--counts")
    assert export(other, SLUG, "json", "--counts") == export(curated, SLUG, "json", "--counts")


@pytest.mark.parametrize("shape", [
    lambda value: json.dumps(value, ensure_ascii=False),
    lambda value: json.dumps(value, indent=2),
    lambda value: json.dumps(value, sort_keys=True, indent=1),
    lambda value: "\ufeff" + json.dumps(value),
], ids=["one line", "indented, escaped", "keys in order", "BOM"])
def test_whichever_tool_has_written_it_since(curated, tmp_path, shape):
    text = export(curated, SLUG, "json")
    other = moved(curated, tmp_path, SLUG, shape(json.loads(text)))
    assert export(other, SLUG, "json") == text


def test_what_was_taken_from_a_page_moves_as_that(archive, tmp_path):
    path = archive.home / "page.html"
    path.write_text(page(words("話", heading=True), tweet(11, "始まり #ssmjp", photo="https://pbs.twimg.com/media/A.jpg")))
    archive.ok("import", path)
    text = export(archive, "togetter-1126288", "json")
    assert json.loads(text)["items"][1]["post"]["taken_from"] == "https://togetter.com/li/1126288"
    other = moved(archive, tmp_path, "togetter-1126288", text)
    assert export(other, "togetter-1126288", "json") == text


def test_a_thread_that_is_there_stays_as_it_is(curated):
    before = export(curated, SLUG, "json")
    path = curated.home / "thread.json"
    path.write_text(before)
    out = curated.ok("import", path)
    assert f"thread {SLUG}: is there already, and stays as it is" in out
    assert export(curated, SLUG, "json") == before


def test_into_another_thread(curated):
    path = curated.home / "thread.json"
    path.write_text(export(curated, SLUG, "json"))
    curated.ok("import", "--into-thread", "copy", path)
    mine, copy = (json.loads(export(curated, slug, "json"))["items"] for slug in (SLUG, "copy"))
    assert [item["kind"] for item in mine] == [item["kind"] for item in copy]


def test_markup_of_a_file_is_made_safe(curated, tmp_path):
    value = json.loads(export(curated, SLUG, "json"))
    post = next(item for item in value["items"] if item["kind"] == "post")["post"]
    post["html"] = '<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a></p>'
    post["url"] = "javascript:x()"
    other = moved(curated, tmp_path, SLUG, json.dumps(value))
    same = next(item["post"] for item in json.loads(export(other, SLUG, "json"))["items"]
                if item["kind"] == "post" and item["post"]["uri"] == post["uri"])
    assert (same["html"], same["url"]) == ("<p>ab</p>", None)


@pytest.mark.parametrize("text, sentence", [
    ('{"archive_thread":1}', "has no items"),
    ('{"archive_thread":7,"items":[]}', "later version"),
    ('{"archive_thread":1,"items":[', "is broken at line"),
    ('{"archive_thread":1,"slug":"a","items":[[[', "is broken at line"),
])
def test_what_is_no_thread_is_said(archive, text, sentence):
    path = archive.home / "thread.json"
    path.write_text(text)
    done = archive.run("import", path)
    assert done.returncode == 1 and sentence in done.stderr and done.stderr.count("\n") == 1


def test_of_a_damaged_file_comes_what_could_be_read(curated, tmp_path):
    text = export(curated, SLUG, "json")
    (tmp_path / "other").mkdir()
    other = Archive(tmp_path / "other")
    other.env["ARCHIVE_NOW"] = str(NOW + 86400)
    path = other.home / "thread.json"
    path.write_text(text[: len(text) // 2])
    done = other.run("import", path)
    assert done.returncode == 3 and "not understood" in done.stdout
    assert 50 < len(objects(other.ok("--json", "search", "--limit", "1000"))) < 150


def test_private_posts_do_not_come_in(curated, tmp_path):
    value = json.loads(export(curated, SLUG, "json"))
    posts = [item["post"] for item in value["items"] if item["kind"] == "post"]
    posts[0]["visibility"] = "private"
    other = moved(curated, tmp_path, SLUG, json.dumps(value))
    assert posts[0]["uri"] not in export(other, SLUG, "json")

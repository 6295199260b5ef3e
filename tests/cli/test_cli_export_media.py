"""archive export --media: kept pictures beside the output, what is said of them, and what of a folder is ours."""
import json
import os
import re
import sqlite3

import pytest

from holes.scene import limited
from kept import addresses, in_folder, keep, png
from made import CHOSEN, SLUG

pytest_plugins = ["evenings"]

FOLDER = SLUG + ".media"
POST = "# 運用の夜\n\n## まとめ\n\nおわり\n"
LACKING = "[0-9]+ of its pictures are not kept: archive media %s fetches them\n" % SLUG


@pytest.fixture
def kept(thread):
    """The pictures of all posts but the last two, by name."""
    return keep(thread, addresses(thread, "posts")[:-2])


def shown(text):
    """The addresses of what a document shows, and where each first part leads."""
    return re.findall(r'<img [^>]*src="([^"]*)"', text)


def names(text):
    return {src.rsplit("/", 1)[-1] for src in shown(text)}


def media(archive, *words, slug=SLUG):
    return archive.run("export", slug, "--media", "files", *words)


def test_pictures_lie_beside_the_file(thread, kept):
    done = media(thread, "-o", "out.html")
    assert done.returncode == 0 and done.stdout == ""
    assert re.fullmatch(r"%d posts in out\.html, %d pictures in %s\n%s" % (CHOSEN, len(kept), FOLDER, LACKING), done.stderr)
    assert in_folder(thread.home / FOLDER) == kept
    text = (thread.home / "out.html").read_text()
    assert {FOLDER + "/" + name for name in kept} == set(shown(text))


def test_without_being_asked_for_none_is_shown_or_written(thread, kept):
    thread.ok("export", SLUG, "-o", "out.html")
    assert shown((thread.home / "out.html").read_text()) == [] and not (thread.home / FOLDER).exists()


def test_the_next_time_only_what_is_new_is_written(thread, kept):
    media(thread, "-o", "out.html")
    before = {path.name: path.stat().st_mtime_ns for path in (thread.home / FOLDER).iterdir()}
    more = keep(thread, addresses(thread, "posts")[-2:], first=100)
    done = json.loads(thread.ok("export", SLUG, "--media", "files", "-o", "out.html", "--json"))
    assert sorted(done["written"]) == sorted(more) and done["pictures"] == len(kept) + len(more)
    after = {path.name: path.stat().st_mtime_ns for path in (thread.home / FOLDER).iterdir()}
    assert {name: after[name] for name in before} == before and set(after) - set(before) == set(more)


def test_a_picture_that_is_not_whole_is_written_anew(thread, kept):
    media(thread, "-o", "out.html")
    name = next(iter(kept))
    (thread.home / FOLDER / name).write_bytes(kept[name][:20])
    media(thread, "-o", "out.html")
    assert in_folder(thread.home / FOLDER) == kept


def test_what_is_said_to_fetch_portraits_fetches_them(thread):
    done = media(thread, "--avatars", "-o", "out.html")
    assert "archive media %s --avatars fetches them" % SLUG in done.stderr


def test_nothing_kept_is_said_once_and_is_no_error(thread):
    done = media(thread, "-o", "out.html")
    assert done.returncode == 0 and not (thread.home / FOLDER).exists()
    assert re.fullmatch(r"%d posts in out\.html\n%s" % (CHOSEN, LACKING), done.stderr)
    assert (thread.home / "out.html").read_text() == thread.ok("export", SLUG, "-o", "-")


def test_portraits_are_asked_for(thread, kept):
    portraits = keep(thread, addresses(thread, "avatars"), first=100)
    media(thread, "-o", "out.html", "--avatars")
    here = in_folder(thread.home / FOLDER)
    assert set(kept) < set(here) and set(here) - set(kept) <= set(portraits) and len(here) > len(kept) + 10
    done = thread.run("export", SLUG, "--avatars")
    assert (done.returncode, done.stderr) == (2, "archive: --avatars shows pictures: it goes with --media files, or with a page\n")


def test_into_a_file_and_again_by_its_name(thread, kept):
    (thread.home / "a b").mkdir()
    (thread.home / "a b/感想.md").write_text(POST)
    media(thread, "--into", "a b/感想.md", "--under", "まとめ", "--avatars")
    whole = (thread.home / "a b/感想.md").read_bytes()
    assert set(in_folder(thread.home / "a b" / FOLDER)) == set(kept) == names(whole.decode())
    assert thread.run("export", "--all", "--check").returncode == 0
    (thread.home / "a b" / FOLDER / next(iter(kept))).unlink()
    done = thread.run("export", SLUG)
    assert done.returncode == 0 and (thread.home / "a b/感想.md").read_bytes() == whole
    assert in_folder(thread.home / "a b" / FOLDER) == kept


def test_check_looks_at_pictures_too(thread, kept):
    media(thread, "-o", "out.html")
    assert media(thread, "-o", "out.html", "--check").returncode == 0
    name = next(iter(kept))
    (thread.home / FOLDER / name).unlink()
    done = media(thread, "-o", "out.html", "--check")
    assert (done.returncode, done.stdout) == (1, "out.html would change\n") and not (thread.home / FOLDER / name).exists()
    assert thread.run("export", SLUG, "--check").returncode == 1
    media(thread, "-o", "out.html")
    stray = "0" * 64 + ".png"
    (thread.home / FOLDER / stray).write_bytes(b"x")
    assert media(thread, "-o", "out.html", "--check").returncode == 1 and (thread.home / FOLDER / stray).exists()


@pytest.mark.parametrize("folder, base", [
    ("bilder", "../bilder/"), ("a b/夏 100%", "%E5%A4%8F%20100%25/"), ("a b", ""), ("a b/x:y/z", "x%3Ay/z/"), ("link/x", "../real/x/")])
def test_the_folder_may_be_named(thread, kept, folder, base):
    for name in ("a b", "real"):
        (thread.home / name).mkdir()
    (thread.home / "link").symlink_to("real")
    done = media(thread, "-o", "a b/out.html", "--media-dir", folder)
    assert done.returncode == 0, done.stderr
    assert set(kept) <= set(in_folder(thread.home / folder)) and not (thread.home / "a b" / FOLDER).exists()
    assert set(shown((thread.home / "a b/out.html").read_text())) == {base + name for name in kept}
    assert thread.run("export", SLUG, "--check").returncode == 0, "remembered with its folder"


def test_an_address_on_the_web(thread, kept):
    url = "https://media.example/ssmjp"
    done = media(thread, "-o", "out.html", "--media-url", url)
    assert done.returncode == 0 and in_folder(thread.home / FOLDER) == kept
    assert set(shown((thread.home / "out.html").read_text())) == {url + "/" + name for name in kept}
    assert thread.run("export", SLUG, "--check").returncode == 0
    text = thread.ok("export", SLUG, "--media-url", "/images/x/")
    assert set(shown(text)) == {"/images/x/" + name for name in kept}, "an address alone means files"
    assert not (thread.home / "images").exists()


@pytest.mark.parametrize("words, said", [
    (["--media", "file"], "--media wants files, link or none, not 'file'"),
    (["--media", "inside"], "only a page holds pictures inside; for fragment say files, link or none"),
    (["--media", "files"], "--media files puts pictures beside a file: name one by -o or --into, or say by --media-url where they are on the web"),
    (["--media-dir", "x"], "--media files puts pictures beside a file: name one by -o or --into, or say by --media-url where they are on the web"),
    (["--media", "files", "-o", "/dev/null"],
     "--media files puts pictures beside a file: name one by -o or --into, or say by --media-url where they are on the web"),
    (["--media", "none", "--media-dir", "x", "-o", "x.html"], "--media-dir and --media-url go with --media files"),
    (["--media-url", "javascript:x"], "--media-url: 'javascript:x/' cannot stand in front of the names of pictures: it wants a path or an https "
                                      "address that ends with '/'"),
])
def test_what_does_not_fit_is_refused(thread, words, said):
    before = sorted(thread.home.iterdir())
    done = thread.run("export", SLUG, *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: %s\n" % said) and sorted(thread.home.iterdir()) == before


# ---- pages ----

def test_a_page_holds_its_pictures_inside(thread, kept):
    page = thread.ok("export", SLUG, "--as", "page")
    assert page.count('src="data:image/png;base64,') == len(shown(page)) >= len(kept)
    thread.ok("export", SLUG, "--as", "page", "-o", "page.html")
    assert (thread.home / "page.html").read_text() == page and not (thread.home / FOLDER).exists()


@pytest.mark.parametrize("way", ["link", "none"])
def test_a_page_without_pictures(thread, kept, way):
    thread.ok("export", SLUG, "--as", "page", "-o", "page.html", "--media", way)
    page = (thread.home / "page.html").read_text()
    assert shown(page) == []
    assert thread.run("export", SLUG, "--check").returncode == 0, "remembered so"


def test_a_page_may_have_them_beside_it(thread, kept):
    media(thread, "--as", "page", "-o", "page.html")
    assert {FOLDER + "/" + name for name in kept} == set(shown((thread.home / "page.html").read_text()))
    assert in_folder(thread.home / FOLDER) == kept


def test_json_names_what_is_kept_and_puts_it_nowhere(thread, kept):
    done = thread.run("export", SLUG, "--as", "json", "-o", "out.json")
    posts = [item["post"] for item in json.loads((thread.home / "out.json").read_text())["items"] if item["kind"] == "post"]
    assert {medium["kept"] for post in posts for medium in post["media"]} - {None} == set(kept)
    assert done.stderr == "%d posts in out.json\n" % CHOSEN and not (thread.home / FOLDER).exists()


# ---- what goes ----

def first_with_picture(archive):
    with sqlite3.connect(archive.store) as db:
        return db.execute("SELECT uri FROM post JOIN media ON media.post = post.id WHERE kind = 'image' ORDER BY post.id LIMIT 1").fetchone()[0]


def test_what_is_not_shown_any_more_goes(thread, kept):
    media(thread, "-o", "out.html")
    (thread.home / FOLDER / "mine.png").write_bytes(b"x")
    (thread.home / FOLDER / ("f" * 64 + ".txt")).write_bytes(b"x")
    thread.ok("thread", "remove", SLUG, first_with_picture(thread))
    done = thread.run("export", SLUG)
    assert re.search(r"^[0-9]+ pictures? not shown any more, taken away$", done.stderr, re.M)
    here = set(in_folder(thread.home / FOLDER))
    assert here == names((thread.home / "out.html").read_text()) | {"mine.png", "f" * 64 + ".txt"} and len(here) < len(kept) + 2
    assert thread.run("export", SLUG, "--check").returncode == 0


def test_the_folder_goes_with_the_last_picture(thread):
    keep(thread, addresses(thread, "posts")[:1])
    media(thread, "-o", "out.html")
    assert len(in_folder(thread.home / FOLDER)) == 1
    thread.ok("thread", "remove", SLUG, first_with_picture(thread))
    thread.ok("export", SLUG)
    assert not (thread.home / FOLDER).exists()


def test_in_a_folder_of_another_name_all_stay_and_those_not_shown_are_named(thread, kept):
    media(thread, "-o", "out.html", "--media-dir", "pictures")
    thread.ok("thread", "remove", SLUG, first_with_picture(thread))
    done = thread.run("export", SLUG)
    assert in_folder(thread.home / "pictures") == kept
    unshown = set(kept) - names((thread.home / "out.html").read_text())
    listed = "no file that is known shows these any more: take them away by hand, here and where they were uploaded\n"
    assert listed in done.stderr and set(re.findall(r"^  pictures/(\S+)$", done.stderr, re.M)) == unshown != set()
    done = media(thread, "-o", "out.html", "--media-dir", "pictures", "--json")
    assert set(json.loads(done.stdout)["unshown"]) == unshown and json.loads(done.stdout)["removed"] == 0
    for name in unshown:
        (thread.home / "pictures" / name).unlink()
    assert "any more" not in thread.run("export", SLUG).stderr


def test_pictures_that_became_links_go(thread, kept):
    media(thread, "-o", "out.html")
    done = thread.run("export", SLUG, "-o", "out.html")
    assert done.stderr.endswith("%d pictures not shown any more, taken away\n" % len(kept)) and not (thread.home / FOLDER).exists()


def test_those_of_somebody_who_is_forgotten_go_by_the_command_that_is_named(thread, kept):
    media(thread, "-o", "out.html")
    media(thread, "-o", "copy.html", "--media-dir", "upload")
    with sqlite3.connect(thread.store) as db:
        handle, = db.execute("SELECT handle FROM author JOIN post ON post.author = author.id JOIN media ON media.post = post.id "
                             "WHERE kind = 'image' LIMIT 1").fetchone()
    said = thread.ok("forget", "--yes", "@" + handle.lstrip("@"))
    assert "to be exported anew: archive export %s (" % SLUG in said
    done = thread.run("export", SLUG)
    left = names((thread.home / "out.html").read_text())
    assert set(in_folder(thread.home / FOLDER)) == left < set(kept)
    assert set(re.findall(r"^  upload/(\S+)$", done.stderr, re.M)) == set(kept) - left


@pytest.mark.parametrize("moved", ["moved.html", "感想.md"])
def test_what_a_file_shows_that_was_moved_stays(talks, kept, moved):
    media(talks, "-o", "out.html")
    (talks.home / "out.html").rename(talks.home / moved)
    media(talks, "-o", "one.html", slug=SLUG + "#one")
    assert in_folder(talks.home / FOLDER) == kept
    (talks.home / moved).unlink()
    media(talks, "-o", "one.html", slug=SLUG + "#one")
    assert set(in_folder(talks.home / FOLDER)) == names((talks.home / "one.html").read_text()) < set(kept)


@pytest.fixture
def talks(thread, kept):
    """The posts of the thread, in two sections."""
    posts = [item["post"]["id"] for item in json.loads(thread.ok("thread", "show", SLUG, "--json"))["items"] if item["kind"] == "post"]
    thread.ok("thread", "heading", SLUG, "一", "--before", posts[0], "--key", "one")
    thread.ok("thread", "heading", SLUG, "二", "--before", posts[90], "--key", "two")
    return thread


def test_sections_share_a_folder(talks, kept):
    (talks.home / "post.md").write_text("# 一\n\n# 二\n")
    for key, heading in (("one", "一"), ("two", "二")):
        media(talks, "--into", "post.md", "--under", heading, slug=SLUG + "#" + key)
    assert in_folder(talks.home / FOLDER) == kept
    assert talks.run("export", "--all", "--check").returncode == 0
    talks.ok("thread", "remove", SLUG, first_with_picture(talks))
    talks.ok("export", SLUG)
    assert set(in_folder(talks.home / FOLDER)) == names((talks.home / "post.md").read_text()) < set(kept)


def test_another_file_that_shows_it_keeps_it(talks, kept):
    media(talks, "-o", "a.html")
    media(talks, "-o", "b.html", slug=SLUG + "#two")
    assert in_folder(talks.home / FOLDER) == kept
    (talks.home / "b.html").chmod(0o644)
    os.truncate(talks.home / "b.html", 0)
    media(talks, "-o", "b.html", slug=SLUG + "#one")
    assert in_folder(talks.home / FOLDER) == kept, "a.html shows all of them"


# ---- what can go wrong ----

def test_a_file_where_the_folder_should_be(thread, kept):
    (thread.home / "out.html").write_text("before")
    (thread.home / FOLDER).write_text("mine")
    done = media(thread, "-o", "out.html")
    assert (done.returncode, done.stdout) == (1, "") and done.stderr == "archive: %s: Not a directory\n" % (thread.home / FOLDER)
    assert (thread.home / "out.html").read_text() == "before" and sorted(path.name for path in thread.home.glob("out*")) == ["out.html"]


def test_a_full_disk_keeps_the_output(thread):
    url = addresses(thread, "posts")[0]
    name, = keep(thread, [url])
    big = png(1) + b"\0" * 3_000_000
    with sqlite3.connect(thread.store) as db:
        db.execute("UPDATE sqlar SET data = ?, sz = ?", (big, len(big)))
    (thread.home / "post.md").write_text(POST)
    done = thread.run("export", SLUG, "--media", "files", "--into", "post.md", "--under", "まとめ", preexec_fn=limited(1_000_000, ends=False))
    assert done.returncode == 1 and done.stderr == "archive: %s: File too large\n" % (thread.home / FOLDER / name)
    assert (thread.home / "post.md").read_text() == POST and in_folder(thread.home / FOLDER) == {}


# ---- blogs ----

def test_hugo_shows_what_is_kept_beside_the_index(thread, kept):
    for name in ("content/夏", "static"):
        (thread.home / name).mkdir(parents=True)
    (thread.home / "hugo.toml").write_text("title = 't'\n")
    (thread.home / "content/夏/index.md").write_text(POST)
    (thread.home / "content/single.md").write_text(POST)
    thread.ok("export", SLUG, "--for", "hugo", "--into", "content/夏/index.md", "--under", "まとめ")
    assert in_folder(thread.home / "content/夏" / FOLDER) == kept and not (thread.home / "static" / FOLDER).exists()
    part = (thread.home / "archive" / (SLUG + ".html")).read_text()
    assert set(shown(part)) == {FOLDER + "/" + name for name in kept}
    thread.ok("export", SLUG, "--for", "hugo", "--into", "content/single.md", "--under", "まとめ")
    assert in_folder(thread.home / "static" / FOLDER) == kept
    assert (thread.home / "archive" / (SLUG + ".html")).read_text() == part
    assert thread.run("export", "--all", "--check").returncode == 0
    done = thread.run("export", SLUG, "--for", "hugo", "--into", "content/single.md", "--media-dir", "pictures")
    assert done.returncode == 2 and done.stderr.startswith("archive: %s: Hugo publishes nothing from there" % (thread.home / "pictures"))
    thread.ok("export", SLUG, "--for", "hugo", "--into", "content/single.md", "--media-dir", "static/a/b")
    assert set(shown((thread.home / "archive" / (SLUG + ".html")).read_text())) == {"a/b/" + name for name in kept}


def test_wordpress_is_given_a_list_and_shows_none_before_it_is_told_where(thread, kept):
    done = thread.run("export", SLUG, "--for", "wordpress", "--media", "files", "--media-dir", "upload")
    assert done.returncode == 0 and shown(done.stdout) == [] and in_folder(thread.home / "upload") == kept
    listed = re.findall(r"^  upload/(\S+)$", done.stderr, re.M)
    assert sorted(listed) == sorted(kept) and "Media > Add New" in done.stderr and "--media-url" in done.stderr
    url = "https://blog.example/wp-content/uploads/2026/11/"
    done = thread.run("export", SLUG, "--for", "wordpress", "--media-dir", "upload", "--media-url", url)
    assert set(shown(done.stdout)) == {url + name for name in kept} and "upload/" not in done.stderr.replace("--", "")
    more = keep(thread, addresses(thread, "posts")[-2:], first=100)
    done = thread.run("export", SLUG, "--for", "wordpress", "--media-dir", "upload", "--media-url", url)
    assert sorted(re.findall(r"^  upload/(\S+)$", done.stderr, re.M)) == sorted(more)


def test_the_preview_shows_pictures(thread, kept):
    browser = thread.home / "browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    done = thread.run("preview", SLUG, env={"BROWSER": str(browser)})
    page = (thread.home / (".cache/archive/preview/%s.html" % SLUG)).read_text()
    assert done.returncode == 0 and page.count('src="data:image/png;base64,') >= len(kept)

"""archive export: where the HTML goes, what is said of it, and that its bytes depend on the thread alone."""
import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess

import pytest

from holes.scene import limited
from made import CHOSEN, SLUG, give, status

pytest_plugins = ["evenings"]


def test_the_fragment_goes_to_standard_output(thread):
    done = thread.run("export", SLUG)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<section ") and done.stdout.endswith("</section>\n")
    assert done.stdout.count("<article ") >= CHOSEN


def test_a_fragment_is_what_no_form_means(thread):
    assert thread.ok("export", SLUG, "--as", "fragment") == thread.ok("export", SLUG)


def test_a_page_is_complete(thread):
    page = thread.ok("export", SLUG, "--as", "page")
    assert page.lower().startswith("<!doctype html>") and page.rstrip().endswith("</html>")
    assert "2026年10月の #ssmjp" in page and "<style>" in page


@pytest.mark.parametrize("form", ["nonsense", "", "PAGE"])
def test_a_form_that_is_not_there_is_refused_before_anything_is_read(archive, form):
    done = archive.run("export", "--as", form)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "archive: there is no form '%s': there are fragment, page, markdown, text, json and feed\n" % form


def test_a_file_holds_the_same_and_the_report_says_so(thread):
    done = thread.run("export", SLUG, "-o", "out.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "%d posts in out.html\n" % CHOSEN)
    assert (thread.home / "out.html").read_text() == thread.ok("export", SLUG, "-o", "-")
    assert sorted(path.name for path in thread.home.glob("out.html*")) == ["out.html"]


def targets(archive):
    """What the store knows of where threads were written."""
    with contextlib.closing(sqlite3.connect(archive.store)) as db:
        return db.execute("SELECT slug, path, form FROM target JOIN thread ON thread.id = target.thread ORDER BY path").fetchall()


def test_the_store_remembers_where_a_thread_was_written(thread):
    (thread.home / "site").mkdir()
    thread.ok("export", SLUG, "-o", "out.html")
    thread.ok("export", SLUG, "-o", "site/../out.html")
    thread.ok("export", SLUG, "--as", "page", "-o", thread.home / "site/夏.html")
    assert targets(thread) == [(SLUG, str(thread.home / "out.html"), "fragment"), (SLUG, str(thread.home / "site/夏.html"), "page")]
    thread.ok("export", SLUG, "--as", "page", "-o", "out.html")
    assert targets(thread)[0] == (SLUG, str(thread.home / "out.html"), "page")
    assert not list(thread.store.parent.glob("*-wal"))


def test_what_is_no_file_is_not_remembered(thread):
    for target in ("/dev/null", "-"):
        thread.ok("export", SLUG, "-o", target)
    assert targets(thread) == []


def test_a_store_that_cannot_be_written_is_exported_all_the_same(thread):
    db = sqlite3.connect(thread.store)
    db.execute("CREATE TRIGGER t BEFORE INSERT ON target BEGIN SELECT RAISE(ABORT, 'no'); END")
    db.close()
    done = thread.run("export", SLUG, "-o", "out.html")
    assert (done.returncode, done.stderr) == (0, "%d posts in out.html\n" % CHOSEN)
    assert targets(thread) == []


def test_the_option_may_be_written_out(thread):
    thread.ok("export", SLUG, "--output", "out.html")
    assert (thread.home / "out.html").exists()


def test_a_hyphen_is_standard_output(thread):
    assert thread.ok("export", SLUG, "-o", "-") == thread.ok("export", SLUG)
    assert not (thread.home / "-").exists()


def test_quiet_says_nothing(thread):
    done = thread.run("--quiet", "export", SLUG, "-o", "out.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_file_that_is_replaced_keeps_its_mode(thread):
    path = thread.home / "out.html"
    path.write_text("old")
    path.chmod(0o640)
    thread.ok("export", SLUG, "-o", path)
    assert path.stat().st_mode & 0o777 == 0o640 and "old" not in path.read_text()[:10]


def test_a_new_file_has_the_mode_of_every_new_file(thread):
    thread.ok("export", SLUG, "-o", "out.html", preexec_fn=lambda: os.umask(0o027))
    assert (thread.home / "out.html").stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed_and_stays(thread):
    (thread.home / "site").mkdir()
    (thread.home / "site/real.html").write_text("old")
    (thread.home / "out.html").symlink_to("site/real.html")
    thread.ok("export", SLUG, "-o", "out.html")
    assert (thread.home / "out.html").is_symlink()
    assert (thread.home / "site/real.html").read_text().startswith("<section ")


def test_a_full_disk_leaves_the_old_file_and_no_other(thread):
    (thread.home / "out.html").write_text("old")
    done = thread.run("export", SLUG, "-o", "out.html", preexec_fn=limited(60_000, ends=False))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("archive: ") and "out.html" in done.stderr
    assert (thread.home / "out.html").read_text() == "old"
    assert sorted(path.name for path in thread.home.glob("out.html*")) == ["out.html"]


def test_a_full_disk_at_standard_output_is_a_failure(thread):
    with open("/dev/full", "w") as full:
        done = subprocess.run([thread.path, "export", SLUG], stdout=full, stderr=subprocess.PIPE, text=True, env=thread.env)
    assert (done.returncode, done.stderr) == (1, "archive: the fragment cannot be written: No space left on device\n")


@pytest.mark.parametrize("target, reason", [("missing/out.html", "No such file or directory"), (".", "Is a directory")])
def test_a_place_that_cannot_be_written_is_named(thread, target, reason):
    done = thread.run("export", SLUG, "-o", target)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert reason in done.stderr


def test_a_thread_without_posts_is_said(night):
    night.ok("thread", "new", "x", "--tag", "ssmjp")
    done = night.run("export", "x")
    assert done.returncode == 0 and done.stdout.startswith("<section ")
    assert done.stderr == "no post is chosen yet: archive thread add x --all chooses every candidate\n"


def test_what_is_left_out_is_said(archive):
    give(archive, status(1), status(2, visibility="unlisted"), status(3))
    archive.ok("thread", "new", "x", "--tag", "ssmjp")
    archive.ok("thread", "add", "x", "--all", "--unlisted")
    post = status(3)
    post["account"]["note"] = "<p>#nobot</p>"
    gone = dict(post, account=dict(post["account"], acct="other", username="other", uri="https://social.example/users/other"))
    give(archive, gone)
    done = archive.run("export", "x")
    assert done.returncode == 0 and done.stdout.count("<article ") == 1
    assert done.stderr == "1 post; 1 by people who asked not to be archived, left out; 1 unlisted, left out (--unlisted takes them in)\n"
    assert archive.ok("export", "x", "--unlisted").count("<article ") == 2


@pytest.mark.parametrize("env", [
    {"TZ": "America/New_York"}, {"TZ": "UTC"}, {"LC_ALL": "C"}, {"LC_ALL": "ja_JP.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8"},
    {"ARCHIVE_NOW": "1900000000"}, {"COLUMNS": "40"}, {"LANG": "de_DE.UTF-8", "LC_ALL": ""},
], ids=str)
@pytest.mark.parametrize("form", ["fragment", "page"])
def test_the_bytes_do_not_depend_on_the_environment(thread, form, env):
    assert thread.ok("export", SLUG, "--as", form, env=env) == thread.ok("export", SLUG, "--as", form)


@pytest.mark.parametrize("form", ["fragment", "page"])
def test_the_bytes_do_not_depend_on_the_place_of_the_store(thread, form):
    other = thread.home / "deep/er/other name.db"
    other.parent.mkdir(parents=True)
    shutil.copy(thread.store, other)
    assert thread.ok("--store", other, "export", "--as", form) == thread.ok("export", "--as", form)


def test_the_bytes_do_not_depend_on_the_order_of_arrival(archive, example):
    posts = []
    for path in sorted(example.glob("*social.example.http")):
        head, body = path.read_bytes().split(b"\r\n\r\n", 1)
        if b"application/json" in head:
            posts += json.loads(body)
    made = set()
    for seed in range(3):
        random.Random(seed).shuffle(posts)
        store = "%d.db" % seed
        for n in range(0, len(posts), 30):
            archive.ok("--store", store, "import", "-", stdin=json.dumps(posts[n:n + 30]))
        archive.ok("--store", store, "thread", "new", "x", "--tag", "ssmjp")
        archive.ok("--store", store, "thread", "add", "x", "--all")
        made.add(archive.ok("--store", store, "export", "x"))
    assert len(made) == 1


def test_the_bytes_do_not_depend_on_the_order_of_choosing(night):
    night.ok("thread", "new", "x", "--tag", "ssmjp")
    ids = [json.loads(line)["id"] for line in night.ok("--json", "search", "--limit", "6").splitlines()]
    night.ok("thread", "add", "x", *ids)
    newest_first = night.ok("export", "x")
    night.ok("thread", "remove", "x", *ids)
    random.Random(1).shuffle(ids)
    for id_ in ids:
        night.ok("thread", "add", "x", id_)
    assert night.ok("export", "x") == newest_first


def test_reading_the_same_again_changes_no_byte(thread, example):
    before = thread.ok("export", SLUG)
    thread.ok("fetch", "#ssmjp", "--replay", example)
    assert thread.ok("export", SLUG) == before


def test_the_class_form_and_its_sheet(thread):
    fragment = thread.ok("export", SLUG, "--style", "class")
    assert ' style="' not in fragment and fragment.startswith('<section class="archive h-feed"')
    assert thread.ok("export", SLUG, "--style", "inline") == thread.ok("export", SLUG)
    sheet = thread.ok("export", "--stylesheet")
    assert sheet.count("{") == sheet.count("}") > 50 and "<" not in sheet
    thread.ok("export", "--stylesheet", "-o", "archive.css")
    assert (thread.home / "archive.css").read_text() == sheet
    assert sheet in thread.ok("export", SLUG, "--as", "page")


def test_the_sheet_needs_no_store(archive):
    assert archive.ok("export", "--stylesheet").startswith("/*")
    done = archive.run("export", "ssmjp", "--stylesheet")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("option, value, said", [
    ("--style", "bold", "--style wants inline or class, not 'bold'"),
    ("--heading-level", "0", "--heading-level wants 1 to 5, not '0'"),
    ("--heading-level", "6", "--heading-level wants 1 to 5, not '6'"),
    ("--heading-level", "two", "--heading-level wants 1 to 5, not 'two'"),
])
def test_a_form_that_cannot_be_is_refused(archive, option, value, said):
    done = archive.run("export", option, value)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"archive: {said}\n")


def test_headings_counts_and_people_on_request(thread):
    plain = thread.ok("export", SLUG)
    assert "いいね" not in plain and "archive-people" not in plain and "<h3 " in plain
    whole = thread.ok("export", SLUG, "--counts", "--people", "--heading-level", "2")
    assert "いいね" in whole and whole.count("archive-people") == 1 and "<h2 " in whole
    assert "archive-activity" in plain


@pytest.mark.parametrize("option", ["-o", "--into", "--under", "--media-dir", "--media-url", "--drop"])
def test_an_empty_word_names_nothing(archive, option):
    before = sorted(archive.home.iterdir())
    done = archive.run("export", SLUG, option, "")
    assert (done.returncode, done.stdout) == (2, "") and sorted(archive.home.iterdir()) == before
    assert done.stderr == "archive: %s is followed by an empty word: say what is meant\n" % option

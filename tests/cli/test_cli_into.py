"""archive export --into: a thread in a file that is somebody's, and the files that are remembered."""
import json
import os
import stat

import pytest

from holes.scene import limited
from made import CHOSEN, SLUG

pytest_plugins = ["evenings"]

POST = "---\ntitle: 感想\n---\n\n# 運用の夜\n\n楽しかった。\n\n## Togetterまとめ\n\n## おわりに\n\nまた行く。\n"
BEGIN, END = "<!-- archive:begin %s -->\n" % SLUG, "<!-- archive:end %s -->\n" % SLUG


@pytest.fixture
def blog(thread):
    (thread.home / "post.md").write_text(POST)
    return thread


def into(archive, *words, name="post.md"):
    return archive.run("export", SLUG, "--into", name, *words)


def post(archive, name="post.md"):
    return (archive.home / name).read_bytes().decode()


def test_the_first_time_under_a_heading(blog):
    fragment = blog.ok("export", SLUG)
    done = into(blog, "--under", "Togetterまとめ")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "%d posts in post.md\n" % CHOSEN)
    assert post(blog) == POST.replace("まとめ\n", "まとめ\n\n" + BEGIN + fragment + END, 1)


def test_again_nothing_changes_and_the_file_is_not_touched(blog):
    into(blog, "--under", "Togetterまとめ")
    before = os.stat(blog.home / "post.md")
    done = into(blog)
    after = os.stat(blog.home / "post.md")
    assert done.stderr == "%d posts in post.md, as before\n" % CHOSEN
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_without_a_place_it_says_how_to_make_one(blog):
    done = into(blog)
    assert done.returncode == 2 and post(blog) == POST
    assert done.stderr.startswith("archive: post.md: there is no place for the thread: put " + BEGIN.strip())
    assert "--under" in done.stderr
    done = into(blog, "--under", "まとめ")
    assert done.returncode == 2 and post(blog) == POST
    assert done.stderr == ("archive: post.md: there is no heading 'まとめ': there are '運用の夜', 'togetterまとめ', 'おわりに'\n")


def test_a_file_that_is_not_there_is_said_with_what_helps(blog):
    said = "archive: %%s is not there: --into wants a file that is, -o writes a new one; archive export %s --drop FILE forgets one that was moved\n" % SLUG
    done = into(blog, "--under", "まとめ", name="pots.md")
    assert (done.returncode, done.stderr) == (1, said % "pots.md") and not (blog.home / "pots.md").exists()
    into(blog, "--under", "Togetterまとめ")
    (blog.home / "post.md").rename(blog.home / "moved.md")
    done = blog.run("export", SLUG)
    assert (done.returncode, done.stderr) == (1, said % (blog.home / "post.md"))
    blog.ok("export", SLUG, "--drop", blog.home / "post.md")
    assert into(blog, name="moved.md").returncode == 0 and blog.run("export", SLUG).returncode == 0


def test_check_changes_nothing_and_says_by_its_status(blog):
    into(blog, "--under", "Togetterまとめ")
    whole = post(blog)
    assert into(blog, "--check").returncode == 0
    blog.ok("thread", "remove", SLUG, json.loads(blog.ok("thread", "show", SLUG, "--json"))["items"][0]["post"]["id"])
    done = into(blog, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (1, "post.md would change\n", "") and post(blog) == whole
    done = into(blog, "--check", name="gone.md")
    assert done.returncode == 2 and done.stdout == "" and done.stderr.startswith("archive: gone.md")
    assert into(blog).returncode == 0 and post(blog) != whole
    assert into(blog, "--check").returncode == 0


def test_a_pair_that_is_not_whole_is_refused(blog):
    (blog.home / "post.md").write_text(POST + BEGIN)
    done = into(blog)
    assert done.returncode == 2 and post(blog) == POST + BEGIN
    assert done.stderr.startswith("archive: post.md: line 14: this marker stands alone: ")


def test_mode_owner_and_link_are_kept(blog):
    (blog.home / "real").mkdir()
    (blog.home / "post.md").rename(blog.home / "real/post.md")
    (blog.home / "post.md").symlink_to("real/post.md")
    os.chmod(blog.home / "real/post.md", 0o640)
    owner = 4242 if os.geteuid() == 0 else os.geteuid()
    os.chown(blog.home / "real/post.md", owner, -1)
    assert into(blog, "--under", "おわりに").returncode == 0
    now = os.lstat(blog.home / "real/post.md")
    assert (blog.home / "post.md").is_symlink() and "<section" in post(blog)
    assert (stat.S_IMODE(now.st_mode), now.st_uid) == (0o640, owner)


@pytest.fixture
def talks(blog):
    """Two sections in the thread."""
    posts = [item["post"]["id"] for item in json.loads(blog.ok("thread", "show", SLUG, "--json"))["items"] if item["kind"] == "post"]
    blog.ok("thread", "heading", SLUG, "復元の話", "--before", posts[40])
    blog.ok("thread", "heading", SLUG, "DNSの話", "--before", posts[80])
    keys = [item["key"] for item in json.loads(blog.ok("thread", "show", SLUG, "--json"))["items"] if item["kind"] == "heading"]
    return blog, keys, posts


def test_sections_go_under_the_headings_of_their_talks(talks):
    blog, keys, posts = talks
    (blog.home / "post.md").write_text("# 復元の話\n\n# DNSの話\n")
    for key, heading in zip(keys, ["復元の話", "DNSの話"]):
        blog.ok("export", "%s#%s" % (SLUG, key), "--into", "post.md", "--under", heading)
    text = post(blog)
    for key in keys:
        assert text.count("<!-- archive:begin %s#%s -->" % (SLUG, key)) == 1
    first, second = text.split("# DNSの話")
    assert all('id="%s-%s"' % (SLUG, short) in first for short in posts[40:80])
    assert all('id="%s-%s"' % (SLUG, short) in second for short in posts[80:])
    assert not any('id="%s-%s"' % (SLUG, short) in text for short in posts[:40])
    assert "<h3" not in text and "40投稿" in first


def test_a_number_is_written_as_the_key(talks):
    blog, keys, _ = talks
    blog.ok("export", SLUG + "#2", "--into", "post.md", "--under", "おわりに")
    assert "<!-- archive:begin %s#%s -->" % (SLUG, keys[1]) in post(blog)
    blog.ok("export", SLUG + "#2", "--into", "post.md")
    done = blog.run("export", SLUG + "#nope", "--into", "post.md")
    assert done.returncode == 1 and done.stderr == "archive: the thread has no section 'nope': there are %s\n" % ", ".join(keys)


def test_the_thread_alone_does_its_files_again(talks):
    blog, keys, posts = talks
    (blog.home / "page.html").write_text("")
    blog.ok("export", SLUG, "--as", "page", "-o", "page.html")
    blog.ok("export", SLUG, "--into", "post.md", "--under", "おわりに", "--style", "class", "--counts")
    blog.ok("export", "%s#%s" % (SLUG, keys[0]), "--into", "post.md", "--under", "Togetterまとめ")
    before = post(blog)
    done = blog.run("export", SLUG)
    assert done.returncode == 0 and done.stdout == "" and post(blog) == before
    assert done.stderr.count(", as before\n") == 2 and "page.html" in done.stderr
    blog.ok("thread", "remove", SLUG, posts[41])
    assert blog.run("export", "--all", "--check").returncode == 1
    blog.ok("export", SLUG)
    assert posts[41] not in post(blog) and posts[41] not in post(blog, "page.html")
    assert 'class="' in post(blog) and blog.run("export", "--all", "--check").returncode == 0


def test_all_goes_on_past_what_cannot_be_told(blog):
    blog.ok("export", SLUG, "-o", "a.html")
    blog.ok("export", SLUG, "--into", "post.md", "--under", "おわりに")
    (blog.home / "post.md").unlink()
    (blog.home / "a.html").write_text("other")
    done = blog.run("export", "--all", "--check")
    assert done.returncode == 2 and done.stdout == "%s would change\n" % (blog.home / "a.html")
    assert str(blog.home / "post.md") in done.stderr
    done = blog.run("export", "--all")
    assert done.returncode == 3 and blog.run("export", "--all", "--check").returncode == 2
    blog.ok("export", SLUG, "--drop", blog.home / "post.md")
    assert blog.run("export", "--all", "--check").returncode == 0


def test_standard_output_is_still_there(blog):
    fragment = blog.ok("export", SLUG, "-o", "-")
    blog.ok("export", SLUG, "-o", "a.html")
    assert blog.ok("export", SLUG, "-o", "-") == fragment == post(blog, "a.html")


def test_json_says_what_was_done(blog):
    blog.ok("export", SLUG, "-o", "a.html")
    blog.ok("export", SLUG, "--into", "post.md", "--under", "おわりに")
    (blog.home / "a.html").write_text("")
    said = [json.loads(line) for line in blog.run("export", "--all", "--check", "--json").stdout.splitlines()]
    assert [(one["thread"], os.path.basename(one["file"]), one["as"], one["state"], one["posts"]) for one in said] == [
        (SLUG, "a.html", "fragment", "differs", CHOSEN), (SLUG, "post.md", "fragment", "same", CHOSEN)]


def test_markdown_goes_into_markdown(blog):
    blog.ok("export", SLUG, "--as", "markdown", "--into", "post.md", "--under", "おわりに", "--heading-level", "3")
    assert BEGIN + "### 2026年10月の" in post(blog) and "<section" not in post(blog)
    assert into(blog, "--as", "markdown", "--heading-level", "3", "--check").returncode == 0


@pytest.mark.parametrize("words, said", [
    (("--into", "post.md", "-o", "x"), "either -o FILE, which is all the thread's, or --into FILE, which is yours"),
    (("--under", "T"), "--under goes with --into FILE"),
    (("--check",), "--check looks at a file: name it by -o or --into, or say --all"),
    (("--into", "post.md", "--as", "feed"), "--into takes a fragment or markdown, no feed"),
    (("--all",), "--all does every file that is remembered, each in its own way: it takes no thread, file or form"),
])
def test_what_does_not_go_together(blog, words, said):
    done = blog.run("export", SLUG, *words)
    assert (done.returncode, done.stderr) == (2, "archive: %s\n" % said)


def test_a_full_disk_leaves_the_file(blog):
    blog.ok("export", SLUG, "--into", "post.md", "--under", "おわりに")
    whole = post(blog)
    (blog.home / "post.md").write_text(whole.replace("<section", "<section x"))
    changed = post(blog)
    done = blog.run("export", SLUG, "--into", "post.md", preexec_fn=limited(20000, ends=False))
    assert done.returncode == 1 and post(blog) == changed

"""archive export --for: a thread in the way that Hugo, WordPress, Zenn and Qiita take it."""
import json
import os
import shlex

import pytest

from made import CHOSEN, SLUG
from pages import page, tweet, words

pytest_plugins = ["evenings"]

POST = "---\ntitle: 感想\n---\n\n# 運用の夜\n\n## まとめ\n\nおわり\n"
CALL = '{{< archive "%s" >}}\n'
BEGIN, END = "<!-- archive:begin %s -->\n", "<!-- archive:end %s -->\n"
SHORTCODE = "layouts/shortcodes/archive.html"


@pytest.fixture
def site(thread):
    """A site of Hugo, in a folder whose name has a space, with a post in a folder of its own and one without."""
    folder = thread.home / "my site"
    (folder / "content/posts/夏 の夜").mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "https://hana.example/blog/"\n')
    (folder / "content/posts/夏 の夜/index.md").write_text(POST)
    (folder / "content/posts/single.md").write_text(POST)
    return folder


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def into(archive, path, *words, slug=SLUG):
    return archive.run("export", slug, "--for", "hugo", "--media", "link", "--into", path, *words)


def test_hugo_is_given_a_file_a_call_and_the_shortcode(thread, site):
    before = files(site)
    done = into(thread, "my site/content/posts/single.md", "--under", "まとめ")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == ("%d posts in my site/content/posts/single.md\nthe post calls my site/archive/%s.html by a new shortcode, my site/%s\n"
                           % (CHOSEN, SLUG, SHORTCODE))
    assert (site / "content/posts/single.md").read_text() == POST.replace("まとめ\n", "まとめ\n\n" + BEGIN % SLUG + CALL % SLUG + END % SLUG, 1)
    assert (site / "archive" / (SLUG + ".html")).read_text() == thread.ok("export", SLUG, "-o", "-")
    assert files(site) == sorted([*before, "archive/%s.html" % SLUG, SHORTCODE])


def test_hugo_again_changes_nothing(thread, site):
    into(thread, "my site/content/posts/single.md", "--under", "まとめ")
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    done = into(thread, "my site/content/posts/single.md")
    assert done.stderr == "%d posts in my site/content/posts/single.md, as before\n" % CHOSEN
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before


def test_the_thread_alone_does_hugo_again(thread, site):
    into(thread, "my site/content/posts/single.md", "--under", "まとめ", "--counts")
    part = site / "archive" / (SLUG + ".html")
    whole = part.read_text()
    assert thread.run("export", "--all", "--check").returncode == 0
    thread.ok("thread", "remove", SLUG, json.loads(thread.ok("thread", "show", SLUG, "--json"))["items"][0]["post"]["id"])
    post = site / "content/posts/single.md"
    done = thread.run("export", SLUG, "--check")
    assert (done.returncode, done.stdout) == (1, "%s would change\n" % post) and part.read_text() == whole
    thread.ok("export", SLUG)
    assert part.read_text() == thread.ok("export", SLUG, "--counts", "-o", "-") != whole
    assert thread.run("export", "--all", "--check").returncode == 0


@pytest.mark.parametrize("name", [SHORTCODE, "archive/%s.html" % SLUG, "content/posts/single.md"])
def test_check_looks_at_everything_that_hugo_needs(thread, site, name):
    into(thread, "my site/content/posts/single.md", "--under", "まとめ")
    if name.endswith(".md"):
        (site / name).write_text(POST.replace("まとめ\n", "まとめ\n\n" + BEGIN % SLUG + END % SLUG, 1))
    else:
        (site / name).unlink()
    before = files(site)
    done = into(thread, "my site/content/posts/single.md", "--check")
    assert (done.returncode, done.stdout) == (1, "my site/content/posts/single.md would change\n") and files(site) == before
    assert into(thread, "my site/content/posts/single.md").returncode == 0
    assert into(thread, "my site/content/posts/single.md", "--check").returncode == 0


def test_a_section_is_a_file_and_a_call_of_its_own(thread, site):
    posts = [item["post"]["id"] for item in json.loads(thread.ok("thread", "show", SLUG, "--json"))["items"] if item["kind"] == "post"]
    thread.ok("thread", "heading", SLUG, "復元の話", "--before", posts[40], "--key", "k3f")
    done = into(thread, "my site/content/posts/single.md", "--under", "まとめ", slug=SLUG + "#k3f")
    assert done.returncode == 0
    assert BEGIN % (SLUG + "#k3f") + CALL % (SLUG + ".k3f") + END % (SLUG + "#k3f") in (site / "content/posts/single.md").read_text()
    assert (site / "archive" / (SLUG + ".k3f.html")).read_text() == thread.ok("export", SLUG + "#k3f", "-o", "-")


def test_a_shortcode_of_ones_own_is_not_touched(thread, site):
    (site / SHORTCODE).parent.mkdir(parents=True)
    (site / SHORTCODE).write_text("<p>all posts by year</p>\n")
    before = files(site)
    done = into(thread, "my site/content/posts/single.md", "--under", "まとめ")
    assert (done.returncode, done.stdout) == (2, "") and files(site) == before
    assert done.stderr == ("archive: %s: this is a shortcode of your own, not the one that shows a thread: rename it, and where posts call it\n"
                           % (site / SHORTCODE))
    assert (site / "content/posts/single.md").read_text() == POST and (site / SHORTCODE).read_text() == "<p>all posts by year</p>\n"


@pytest.mark.parametrize("place", [SHORTCODE, "layouts/_shortcodes/archive.html"])
def test_our_shortcode_may_be_changed(thread, site, place):
    into(thread, "my site/content/posts/single.md", "--under", "まとめ")
    text = (site / SHORTCODE).read_text() + "<hr>\n"
    (site / SHORTCODE).unlink()
    (site / place).parent.mkdir(exist_ok=True)
    (site / place).write_text(text)
    assert into(thread, "my site/content/posts/single.md").stderr.endswith("as before\n")
    assert (site / place).read_text() == text


@pytest.mark.parametrize("name", ["hugo.yaml", "config.toml", "config/_default/hugo.toml"])
def test_a_site_is_known_by_its_configuration(thread, site, name):
    (site / "hugo.toml").unlink()
    done = into(thread, "my site/content/posts/single.md", "--under", "まとめ")
    assert done.returncode == 2 and (site / "content/posts/single.md").read_text() == POST
    assert "single.md: this is in no site of Hugo: no folder above it holds hugo.toml" in done.stderr
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text("title = 't'\n")
    assert into(thread, "my site/content/posts/single.md", "--under", "まとめ").returncode == 0


def test_a_link_to_a_post_is_followed_to_its_site(thread, site):
    (thread.home / "夏.md").symlink_to(site / "content/posts/single.md")
    assert into(thread, "夏.md", "--under", "まとめ").returncode == 0
    assert (thread.home / "夏.md").is_symlink() and CALL % SLUG in (site / "content/posts/single.md").read_text()
    assert (site / "archive" / (SLUG + ".html")).exists()
    assert thread.run("export", "--all", "--check").returncode == 0


def test_hugo_without_a_place_writes_nothing(thread, site):
    before = files(site)
    done = into(thread, "my site/content/posts/single.md")
    assert done.returncode == 2 and "there is no place for the thread" in done.stderr and files(site) == before
    done = thread.run("export", SLUG, "--for", "hugo")
    assert (done.returncode, done.stderr) == (2, "archive: --for hugo calls the thread from a post: name its file by --into\n")
    assert thread.run("export", SLUG, "--for", "hugo", "-o", "x.html").stderr == done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_site_that_may_not_be_written_keeps_its_post(thread, site):
    site.chmod(0o555)
    done = into(thread, "my site/content/posts/single.md", "--under", "まとめ")
    site.chmod(0o755)
    assert done.returncode == 1 and "Permission denied" in done.stderr and (site / "content/posts/single.md").read_text() == POST


def test_a_file_in_the_way_keeps_the_post_as_it_is(thread, site):
    (site / "archive").write_text("mine\n")
    done = into(thread, "my site/content/posts/single.md", "--under", "まとめ")
    assert done.returncode == 1 and done.stderr == "archive: %s: Not a directory\n" % (site / "archive" / (SLUG + ".html"))
    assert (site / "content/posts/single.md").read_text() == POST and (site / "archive").read_text() == "mine\n"


# ---- WordPress ----

BLOCK = "<!-- wp:html -->\n%s<!-- /wp:html -->\n"


def test_wordpress_gets_a_block(thread):
    done = thread.run("export", SLUG, "--for", "wordpress")
    assert done.returncode == 0 and done.stdout == BLOCK % thread.ok("export", SLUG, "-o", "-")
    assert "Code editor" in done.stderr and done.stderr.count("\n") == 1
    assert thread.run("export", SLUG, "--for", "wordpress", "--quiet").stderr == ""


def test_wordpress_in_a_file_of_its_own_is_remembered_so(thread):
    done = thread.run("export", SLUG, "--for", "wordpress", "-o", "out.html")
    assert done.stderr.startswith("%d posts in out.html\n" % CHOSEN) and "Code editor" in done.stderr
    whole = (thread.home / "out.html").read_text()
    assert whole == BLOCK % thread.ok("export", SLUG, "-o", "-")
    assert thread.run("export", SLUG, "--check").returncode == 0
    thread.ok("export", SLUG)
    assert (thread.home / "out.html").read_text() == whole


@pytest.mark.parametrize("text", ["<h2>まとめ</h2>\n", "<!-- wp:heading -->\n<h2>まとめ</h2>\n<!-- /wp:heading -->\n"])
def test_wordpress_in_a_post_stands_in_one_block(thread, text):
    (thread.home / "post.html").write_text(text)
    thread.ok("export", SLUG, "--for", "wordpress", "--into", "post.html", "--under", "まとめ")
    pair = BEGIN % SLUG + thread.ok("export", SLUG, "-o", "-") + END % SLUG
    assert (thread.home / "post.html").read_text() == text + "\n" + BLOCK % pair
    done = thread.run("export", SLUG)
    assert done.stderr.startswith("%d posts in %s, as before\n" % (CHOSEN, thread.home / "post.html"))


# ---- the others ----

@pytest.mark.parametrize("blog", ["zenn", "qiita"])
def test_zenn_and_qiita_get_markdown(thread, blog):
    done = thread.run("export", SLUG, "--for", blog)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout == thread.ok("export", SLUG, "--as", "markdown")
    (thread.home / "post.md").write_text(POST)
    thread.ok("export", SLUG, "--for", blog, "--into", "post.md", "--under", "まとめ")
    assert thread.run("export", SLUG, "--check").returncode == 0


@pytest.mark.parametrize("typed, said", [
    ("wordpres", "--for knows no 'wordpres': did you mean wordpress?"),
    ("Hugo", "--for knows no 'Hugo': did you mean hugo?"),
    ("", "--for knows no '': there are hugo, wordpress, zenn and qiita"),
    ("blogger", "--for knows no 'blogger': there are hugo, wordpress, zenn and qiita"),
])
def test_another_blog_is_refused(thread, typed, said):
    done = thread.run("export", SLUG, "--for", typed)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: %s\n" % said)


def test_a_blog_decides_the_form(thread):
    done = thread.run("export", SLUG, "--for", "zenn", "--as", "fragment")
    assert (done.returncode, done.stderr) == (2, "archive: --for zenn takes the form markdown: leave --as out\n")
    assert thread.run("export", SLUG, "--for", "zenn", "--as", "markdown").returncode == 0


# ---- the recipes of README ----

def recipes(root):
    """Its exports, as words."""
    lines = (root / "README.md").read_text().replace("\\\n", " ").splitlines()
    found = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("    archive export ")]
    return [words for words in found if "--all" not in words]


def test_what_readme_shows_is_understood(thread, root):
    assert len(recipes(root)) >= 6
    for words in recipes(root):
        done = thread.run(*words)
        assert done.returncode == 1 and "there is no thread" in done.stderr, words


def test_an_old_page_comes_back_into_its_post(archive):
    (archive.home / "saved.html").write_text(page(words("一つ目の話", heading=True), tweet(11, "始まりました #ssmjp")))
    (archive.home / "post.md").write_text("## Togetterまとめ\n")
    archive.ok("import", "saved.html")
    archive.ok("export", "togetter-1126288", "--into", "post.md", "--under", "Togetterまとめ")
    text = (archive.home / "post.md").read_text()
    assert "始まりました" in text and "一つ目の話" in text and text.startswith("## Togetterまとめ\n\n<!-- archive:begin togetter-1126288 -->\n")

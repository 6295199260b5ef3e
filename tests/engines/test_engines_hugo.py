"""archive export --for hugo in real builds of Hugo: what the post calls stands there byte for byte, and its pictures are found."""
import re
import shutil
import subprocess
import sys
import urllib.parse

import pytest

from harness import TESTS

sys.path.append(str(TESTS / "cli"))     # when these tests run alone

from kept import addresses, keep
from made import SLUG

pytest_plugins = ["evenings"]
pytestmark = [pytest.mark.engines, pytest.mark.skipif(not shutil.which("hugo"), reason="hugo is not installed")]

POST = "---\ntitle: 感想\n---\n\n# 運用の夜\n\n## まとめ\n\nおわり *em*\n"
SITE = 'baseURL = "https://hana.example/%s"\ntitle = "t"\nenableEmoji = true\nuglyURLs = %s\n[markup.goldmark.renderer]\nunsafe = %s\n'
LAYOUTS = {"single": "<main>{{ .Content }}</main>\n", "list": "<main>{{ range .Pages }}{{ .Content }}{{ end }}</main>\n"}


def site(archive, base="", ugly="false", unsafe="false"):
    folder = archive.home / "my site"
    for name in ("content/posts/夏 の夜", "content/em", "layouts/_default"):
        (folder / name).mkdir(parents=True)
    (folder / "hugo.toml").write_text(SITE % (base, ugly, unsafe))
    for name, text in LAYOUTS.items():
        (folder / "layouts/_default" / (name + ".html")).write_text(text)
    for name in ("posts/夏 の夜/index.md", "posts/single.md", "em/_index.md"):
        (folder / "content" / name).write_text(POST)
    return folder


def built(folder):
    done = subprocess.run(["hugo", "--destination", "public"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "public"


def sources(html):
    return re.findall(r'<img [^>]*src="([^"]*)"', html)


def without_sources(html):
    return re.sub(r'(<img [^>]*src=)"[^"]*"', r"\1", html)


@pytest.mark.parametrize("unsafe", ["false", "true"])
@pytest.mark.parametrize("base, ugly", [("", "false"), ("blog/", "false"), ("blog/", "true")])
def test_posts_of_every_kind_show_the_thread_and_its_pictures(thread, unsafe, base, ugly):
    kept = keep(thread, addresses(thread, "posts"))
    folder = site(thread, base, ugly, unsafe)
    for name in ("posts/夏 の夜/index.md", "posts/single.md", "em/_index.md"):
        thread.ok("export", SLUG, "--for", "hugo", "--into", folder / "content" / name, "--under", "まとめ")
    public = built(folder)
    part = (folder / "archive" / (SLUG + ".html")).read_text()
    pages = [path for path in public.rglob("*.html") if 'class="archive' in path.read_text()]
    assert len(pages) == 4, "three posts, and the list of two of them"
    for path in pages:
        page = path.read_text()
        assert without_sources(part) in without_sources(page) and "<em>em</em>" in page
        assert len(sources(page)) >= len(kept)
        for src in sources(page):
            assert src.startswith("/" + base)
            picture = public / urllib.parse.unquote(src.removeprefix("/" + base))
            assert picture.read_bytes() == kept[picture.name]


def test_a_slug_and_a_folder_in_japanese(thread):
    thread.ok("thread", "set", SLUG, "--slug", "夏の夜")
    kept = keep(thread, addresses(thread, "posts"))
    folder = site(thread, "blog/")
    for name in ("posts/夏 の夜/index.md", "posts/single.md"):
        thread.ok("export", "夏の夜", "--for", "hugo", "--into", folder / "content" / name, "--under", "まとめ")
    public = built(folder)
    for path in public.rglob("*.html"):
        for src in sources(path.read_text()):
            picture = public / urllib.parse.unquote(src.removeprefix("/blog/"))
            assert picture.read_bytes() == kept[picture.name]
    assert sum(len(sources(path.read_text())) for path in public.rglob("*.html")) >= 4 * len(kept)


def test_pictures_on_another_server_keep_their_addresses(thread):
    kept = keep(thread, addresses(thread, "posts"))
    folder = site(thread, "blog/")
    thread.ok("export", SLUG, "--for", "hugo", "--into", folder / "content/posts/single.md", "--under", "まとめ",
              "--media-url", "https://media.example/x")
    page, = [path for path in built(folder).rglob("single/index.html")]
    assert set(sources(page.read_text())) == {"https://media.example/x/" + name for name in kept}


def test_sections_stand_under_their_own_headings(thread):
    folder = site(thread)
    (folder / "content/posts/single.md").write_text("# 一\n\n# 二\n")
    thread.ok("thread", "heading", SLUG, "復元の話", "--top", "--key", "k3f")
    for slug, heading in ((SLUG, "一"), (SLUG + "#k3f", "二")):
        thread.ok("export", slug, "--for", "hugo", "--into", folder / "content/posts/single.md", "--under", heading)
    page, = [path.read_text() for path in built(folder).rglob("single/index.html")]
    first, second = page.split('id="二"')
    assert (folder / "archive" / (SLUG + ".html")).read_text() in first
    assert (folder / "archive" / (SLUG + ".k3f.html")).read_text() in second

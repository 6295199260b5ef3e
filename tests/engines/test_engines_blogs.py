"""A thread goes through the programs that make pages of posts, and comes out as it was (tree.js says what that is)."""
import pytest

import blogs
from compared import difference, embedded

pytestmark = pytest.mark.engines
pytest_plugins = ["workshop"]

BEFORE = "まえの *段* です。\n\n"
AFTER = "\nあとの *段* です。\n"
FORMS = [("example", "inline"), ("example", "class"), ("tricky", "inline"), ("tricky", "class"), ("pictures", "inline"),
         ("pictures", "class"), ("many", "inline")]


def blocks(fragment):
    return f"<!-- wp:paragraph -->\n<p>まえ</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:html -->\n{fragment}<!-- /wp:html -->\n\n" \
           "<!-- wp:paragraph -->\n<p>あと</p>\n<!-- /wp:paragraph -->\n"


class Case:
    """The fragments by name, what each is in a bare page, and whether a page of it is the same."""

    def __init__(self, threads, blank):
        self.blank = blank
        self.fragments = {f"{name}-{style}": threads(name).export("--style", style) for name, style in FORMS}
        self.trees = {name: embedded(blank, text)[0] for name, text in self.fragments.items()}

    def posts(self):
        return {name: BEFORE + text + AFTER for name, text in self.fragments.items()}

    def check(self, pages, before="まえの <em>段</em> です。", after="あとの <em>段</em> です。"):
        assert set(pages) == set(self.fragments)
        for name, page in pages.items():
            tree, rest = embedded(self.blank, page)
            assert len(tree) > 10_000, name
            if changed := difference(self.trees[name], tree):
                pytest.fail(f"{name}, {changed}", pytrace=False)
            assert rest.strip().split() == f"<p>{before}</p> <p>{after}</p>".split(), name


@pytest.fixture(scope="module")
def case(threads, blank):
    return Case(threads, blank)


@pytest.mark.parametrize("engine", ["markdown-it", "marked", "commonmark"])
def test_engines_of_npm(case, engine):
    case.check(blogs.in_node(engine, case.posts()))


def test_kramdown(case):
    case.check(blogs.kramdown(case.posts()))


def test_hugo_with_raw_html(case, tmp_path):
    case.check(blogs.hugo(tmp_path / "site", case.posts(), unsafe=True))


def test_hugo_with_a_file_and_without_raw_html(case, tmp_path):
    posts = {name: BEFORE + '{{< thread "%s.html" >}}\n' % name + AFTER for name in case.fragments}
    files = [(f"{name}.html", text) for name, text in case.fragments.items()]
    case.check(blogs.hugo(tmp_path / "site", posts, False, files))


@pytest.mark.parametrize("who", ["author", "editor"])
@pytest.mark.parametrize("way", ["classic", "blocks"])
def test_wordpress(case, who, way):
    wrap = blocks if way == "blocks" else lambda text: f"まえ\n\n{text}\nあと\n"
    pages = blogs.wordpress({name: (who, wrap(text)) for name, text in case.fragments.items()})
    case.check(pages, "まえ", "あと")


def test_the_programs_do_act_on_what_is_no_fragment(tmp_path):
    text = "\"x\" [gallery] :) :smile: 3x4 <time>now</time>\n"
    page = blogs.wordpress({"one": ("author", text)})["one"]
    assert "gallery" not in page and "<time" not in page and "“" in page.replace("&#8220;", "“") and "3&#215;4" in page and ":)" not in page
    page = blogs.hugo(tmp_path / "site", {"one": "\"x\" :smile: <b>b</b>\n"}, True)["one"]
    assert ":smile:" not in page and "<b>" in page and "&ldquo;" in page
    assert "raw HTML omitted" in blogs.hugo(tmp_path / "site", {"one": "<b>b</b>\n"}, False)["one"]
    assert "“x”" in blogs.in_node("markdown-it", {"one": text})["one"]

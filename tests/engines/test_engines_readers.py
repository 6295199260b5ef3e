"""A thread is read: by a validator, a checker of accessibility, a reader of microformats, a sanitizer, and a browser."""
import json
import re
from datetime import datetime

import pytest

import blogs
from compared import blog_post, difference, embedded, program

pytestmark = pytest.mark.engines
pytest_plugins = ["workshop"]

# The Nu checker says these of what is no error. An empty element is closed in the way of XML, so that programs for XML
# read a fragment, too; a post is an article and has no heading, or a thread of 200 posts would be one of 200 headings;
# what people wrote stays as they wrote it, whatever the language of the page; and the checker does not know that
# "img-src data:" allows pictures inside a page: a browser does, which shows them all (below).
REMARKS = re.compile(r"Trailing slash on void elements has no effect|(Section|Article) lacks heading|"
                     r"not in Unicode Normalization Form C|Private Use Area|appears to be written in|violates Content Security Policy .meta tag.: image “data:image/")
EXPORTS = {"inline": ("--style", "inline"), "class": ("--style", "class"), "page": ("--as", "page")}
# What axe holds against a page.
SCRIPT = """axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
'best-practice']}).then(found => found.violations.map(one => one.id + ': ' + one.help + '\\n' +
one.nodes.slice(0, 3).map(node => '  ' + node.html.slice(0, 300) + '\\n  ' + node.failureSummary.replace(/\\n/g, '\\n  ')).join('\\n')))"""
# What stands out of the window to the right and can not be scrolled there within its box, nor is cut by it.
WIDE = """(() => {
const wide = [];
if (document.documentElement.scrollWidth > innerWidth) wide.push('the page: ' + document.documentElement.scrollWidth);
const isHeld = element => {
  for (let one = element.parentElement; one; one = one.parentElement)
    if (getComputedStyle(one).overflowX !== 'visible' && one.getBoundingClientRect().right <= innerWidth + 0.5) return true;
  return false;
};
for (const one of document.querySelectorAll('section.archive, section.archive *')) {
  const box = one.getBoundingClientRect();
  if (box.width && box.right > innerWidth + 0.5 && !isHeld(one)) wide.push(one.outerHTML.slice(0, 200));
}
return wide.slice(0, 5);
})()"""


def shown(thread, form, scheme):
    """The HTML of a page that a reader opens."""
    text = thread.export(*EXPORTS[form])
    if form == "page":
        return text
    sheet = thread.archive.ok("export", "--stylesheet") if form == "class" else ""
    return blog_post(text, scheme, sheet)


@pytest.fixture
def opened(threads, browser, tmp_path):
    def open_page(name, form, width=1280, scheme="light"):
        path = tmp_path / f"{name}-{form}-{scheme}.html"
        path.write_text(shown(threads(name), form, scheme))
        (tmp_path / "files").mkdir(exist_ok=True)
        for picture, data in threads(name).pictures.items():
            (tmp_path / "files" / picture).write_bytes(data)
        return browser.page(path, width, scheme)

    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("name", ["example", "tricky", "pictures"])
def test_axe_finds_nothing_and_nothing_is_too_wide(opened, name, form, scheme):
    for width in (320, 1280):
        with opened(name, form, width, scheme) as page:
            page.run("document.querySelectorAll('details').forEach(one => { one.open = true; }), 0")
            assert page.run(WIDE) == [], width
            page.load(program("axe-core") / "axe.min.js")
            found = page.run(SCRIPT)
            if found:
                pytest.fail(f"at {width} pixels:\n" + "\n".join(found), pytrace=False)


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("name", ["example", "tricky", "pictures", "many"])
def test_a_page_asks_nobody_and_runs_nothing(opened, name, form, threads, tmp_path):
    with opened(name, form) as page:
        page.run("document.querySelectorAll('details').forEach(one => { one.open = true; }), 0")
        page.run("document.querySelectorAll('img').forEach(one => { one.loading = 'eager'; }), 0")
        page.run("Promise.all(Array.from(document.images, one => one.decode())).then(() => 0)")
        inside = (tmp_path / "files").as_uri() + "/", "data:image/"
        assert [url for url in page.requests() if not url.startswith(inside)] == [] and page.executed() == []
        assert page.run("document.images.length") >= len(threads(name).pictures)
        assert page.run("document.querySelectorAll('script, iframe, object, embed, form, link, base').length") == 0
        assert page.run("document.querySelectorAll('section.archive article').length") > 150


def test_the_nu_checker_finds_no_error(threads, tmp_path):
    files = []
    for name in ("example", "tricky", "pictures"):
        for form in EXPORTS:
            files.append(tmp_path / f"{name}-{form}.html")
            files[-1].write_text(shown(threads(name), form, "light"))
    jar = program("vnu-jar") / "build/dist/vnu.jar"
    words = ["java", "-Xss8m", "-jar", jar, "--exit-zero-always", "--stdout", "--format", "json", *files]
    found = [f"{one['url'].rsplit('/')[-1]}: {one['message']}\n  {one.get('extract', '')}"
             for one in json.loads(blogs.through(words, None))["messages"] if not REMARKS.search(one["message"])]
    assert not found, "\n".join(found[:10])


@pytest.mark.parametrize("style", ["inline", "class"])
@pytest.mark.parametrize("name", ["example", "tricky", "pictures", "many"])
def test_a_sanitizer_takes_nothing_away(threads, blank, name, style):
    text = threads(name).export("--style", style)
    if not blank.run("'DOMPurify' in window"):
        blank.load(program("dompurify") / "dist/purify.min.js")
    clean, removed = blank.run(f"(() => {{ const clean = DOMPurify.sanitize({json.dumps(text)}); "
                               "return [clean, DOMPurify.removed.map(one => (one.element || one.from).outerHTML)]; })()")
    assert removed == []
    if changed := difference(embedded(blank, text)[0], embedded(blank, clean)[0]):
        pytest.fail(changed, pytrace=False)


def moment(text):
    return datetime.fromisoformat(text).timestamp() // 1


def entries(item):
    """The entries of a feed, in order, with those inside of them left out."""
    return [one for one in item.get("children", []) if set(one["type"]) & {"h-cite", "h-entry"}]


@pytest.mark.parametrize("name", ["example", "tricky", "pictures"])
def test_a_reader_of_microformats_finds_every_post(threads, name):
    thread = threads(name)
    parsed = json.loads(blogs.in_node("microformats", {"one": thread.export()})["one"])
    feeds = [item for item in parsed["items"] if "h-feed" in item["type"]]
    assert len(parsed["items"]) == len(feeds) == 1
    found = {entry["properties"]["url"][0]: entry["properties"] for entry in entries(feeds[0])}
    assert len(found) == len(thread.posts) > 100
    for post in thread.posts:
        entry = found[post["url"]]
        author = entry["author"][0]["properties"]
        assert author["name"] and author["url"] == [post["author"]["url"]]
        assert moment(entry["published"][0]) == moment(post["created_at"])
        assert entry["content"][0]["value"].strip() or not post["text"].strip()


# What paper would show otherwise than a screen does: bars without their colour, a talk's name at the foot of a page.
PAPER = """(() => {
const style = element => getComputedStyle(element), all = name => Array.from(document.querySelectorAll(name));
return {
  bars: all('.archive-option, .archive-film').filter(one => style(one).printColorAdjust !== 'exact').length,
  parted: all('.archive-heading, .archive-talk, summary').filter(one => style(one).breakAfter !== 'avoid').length,
  torn: all('.archive-post, .archive-note, .archive-shown').filter(one => style(one).breakInside !== 'avoid').length,
  high: all('.archive-lone .archive-shown').filter(one => one.getBoundingClientRect().height > 8 * 96 / 2.54 + 1).length,
  bars_and_talks: [all('.archive-option').length > 0, all('.archive-talk').length > 0, all('.archive-shown').length > 0],
};
})()"""


def test_a_page_prints_as_it_reads(opened):
    with opened("pictures", "page") as page:
        page.call("Emulation.setEmulatedMedia", media="print")
        assert page.run(PAPER) == {"bars": 0, "parted": 0, "torn": 0, "high": 0, "bars_and_talks": [True, True, True]}

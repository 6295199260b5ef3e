"""Strangers' words in every string of the networks' answers: none runs, none is lost, in whatever form they are exported."""
import html
import json
import re
import xml.etree.ElementTree as ET

import pytest

import blogs
from attacks import attacks
from compared import blog_post
from threads import imported

pytestmark = pytest.mark.engines
pytest_plugins = ["workshop"]

ATOM = "{http://www.w3.org/2005/Atom}"

# What no thread may hold; then all is done to each element that a reader or a browser could do to it.
SCAN = """(() => {
const found = [];
for (const one of document.querySelectorAll('body *')) {
  if (/^(script|style|iframe|frame|object|embed|applet|form|input|button|link|meta|base|svg|math|template|noscript|img|video|audio|source)$/i
      .test(one.localName)) found.push(one.outerHTML.slice(0, 200));
  for (const name of one.getAttributeNames()) {
    if (/^on|^(src|srcset|srcdoc|formaction|ping|background|data)$/i.test(name)) found.push(one.outerHTML.slice(0, 200));
    if (name === 'style' && /url|expression|behavior|position|@/i.test(one.getAttribute(name))) found.push(one.outerHTML.slice(0, 200));
  }
  if (one.hasAttribute('href')
      && !['http:', 'https:', 'mailto:'].includes(new URL(one.getAttribute('href'), 'https://blog.example/').protocol))
    found.push(one.outerHTML.slice(0, 200));
}
addEventListener('click', event => event.preventDefault(), true);
document.querySelectorAll('details').forEach(one => { one.open = true; });
for (const one of document.querySelectorAll('body *'))
  for (const kind of ['mouseover', 'mouseenter', 'click', 'focus', 'load', 'error', 'toggle', 'animationstart', 'begin'])
    one.dispatchEvent(new Event(kind, {bubbles: kind === 'click', cancelable: true}));
return found.slice(0, 5);
})()"""


@pytest.fixture(scope="module")
def given():
    return list(attacks())


@pytest.fixture(scope="module")
def attacked(given, tmp_path_factory):
    """A thread of all that was taken in; what was not understood was left out, and the import says so."""
    return imported(tmp_path_factory.mktemp("attacked") / "home", "attacked", [one.answer for one in given], status=(0, 3))


def from_markdown(engine):
    return lambda thread: blog_post(engine(thread.export("--as", "markdown")))


def of_feed(thread):
    """What a reader of feeds makes a page of: the content of all entries."""
    feed = ET.fromstring(thread.export("--as", "feed"))
    pieces = []
    for entry in feed.iter(ATOM + "entry"):
        for name in ("title", "content", "summary"):
            for one in entry.findall(ATOM + name):
                pieces.append(one.text if one.get("type") == "html" else f"<p>{html.escape(one.text or '')}</p>")
        pieces += [f"<p>{html.escape(one.text or '')}</p>" for one in entry.iter(ATOM + "name")]
    return blog_post("\n".join(pieces))


FORMS = {
    "inline": lambda thread: blog_post(thread.export("--style", "inline")),
    "class": lambda thread: blog_post(thread.export("--style", "class")),
    "page": lambda thread: thread.export("--as", "page"),
    "feed": of_feed,
    "markdown-it": from_markdown(lambda text: blogs.in_node("markdown-it without HTML", {"one": text})["one"]),
    "cmark": from_markdown(lambda text: blogs.through(["cmark"], text)),
}


@pytest.fixture(params=FORMS)
def page(request, attacked, browser, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(FORMS[request.param](attacked))
    with browser.page(path) as page:
        page.form = request.param
        yield page


def plain(text):
    """What a reader sees of a text: no controls, no controls of direction, blanks as one."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]", "", text)
    return re.sub("[ \t\r\n\u2028\u2029]+", " ", text).strip()


def readings(attack):
    """What it may be seen as, between its marks: X's texts are escaped once, for a NUL stands a sign, a form feed is a blank."""
    payload = attack.payload.replace("\x00", "\ufffd")
    seen = [payload, payload.replace("\x0c", " ")]
    if attack.field == "data.text":
        seen += [re.sub("&(lt|gt|amp);", lambda name: html.unescape(name[0]), payload), html.unescape(payload)]
    return [plain(f"{attack.marks[0]} {one} {attack.marks[1]}") for one in seen]


def test_nothing_runs_and_nothing_is_lost(page, given, attacked):
    assert page.run(SCAN) == []
    assert page.executed() == [] and page.requests() == []
    page.run("document.querySelectorAll('br').forEach(one => one.replaceWith(' ')), 0")
    text = plain(page.run("document.body.textContent"))
    texts = [attack for attack in given if attack.is_text]
    lost = [attack for attack in texts if not any(one in text for one in readings(attack))]
    assert len(texts) > 1500
    if lost:
        places = [f"{one.kind} {one.field}: {one.payload!r}\n  {text[max(0, text.find(one.marks[0])):][:len(one.payload) + 40]!r}"
                  for one in lost[:12]]
        pytest.fail(f"{len(lost)} of {len(texts)} in {page.form}:\n" + "\n".join(places), pytrace=False)


def test_of_markup_that_was_sent_the_text_around_it_is_kept(attacked, given, blank):
    text = blank.run(f"new DOMParser().parseFromString({json.dumps(attacked.export())}, 'text/html').body.textContent")
    assert not [attack.payload for attack in given if attack.is_markup and attack.marks[0] not in text]


@pytest.mark.parametrize("name", ["example", "tricky", "attacked"])
def test_a_feed_keeps_the_rules_of_atom(name, threads, attacked):
    thread = attacked if name == "attacked" else threads(name)
    text = thread.export("--as", "feed")
    assert "<!DOCTYPE" not in text and not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    feed = ET.fromstring(text)
    assert feed.tag == ATOM + "feed"
    ids = []
    for element in [feed, *feed.iter(ATOM + "entry")]:
        for one in ("id", "title", "updated"):
            assert len(element.findall(ATOM + one)) == 1, one
        ids.append(element.findtext(ATOM + "id"))
        assert re.match(r"[a-z][a-z0-9+.-]*:\S+$", ids[-1]), ids[-1]
        for when in (*element.findall(ATOM + "updated"), *element.findall(ATOM + "published")):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", when.text)
        for link in element.findall(ATOM + "link"):
            assert re.match(r"(https?|mailto):", link.get("href")) and link.get("rel", "alternate") in ("alternate", "self", "related", "via")
        assert len(element.findall(ATOM + "link[@rel='alternate']")) <= 1
    assert len(ids) == len(set(ids)) > 100
    for entry in feed.iter(ATOM + "entry"):
        assert len(entry.findall(ATOM + "content")) <= 1
        assert entry.findall(ATOM + "author/" + ATOM + "name") or feed.findall(ATOM + "author/" + ATOM + "name")
        assert entry.find(ATOM + "content") is not None or entry.find(ATOM + "link[@rel='alternate']") is not None

"""What every fragment keeps, whatever the posts say: it passes blog engines unharmed (design section 6)."""
import random
import re

import pytest
from fragments import ALL, EVENING, THREAD, at, classes, kept, parse, post, person, render, run, without_item

ELEMENTS = set("""section article h2 h3 h4 h5 h6 p a strong em s code pre blockquote ul ol li abbr details summary br span
    ruby rt figure img""".split())
BLOCKS = {"section", "article", "h2", "h3", "h4", "h5", "h6", "p", "pre", "blockquote", "ul", "ol", "li", "details",
          "summary", "figure"}
HOLDERS = {"section", "article", "blockquote", "ul", "ol", "li", "details"}
ATTRIBUTES = {"class", "id", "style", "lang", "dir", "title", "href", "rel", "cite", "role", "aria-label", "src", "alt", "width", "height", "loading"}
PROPERTIES = {"max-width", "margin", "margin-left", "margin-bottom", "padding", "padding-top", "padding-left", "padding-right",
              "border", "border-top", "border-left", "border-radius", "line-height", "font-size", "font", "font-style",
              "background", "background-color", "background-image", "color", "overflow", "text-decoration", "cursor",
              "list-style-type", "float", "letter-spacing", "width", "height", "max-height", "clear", "object-fit", "vertical-align"}
# What only the class form says by a class: the other says it by its style.
MANNERS = re.compile("archive-(tenths-[0-9]+|large|small|colour|red|orange|green|blue|purple|grey|answer|answer-[23]|first|author|content|handle|"
                     "shown|avatar|faced|lone|even|wide-[0-9]+|narrow-[0-9]+)")
# A file of a kept picture: a path without a colon, or where the curator says.
BESIDE = r"((/|[A-Za-z0-9._~%/-]+/)?|https://m\.example:8080/[A-Za-z0-9._~%/-]*/)[0-9a-f]{64}\.[a-z0-9]+"
COLOURS = ["", "red", "orange", "green", "blue", "purple", "grey"]

# What WordPress 6.1 and Hugo act on when it stands in the source as it is (measured).
SMILEYS = [":)", ":(", ":D", ":P", ":o", ":x", ":|", ":?", ";)", ":-)", ":-(", ":-D", ":-P", ":-o", ":-x", ":-|", ":-?",
           ";-)", "8)", "8O", "8-)", "8-O"]
TOUCHED_TEXT = [r"--", r"\.\.\.", r"(?:^|\s)-(?:$|\s)", r"\(tm\)", r"\d[.,]?x\d", r"Wordpress", r"``", r"[\"']"]
TOUCHED_ANYWHERE = [r"[\[\]{}]", r":[A-Za-z_+-][A-Za-z0-9_+-]*:", r"\\"]

def noise(rng, length=12):
    return "".join(rng.choice(ALL) for _ in range(rng.randrange(length)))


def noisy_html(rng):
    tags = ["<p>", "</p>", "<br>", "<strong>", "</strong>", "<em>", "</em>", "<ul>", "<li>", "</li>", "</ul>", "<pre>",
            "</pre>", "<code>", "</code>", "<blockquote>", "</blockquote>", "<ruby>", "<rt>", "</rt>", "</ruby>",
            '<a href="https://a.example/[x]:y:{z}">', '<a href="javascript:alert(1)">', "</a>", "<script>", "<img src=x>",
            '<a href="https://a.example/" onclick="x">', "<p class=x>", "<a href=\"", "\n\n"]
    return "".join(rng.choice([rng.choice(tags), noise(rng, 6)]) for _ in range(rng.randrange(24)))


def noisy_items(seed):
    rng = random.Random(seed)
    items = []
    for number in range(12):
        author = {**person("@a@a.example", noise(rng)), "handle": "@" + noise(rng), "profile": noise(rng)}
        more = {"spoiler": noise(rng)} if rng.random() < 0.3 else {}
        if rng.random() < 0.4:
            more["quote"] = without_item(post(person("@q@q.example", noise(rng)), 500 + number, 1, noisy_html(rng)))
        if rng.random() < 0.4:
            more["media"] = [{"media": "image", "media.url": "https://p.example/" + noise(rng), "media.alt": noise(rng)}]
        if rng.random() < 0.3:
            more |= {"options": [(rng.randrange(5), noise(rng)), (0, noise(rng))]}
        if rng.random() < 0.3:
            more["card"] = {"card.url": "https://c.example/" + noise(rng), "card.title": noise(rng), "card.site": noise(rng),
                            "card.description": noise(rng, 40)}
        author["profile"] = "https://a.example/" + noise(rng)
        if rng.random() < 0.4:
            more["also"] = [without_item(post(person("@x@x.example", noise(rng)), 700 + number, 1, noisy_html(rng), likes=3))
                            | {"url": "https://x.example/" + noise(rng)}]
        if rng.random() < 0.5:
            more |= {"reply_uri": rng.choice([items[-1]["uri"] if items and items[-1]["item"] == "post" else noise(rng), noise(rng)])}
        if rng.random() < 0.5:
            more |= {"answers": "zzzzzzzz", "answers.name": noise(rng), "answers.handle": noise(rng),
                     "answers.url": rng.choice(["https://r.example/", ""]) + noise(rng)}
        items.append(post(author, number, number, noisy_html(rng), words=noise(rng) + "\n" + noise(rng), likes=rng.randrange(3),
                          reposts=rng.randrange(3), style=rng.choice(["large", "small", ""]) + " " + rng.choice(COLOURS), **more)
                     | {"url": "https://a.example/" + noise(rng)})
        if rng.random() < 0.5:
            continue
        items.append({"item": "note", "label": noise(rng, 40), "style": rng.choice(COLOURS)})
        items.append({"item": "link", "target": "https://l.example/" + noise(rng), "label": noise(rng)})
        items.append({"item": "heading", "key": f"k{number}", "label": noise(rng), "speaker": noise(rng), "slides": noise(rng),
                      "target": rng.choice(["https://s.example/", ""]) + noise(rng), "starts": rng.choice([0, at(number)])})
    return items


def shown_items(seed):
    """Every medium is kept, of some size, and so are avatars, emoji and the pictures of pages."""
    rng = random.Random(seed)
    shelf, items, number = [], noisy_items(seed), 0

    def keep(url, ending="png"):
        nonlocal number
        number += 1
        shelf.append(kept(number, rng.choice([0, 1, 40, 640, 1920, 10**9]), rng.choice([0, 1, 40, 427, 1080, 10**9]), url, ending))
        return url

    def dress(entry):
        host = f"https://k.example/{len(shelf)}/"
        entry |= {"avatar": keep(host + "avatar"), "emojis": [("smile", keep(host + "smile")), ("<b", keep(host + "b"))],
                  "author.emojis": [("smile", keep(host + "s"))], "sensitive": rng.randrange(2), "taken": rng.choice(["", "https://t.example/"]) + noise(rng),
                  "spoiler": rng.choice(["", "x :smile: :<b:"]),
                  "card": {"card.url": "https://c.example/", "card.title": noise(rng), "card.image": keep(host + "card", "jpg")},
                  "media": [{"media": rng.choice(["image", "video", "gifv", "audio", "unknown"]),
                             "media.url": keep(f"{host}{n}" + noise(rng).replace("\t", ""), rng.choice(["png", "mp4"])),
                             "media.preview": keep(f"{host}{n}/still", "webp"), "media.alt": noise(rng), "media.ms": rng.randrange(99999)}
                            for n in range(rng.randrange(6))]}
        for inner in entry.get("also", []) + list(filter(None, [entry.get("quote")])):
            dress(inner)

    for item in items:
        if item["item"] == "post" and len(shelf) < 180:
            dress(item)
    return {"kept": shelf, "title": noise(rng) or "t", "curator": noise(rng), "description": noise(rng, 40)}, items


FRAGMENTS = {"evening": lambda style: render(style, more=["counts", "people"]), "empty": lambda style: render(style, items=[])}
for number in range(16):
    FRAGMENTS[f"noise {number}"] = lambda style, seed=number: render(
        style, {"title": noise(random.Random(seed)) or "t"}, noisy_items(seed), ["counts", "people"])
for number in range(16):
    FRAGMENTS[f"pictures {number}"] = lambda style, seed=number: render(
        style, *shown_items(seed), ["media=files", "avatars", rng_base(seed)])


def rng_base(seed):
    return "base=" + ["", "a.media/", "/運用 [1]{x}/:y/".replace(":", ""), "https://m.example:8080/a:b/"][seed % 4]


@pytest.fixture(scope="module", params=[(name, style) for name in FRAGMENTS for style in ("fragment", "classes")],
                ids=lambda value: " ".join(value))
def fragment(request):
    name, style = request.param
    return FRAGMENTS[name](style)


def parents(root):
    return [(parent, child) for parent in root.iter() for child in parent]


def test_lines_are_blocks_and_none_is_blank(fragment):
    assert fragment.startswith("<section ") and fragment.endswith("</section>\n")
    assert not fragment.endswith("\n\n")
    for line in fragment[:-1].split("\n"):
        assert re.match(r"</?(section|article|h[2-6]|p|blockquote|ul|li|details|figure)[ >]", line), line
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", re.sub(r"<pre.*?</pre>", "", fragment))


def test_only_elements_and_attributes_that_survive(fragment):
    for element in parse(fragment).iter():
        assert element.tag in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
        for declaration in filter(None, element.get("style", "").split(";")):
            name, value = declaration.split(":")
            assert name in PROPERTIES
            assert "url(" not in value and "rgb" not in value


def test_inline_content_stands_only_in_its_blocks(fragment):
    root = parse(fragment)
    for element in root.iter():
        if element.tag in HOLDERS:
            assert not (element.text or "").strip("\n"), element.tag
            for child in element:
                assert child.tag in BLOCKS, (element.tag, child.tag)
                assert not (child.tail or "").strip("\n")
        elif element.tag != "br":
            assert not any(child.tag in BLOCKS for child in element), element.tag
    for parent, child in parents(root):
        assert (child.tag == "li") == (parent.tag in ("ul", "ol"))
        assert child.tag != "a" or not any(inner.tag == "a" for inner in list(child.iter())[1:])


def test_no_paragraph_is_empty_or_parted_by_breaks(fragment):
    assert not re.search(r"<br />\s*<br />", fragment)
    assert not re.search(r"<p[^>]*>\s*</p>", fragment)
    assert "<br>" not in fragment


def test_ids_are_the_slugs_and_single(fragment):
    ids = [element.get("id") for element in parse(fragment).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"ssmjp-2026-06-[a-z0-9]+", name) for name in ids)


def test_links_are_web_or_mail_and_open_nothing(fragment):
    for element in parse(fragment).iter():
        for name in ("href", "cite"):
            if re.match("#ssmjp-2026-06-[a-z0-9]+$", element.get(name) or "") or re.fullmatch(BESIDE, element.get(name) or ""):
                continue
            if element.get(name) is not None:
                assert re.match(r"(https?://[^/\s]|mailto:.)", element.get(name))
                assert not re.search(r"[\s\"'<>{}\[\]`\\^|]", element.get(name).split("/", 3)[3] if "//" in element.get(name) else "")


def test_every_picture_is_a_file_with_words(fragment):
    for image in parse(fragment).iter("img"):
        assert re.fullmatch(BESIDE, image.get("src")), image.get("src")
        assert image.get("alt") is not None and image.get("loading") == "lazy"
        assert (image.get("width") is None) == (image.get("height") is None)
        if not image.get("alt"):  # beside a name or a title that says it
            assert set(classes(image)) & {"u-photo", "archive-card-image"} and "archive-shown" not in classes(image)


def test_nothing_is_left_that_an_engine_acts_on(fragment):
    for pattern in TOUCHED_ANYWHERE:
        assert not re.search(pattern, re.sub(r' (style|title)="[^"]*"', "", fragment)), pattern
    for piece in re.split(r"<[^>]*>", fragment):
        for pattern in TOUCHED_TEXT:
            assert not re.search(pattern, piece), (pattern, piece)
        for smiley in SMILEYS:
            assert not re.search(rf"(?:^|\s){re.escape(smiley)}(?:$|\s)", piece), (smiley, piece)


def test_no_name_that_only_html_knows(fragment):
    assert set(re.findall(r"&([a-z]+);", fragment)) <= {"amp", "lt", "gt", "quot"}


def test_the_class_form_has_the_same_structure_and_no_style():
    inline, plain = parse(render("fragment")), parse(render("classes"))

    def shape(element):
        own = {name: value for name, value in element.attrib.items() if name not in ("style", "class")}
        kinds = [name for name in classes(element) if not MANNERS.fullmatch(name)]
        return element.tag, own, kinds, element.text, element.tail, [shape(child) for child in element]

    assert shape(inline) == shape(plain)
    assert not [element for element in plain.iter() if element.get("style")]


@pytest.mark.parametrize("environment", [{"TZ": "America/New_York"}, {"LC_ALL": "ja_JP.UTF-8"}, {"LANG": "de_DE"}, {"ARCHIVE_NOW": "1"},
                                         {"HOME": "/nowhere"}], ids=str)
def test_the_bytes_do_not_depend_on_the_environment(environment):
    assert render(**environment) == render(TZ="UTC", LC_ALL="C")


def test_memory_does_not_grow_with_the_thread():
    def resident(count):
        done = run("fragment", THREAD, EVENING, count, ASAN_OPTIONS="quarantine_size_mb=1:detect_leaks=0")
        return int(done.stderr.split()[-2])

    assert resident(20000) - resident(5000) < 1024



"""Kept pictures: shown in rows, with words, by their own files or inside a page; what is not kept stays a link."""
import base64
import re
import subprocess

import pytest
from fragments import (EVENING, HANA, KUMO, NEKO, THREAD, all_with, classes, kept, named, one_with, parse, post, render, run, text,
                       without_item)

FILES = ["media=files", "base=ssmjp.media/"]


def picture(number, width=640, height=427, **more):
    """A medium, and the shelf's entry for it."""
    url = f"https://pic.example/{number}.png"
    return {"media": "image", "media.url": url, **more}, kept(number, width, height, url)


def shown(*pictures, what="fragment", more=FILES, shelf=(), **fields):
    media = [medium for medium, _ in pictures]
    thread = {"kept": [*(entry for _, entry in pictures), *shelf]}
    return render(what, thread, [{**post(HANA, 1, 0, "<p>a</p>", media=media), **fields}], more)


def styles(element):
    return dict(declaration.split(":", 1) for declaration in element.get("style", "").split(";") if declaration)


def cells(fragment):
    return list(one_with(parse(fragment), "archive-pictures"))


# What is shown

def test_a_kept_picture_is_shown_and_linked_to_where_it_was():
    root = parse(shown(picture(1, **{"media.alt": "板書"})))
    image = one_with(root, "u-photo")
    assert image.attrib | {"class": "", "style": ""} == {
        "src": "ssmjp.media/" + named(1), "alt": "板書", "width": "640", "height": "427", "loading": "lazy", "class": "", "style": ""}
    link = one_with(root, "archive-pictures")[0]
    assert link.get("href") == "https://pic.example/1.png" and list(link) == [image]
    assert not all_with(root, "archive-media")


@pytest.mark.parametrize("more", [[], ["media=link"], ["media=none"]])
def test_nothing_is_shown_unless_files_are_asked_for(more):
    root = parse(shown(picture(1), more=[*more, "avatars"], avatar="https://pic.example/1.png", emojis=[("a", "https://pic.example/1.png")],
                       html="<p>:a:</p>", card={"card.url": "https://c.example/", "card.image": "https://pic.example/1.png"}))
    assert not list(root.iter("img"))
    assert text(one_with(root, "archive-media")) == "写真（説明なし）"


def test_none_is_the_words_alone():
    item = post(HANA, 1, 0, "<p>a</p>", media=[{"media": "image", "media.url": "https://p.example/1", "media.alt": "板書"}])
    root = parse(render(items=[item], more=["media=none"]))
    assert text(one_with(root, "archive-media")) == "写真：板書"
    assert not list(one_with(root, "archive-media").iter("a")) and "p.example" not in render(items=[item], more=["media=none"])


def test_what_is_not_kept_stays_a_link():
    lost = {"media": "image", "media.url": "https://lost.example/1", "media.alt": "ない"}, kept(9, 1, 1, "https://other.example/")
    root = parse(shown(lost, picture(1), words="一\n二"))
    assert text(one_with(root, "archive-media")) == "写真：ない"
    assert [image.get("alt") for image in root.iter("img")] == ["二（まとめた人による説明）"]


def test_without_words_it_says_so():
    assert one_with(parse(shown(picture(1))), "u-photo").get("alt") == "写真（説明なし）"
    assert one_with(parse(render(thread={"lang": "en", "kept": [kept(1, 1, 1, "https://p.example/")]}, more=FILES, items=[post(
        HANA, 1, 0, "<p>a</p>", words="The hall", media=[{"media": "image", "media.url": "https://p.example/"}])])), "u-photo").get("alt") == \
        "The hall (described by the curator)"


@pytest.mark.parametrize("words", ["長い" * 5000, "\u202eabc", 'a" onerror="alert(1)', "[gallery] {{< x >}} :smile:", "a\nb"])
def test_words_come_back_as_they_were(words):
    assert one_with(parse(shown(picture(1, **{"media.alt": words}))), "u-photo").get("alt") == words.replace("\u202e", "").replace("\n", " ")


def test_a_preview_stands_for_what_is_not_kept_itself():
    medium = {"media": "image", "media.url": "https://p.example/large", "media.preview": "https://p.example/small"}
    root = parse(shown((medium, kept(3, 64, 64, "https://p.example/small"))))
    assert one_with(root, "u-photo").get("src").endswith(named(3))
    assert one_with(root, "archive-pictures")[0].get("href") == "https://p.example/large"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:image/png;base64,x", ""])
def test_a_picture_that_may_not_be_linked_is_shown_without(url):
    root = parse(shown(({"media": "image", "media.url": url}, kept(1, 64, 64, url))))
    assert one_with(root, "archive-cell").tag == "span" and one_with(root, "u-photo").get("src")


@pytest.mark.parametrize("name", ["../../etc/passwd", "x:y.png", "a\"b.png", "../a.png", "A.PNG", "a b.png"])
def test_a_name_that_is_none_of_ours_is_never_written(name):
    medium = {"media": "image", "media.url": "https://p.example/"}
    thread = {"kept": [(name.replace(" ", "\u00a0"), 1, 1, "https://p.example/")]}
    root = parse(render(thread=thread, items=[post(HANA, 1, 0, "<p>a</p>", media=[medium])], more=FILES))
    assert not list(root.iter("img")) and one_with(root, "u-photo").get("href") == "https://p.example/"


# Rows

def rows(fragment):
    """The widths of each row, in per cent: a cell that clears what floats begins one."""
    found = []
    for cell in cells(fragment):
        style = styles(cell)
        if "clear" in style:
            found.append([])
        left = style["margin"].split()[-1].rstrip("%")
        found[-1].append((float(style["width"].rstrip("%")), float(left)))
    return found


@pytest.mark.parametrize("count, wanted", [(2, [2]), (3, [1, 2]), (4, [2, 2]), (5, [2, 3]), (6, [3, 3]), (7, [2, 2, 3]), (8, [2, 3, 3]),
                                           (9, [3, 3, 3]), (10, [2, 2, 3, 3])])
def test_pictures_stand_in_rows(count, wanted):
    fragment = shown(*[picture(number) for number in range(count)])
    assert [len(row) for row in rows(fragment)] == wanted
    assert [image.get("src") for image in parse(fragment).iter("img")] == ["ssmjp.media/" + named(number) for number in range(count)]


def test_one_picture_keeps_its_shape_and_is_never_made_larger():
    cell, = cells(shown(picture(1, 120, 80)))
    assert styles(cell)["float"] == "none" and "width" not in styles(cell)
    image = styles(cell[0])
    assert cell[0].get("style").endswith("width:auto;max-height:30em") and image["max-width"] == "100%" and image["height"] == "auto"


@pytest.mark.parametrize("sizes", [[(640, 427), (427, 640)], [(300, 640), (300, 640)], [(900, 300), (330, 1000), (500, 500)],
                                   [(640, 427)] * 7, [(640, 480), (480, 640), (500, 500), (800, 450), (600, 600)]])
def test_pictures_of_one_row_are_equally_high_and_fill_it(sizes):
    fragment = shown(*[picture(number, *size) for number, size in enumerate(sizes)])
    ratios = iter([width / height for width, height in sizes])
    for row in rows(fragment):
        heights = [width / next(ratios) for width, _ in row]
        assert max(heights) - min(heights) < 0.01 * max(heights)
        assert 99.7 < sum(width + left for width, left in row) < 100


def test_high_pictures_are_not_higher_than_a_row_may_be():
    figure = one_with(parse(shown(picture(1, 300, 640), picture(2, 300, 640))), "archive-pictures")
    width = float(styles(figure)["max-width"].removesuffix("em"))
    assert width / (2 * 300 / 640) <= 20
    assert "max-width" not in styles(one_with(parse(shown(picture(1), picture(2))), "archive-pictures"))


@pytest.mark.parametrize("odd", [(0, 0), (1, 1000), (1000, 1), (10**9, 1), (-5, 7)])
def test_sizes_that_say_nothing_are_cropped_to_one_height(odd):
    fragment = shown(picture(1), picture(2, *odd), picture(3))
    assert [[width for width, _ in row] for row in rows(fragment)] == [[32.64] * 3]
    for image in parse(fragment).iter("img"):
        assert styles(image)["object-fit"] == "cover" and "height:min(" in image.get("style")


def test_the_network_may_know_a_size_that_the_file_does_not_tell():
    medium, shelf = picture(1, 0, 0, **{"media.width": 300, "media.height": 200})
    image = one_with(parse(shown((medium, shelf))), "u-photo")
    assert (image.get("width"), image.get("height")) == ("300", "200")


def test_the_class_form_says_its_rows_by_twentieths():
    fragment = shown(picture(1, 640, 427), picture(2, 427, 640), picture(3, 500, 500), picture(4, 800, 450), what="classes")
    shares = [int(re.search("archive-wide-([0-9]+)", cell.get("class"))[1]) for cell in cells(fragment)]
    assert shares[0] + shares[1] == 20 == shares[2] + shares[3] and shares[0] > shares[1]
    sheet = run("stylesheet", THREAD, []).stdout.decode()
    for share in range(1, 20):
        assert f".archive-wide-{share} {{ --a-wide: {share}; }}" in sheet


# Films and sounds

FILM = {"media": "video", "media.url": "https://p.example/v.mp4", "media.preview": "https://p.example/still", "media.ms": 83000,
        "media.alt": "最後の場面"}


def test_a_film_is_its_still_with_what_it_is_and_how_long():
    root = parse(shown((FILM, kept(1, 640, 360, "https://p.example/still"))))
    link = one_with(root, "u-video")
    assert link.get("href") == "https://p.example/v.mp4"
    assert text(link).strip() == "► 動画 1:23"
    assert link[0].get("alt") == "最後の場面" and not all_with(root, "u-photo")


def test_a_kept_film_is_linked_where_it_is():
    shelf = [kept(2, 0, 0, "https://p.example/v.mp4", "mp4")]
    fragment = shown((FILM, kept(1, 640, 360, "https://p.example/still")), shelf=shelf)
    assert one_with(parse(fragment), "u-video").get("href") == "ssmjp.media/" + named(2, "mp4")
    assert not list(parse(shown((FILM, shelf[0]))).iter("img"))
    assert one_with(parse(shown((FILM, shelf[0]))), "u-video").get("href") == "ssmjp.media/" + named(2, "mp4")


def test_a_sound_is_a_link():
    sound = {"media": "audio", "media.url": "https://p.example/a.mp3", "media.preview": "https://p.example/cover", "media.alt": "拍手"}
    root = parse(shown((sound, kept(1, 64, 64, "https://p.example/cover"))))
    assert one_with(root, "u-audio").get("href") == "https://p.example/a.mp3" and not list(root.iter("img"))


# Warnings and quotes

@pytest.mark.parametrize("more", [{"sensitive": 1}, {"spoiler": "映画"}])
def test_what_was_hidden_stays_hidden(more):
    root = parse(shown(picture(1), picture(2), **more))
    assert all_with(one_with(root, "archive-warning"), "u-photo") == all_with(root, "u-photo") != []


def test_a_quoted_posts_pictures_are_shown():
    medium, shelf = picture(1)
    root = parse(shown(picture(2), shelf=[shelf], quote=without_item(post(NEKO, 7, 1, "<p>b</p>", media=[medium]))))
    assert one_with(one_with(root, "archive-quote"), "u-photo").get("src").endswith(named(1))


# Emoji, faces, pages

CAT = ("blobcat", "https://e.example/cat.png")
SHELF = [kept(5, 64, 64, "https://e.example/cat.png")]


def test_custom_emoji_are_pictures_where_they_are_kept():
    root = parse(shown(shelf=SHELF, html="<p>猫 :blobcat: :other: <a href=\"https://a.example/\">:blobcat:</a></p>",
                       name="ねこ:blobcat:", spoiler="x :blobcat:", options=[(1, ":blobcat: 猫")],
                       **{"emojis": [CAT, ("other", "https://e.example/lost.png")], "author.emojis": [CAT]}))
    for name, count in (("p-name", 1), ("p-summary", 1), ("e-content", 2), ("archive-option", 1)):
        found = all_with(all_with(root, name)[-1], "archive-emoji")
        assert [(image.get("alt"), image.get("title")) for image in found] == [(":blobcat:", ":blobcat:")] * count, name
    assert ":other:" in text(one_with(root, "e-content"))


def test_emoji_are_safe_from_an_engines_own():
    fragment = shown(shelf=SHELF, html="<p>:blobcat: :x:</p>", emojis=[CAT])
    assert 'alt="&#58;blobcat&#58;" title="&#58;blobcat&#58;"' in fragment and "&#58;x&#58;" in fragment


@pytest.mark.parametrize("markup", ["<p><code>:blobcat:</code></p>", "<pre><code>:blobcat:</code></pre>", "<p>:blob:cat:</p>", "<p>blobcat:</p>"])
def test_what_is_no_emoji_stays_text(markup):
    assert not list(parse(shown(shelf=SHELF, html=markup, emojis=[CAT])).iter("img"))


def test_another_authors_emoji_are_not_this_ones():
    root = parse(shown(shelf=SHELF, html="<p>:blobcat:</p>", name=":blobcat:", **{"author.emojis": [CAT]}))
    assert len(all_with(root, "archive-emoji")) == 1 and text(one_with(root, "e-content")) == ":blobcat:"


def test_faces_only_when_asked_for():
    shelf = [kept(6, 96, 96, "https://a.example/hana")]
    assert not list(parse(shown(shelf=shelf, avatar="https://a.example/hana")).iter("img"))
    root = parse(shown(shelf=shelf, avatar="https://a.example/hana", more=[*FILES, "avatars"]))
    face = one_with(one_with(root, "h-card"), "u-photo")
    assert face.get("src") == "ssmjp.media/" + named(6) and face.get("alt") == ""


@pytest.mark.parametrize("what", ["fragment", "classes"])
def test_faces_stand_in_the_list_of_people_too(what):
    shelf = [kept(6, 96, 96, "https://a.example/hana")]
    root = parse(shown(what=what, shelf=shelf, avatar="https://a.example/hana", more=[*FILES, "avatars", "people"]))
    people = one_with(root, "archive-people")
    assert [one.get("src") for one in people.iter("img")] == ["ssmjp.media/" + named(6)]
    assert {one.tag for one in people.iter()} <= {"details", "summary", "ul", "li", "p", "img", "a", "strong", "span"}
    assert "archive-faced" not in text(people)


def test_a_pages_picture_is_shown_when_kept():
    root = parse(shown(shelf=[kept(7, 600, 315, "https://c.example/i")],
                       card={"card.url": "https://c.example/", "card.title": "題", "card.image": "https://c.example/i"}))
    image = one_with(one_with(root, "archive-card"), "archive-card-image")
    assert image.get("src") == "ssmjp.media/" + named(7) and not all_with(root, "u-photo")


# Where the files are

@pytest.mark.parametrize("base, wanted", [("", ""), ("a.media/", "a.media/"), ("/a/", "/a/"), ("../a b/", "../a%20b/"), ("運用/", "%E9%81%8B%E7%94%A8/"),
                                          ("{{x}}[y]\"'<>&/", "%7B%7Bx%7D%7D%5By%5D%22%27%3C%3E%26/"),
                                          ("https://m.example/a:b/", "https://m.example/a%3Ab/"), ("http://m.example:8080/", "http://m.example:8080/")])
def test_what_stands_in_front_of_the_names(base, wanted):
    image = one_with(parse(shown(picture(1), more=["media=files", f"base={base}"])), "u-photo")
    assert image.get("src") == wanted + named(1)


@pytest.mark.parametrize("base", ["a", "a:b/", "javascript:alert(1)//", "data:x/", "//evil.example/", "https://", "https:///", "https://a b/",
                                  "https://u@m.example/", "a\nb/", "a?b/", "a#b/", "\\\\evil/", "ftp://m.example/"])
def test_what_may_not_stand_there(base):
    with pytest.raises(subprocess.CalledProcessError):
        shown(picture(1), more=["media=files", f"base={base}"])


def test_the_names_that_are_used_are_told():
    lost = [kept(8, 1, 1, "https://unused.example/")]
    media = [medium for medium, _ in (picture(1), picture(2), picture(1))]
    thread = {**THREAD, "kept": [picture(1)[1], picture(2)[1], *lost]}
    done = run("fragment", thread, [post(HANA, 1, 0, "<p>a</p>", media=media)], *FILES, "used")
    assert set(done.stderr.decode().split()) == {named(1), named(2)}
    assert not run("page", thread, [post(HANA, 1, 0, "<p>a</p>", media=media)], "media=inside", "used").stderr


# Inside a page

def test_a_page_holds_its_pictures():
    page = shown(picture(1), picture(2), what="page", more=["media=inside"])
    for number in (1, 2):
        assert f'src="data:image/png;base64,{base64.b64encode(named(number).encode()).decode()}"' in page
    assert "loading=" not in page and "ssmjp.media" not in page
    assert "img-src data:\"" in page and "default-src 'none'" in page


@pytest.mark.parametrize("size", [0, 1, 2, 3, 3071, 3072, 3073, 100_000])
def test_bytes_come_through_whole(size, tmp_path):
    data = bytes(number * 7 % 256 for number in range(size))
    (tmp_path / "x").write_bytes(data)
    name, width, height, url = picture(1)[1]
    page = shown((picture(1)[0], (name, width, height, f"{url}\t{tmp_path / 'x'}")), what="page", more=["media=inside"])
    assert base64.b64decode(re.search('src="data:image/png;base64,([^"]*)"', page)[1]) == data


def test_a_page_without_kept_pictures_is_as_it_was():
    assert re.sub("; img-src [^;\"]*", "", render("page", more=["media=inside"])) == render("page")


def test_a_page_with_files_lets_them_in():
    assert "img-src 'self' file:\"" in shown(picture(1), what="page")
    assert "img-src https://m.example\"" in shown(picture(1), what="page", more=["media=files", "base=https://m.example/x/"])
    assert "img-src" not in render("page")


def test_memory_does_not_grow_with_the_pictures(tmp_path):
    (tmp_path / "x").write_bytes(b"x" * 1_000_000)
    name, width, height, url = picture(1)[1]
    thread = {**THREAD, "kept": [(name, width, height, f"{url}\t{tmp_path / 'x'}")]}

    def resident(count):
        item = post(HANA, 1, 0, "<p>a</p>", media=[picture(1)[0]] * 4)
        done = run("page", thread, [item], "media=inside", count, ASAN_OPTIONS="quarantine_size_mb=1:detect_leaks=0")
        return int(done.stderr.split()[-2])

    assert resident(20) - resident(2) < 4096


def test_only_a_page_holds_pictures_inside():
    with pytest.raises(subprocess.CalledProcessError):
        shown(picture(1), more=["media=inside"])


def test_the_bytes_are_those_of_the_thread_and_of_what_is_kept():
    media = [{"media": "image", "media.url": "https://pic.example/board.png"}]
    shelf = {"kept": [kept(1, 4, 3, "https://pic.example/board.png")]}
    wanted = render(thread=shelf, items=EVENING + [post(KUMO, 9, 9, "<p>b</p>", media=media)], more=FILES)
    for environment in ({"TZ": "America/New_York"}, {"LC_ALL": "de_DE.UTF-8"}, {"ARCHIVE_NOW": "1"}):
        assert render(thread=shelf, items=EVENING + [post(KUMO, 9, 9, "<p>b</p>", media=media)], more=FILES, **environment) == wanted

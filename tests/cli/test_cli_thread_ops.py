"""archive thread: every operation from a script, told by name, in one step, and taken back."""
import json

import pytest

from made import give, objects, status

pytest_plugins = ["evenings"]
HANA = "https://social.example/@hana/%d"
PICTURES = [{"id": "9", "type": "image", "url": "https://social.example/a.png", "preview_url": None, "remote_url": None,
             "description": words, "meta": {}, "blurhash": None} for words in ("会場の写真", None)]


def at(minute):
    return "2026-10-30T10:%02d:00.000Z" % minute       # 19:00 in Tokyo and so on


@pytest.fixture
def talks(archive):
    """Five posts of the evening, by two people; a thread without any of them."""
    give(archive, status(1, "一 はじまります #ssmjp", at=at(1)), status(2, "二 聞こえません #ssmjp", at=at(10), user="ken", name="けん"),
         status(3, "三 直りました #ssmjp", at=at(20)), status(4, "四 質問です #ssmjp", at=at(30), media_attachments=PICTURES),
         status(5, "五 また来月 #ssmjp", at=at(40), user="ken", name="けん"))
    archive.ok("thread", "new", "night", "--tag", "ssmjp", "--since", "2026-10-30T18:30", "--until", "2026-10-30T22:00",
               "--zone", "Asia/Tokyo")
    return archive


@pytest.fixture
def full(talks):
    talks.ok("thread", "add", "--all")
    return talks


def ask(archive, *words):
    return json.loads(archive.ok("--json", "thread", *words))


def refused(archive, *words, status=2):
    before = archive.ok("--json", "thread", "show", "night"), archive.ok("--json", "thread", "log", "night")
    done = archive.run("thread", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1), done
    assert (archive.ok("--json", "thread", "show", "night"), archive.ok("--json", "thread", "log", "night")) == before
    return done.stderr.removeprefix("archive: ").rstrip("\n")


def outline(archive, slug="night"):
    """The thread in a line: numbers of posts (joined ones behind '+'), titles, notes and addresses."""
    def name(item):
        if item["kind"] == "post":
            return ("+" if item["joined"] else "") + item["post"]["uri"].rsplit("/", 1)[1]
        return item["text"] if item["kind"] != "link" else item["url"]
    return " ".join(name(item) for item in ask(archive, "show", slug)["items"])


def item_of(archive, words):
    [item] = [item for item in ask(archive, "show", "night")["items"] if words in (item.get("text"), item.get("post", {}).get("uri"))
              or words in item.get("post", {}).get("text", "")]
    return item


def post_id(archive, words):
    [post] = objects(archive.ok("--json", "search", "--", words))
    return post["id"]


# which posts

@pytest.mark.parametrize("words, chosen", [
    (["--author", "@ken"], "2 5"), (["--author", "ken@social.example"], "2 5"), (["--author", "はな"], "1 3 4"),
    (["--author", "KEN", "--until", "19:30"], "2"), (["--since", "19:10", "--until", "19:30"], "2 3"),
    (["--since", "2026-10-30T19:30"], "4 5"), (["--search", "質問"], "4"), (["--search", "です", "--author", "ken"], ""),
    (["--all"], "1 2 3 4 5"),
])
def test_posts_are_selected_by_who_when_and_what(talks, words, chosen):
    talks.ok("thread", "add", *words)
    assert outline(talks) == chosen


def test_a_bare_time_is_that_of_the_evening_days_later_too(talks):
    later = {"ARCHIVE_NOW": "1794000000"}
    talks.ok("thread", "add", "--since", "19:10", "--until", "19:15", env=later)
    assert outline(talks) == "2"


def test_a_selection_never_takes_what_was_dropped(talks):
    talks.ok("thread", "drop", "--author", "ken")
    talks.ok("thread", "add", "--all")
    assert outline(talks) == "1 3 4"
    assert [ask(talks, "show")[key] for key in ("chosen", "undecided", "dropped")] == [3, 0, 2]


def test_drop_takes_chosen_ones_too_but_not_with_undecided(full):
    full.ok("thread", "remove", HANA % 1)
    assert full.ok("thread", "drop", "--undecided") == "1 post dropped\n"
    assert outline(full) == "2 3 4 5"
    assert full.ok("thread", "drop", "--author", "ken") == "2 posts dropped\n"
    assert outline(full) == "3 4"


def test_remove_makes_chosen_and_dropped_ones_undecided(full):
    full.ok("thread", "drop", HANA % 1)
    assert full.ok("thread", "remove", HANA % 1, HANA % 3) == "2 items taken away\n"
    assert full.ok("thread", "remove", "--author", "ken") == "2 items taken away\n"
    assert outline(full) == "4"
    assert [ask(full, "show")[key] for key in ("chosen", "undecided", "dropped")] == [1, 4, 0]


def test_what_is_added_somewhere_stands_there_in_the_order_of_the_words(talks):
    talks.ok("thread", "add", HANA % 1, HANA % 3)
    talks.ok("thread", "add", HANA % 4, post_id(talks, "二"), "--after", HANA % 1)
    assert outline(talks) == "1 4 2 3"
    assert [item["fixed"] for item in ask(talks, "show")["items"]] == [False, True, True, False]


# one step, and back

def test_a_command_is_one_step_and_a_name_that_names_nothing_stops_it(full):
    ids = [post_id(full, words) for words in ("一", "三", "五")]
    assert refused(full, "style", "night", ids[0], "aaaaaaaa", "--large", status=1).startswith("no post aaaaaaaa in ")
    assert ask(full, "style", *ids, "--large")["changed"] == 3
    assert [(step["step"], step["op"], step["changes"]) for step in ask(full, "log")] == [(2, "style", 3), (1, "choose", 5)]
    assert ask(full, "undo")["changed"] == 1
    assert {item["emphasis"] for item in ask(full, "show")["items"]} == {"normal"}


def test_undo_says_what_it_took_back_and_how_it_comes_again(full):
    full.ok("thread", "heading", "一つ目")
    full.ok("thread", "drop", "--author", "ken")
    assert full.ok("thread", "undo", "2") == \
        "undone: drop, 2 posts: けん: 二 聞こえません #ssmjp\nundone: heading, 1 change: 一つ目\n" \
        "back again: archive thread redo night 2\n"
    assert outline(full) == "1 2 3 4 5"
    assert [step["undone"] for step in ask(full, "log")] == [True, True, False]
    assert "(undone) drop, 2 posts" in full.ok("thread", "log", "--limit", "1")
    assert full.ok("thread", "redo") == "done again: heading, 1 change: 一つ目\nback again: archive thread undo night\n"
    assert full.ok("thread", "redo", "9").startswith("done again: drop, 2 posts: ")
    assert outline(full) == "1 3 4 一つ目"


def test_nothing_to_undo_or_redo_is_said_and_no_failure(talks):
    assert talks.ok("thread", "undo") == "nothing to undo: no step is in effect\n"
    assert talks.ok("thread", "redo") == "nothing to redo: no step was undone\n"
    assert ask(talks, "undo") == {"slug": "night", "did": "undo", "changed": 0, "steps": []}
    assert (talks.ok("--json", "thread", "log"), talks.run("thread", "log").stderr) == ("[]\n", "nothing was done yet\n")


@pytest.mark.parametrize("word", ["0", "-1", "all", "1x", "99999999999999999999"])
def test_steps_are_counted(talks, word):
    assert refused(talks, "undo", "--", word) == "'%s' is no number of steps, and names no thread: there is night" % word


# places

@pytest.mark.parametrize("place, order", [
    (["--top"], "3 1 2 A 4 5 B"), (["--end"], "1 2 A 4 5 B 3"), (["--after", "#aaa"], "1 2 A 3 4 5 B"), (["--before", "#1"], "1 2 3 A 4 5 B"),
    (["--section", "aaa"], "1 2 A 4 5 3 B"), (["--section", "#2"], "1 2 A 4 5 B 3"), (["--before", HANA % 1], "3 1 2 A 4 5 B"),
])
def test_an_item_moves_to_a_place(full, place, order):
    full.ok("thread", "heading", "B", "--key", "bbb")
    full.ok("thread", "heading", "A", "--key", "aaa", "--before", HANA % 4)
    assert outline(full) == "1 2 3 A 4 5 B"
    assert full.ok("thread", "move", HANA % 3, *place) == "1 item moved\n"    # where it stood: by hand from now on
    assert outline(full) == order


def test_several_move_in_the_order_of_the_words(full):
    full.ok("thread", "move", HANA % 4, HANA % 1, "--end")
    assert outline(full) == "2 3 5 4 1"
    full.ok("thread", "sort")
    assert outline(full) == "1 2 3 4 5"
    assert not any(item["fixed"] for item in ask(full, "show")["items"])


def test_a_section_moves_whole_when_asked(full):
    full.ok("thread", "heading", "A", "--before", HANA % 1)
    full.ok("thread", "heading", "B", "--before", HANA % 4)
    full.ok("thread", "move", "#1", "--whole", "--end")
    assert outline(full) == "B 4 5 A 1 2 3"
    full.ok("thread", "move", "#2", "--top")
    assert outline(full) == "A B 4 5 1 2 3"


@pytest.mark.parametrize("words, sentence", [
    (["move", "night"], "which items? archive thread show night prints their names"),
    (["move", "night", HANA % 1], "where to? --after ITEM, --before ITEM, --section KEY, --top or --end"),
    (["move", "night", HANA % 1, "--top", "--end"], "one place at a time: --after, --before, --section, --top or --end"),
    (["move", "night", HANA % 1, "--after", HANA % 1], "'%s' is among what is moved: it cannot be the place, too" % (HANA % 1)),
    (["edit", "night", HANA % 1, "x"], None), (["style", "night", HANA % 1], None),
    (["style", "night", HANA % 1, "--large", "--small"], "one of --large, --small and --normal"),
    (["style", "night", HANA % 1, "--colour", "pink"], "there is no colour 'pink': red, orange, green, blue, purple, grey or none"),
    (["link", "night", "javascript:alert(1)"], None), (["heading", "night", "x", "--link", "ftp://x.example/"], None),
    (["heading", "night", "x", "--key", "3K!"], None), (["heading", "night", "x", "--label", "y"], None), (["heading", "night", " \t\n"], None),
    (["heading", "night"], "which words? archive thread heading night 'TITLE'"), (["note", "night", "\x1b\x07"], None),
    (["heading", "night", "x", "--starts", "soon"], None), (["join", "night", HANA % 1], None),
    (["join", "night", HANA % 1, HANA % 1], None), (["set", "night"], None), (["set", "night", "--lag", "soon"], None),
    (["set", "night", "--title", ""], "a title cannot be empty"), (["set", "night", "--until", "2026-10-30T18:00"], None),
    (["set", "night", "--tag", "", "--since", "none", "--until", ""], "a thread needs a hashtag or a window: keep one of them"),
    (["add", "night", "--since", "19:30", "--until", "19:00"], "--since 19:30 is not before --until 19:00"),
    (["add", "night", "--author", "@"], "from: wants a handle or a part of a name, as in from:@hana"),
    (["add", "night", "--search", "\""], None), (["show", "night", "--colour", "red"], "archive thread show takes no --colour"),
])
def test_what_cannot_be_is_refused_and_changes_nothing(full, words, sentence):
    assert refused(full, *words) == sentence or sentence is None


# sections, notes, links

def test_a_section_has_all_that_was_told_and_keeps_its_key(full):
    full.ok("thread", "heading", "復旧の話", "--speaker", "@ken", "--link", "https://slides.example/デッキ", "--label", "資料", "--starts", "19:10")
    heading = item_of(full, "復旧の話")
    key = heading.pop("key")
    assert heading == {"id": "i6", "kind": "heading", "section": key, "fixed": False, "text": "復旧の話", "url":
                       "https://slides.example/%E3%83%87%E3%83%83%E3%82%AD", "label": "資料", "speaker": "@ken", "starts_at": "2026-10-30T10:10:00Z"}
    assert outline(full) == "1 復旧の話 2 3 4 5"
    assert [item["section"] for item in ask(full, "show")["items"]] == [None] + 5 * [key]
    assert full.ok("thread", "edit", "#" + key, "障害の話", "--speaker", "", "--starts", "") == "1 item edited\n"
    after = item_of(full, "障害の話")
    assert (after["key"], after["speaker"], after["starts_at"], after["label"]) == (key, None, None, "資料")
    full.ok("thread", "edit", "#1", "--key", "k3f")
    assert item_of(full, "障害の話")["key"] == "k3f"
    assert full.ok("thread", "edit", "#k3f", "--key", "k3f") == "nothing to do: it says that already\n"


def test_a_key_is_taken_once(full):
    full.ok("thread", "heading", "A", "--key", "aaa")
    assert refused(full, "heading", "night", "B", "--key", "aaa") == "another section has the key 'aaa': choose another key"
    assert outline(full) == "1 2 3 4 5 A"


def test_notes_and_links_have_names_of_their_own(full):
    assert full.ok("thread", "note", "会場から\n\x1b[31m質問", "--after", HANA % 1) == "note i6 is there\n"
    assert full.ok("thread", "link", "https://x.example/", "--label", "資料", "--top") == "link i7 is there\n"
    assert outline(full) == "https://x.example/ 1 会場から\n[31m質問 2 3 4 5"
    full.ok("thread", "edit", "i6", "静か")
    full.ok("thread", "edit", "i7", "スライド", "--link", "https://y.example/")
    full.ok("thread", "style", "i6", "--small", "--colour", "grey")
    assert [(item["text"], item.get("url"), item.get("colour")) for item in ask(full, "show")["items"] if item["kind"] != "post"] == \
        [("スライド", "https://y.example/", None), ("静か", None, "grey")]
    assert full.ok("thread", "remove", "i6", "i7") == "2 items taken away\n"
    assert refused(full, "edit", "night", "i6", "x", status=1) == "there is no item i6 in night: archive thread show prints their names"


def test_a_sections_name_that_is_none_is_told_with_those_that_are(full):
    assert refused(full, "sort", "night", "--section", "k3f", status=1) == \
        "there is no section '#k3f' in night: archive thread heading makes one"
    full.ok("thread", "heading", "A", "--key", "aaa")
    assert refused(full, "move", "night", "#k3f", "--top", status=1) == "there is no section '#k3f' in night: there is #aaa"
    assert refused(full, "add", "night", "#aaa") == "#aaa is a heading, not a post"


# styles, pictures, cards

def test_size_and_colour_are_set_apart(full):
    full.ok("thread", "style", HANA % 1, "--large", "--colour", "red")
    full.ok("thread", "style", HANA % 1, "--small")
    item = item_of(full, "一")
    assert (item["emphasis"], item["colour"]) == ("small", "red")
    full.ok("thread", "style", HANA % 1, "--normal", "--colour", "none")
    assert full.ok("thread", "style", HANA % 1, "--normal", "--colour", "none") == "nothing to do: it looks so already\n"


def test_a_picture_without_words_gets_the_curators(full):
    assert full.ok("thread", "alt", HANA % 4, "2", "ホワイトボード\nの図") == "1 picture described\n"
    assert item_of(full, "四")["alt"] == [None, "ホワイトボード の図"]
    assert "[image, in your words: ホワイトボード の図]" in full.ok("thread", "show")
    full.ok("thread", "alt", HANA % 4, "2", "")
    assert item_of(full, "四")["alt"] == []


@pytest.mark.parametrize("words, sentence", [
    ([HANA % 4, "1", "x"], "picture 1 of %s has its author's words, and they stay"), ([HANA % 4, "3", "x"], "%s has no picture 3: the last is 2"),
    ([HANA % 1, "1", "x"], "%s has no picture"), ([HANA % 4, "0", "x"], "'0' is no picture's number: the first is 1"),
])
def test_a_picture_that_is_none_is_told(full, words, sentence):
    post = post_id(full, "四" if words[0] == HANA % 4 else "一")
    assert refused(full, "alt", "night", *words) == (sentence % post if "%" in sentence else sentence)


def test_cross_posts_stand_on_one_card_and_go_with_their_post(full):
    full.ok("thread", "remove", post_id(full, "五"))
    assert full.ok("thread", "join", HANA % 1, HANA % 3, post_id(full, "五")) == "3 posts on one card\n"
    assert outline(full) == "1 +3 +5 2 4"
    assert full.ok("thread", "join", HANA % 1, HANA % 3) == "nothing to do: they are on one card already\n"
    full.ok("thread", "move", HANA % 1, "--end")
    assert outline(full) == "2 4 1 +3 +5"
    full.ok("thread", "part", post_id(full, "五"))
    assert outline(full) == "2 4 1 +3 5"


# the thread itself

def test_settings_change_and_come_back(talks):
    talks.ok("thread", "new", "other", "--tag", "ops")
    assert talks.ok("thread", "set", "night", "--slug", "Ｙｏｒｕ", "--title", "夜", "--tag", "ops", "--tag", "ssmjp", "--since", "none",
                    "--until", "2026-10-31", "--zone", "Europe/Paris", "--lang", "ja", "--lag", "2m") == "thread yoru is changed\n"
    thread = ask(talks, "show", "yoru")
    assert [thread[key] for key in ("slug", "title", "tags", "lang", "zone", "lag_seconds", "window")] == \
        ["yoru", "夜", ["ops", "ssmjp"], "ja", "Europe/Paris", 120, {"since": None, "until": "2026-10-31T23:00:00Z"}]
    done = talks.run("thread", "set", "yoru", "--slug", "other")
    assert (done.returncode, done.stderr) == (2, "archive: there is a thread 'other' already: choose another name\n")
    assert talks.ok("thread", "undo", "yoru").endswith("\nback again: archive thread redo night\n")
    assert ask(talks, "show", "night")["title"] == "#ssmjp"


def test_a_thread_says_by_whom_it_is_and_what_it_is_about(full):
    full.ok("thread", "set", "--curator", " はな\n@hana ", "--description", "復元の夜。\n二部制")
    thread = ask(full, "show")
    assert (thread["curator"], thread["description"]) == ("はな @hana", "復元の夜。\n二部制")
    dump = full.ok("edit", "--dump")
    assert "\ndescription: 復元の夜。\\n二部制\ncurator: はな @hana\n" in dump
    full.ok("thread", "set", "--curator", "", "--description", "")
    assert (ask(full, "show")["curator"], ask(full, "show")["description"]) == (None, None)
    (full.home / "sheet").write_text(dump)
    full.ok("edit", "--load", str(full.home / "sheet"))
    assert ask(full, "show")["curator"] == "はな @hana"
    full.ok("thread", "undo")
    assert ask(full, "show")["curator"] is None


def test_the_curator_of_a_new_thread_is_that_of_the_configuration(full):
    folder = full.home / "config.ini"
    folder.write_text("[archive]\ncurator = 幹事のかな\n")
    for name, words in (("mine", []), ("theirs", ["--curator", "Lena"]), ("nobodys", ["--curator", ""])):
        full.ok("thread", "new", name, "--tag", "ssmjp", *words, "--config", str(folder))
    assert [ask(full, "show", name)["curator"] for name in ("mine", "theirs", "nobodys")] == ["幹事のかな", "Lena", None]


# which thread

def test_the_first_word_is_the_thread_if_there_is_one_of_that_name(full):
    full.ok("thread", "note", "other")
    full.ok("thread", "new", "other", "--tag", "ssmjp")
    full.ok("thread", "note", "other", "こちら")
    assert (outline(full), outline(full, "other")) == ("1 2 3 4 5 other", "こちら")
    assert refused(full, "note", "other") == "which words? archive thread note other 'TEXT'"
    assert refused(full, "add", HANA % 1) in ("which thread? There are other, night", "which thread? There are night, other")


def test_a_mistyped_thread_is_not_taken_for_a_post(full):
    assert refused(full, "style", "nihgt", HANA % 1, "--large", status=1) == \
        "'nihgt' names no thread (there is night), and no post in %s: a post is named by its short id or its address" % full.store
    assert refused(full, "heading", "nihgt", "題") == "'題' is a word too many, or 'nihgt' should name a thread: there is night"


def test_a_name_that_could_be_an_item_and_a_post_is_refused(archive):
    """Of some thousand posts one has a short id that begins as an item's name."""
    give(archive, *[status(n, "投稿 #ssmjp") for n in range(5000)])
    shorts = [post["id"] for post in objects(archive.ok("--json", "search", "--limit", "6000"))]
    twice = [short for short in shorts if short[0] == "i" and short[1:4].isdigit() and sum(s[:4] == short[:4] for s in shorts) == 1][0][:4]
    archive.ok("thread", "new", "night", "--tag", "ssmjp")
    archive.ok("thread", "add", "--all")
    assert refused(archive, "style", "night", twice, "--large").startswith("%s could be an item and a post" % twice)


# shown

def test_the_thread_as_it_is_read(full):
    full.ok("thread", "heading", "復旧の話", "--speaker", "@ken", "--link", "https://slides.example/deck", "--starts", "19:19", "--key", "k3f")
    full.ok("thread", "style", HANA % 3, "--large", "--colour", "red")
    full.ok("thread", "join", HANA % 3, HANA % 4)
    full.ok("thread", "note", "会場は静か")
    full.ok("thread", "drop", HANA % 1)
    two, three, four, five = [post_id(full, words) for words in "二三四五"]
    assert full.ok("thread", "show") == """\
#ssmjp
night #ssmjp, 2026-10-30 18:30 to 22:00, Asia/Tokyo

2026-10-30
%s  19:10  Mastodon  けん @ken@social.example
  二 聞こえません #ssmjp

## 復旧の話
  #k3f  19:19  @ken  3 posts 19:20-19:40
  https://slides.example/deck
%s  19:20  Mastodon  はな @hana@social.example
  (large red, at a border) 三 直りました #ssmjp
  + %s  19:30  Mastodon  はな @hana@social.example
    四 質問です #ssmjp…
%s  19:40  Mastodon  けん @ken@social.example
  五 また来月 #ssmjp
i7  note
  会場は静か

4 posts in 1 section; 0 undecided, 1 dropped
""" % (two, three, four, five)


def test_posts_near_any_talks_beginning_stand_at_a_border(full):
    """Whatever order the talks stand in; three minutes are near, and the lag counts."""
    for time, title in (("19:43", "c"), ("19:13", "a"), ("19:26", "b")):
        full.ok("thread", "heading", title, "--starts", time, "--end")

    def at_border():
        return [item["post"]["text"].split()[0] for item in ask(full, "show")["items"] if item["kind"] == "post" and item["border"]]

    assert at_border() == ["二", "五"]
    full.ok("thread", "set", "--lag", "1m")
    assert at_border() == ["四"]
    full.ok("thread", "set", "--lag", "7m")
    assert at_border() == ["三", "四"]


def test_what_is_gone_or_unlisted_is_marked(talks):
    give(talks, status(8, "八 #ssmjp", at=at(50), visibility="unlisted"))
    talks.ok("thread", "add", "--all")
    assert "八" not in talks.ok("thread", "show")
    talks.ok("thread", "add", "--all", "--unlisted")
    assert "\n  (unlisted) 八 #ssmjp\n" in talks.ok("thread", "show")


def test_the_newest_thread_is_listed_first(talks):
    later = {"ARCHIVE_NOW": "1794000000"}
    talks.ok("thread", "new", "later", "--tag", "ops", env=later)
    assert [row["slug"] for row in ask(talks, "list")] == ["later", "night"]
    talks.ok("thread", "add", "night", "--all", env={"ARCHIVE_NOW": "1794000060"})
    assert [row["slug"] for row in ask(talks, "list")] == ["night", "later"]


def test_quiet_says_nothing(full):
    for words in (["heading", "A"], ["note", "x"], ["move", HANA % 1, "--end"], ["undo"], ["redo"], ["set", "--lag", "2m"], ["drop", HANA % 1]):
        assert full.ok("--quiet", "thread", *words) == ""

"""archive thread: made, listed, shown, filled and emptied, under names as people type them."""
import pytest

from made import give, objects, status

pytest_plugins = ["evenings"]


def refused(archive, *words, status=2):
    done = archive.run("thread", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1)
    return done.stderr.removeprefix("archive: ").rstrip("\n")


def items(archive, *words):
    """The last parts of the uris of a thread's posts, in its order."""
    [thread] = objects(archive.ok("--json", "thread", "show", *words))
    return [item["post"]["uri"].rsplit("/", 1)[1] for item in thread["items"]]


@pytest.fixture
def four(archive):
    """Four posts of the tag, imported newest first, an unlisted one and one without the tag among them; a thread of none."""
    give(archive, status(4, "四 #ssmjp", at="2026-10-30T13:00:00.000Z"),
         status(3, "三 #ssmjp", at="2026-10-30T12:00:00.000Z", visibility="unlisted"),
         status(2, "二 #ops", at="2026-10-30T11:00:00.000Z", tags=("ops",)),
         status(1, "一 #ssmjp", at="2026-10-30T10:00:00.000Z"))
    archive.ok("thread", "new", "night", "--tag", "ssmjp")
    return archive


# names of threads

@pytest.mark.parametrize("typed, slug", [
    ("ssmjp-2026-10", "ssmjp-2026-10"), ("SSMJP", "ssmjp"), ("ＳＳＭＪＰ－１", "ssmjp-1"), ("夜の勉強会", "夜の勉強会"), ("ﾃｰﾌﾟ", "テープ"),
    ("a  b__c", "a-b-c"), ("--x--", "x"), ("Été 2026!", "été-2026"),
])
def test_a_slug_is_folded_from_what_is_typed(archive, typed, slug):
    out = archive.ok("thread", "new", "--tag", "ssmjp", "--", typed)
    assert out == "thread %s is there\nnext: archive thread add %s --all\n" % (slug, slug)
    assert objects(archive.ok("--json", "thread", "show", "--", typed))[0]["slug"] == slug


@pytest.mark.parametrize("typed", ["", "---", "！？", "🍺", " "])
def test_a_slug_needs_a_letter_or_a_digit(archive, typed):
    assert refused(archive, "new", "--tag", "x", "--", typed) == \
        "'%s' cannot name a thread: it takes letters or digits, such as ssmjp-2017-06" % typed
    assert not archive.store.exists()


def test_a_slug_of_more_than_64_bytes_is_refused(archive):
    archive.ok("thread", "new", "あ" * 21, "--tag", "x")
    assert refused(archive, "new", "あ" * 22, "--tag", "x").endswith(" is too long to name a thread: at most 64 bytes")


def test_a_slug_that_is_taken_is_refused_in_any_spelling(four):
    assert refused(four, "new", "ＮＩＧＨＴ", "--tag", "x") == "there is a thread 'night' already: choose another name"


def test_a_thread_without_a_name_is_asked_for_one(archive):
    assert refused(archive, "new") == "which name? archive thread new ssmjp-2017-06 --tag ssmjp"


def test_a_thread_wants_a_tag_or_a_window(archive):
    assert refused(archive, "new", "x") == "a thread needs a hashtag or a window: --tag TAG, or --since TIME and --until TIME"


def test_the_thread_that_is_not_there_is_told_with_those_that_are(four):
    assert refused(four, "show", "nihgt", status=1) == "there is no thread 'nihgt': there is night"


# what a thread is

def test_a_new_thread_in_json(archive):
    assert objects(archive.ok("--json", "thread", "new", "x", "--tag", "ssmjp")) == [{"slug": "x", "created": 1}]


def test_show_in_json_has_these_fields(four):
    four.ok("thread", "new", "evening", "--title", "夜会 #2", "--tag", "＃ＳＳＭＪＰ", "--tag", "#ops", "--since", "2026-10-30T18:30",
            "--until", "2026-10-30T22:00", "--zone", "Asia/Tokyo", "--lang", "en")
    four.ok("thread", "add", "evening", "--all")
    [thread] = objects(four.ok("--json", "thread", "show", "evening"))
    [post] = objects(four.ok("--json", "search", "--", "一"))
    del post["files"]
    same = {"kind": "post", "section": None, "fixed": False, "emphasis": "normal", "colour": None, "joined": False, "border": False, "alt": []}
    assert list(thread) == ["slug", "title", "description", "curator", "tags", "lang", "zone", "lag_seconds", "window", "chosen",
                            "undecided", "dropped", "items"]
    assert thread == {"slug": "evening", "title": "夜会 #2", "description": None, "curator": None, "tags": ["ssmjp", "ops"], "lang": "en", "zone": "Asia/Tokyo",
                      "window": {"since": "2026-10-30T09:30:00Z", "until": "2026-10-30T13:00:00Z"},
                      "lag_seconds": 0, "chosen": 2, "undecided": 1, "dropped": 0,
                      "items": [{"id": "i1", **same, "post": post}, {"id": "i2", **same, "post": thread["items"][1]["post"]}]}


def test_without_options_zone_language_and_title_are_ones_own(archive):
    archive.ok("thread", "new", "x", "--tag", "ssmjp", env={"TZ": "Europe/Paris", "LC_ALL": "ja_JP.UTF-8"})
    archive.ok("thread", "new", "y", "--since", "2026-10-30")
    [x], [y] = objects(archive.ok("--json", "thread", "show", "x")), objects(archive.ok("--json", "thread", "show", "y"))
    assert (x["zone"], x["lang"], x["title"]) == ("Europe/Paris", "ja", "#ssmjp")
    assert (y["zone"], y["lang"], y["title"]) == ("Asia/Tokyo", "en", "y")


def test_a_window_is_read_in_the_threads_zone(archive):
    archive.ok("thread", "new", "x", "--since", "2026-10-30T18:30", "--until", "2026-10-30", "--zone", "America/New_York")
    [thread] = objects(archive.ok("--json", "thread", "show"))
    assert thread["window"] == {"since": "2026-10-30T22:30:00Z", "until": "2026-10-31T04:00:00Z"}


@pytest.mark.parametrize("words, sentence", [
    (["--zone", "Asia/Tokio"], "there is no zone 'Asia/Tokio': Asia/Tokyo and UTC are such names"),
    (["--lang", "fr"], "a thread's own words are in ja or en, not in 'fr'"),
    (["--tag", "#!"], "'#!' is no hashtag: it cannot hold '!'"),
    (["--since", "soon"], "'soon' is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h"),
    (["--since", "2026-10-31", "--until", "2026-10-30"], "--since 2026-10-31 is not before --until 2026-10-30"),
])
def test_a_value_that_is_not_understood_makes_no_thread(archive, words, sentence):
    assert refused(archive, "new", "x", "--tag", "y", *words) == sentence
    assert not archive.store.exists()


def test_the_list_in_text_and_in_json(four):
    four.ok("thread", "add", "night", "--all")
    four.ok("thread", "new", "later", "--tag", "ssmjp", "--since", "2026-10-30T20:30", "--title", "二次会")
    assert sorted(four.ok("thread", "list").splitlines()) == ["2026-10-30 23:00  later  0 of 2 chosen  二次会",
                                                              "2026-10-30 23:00  night  2 of 3 chosen  #ssmjp"]
    rows = {row["slug"]: row for row in objects(four.ok("--json", "thread", "list"))[0]}
    assert list(rows["night"]) == ["slug", "title", "description", "curator", "tags", "lang", "zone", "lag_seconds", "window", "items", "candidates", "chosen", "dropped", "changed"]
    assert (rows["night"]["items"], rows["night"]["candidates"], rows["later"]["items"]) == (2, 3, 0)
    assert (rows["night"]["chosen"], rows["night"]["dropped"], rows["later"]["chosen"]) == (2, 0, 0)
    assert rows["night"]["changed"] == "2026-10-30T14:00:00Z"


def test_a_list_of_nothing_says_what_makes_a_thread(archive):
    give(archive, status(1))
    done = archive.run("thread", "list")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "there is no thread yet: archive thread new SLUG --tag TAG makes one\n"
    assert archive.ok("--json", "thread", "list") == "[]\n"


# its posts

def test_add_all_chooses_the_candidates_in_order_of_time(four):
    assert four.ok("thread", "add", "night", "--all") == \
        "2 posts chosen\nnext: archive export night --as page -o night.html\n"
    assert items(four) == ["1", "4"]


def test_add_all_takes_unlisted_ones_only_when_asked(four):
    assert four.ok("thread", "add", "night", "--all", "--unlisted").startswith("3 posts chosen\n")
    assert items(four) == ["1", "3", "4"]


def test_add_all_again_adds_what_is_new(four):
    four.ok("thread", "add", "night", "--all")
    assert four.ok("thread", "add", "night", "--all") == "nothing to do: no candidate that is meant is left undecided\n"
    give(four, status(5, "五 #ssmjp", at="2026-10-30T10:30:00.000Z"))
    assert four.ok("thread", "add", "night", "--all").startswith("1 post chosen\n")
    assert items(four) == ["1", "5", "4"]


def test_what_was_removed_is_a_candidate_again(four):
    four.ok("thread", "add", "night", "--all")
    assert four.ok("thread", "remove", "night", "https://social.example/@hana/1") == "1 item taken away\n"
    assert items(four) == ["4"]
    assert four.ok("thread", "add", "night", "--all").startswith("1 post chosen\n")


def test_a_post_that_is_no_candidate_may_be_added_by_name(four):
    four.ok("thread", "add", "night", "https://social.example/@hana/4", "https://social.example/@hana/2")
    assert items(four) == ["2", "4"]


def test_a_post_is_chosen_once(four):
    name = "https://social.example/@hana/1"
    [post] = objects(four.ok("--json", "search", "--", "一"))
    item = {"id": "i1", "kind": "post", "post": post["id"], "key": None}
    assert objects(four.ok("--json", "thread", "add", "night", name, name)) == \
        [{"slug": "night", "did": "add", "changed": 1, "step": 1, "items": [item]}]
    assert objects(four.ok("--json", "thread", "add", "night", name)) == \
        [{"slug": "night", "did": "add", "changed": 0, "step": None, "items": [item]}]
    assert items(four) == ["1"]


def test_removing_in_json(four):
    four.ok("thread", "add", "night", "--all")
    name = "https://social.example/@hana/1"
    assert objects(four.ok("--json", "thread", "remove", "night", name)) == \
        [{"slug": "night", "did": "remove", "changed": 1, "step": 2, "items": []}]
    assert objects(four.ok("--json", "thread", "remove", "night", name)) == \
        [{"slug": "night", "did": "remove", "changed": 0, "step": None, "items": []}]


@pytest.mark.parametrize("spell", [
    lambda post: post["id"], lambda post: post["id"][:4], lambda post: post["id"].upper(), lambda post: post["uri"],
    lambda post: post["url"], lambda post: post["url"] + "/", lambda post: post["url"] + "?s=20&t=x", lambda post: post["url"] + "#m",
    lambda post: post["url"].replace("https:", "http:"), lambda post: post["url"].replace("https://s", "https://S"),
], ids=["short id", "four characters", "capitals", "uri", "url", "slash", "query", "fragment", "http", "host in capitals"])
def test_a_mastodon_post_by_any_of_its_names(four, spell):
    [post] = objects(four.ok("--json", "search", "--", "一"))
    four.ok("thread", "add", "night", spell(post))
    assert items(four) == ["1"]


@pytest.mark.parametrize("form", [
    "https://x.com/%s/status/%s", "https://twitter.com/%s/status/%s", "https://mobile.twitter.com/%s/status/%s",
    "https://www.twitter.com/%s/status/%s/", "https://x.com/%s/status/%s?s=20", "https://x.com/%s/status/%s/photo/1",
    "https://twitter.com/%s/statuses/%s", "https://x.com/i/web/status/%.0s%s", "https://x.com/i/status/%.0s%s",
    "https://x.com/SomebodyRenamed_x/status/%.0s%s",
])
def test_an_x_post_in_any_spelling_of_its_address(night, form):
    night.ok("thread", "new", "x", "--tag", "ssmjp")
    [post] = objects(night.ok("--json", "search", "ホワイトボードの図"))
    assert post["network"] == "x"
    handle, number = post["url"].split("/")[3], post["uri"].rsplit("/", 1)[1]
    night.ok("thread", "add", "x", form % (handle, number))
    assert items(night) == [number]


def test_a_name_that_names_nothing_stops_before_anything_is_changed(four):
    sentence = refused(four, "add", "night", "https://social.example/@hana/1", "aaaaaaaa", status=1)
    assert sentence == "no post aaaaaaaa in %s: give its address, or its short id as archive search prints it" % four.store
    assert items(four) == []


def test_three_characters_are_too_few(four):
    [post] = objects(four.ok("--json", "search", "--", "一"))
    assert refused(four, "add", "night", post["id"][:3], status=1).startswith("no post %s in " % post["id"][:3])


def test_an_ambiguous_name_says_so_and_changes_nothing(archive):
    """Some two of a thousand posts begin with the same four characters; these do."""
    posts = [status(n, "投稿 #ssmjp") for n in range(3000)]
    give(archive, *posts)
    archive.ok("thread", "new", "night", "--tag", "ssmjp")
    short = [post["id"][:4] for post in objects(archive.ok("--json", "search", "--limit", "5000"))]
    twice = [name for name in short if short.count(name) == 2][0]
    assert refused(archive, "add", "night", twice) == \
        "%s could be any of 2 posts: give more of its short id" % twice
    assert items(archive) == []


@pytest.mark.parametrize("words, sentence", [
    (["add", "night"], "which posts? Name them, or select them by --all, --author, --since, --until or --search"),
    (["remove", "night"], "which items? Name them, or select them by --all, --author, --since, --until or --search"),
    (["add", "night", "abcd", "--all"], "either names or a selection: 'abcd' is beside options that select"),
])
def test_which_posts_has_to_be_said(four, words, sentence):
    assert refused(four, *words) == sentence


# the only thread needs no name

def test_the_only_thread_needs_no_name(four):
    four.ok("thread", "add", "--all")
    assert items(four) == ["1", "4"]
    assert "<h3" in four.ok("export")


def test_of_several_threads_one_has_to_be_named(four):
    four.ok("thread", "new", "second", "--tag", "ssmjp")
    for words in (["thread", "show"], ["export"], ["thread", "add", "--all"]):
        done = four.run(*words)
        assert (done.returncode, done.stdout) == (2, "") and "night" in done.stderr and "second" in done.stderr


def test_of_no_thread_none_can_be_taken(archive):
    give(archive, status(1))
    done = archive.run("export")
    assert (done.returncode, done.stdout) == (1, "") and "archive thread new" in done.stderr


# what is shown

def test_an_empty_thread_says_what_fills_it(four):
    done = four.run("thread", "show")
    assert (done.returncode, done.stdout) == (0, "#ssmjp\nnight #ssmjp, Asia/Tokyo\n\n0 posts; 3 undecided, 0 dropped\n")
    assert done.stderr == "no post is chosen yet: archive thread add night --all chooses every candidate\n"


def test_a_thread_is_shown_in_its_own_zone(four):
    four.ok("thread", "new", "paris", "--tag", "ops", "--zone", "Europe/Paris")
    four.ok("thread", "add", "paris", "--all")
    [post] = objects(four.ok("--json", "search", "--", "二"))
    assert four.ok("thread", "show", "paris") == \
        "#ops\nparis #ops, Europe/Paris\n\n2026-10-30\n" \
        "%s  12:00  Mastodon  はな @hana@social.example\n  二 #ops\n\n1 post; 0 undecided, 0 dropped\n" % post["id"]


def test_quiet_says_nothing_of_what_was_done(archive):
    give(archive, status(1))
    for words in (["new", "x", "--tag", "ssmjp"], ["add", "x", "--all"], ["remove", "x", "https://social.example/@hana/1"]):
        done = archive.run("--quiet", "thread", *words)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

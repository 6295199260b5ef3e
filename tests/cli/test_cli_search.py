"""archive search: what is found, in which order, and what is printed of it."""
import json
import subprocess

import pytest

from made import LISTED, give, objects, status
from terminals import shown

pytest_plugins = ["evenings"]

KEYS = ["id", "uri", "url", "network", "author", "created_at", "text", "html", "spoiler", "lang", "tags", "media", "reply_to",
        "quote_of", "visibility", "gone", "files"]


def found(archive, *words):
    return objects(archive.ok("--json", "search", *words))


def names(archive, *words):
    """The last parts of the uris that are found."""
    return [post["uri"].rsplit("/", 1)[1] for post in found(archive, *words)]


@pytest.fixture
def four(archive):
    """Four posts, 1 to 4, an hour apart from 19:00 on in Tokyo."""
    give(archive, status(1, "証明書の自動更新 #ssmjp", at="2026-10-30T10:00:00.000Z"),
         status(2, "復旧しました、Nginxを再読み込み #ssmjp", at="2026-10-30T11:00:00.000Z", user="mizuno", name="水野 そら"),
         status(3, "nginxの設定 disk full #ops", at="2026-10-30T12:00:00.000Z", tags=("ops",)),
         status(4, "乾杯🍺 full disk #ssmjp #打ち上げ", at="2026-10-30T13:00:00.000Z", tags=("ssmjp", "打ち上げ"),
                visibility="unlisted"))
    return archive


@pytest.mark.parametrize("words, expected", [
    (["復旧"], ["2"]),
    (["自動更新"], ["1"]),
    (["動更"], ["1"]),
    (["書"], ["1"]),
    (["更"], ["1"]),
    (["杯"], ["4"]),
    (["🍺"], ["4"]),
    (["nginx"], ["3", "2"]),
    (["ＮＧＩＮＸ"], ["3", "2"]),
    (["ngin"], []),
    (["ngin*"], ["3", "2"]),
    (["disk"], ["4", "3"]),
    (["full", "disk"], ["4", "3"]),
    (["full disk"], ["4", "3"]),
    (['"full disk"'], ["4"]),
    (["full", "乾杯"], ["4"]),
    (["full", "復旧"], []),
    (["--", "disk", "-乾杯"], ["3"]),
    (["--", "nginx", "-設定"], ["2"]),
    (["--", "disk", "-nothing"], ["4", "3"]),
    (["--", "-disk"], ["2", "1"]),
    ([], ["4", "3", "2", "1"]),
])
def test_words_find_what_they_should_newest_first(four, words, expected):
    assert names(four, *words) == expected


@pytest.mark.parametrize("words", [["。"], ['""'], ["*"]])
def test_words_that_name_nothing_are_misused(four, words):
    done = four.run("search", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("words", ['" OR 1', "NEAR(a b)", "text:full", "full AND disk", "a^b", "{x}", "(full", "'; DROP TABLE post;--"])
def test_nothing_in_words_is_a_language_of_the_index(four, words):
    done = four.run("--json", "search", "--", words)
    assert done.returncode in (0, 2) and "fts5" not in done.stderr and "syntax" not in done.stderr


@pytest.mark.parametrize("tags, expected", [
    (["ssmjp"], ["4", "2", "1"]),
    (["＃ＳＳＭＪＰ"], ["4", "2", "1"]),
    (["#打ち上げ"], ["4"]),
    (["ops", "打ち上げ"], ["4", "3"]),
    (["nobody"], []),
])
def test_a_tag_chooses(four, tags, expected):
    assert names(four, *[word for tag in tags for word in ("--tag", tag)]) == expected


@pytest.mark.parametrize("author, expected", [
    ("mizuno", ["2"]), ("@mizuno", ["2"]), ("@mizuno@social.example", ["2"]), ("mizuno@social.example", ["2"]), ("MIZUNO", ["2"]),
    ("水野", ["2"]), ("そら", ["2"]), ("hana", ["4", "3", "1"]), ("mizu", []), ("%", []), ("_izuno", []),
])
def test_an_author_is_named_by_handle_or_a_part_of_the_name(four, author, expected):
    assert names(four, "--author", author) == expected


def test_a_network_chooses(night):
    assert {post["network"] for post in found(night, "--network", "x", "--limit", "1000")} == {"x"}
    sizes = [len(found(night, "--network", name, "--limit", "1000")) for name in ("x", "bluesky", "mastodon", "misskey")]
    assert sizes[:2] == [52, 37] and sum(sizes) == LISTED and min(sizes) > 30


def test_a_network_that_nobody_spoke_on_is_empty(four):
    assert found(four, "--network", "bluesky") == []


@pytest.mark.parametrize("words, expected", [
    (["--since", "2026-10-30T20:00"], ["4", "3", "2"]),
    (["--until", "2026-10-30T20:00"], ["1"]),
    (["--since", "2026-10-30T20:00", "--until", "2026-10-30T21:00"], ["2"]),
    (["--since", "2026-10-30T11:00Z"], ["4", "3", "2"]),
    (["--since", "2026-10-30T13:00+02:00"], ["4", "3", "2"]),
    (["--since", "20:00", "--until", "22:00"], ["3", "2"]),
    (["--since", "-2h"], ["4", "3"]),
    (["--since", "-120m"], ["4", "3"]),
    (["--since", "today"], ["4", "3", "2", "1"]),
    (["--until", "2026-10-30"], ["4", "3", "2", "1"]),
    (["--until", "2026-10-29"], []),
    (["--since", "yesterday", "--until", "yesterday"], []),
    (["--until", "yesterday"], []),
])
def test_a_window_takes_in_its_beginning_and_not_its_end(four, words, expected):
    """It is 23:00 in Tokyo."""
    assert names(four, *words) == expected


def test_times_are_those_of_the_users_zone(four):
    out = objects(four.ok("--json", "search", "--since", "20:00", "--until", "22:00", env={"TZ": "UTC"}))
    assert out == []
    out = objects(four.ok("--json", "search", "--since", "11:00", "--until", "13:00", env={"TZ": "UTC"}))
    assert [post["uri"][-1] for post in out] == ["3", "2"]


@pytest.mark.parametrize("words, sentence", [
    (["--since", "19:61"], "'19:61' is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h"),
    (["--until", "2026-02-30"], "'2026-02-30' is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h"),
    (["--since", ""], "'' is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h"),
    (["--since", "2026-10-31", "--until", "2026-10-30T12:00"], "--since 2026-10-31 is not before --until 2026-10-30T12:00"),
    (["--limit", "x"], "--limit wants a whole number of at least 1, not 'x'"),
    (["--limit", "0"], "--limit wants a whole number of at least 1, not '0'"),
    (["--limit", "-1"], "--limit wants a whole number of at least 1, not '-1'"),
    (["--limit", "99999999999999999999"], "--limit wants a whole number of at least 1, not '99999999999999999999'"),
    (["--network", "foo"], "network:foo: take x, mastodon, bluesky or misskey"),
    (["--tag", "#"], "'#' names no hashtag: try #ssmjp"),
])
def test_a_value_that_is_not_understood_is_said(four, words, sentence):
    done = four.run("search", *words)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: %s\n" % sentence)


def test_fifty_are_listed_unless_said_otherwise(night):
    assert len(found(night)) == 50
    assert len(found(night, "--limit", "3")) == 3
    assert len(found(night, "--limit", "1000")) == LISTED


def test_the_newest_come_first(night):
    times = [post["created_at"] for post in found(night, "--limit", "1000")]
    assert times == sorted(times, reverse=True)


def test_nothing_found_is_said_and_no_failure(four):
    done = four.run("search", "夜景")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "nothing found\n")


@pytest.mark.parametrize("option", ["--json", "--quiet"])
def test_nothing_found_is_silent_for_scripts(four, option):
    done = four.run(option, "search", "夜景")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_post_in_json_has_these_fields_in_this_order(four):
    [post] = found(four, "乾杯")
    assert list(post) == KEYS
    assert post == {
        "id": post["id"],
        "uri": "https://social.example/users/hana/statuses/4",
        "url": "https://social.example/@hana/4",
        "network": "mastodon",
        "author": {"handle": "@hana@social.example", "name": "はな", "url": "https://social.example/@hana"},
        "created_at": "2026-10-30T13:00:00Z",
        "text": "乾杯🍺 full disk #ssmjp #打ち上げ",
        "html": "<p>乾杯🍺 full disk #ssmjp #打ち上げ</p>",
        "spoiler": None,
        "lang": "ja",
        "tags": ["ssmjp", "打ち上げ"],
        "media": [],
        "reply_to": None,
        "quote_of": None,
        "visibility": "unlisted",
        "gone": False,
        "files": post["files"],
    }
    [file] = post["files"]
    assert list(file) == ["name", "source", "place"] and file["name"] == "standard input"
    assert file["source"].startswith("file:") and len(file["source"]) == 69


def test_every_post_in_json_has_fields_of_one_type(night):
    text_or_null = (str, type(None))
    for post in found(night, "--limit", "1000"):
        assert list(post) == KEYS
        assert all(isinstance(post[key], str) for key in ("id", "uri", "network", "created_at", "text", "html", "visibility"))
        assert all(isinstance(post[key], text_or_null) for key in ("url", "spoiler", "lang", "reply_to", "quote_of"))
        assert list(post["author"]) == ["handle", "name", "url"]
        assert len(post["id"]) == 8 and set(post["id"]) <= set("abcdefghijklmnopqrstuvwxyz234567")
        assert all(isinstance(tag, str) for tag in post["tags"]) and post["gone"] is False and post["files"] == []
        for media in post["media"]:
            assert list(media) == ["kind", "url", "preview", "alt", "width", "height"]


def test_json_is_one_object_a_line_of_utf8(night):
    out = night.ok("--json", "search", "復旧")
    assert all(json.loads(line) for line in out.splitlines()) and "復旧" in out


def test_a_listed_post_is_a_line_about_it_and_its_text_below(four):
    [post] = found(four, "乾杯")
    assert four.ok("search", "乾杯") == \
        "%s  2026-10-30 22:00  Mastodon  はな @hana@social.example\n" \
        "  (unlisted) 乾杯🍺 full disk #ssmjp #打ち上げ\n" % post["id"]


def test_what_stands_beside_the_text_is_listed_too(archive):
    give(archive, status(1, "看板", spoiler_text="ネタバレ", sensitive=True, media_attachments=[
        {"id": "9", "type": "image", "url": "https://files.example/a.png", "preview_url": None, "description": "黒板の字", "meta": {}},
        {"id": "10", "type": "video", "url": "https://files.example/a.mp4", "preview_url": None, "description": None, "meta": {}}]))
    assert archive.ok("search").splitlines()[1:] == ["  [CW ネタバレ] 看板", "  [image: 黒板の字]", "  [video]"]


def test_a_long_post_is_cut_after_five_lines_unless_verbose(archive):
    give(archive, status(1, "\n".join("行%d" % n for n in range(9))))
    assert archive.ok("search").splitlines()[1:] == ["  行0", "  行1", "  行2", "  行3", "  行4…"]
    assert archive.ok("--verbose", "search").splitlines()[1:] == ["  行%d" % n for n in range(9)]


def test_japanese_is_listed_where_no_locale_is_installed(four):
    for env in ({"LC_ALL": "C"}, {"LC_ALL": "xx_YY.UTF-8"}, {"LC_ALL": "ja_JP.eucJP"}, {"LC_ALL": "", "LANG": ""}):
        assert four.ok("search", "乾杯", env=env) == four.ok("search", "乾杯")
        assert "乾杯🍺" in four.ok("search", "乾杯", env=env)


def test_a_full_disk_at_standard_output_is_a_failure(night):
    with open("/dev/full", "w") as full:
        done = subprocess.run([night.path, "search"], stdout=full, stderr=subprocess.PIPE, text=True, env=night.env)
    assert (done.returncode, done.stderr) == (1, "archive: standard output: No space left on device\n")


# ---- the language ----

@pytest.fixture
def mixed(four):
    """The four, and 5 to 7 of later days: a picture, an answer by somebody else, a link."""
    give(four, status(5, "白板です #ssmjp", at="2026-10-31T10:00:00.000Z", media_attachments=[
        {"id": "9", "type": "image", "url": "https://files.example/a.png", "preview_url": None, "description": "黒板の字", "meta": {}}]),
        status(6, "それは復旧 #ops", at="2026-10-31T11:00:00.000Z", user="mizuno", name="水野 そら", tags=("ops",), language="en",
               in_reply_to_id="5", in_reply_to_account_id="1"),
        status(7, "復旧の資料 復旧", at="2026-10-31T12:00:00.000Z", tags=(), edited_at="2026-10-31T12:10:00.000Z",
               content='<p>復旧の資料 復旧 <a href="https://slides.example/">slides</a></p>'))
    four.ok("thread", "new", "night", "--tag", "ssmjp")
    four.ok("thread", "add", "night", "--search", "from:@hana -has:media 更新")
    return four


@pytest.mark.parametrize("words, expected", [
    ("復旧 from:@mizuno", ["6", "2"]),
    ("復旧 from:水野 tag:ops", ["6"]),
    ("復旧 -from:\"水野 そら\"", ["7"]),
    ("has:media", ["5"]), ("has:alt 黒板", ["5"]), ("has:link", ["7"]), ("ssmjp -has:media -is:unlisted", ["2", "1"]),
    ("is:reply", ["6"]), ("is:edited", ["7"]), ("is:unlisted", ["4"]), ("is:gone", []),
    ("lang:en", ["6"]), ("tag:ssmjp tag:ops -lang:en", ["5", "4", "3", "2", "1"]),
    ("network:mastodon since:2026-10-31 until:2026-10-31T20:30", ["6", "5"]), ("-network:mastodon", []),
    ("since:\"2026-10-31 19:00\" -復旧", ["5"]),
    ("in:night", ["1"]), ("is:chosen", ["1"]), ("-in:night nginx", ["3", "2"]),
    ("復旧 sort:oldest", ["2", "6", "7"]), ("復旧 sort:relevance", ["7", "6", "2"]),
    ("ｆｒｏｍ：＠ｍｉｚｕｎｏ　復旧", ["6", "2"]),
])
def test_filters_stand_among_the_words(mixed, words, expected):
    assert names(mixed, "--", words) == expected
    assert names(mixed, "--limit", "1", "--", words) == expected[:1]


def test_an_order_is_an_option_too(mixed):
    assert names(mixed, "--sort", "oldest", "復旧") == ["2", "6", "7"]
    assert names(mixed, "--author", "mizuno", "lang:en") == ["6"]


@pytest.mark.parametrize("words, sentence", [
    ("has:medai", "has:medai: did you mean has:media?"),
    ("is:x", "is:x: take reply, quote, gone, unlisted, edited or chosen"),
    ("in:night復旧", "there is no thread 'night復旧'"),
    ("sort:relevance", "sort:relevance wants a word to look for"),
    ("since:x", "'x' is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h"),
])
def test_a_filter_that_is_not_understood_is_said(mixed, words, sentence):
    done = mixed.run("search", words)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith("archive: " + sentence) and done.stderr.count("\n") == 1


def test_a_filter_that_was_nearly_typed_is_named_when_nothing_is_found(mixed):
    done = mixed.run("search", "form:@mizuno")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "nothing found: 'form' is no filter, did you mean from:?\n")


@pytest.mark.parametrize("words, why", [
    ("from:@mizno", "no author here is '@mizno', did you mean '@mizuno'?"),
    ("from:mizunoo lang:ja", "no author here is 'mizunoo', did you mean '@mizuno'?"),
    ("夜景 from:@mizuno from:@quite-another", "no author here is '@quite-another', a search without from: shows who wrote"),
])
def test_who_is_not_there_is_named_when_nothing_is_found(mixed, words, why):
    done = mixed.run("search", words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"nothing found: {why}\n")


# ---- how it is shown ----

def test_a_long_post_is_listed_from_the_line_above_the_match_on(archive):
    give(archive, status(1, "\n".join("行%d" % n for n in range(9)) + "\n復旧した\n" + "\n".join("続き%d" % n for n in range(6))))
    assert archive.ok("search", "復旧").splitlines()[1:] == ["… 行8", "  復旧した", "  続き0", "  続き1", "  続き2…"]
    assert archive.ok("search", "行").splitlines()[1:] == ["  行0", "  行1", "  行2", "  行3", "  行4…"]
    assert len(archive.ok("--verbose", "search", "復旧").splitlines()) == 17


def test_matches_stand_out_on_a_terminal_alone(four):
    marked = "\x1b[1;4m%s\x1b[22;24m"
    assert marked % "復旧" + "しました、" + marked % "Nginx" in shown(four, "search", "復旧 nginx", env={"TERM": "xterm"})[1]
    for env in ({"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}, {}):
        assert "\x1b" not in shown(four, "search", "復旧", env=env)[1]
    assert "\x1b" not in four.ok("search", "復旧", env={"TERM": "xterm"})
    assert "\x1b" not in shown(four, "search", "--json", "復旧", env={"TERM": "xterm"})[1]


def test_the_pager_is_the_one_that_was_named_for_us_or_none(four):
    pagers = {"PAGER": "sed 's/^/any: /'", "ARCHIVE_PAGER": "sed 's/^/own: /'"}
    text = shown(four, "search", "復旧", env=pagers)[1]
    assert "own: " in text and "any: " not in text
    assert ": " not in shown(four, "search", "--no-pager", "復旧", env=pagers)[1].split("\n")[0][:6]


def test_a_stopped_pipe_ends_quietly(night):
    done = subprocess.run(["sh", "-c", '"$0" search --limit 1000 | head -n 1', night.path], capture_output=True, text=True, env=night.env)
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)

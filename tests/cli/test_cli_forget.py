"""archive forget: what is gone, what is named, what does not come back; and that no file of the store holds a byte of it."""
import contextlib
import ctypes
import hashlib
import json
import signal
import sqlite3
import subprocess

import pytest

from holes.scene import ZSTD, limited, unpack
from made import SLUG, give, lines, objects, status, x_page
from terminals import Terminal

pytest_plugins = ["evenings"]

SECRET = status(5, "ひみつの話 secretword", user="secretuser", name="秘密さん", at="2026-10-30T10:05:00.000Z", spoiler_text="secretspoiler")
SECRET["account"]["acct"] = "secretuser"
URI = SECRET["uri"]
AUTHOR = SECRET["account"]["uri"]
WORDS = ["ひみつ", "secretword", "secretspoiler", URI]
PERSON = ["secretuser", "秘密さん"]
OTHERS = [status(n, "他の話 %d" % n, at="2026-10-30T10:1%d:00.000Z" % n) for n in range(1, 5)]


def quoting(inner, **more):
    return status(9, "引用します", user="taro", name="太郎", quote={"state": "accepted", "quoted_status": inner}, **more)


def pack(body):
    """As the store keeps an answer."""
    out = ctypes.create_string_buffer(len(body) + 1000)
    size = ZSTD.ZSTD_compress(out, ctypes.c_size_t(len(out)), body, ctypes.c_size_t(len(body)), 3)
    return out.raw[:size]


def left(archive, *texts):
    """The texts that some file of the store, or an answer in it, still holds."""
    held = b"".join(path.read_bytes() for path in archive.store.parent.iterdir())
    with contextlib.closing(sqlite3.connect(archive.store)) as db:
        held += b"".join(unpack(*row) for row in db.execute("SELECT body, size FROM answer"))
    return [text for text in texts if text.encode() in held]


def uris(archive):
    return {post["uri"] for post in objects(archive.ok("--json", "search", "--limit", "10000"))}


def short(archive, uri):
    return next(post["id"] for post in objects(archive.ok("--json", "search", "--limit", "10000")) if post["uri"] == uri)


@pytest.fixture
def five(archive):
    give(archive, *OTHERS[:2], SECRET, *OTHERS[2:])
    assert left(archive, *WORDS, *PERSON)
    return archive


def test_a_post_is_forgotten_by_its_short_id(five):
    done = five.run("forget", "--yes", short(five, URI))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("1 post forgotten, and cut out of 1 kept answer\n"
                           "if it was a mistake: archive forget --undo %s\n" % URI)
    assert left(five, *WORDS) == [] and uris(five) == {post["uri"] for post in OTHERS}
    assert five.run("search", "ひみつ").stderr == "nothing found\n"


@pytest.mark.parametrize("name", [URI, SECRET["url"], "http://www.social.example/@secretuser/5/?x=1"])
def test_a_post_is_named_by_any_address(five, name):
    five.ok("forget", "--yes", name)
    assert left(five, *WORDS) == [] and len(uris(five)) == 4


@pytest.mark.parametrize("name", ["@secretuser@social.example", "secretuser@social.example", "@SecretUser", AUTHOR, SECRET["account"]["url"]])
def test_a_person_is_forgotten_with_all_posts(five, name):
    give(five, dict(SECRET, id="6", uri=URI + "6", url=SECRET["url"] + "6", content="<p>また secretword</p>"))
    report = json.loads(five.ok("--json", "forget", "--yes", name))
    assert report == {"posts": 2, "authors": 1, "thread_items": 0, "answers": 2, "clean": True, "uris": [AUTHOR], "export_anew": []}
    assert left(five, *WORDS, *PERSON) == [] and len(uris(five)) == 4


def test_the_evidence_of_the_others_stays(five):
    five.ok("forget", "--yes", URI)
    for post in OTHERS:
        assert left(five, post["content"].removeprefix("<p>").removesuffix("</p>"))
    with contextlib.closing(sqlite3.connect(five.store)) as db:
        (body, size, redacted), = db.execute("SELECT body, size, redacted FROM answer")
    kept = unpack(body, size)
    assert redacted == 1 and kept.count(b'"uri": "https://social.example/users/hana/statuses/') == 4


def test_whose_only_post_was_forgotten_leaves_no_name(five):
    """Their row goes with it; one with another post stays."""
    more = status(6, "もう一つ", user="taro", name="太郎の名", at="2026-10-30T10:06:00.000Z")
    give(five, more, dict(more, id="7", uri=more["uri"] + "7", url=more["url"] + "7"))
    five.ok("forget", "--yes", URI, more["uri"])
    assert left(five, *WORDS, *PERSON) == [] and left(five, "太郎の名")
    with contextlib.closing(sqlite3.connect(five.store)) as db:
        assert db.execute("SELECT handle FROM author ORDER BY handle").fetchall() == [("@hana@social.example",), ("@taro@social.example",)]
    five.ok("forget", "--yes", more["uri"] + "7")
    assert left(five, "太郎の名") == []
    assert five.run("status", "--check").returncode == 0


def test_one_after_the_other_is_cut_out_of_one_answer(five):
    for post in (OTHERS[0], SECRET, OTHERS[3], OTHERS[1]):
        five.ok("forget", "--yes", post["uri"])
    assert left(five, *WORDS, "他の話 1", "他の話 2", "他の話 4") == []
    assert uris(five) == {OTHERS[2]["uri"]} and left(five, "他の話 3")


def test_a_post_that_came_along_as_a_quoted_one_goes_too(archive):
    give(archive, OTHERS[0], quoting(SECRET))
    archive.ok("forget", "--yes", "@secretuser@social.example")
    assert left(archive, "ひみつ", "secretword", "secretspoiler", "秘密さん") == []
    assert len(uris(archive)) == 2 and left(archive, "引用します")


def test_a_later_import_does_not_take_it_again_nor_into_the_evidence(five):
    five.ok("forget", "--yes", URI, "@secretuser@social.example")
    again = dict(SECRET, id="7", uri=URI + "7", url=SECRET["url"] + "7", content="<p>三度目の secretword</p>")
    out = five.ok("import", "-", stdin=lines(OTHERS[0], SECRET, again, quoting(SECRET)))
    assert out.startswith("1 post new, 1 seen before")
    assert left(five, *WORDS[:3], *PERSON[1:]) == []


def test_undo_lets_it_in_again(five):
    five.ok("forget", "--yes", URI)
    assert five.ok("forget", "--undo", SECRET["url"]) == "the next fetch or import that meets it takes it in again\n"
    give(five, SECRET)
    assert URI in uris(five)


@pytest.mark.parametrize("name", ["@secretuser@social.example", "SecretUser@Social.Example".lower(), AUTHOR, SECRET["account"]["url"]])
def test_undo_lets_a_person_in_again(five, name):
    five.ok("forget", "--yes", "@secretuser")
    five.ok("forget", "--undo", name)
    give(five, SECRET)
    assert URI in uris(five)


def test_undo_of_what_was_not_forgotten_says_so(five):
    done = five.run("forget", "--undo", "https://social.example/users/x/statuses/1")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == ("archive: nothing was forgotten by the name https://social.example/users/x/statuses/1: "
                           "give the uri that archive forget named\n")


def test_a_file_of_the_users_own_is_never_told_to_be_replaced(five):
    five.ok("thread", "new", "x", "--tag", "ssmjp")
    five.ok("thread", "add", "x", "--all")
    key = json.loads(five.ok("--json", "thread", "heading", "x", "話", "--top"))["items"][0]["key"]
    (five.home / "post.md").write_text("# 感想\n\n# 話\n")
    five.ok("export", "x", "--into", "post.md", "--under", "感想")
    five.ok("export", "x#" + key, "--into", "post.md", "--under", "話")
    five.ok("export", "x", "--style", "class", "-o", "x.html")
    five.ok("export", "x", "--as", "text", "-o", "x.txt")
    told = [line for line in five.ok("forget", "--yes", URI).splitlines() if line.startswith("to be exported anew: ")]
    assert told == ["to be exported anew: archive export " + what for what in (
        "x (%s/post.md)" % five.home, "x#%s (%s/post.md)" % (key, five.home), "x (%s/x.html)" % five.home,
        "x --as text -o %s/x.txt" % five.home)]
    five.ok("export", "x")
    assert (five.home / "post.md").read_text().startswith("# 感想\n\n<!-- archive:begin x -->\n")
    assert five.run("export", "--all", "--check").returncode == 0


def test_the_files_to_be_exported_anew_are_named(five):
    five.ok("thread", "new", "x", "--tag", "ssmjp")
    five.ok("thread", "add", "x", "--all")
    five.ok("thread", "remove", "x", URI)
    five.ok("thread", "add", "x", URI)
    five.ok("export", "x", "--as", "page", "-o", "夏 site.html")
    five.ok("export", "x", "-o", "x.html")
    out = five.ok("forget", "--yes", URI).splitlines()
    assert out[0] == "1 post forgotten, and cut out of 1 kept answer; 1 item taken out of threads"
    assert out[1:3] == ["to be exported anew: archive export x -o %s/x.html" % five.home,
                        "to be exported anew: archive export x --as page -o %s/夏 site.html" % five.home]
    assert "ひみつ" in (five.home / "x.html").read_text()
    five.ok("export", "x")
    assert "ひみつ" not in (five.home / "x.html").read_text() + (five.home / "夏 site.html").read_text() + five.ok("export", "x", "-o", "-")
    assert left(five, *WORDS) == []
    assert json.loads(five.ok("--json", "forget", "--yes", OTHERS[0]["uri"]))["export_anew"] == [
        {"thread": "x", "file": str(five.home / "x.html"), "as": "fragment"},
        {"thread": "x", "file": str(five.home / "夏 site.html"), "as": "page"}]


# ---- X: pictures and polls stand beside the post ----

def x_evening():
    page = x_page("残る投稿 #ssmjp", "xsecretword #ssmjp")
    page["data"][1].update({"author_id": "9077", "attachments": {"media_keys": ["3_1"], "poll_ids": ["55512"]}})
    page["data"][0]["attachments"] = {"media_keys": ["3_2"]}
    page["includes"]["users"].append({"id": "9077", "username": "xsecretuser", "name": "秘密の人"})
    page["includes"]["media"] = [{"media_key": "3_1", "type": "photo", "url": "https://pbs.example/1.jpg", "alt_text": "xsecretalt"},
                                 {"media_key": "3_2", "type": "photo", "url": "https://pbs.example/2.jpg", "alt_text": "残る絵"}]
    page["includes"]["polls"] = [{"id": "55512", "voting_status": "closed", "options": [{"position": 1, "label": "xsecretoption", "votes": 1}]}]
    return page


def test_what_stands_beside_a_post_of_x_goes_with_it(archive):
    archive.ok("import", "-", stdin=json.dumps(x_evening()))
    assert len(left(archive, "xsecretword", "xsecretalt", "xsecretoption")) == 3
    archive.ok("forget", "--yes", "https://twitter.com/xsecretuser")
    assert left(archive, "xsecretword", "xsecretalt", "xsecretoption", "xsecretuser", "秘密の人", "i/user/9077") == []
    assert left(archive, "残る投稿", "残る絵") == ["残る投稿", "残る絵"] and len(uris(archive)) == 1
    archive.ok("import", "-", stdin=json.dumps(x_evening()))
    assert left(archive, "xsecretword", "xsecretalt", "xsecretoption", "xsecretuser", "秘密の人") == []


def test_whose_only_post_at_x_was_forgotten_leaves_no_name(archive):
    archive.ok("import", "-", stdin=json.dumps(x_evening()))
    archive.ok("forget", "--yes", next(post["uri"] for post in objects(archive.ok("--json", "search")) if "xsecretword" in post["text"]))
    assert left(archive, "xsecretword", "xsecretuser", "秘密の人", "i/user/9077") == [] and left(archive, "残る投稿")
    assert archive.run("status", "--check").returncode == 0


# ---- the evening of the example ----

@pytest.mark.parametrize("network", ["x", "mastodon", "bluesky", "misskey"])
def test_a_person_of_the_example_is_forgotten_and_not_fetched_again(thread, example, network):
    posts = objects(thread.ok("--json", "search", "--limit", "1000"))
    handles = [post["author"]["handle"] for post in posts if post["network"] == network]
    handle = max(sorted(set(handles)), key=handles.count)
    theirs = [post for post in posts if post["author"]["handle"] == handle]
    others = [post for post in posts if post not in theirs]
    named = {post["quote_of"] for post in others} | {post["reply_to"] for post in others}
    gone = [post["uri"] for post in theirs if post["uri"] not in named]
    gone += {post["text"] for post in theirs if "\n" not in post["text"] and len(post["text"]) > 8} - {post["text"] for post in others}
    gone = [text for text in gone if left(thread, text)]
    assert len(gone) >= len(theirs)
    out = thread.ok("forget", "--yes", theirs[0]["author"]["url"])
    assert out.startswith("%d posts forgotten" % len(theirs)) and left(thread, *gone) == []
    thread.ok("fetch", "#ssmjp", "--replay", example)
    assert uris(thread) == {post["uri"] for post in others} and left(thread, *gone) == []
    assert theirs[0]["url"] not in thread.ok("export", SLUG)


@pytest.mark.parametrize("mine, others", [
    ({"id": URI, "type": "Note", "attributedTo": AUTHOR, "content": "secretword"},
     {"id": OTHERS[0]["uri"], "type": "Note", "attributedTo": OTHERS[0]["account"]["uri"], "content": "@secretuser さん"}),
    ({"id": AUTHOR, "type": "Person", "preferredUsername": "secretuser", "name": "秘密さん"},
     {"id": OTHERS[0]["account"]["uri"], "type": "Person", "summary": "secretuser の友達"}),
    ({"id": URI, "type": "Note", "attributedTo": [{"type": "Person", "id": AUTHOR}], "content": "secretword"},
     {"id": "https://social.example/x", "type": "Note", "attributedTo": [], "content": "secretuser"}),
], ids=["note", "person", "list"])
def test_an_object_of_the_fediverse_is_cut_as_a_whole_when_it_is_theirs(five, mine, others):
    context = "https://www.w3.org/ns/activitystreams"
    bodies = [json.dumps({"@context": context, **value}, ensure_ascii=False).encode() for value in (mine, others)]
    with contextlib.closing(sqlite3.connect(five.store, isolation_level=None)) as db:
        for body in bodies:
            db.execute("INSERT INTO answer (source, url, status, fetched, redacted, size, sha256, body) VALUES "
                       "('mastodon:social.example', ?, 200, 5, 0, ?, ?, ?)", (AUTHOR, len(body), hashlib.sha256(body).digest(), pack(body)))
    five.ok("forget", "--yes", AUTHOR)
    assert left(five, *WORDS, bodies[0].decode()) == [] and left(five, bodies[1].decode())


# ---- asking ----

def test_in_a_pipe_yes_has_to_be_said(five):
    done = five.run("forget", URI)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "archive: archive forget cannot be taken back: where nobody can be asked, say --yes\n"
    assert URI in uris(five)


def asked(archive, answer, *names):
    """(status, what the terminal was given) of forgetting with a person at the keyboard."""
    terminal = Terminal(80)
    process = subprocess.Popen([archive.path, "forget", *names], stdin=terminal.theirs, stdout=terminal.theirs,
                               stderr=terminal.theirs, env=archive.env, cwd=archive.home)
    seen = terminal.read_until("[y/N] ")
    terminal.write(answer)
    code = process.wait(120)
    return code, (seen + terminal.read()).replace("\r\n", "\n")


@pytest.mark.parametrize("answer", ["n\n", "\n", "\x04", "yesterday\n"])
def test_who_does_not_say_yes_forgets_nothing(five, answer):
    code, seen = asked(five, answer, "@secretuser")
    assert code == 1 and seen.startswith("forget 1 post by @secretuser@social.example for good? [y/N] ")
    assert seen.endswith("nothing was forgotten\n") and URI in uris(five)


@pytest.mark.parametrize("answer", ["y\n", "YES\n"])
def test_who_says_yes_forgets(five, answer):
    id_ = short(five, URI)
    code, seen = asked(five, answer, URI, OTHERS[0]["uri"])
    assert code == 0 and "forget the post %s by @secretuser@social.example, the post " % id_ in seen
    assert left(five, *WORDS) == [] and len(uris(five)) == 3


# ---- what is not understood, and what is in the way ----

@pytest.mark.parametrize("names, code, sentence", [
    ([], 2, "what is to be forgotten? A post by its short id or address, or a person: archive forget @hana@social.example"),
    (["@nobody"], 1, "nobody in {} is called @nobody: give the handle as archive search prints it, or the address of the profile"),
    (["zzzzzzzz"], 1, "no post and nobody called zzzzzzzz in {}: give the short id or the address of a post, the handle or the profile "
                      "of a person"),
    ([URI, "https://social.example/x"], 1, "no post and nobody called https://social.example/x in {}: give the short id or the address "
                                           "of a post, the handle or the profile of a person"),
])
def test_a_name_that_means_nothing_changes_nothing(five, names, code, sentence):
    done = five.run("forget", "--yes", *names)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "archive: %s\n" % sentence.format(five.store))
    assert len(uris(five)) == 5


def test_a_name_of_several_people_is_refused_with_who_they_are(five):
    other = status(8, "別人", user="secretuser", at="2026-10-30T10:20:00.000Z")
    other["account"].update(acct="secretuser@other.example", uri="https://other.example/users/secretuser", url="https://other.example/@secretuser")
    other["uri"] = "https://other.example/users/secretuser/statuses/8"
    give(five, other)
    done = five.run("forget", "--yes", "@secretuser")
    assert done.returncode == 2 and done.stderr == (
        "archive: @secretuser could be any of @secretuser@other.example (https://other.example/@secretuser), @secretuser@social.example "
        "(https://social.example/@secretuser): give the address of the profile\n")
    five.ok("forget", "--yes", "@secretuser@other.example")
    assert URI in uris(five) and other["uri"] not in uris(five)


@pytest.mark.parametrize("name", ["'; DROP TABLE post; --", "%", "_" * 5000, "@" * 600, "\x1b]0;owned\x07", "https://", "at://", "@\n", "🎉"])
def test_hostile_names_are_names_of_nobody(five, name):
    done = five.run("forget", "--yes", "--", name)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and not set("\x1b\x07") & set(done.stderr)
    done = five.run("forget", "--undo", "--", name)
    assert done.returncode == 1 and len(uris(five)) == 5


def test_a_store_that_is_not_there_is_not_made(archive):
    for words in (["forget", "--yes", "@hana"], ["forget", "--undo", "@hana@social.example"]):
        done = archive.run(*words)
        assert done.returncode == 1 and "no store at" in done.stderr
    assert not archive.store.exists()


def test_a_locked_store_is_said_and_nothing_is_forgotten(five):
    with contextlib.closing(sqlite3.connect(five.store, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        done = five.run("forget", "--yes", URI)
        db.execute("ROLLBACK")
    assert done.returncode == 1 and "locked" in done.stderr
    assert URI in uris(five)


def test_while_somebody_still_reads_traces_may_stay_and_the_next_command_takes_them(five):
    with contextlib.closing(sqlite3.connect(five.store, isolation_level=None)) as db:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM post").fetchall()
        done = five.run("forget", "--yes", URI)
        db.execute("ROLLBACK")
    assert done.returncode == 3 and "may hold traces" in done.stderr and done.stdout.startswith("1 post forgotten")
    assert URI not in uris(five)
    five.ok("import", "-", stdin="[]")
    assert left(five, *WORDS) == []


def test_a_full_disk_is_said_and_the_next_command_finishes(five):
    give(five, *[status(n, "長い投稿 %d " % n * 100, at="2026-10-30T11:00:00.000Z") for n in range(100, 400)])
    size = five.store.stat().st_size
    done = five.run("forget", "--yes", URI, preexec_fn=limited(size // 2, ends=False))
    assert done.returncode in (1, 3) and done.stderr.count("\n") == 1
    if done.returncode == 1:
        assert URI in uris(five)
        five.ok("forget", "--yes", URI)
    five.ok("import", "-", stdin="[]")
    assert left(five, *WORDS) == [] and len(uris(five)) == 304


@pytest.mark.parametrize("size", [40_000, 120_000, 200_000, 300_000])
def test_killed_in_the_middle_it_is_all_or_nothing_and_finished_by_the_next(five, size):
    give(five, *[status(n, "長い投稿 %d " % n * 100, at="2026-10-30T11:00:00.000Z") for n in range(100, 200)])
    done = five.run("forget", "--yes", URI, preexec_fn=limited(size, ends=True))
    assert done.returncode in (0, 1, 3, -signal.SIGXFSZ)
    if URI in uris(five):
        five.ok("forget", "--yes", URI)
    five.ok("import", "-", stdin="[]")
    assert left(five, *WORDS) == [] and len(uris(five)) == 104

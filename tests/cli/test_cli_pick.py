"""archive pick: which thread it opens, what it asks for a new one, what it refuses, and a whole evening by keys."""
import os
import pty
import shutil
import subprocess

import pytest

from made import objects
from picking import SLUG, open_thread  # noqa: F401 (a fixture)
from screens import Screen
from test_cli_store import public, unprivileged  # noqa: F401 (a fixture)

pytest_plugins = ["evenings"]


def shown(archive, slug=SLUG):
    """The thread's items: kinds with their words, posts by their author's name."""
    [thread] = objects(archive.ok("--json", "thread", "show", slug))
    return [item["post"]["author"]["name"] if item["kind"] == "post" else (item["kind"], item["text"]) for item in thread["items"]]


def threads(archive):
    return [thread["slug"] for thread in objects(archive.ok("--json", "thread", "list"))[0]]


# which thread

def test_without_a_slug_it_is_the_thread_that_was_made_last(night):
    for slug in ("eins", "zwei"):
        night.ok("thread", "new", slug, "--tag", "ssmjp", "--title", "Titel von " + slug)
    night.ok("thread", "add", "eins", "--all")
    with Screen(night, 80, 24) as screen:
        screen.run("pick")
        assert "Titel von zwei" in screen.wait_for(" left")[0]
        screen.press("q")
        screen.wait_for("ended 0")


def test_a_slug_is_taken_in_any_spelling(night):
    night.ok("thread", "new", "eins", "--tag", "ssmjp", "--title", "Titel")
    night.ok("thread", "new", "zwei", "--tag", "ssmjp")
    with Screen(night, 80, 24) as screen:
        screen.run("pick", "ＥＩＮＳ")
        assert "Titel" in screen.wait_for(" left")[0]


# a new one

def test_enter_takes_the_defaults_of_the_newest_evening(night):
    with Screen(night, 80, 24) as screen:
        screen.run("pick")
        for question in ("hashtag [ssmjp]:", "name [ssmjp-2026-10-30]:", "title [#ssmjp 2026-10-30]:", "from [2026-10-30T17:00]:",
                         "until [2026-10-30T23:00]:"):
            lines = screen.wait_for(question)
            screen.press("Enter")
        assert lines[0] == "A new thread. Enter takes what stands in brackets, Ctrl-C makes nothing."
        screen.wait_for("0 chosen")
        screen.press("q")
        screen.wait_for("ended 0")
    [thread] = objects(night.ok("--json", "thread", "show"))
    assert (thread["slug"], thread["title"], thread["tags"], thread["zone"]) == (SLUG, "#ssmjp 2026-10-30", ["ssmjp"], "Asia/Tokyo")
    assert thread["window"] == {"since": "2026-10-30T08:00:00Z", "until": "2026-10-30T14:00:00Z"}


def test_every_default_can_be_answered_otherwise(night):
    night.ok("thread", "new", "taken", "--tag", "x")
    with Screen(night, 80, 24) as screen:
        screen.run("pick", "Neu")
        for question, answers in [("hashtag [", ["#!", "＃ＳＳＭＪＰ, 運用"]), ("title [", ["運用の夜"]), ("from [", ["soon", "19:00"]),
                                  ("until [", ["18:00", "-"])]:
            for answer in answers:
                screen.wait_until(lambda lines: lines[-1].startswith(question) and lines[-1].endswith("]:"))
                screen.type(answer)
                screen.press("Enter")
        screen.wait_for("0 chosen")
        screen.press("q")
        lines = screen.wait_for("ended 0")
    for sentence in ("  '#!' is no hashtag: it cannot hold '!'", "  'soon' is no time: try 2017-06-30T19:00, 2017-06-30, 19:00, yesterday or -2h",
                     "  that is not after it began"):
        assert sentence in lines
    [thread] = objects(night.ok("--json", "thread", "show", "neu"))
    assert (thread["title"], thread["tags"]) == ("運用の夜", ["ssmjp", "運用"])
    assert thread["window"] == {"since": "2026-10-30T10:00:00Z", "until": None}


def test_a_name_that_is_taken_is_asked_for_again(night):
    with Screen(night, 80, 24) as screen:
        screen.run("pick")
        screen.wait_for("hashtag [")
        screen.press("Enter")
        screen.wait_for("name [")
        night.ok("thread", "new", "taken", "--tag", "x")
        screen.type("Taken")
        screen.press("Enter")
        screen.wait_for("  there is a thread 'taken' already: choose another name")
        screen.wait_until(lambda lines: lines[-1] == "name [ssmjp-2026-10-30]:")


@pytest.mark.parametrize("key, end", [("C-c", "ended 130"), ("C-d", "ended 2")])
def test_leaving_the_questions_makes_nothing(night, key, end):
    with Screen(night, 80, 24) as screen:
        screen.run("pick")
        screen.wait_for("hashtag [")
        screen.press("Enter")
        screen.wait_for("name [")
        screen.press(key)
        screen.wait_for(end)
    assert threads(night) == []


# what is refused

def test_without_a_terminal_it_says_what_there_is_instead(night):
    done = night.run("pick")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "archive: archive pick wants a terminal: without one there are archive thread and archive edit\n"


def refused(archive, *words, program=None, env=None, **more):
    """On a terminal: (status, sentence)."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([program or archive.path, "pick", *words], stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, text=True,
                               env={**archive.env, "TERM": "xterm", **(env or {})}, **{"cwd": archive.home, **more})
    said = process.communicate(timeout=60)[1]
    os.close(theirs)
    os.close(ours)
    assert said.startswith("archive: ") and said.count("\n") == 1
    return process.returncode, said.removeprefix("archive: ").rstrip("\n")


def test_without_a_store_none_is_made(archive):
    assert refused(archive) == (1, "no store at %s: archive fetch makes it" % archive.store)
    assert not archive.store.parent.exists()


def test_a_store_without_posts_offers_nothing_to_choose(archive):
    archive.ok("import", "-", stdin="[]")
    assert refused(archive) == (1, "there is no post to choose from yet: archive fetch TAG collects them")


@pytest.mark.parametrize("words, sentence", [
    (["a", "b"], "'b' is a word too many: archive help pick shows how it is used"),
    (["--ambiguous", "broad"], "--ambiguous is wide or narrow, not 'broad'"),
    (["!"], "'!' cannot name a thread: it takes letters or digits, such as ssmjp-2017-06"),
])
def test_what_cannot_be_meant_is_refused(open_thread, words, sentence):
    assert refused(open_thread, *words) == (2, sentence)


@pytest.mark.parametrize("name, why", [("nonesuch", "is not known on this machine"), ("dumb", "cannot put text at a place"),
                                       ("", "is not known on this machine")])
def test_a_terminal_that_cannot_be_drawn_on_is_named_with_the_cure(open_thread, name, why):
    status, sentence = refused(open_thread, env={"TERM": name})
    assert (status, sentence) == (1, "the terminal '%s' %s: set TERM to what it is, such as xterm-256color or screen" % (name, why))


def test_a_store_that_may_not_be_written_is_said(open_thread, public):  # noqa: F811
    store = public / "archive.db"
    shutil.copy(open_thread.store, store)
    store.chmod(0o444)
    program = shutil.copy(open_thread.path, public)       # its folder may be closed to others, as root's is
    status, sentence = refused(open_thread, "--store", str(store), program=program, env={"HOME": str(public)}, cwd="/", preexec_fn=unprivileged)
    assert status == 1 and sentence.startswith("%s: may not be written: change its permissions" % store)


# an evening

def test_a_whole_evening_by_keys(open_thread):
    with Screen(open_thread, 120, 40) as screen:
        screen.run("pick")
        screen.wait_for("0 chosen")
        screen.press("Space", "Space", "x", "Space")
        screen.wait_for("3 chosen")
        screen.press("/")
        screen.type("復元")
        screen.wait_for("復元")
        screen.press("Enter", "Space")
        screen.wait_for("6 chosen")     # one of them on three networks
        screen.press("Escape")
        screen.wait_until(lambda lines: not any("/復元" in line for line in lines))
        screen.press("Tab", "g", "h")
        screen.type("信頼できる情報源の探し方 / はな")
        screen.press("Enter")
        screen.wait_for("## 信頼できる情報源の探し方")
        screen.press("n")
        screen.type("会場から質問が三つ")
        screen.press("Enter")
        screen.wait_for("-- 会場から質問が三つ")
        screen.press("Tab", "Space")
        screen.wait_for("7 chosen")
        screen.press("u")
        screen.wait_for("6 chosen")
        screen.press("q")
        screen.wait_for("ended 0")
    items = shown(open_thread)
    assert items[:2] == [("heading", "信頼できる情報源の探し方"), ("note", "会場から質問が三つ")]
    posts = [name for name in items if isinstance(name, str)]
    assert len(items) == 8 and posts[:3] == ["箱庭サーバ :server_room:", "とうふ（絹）", "plan だけ打つ人"]
    assert posts[3:] == ["みかん🍊"] * 3

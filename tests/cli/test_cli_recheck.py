"""archive recheck: a thread's posts looked up again: gone, edited, hidden, opted out, back; and what could not be asked."""
import json
import os
import subprocess

import pytest

from fakes import NOW, Author, BlueskyFake, MastodonFake, MisskeyFake, Post, XFake
from made import objects
from terminals import Terminal

CLOCK = {"ARCHIVE_NOW": str(NOW)}
LATER = {"ARCHIVE_NOW": str(NOW + 3600)}
TOKEN = {"ARCHIVE_X_TOKEN": "sesame"}
MINUTE = 60_000
HOME = "127.0.0.1:9"        # where nobody answers, should anybody be asked there
NAMES = ("one", "two", "three")


def posts():
    return [Post(Author("a" + name, name, HOME), "%s #ssmjp" % name, NOW * 1000 - MINUTE * (90 - n), key=name) for n, name in enumerate(NAMES)]


def server_of(fake, evening=None, **more):
    """People of this server: what it says of them is the last word."""
    return fake(evening or posts(), domain=HOME, **more)


def make(archive, spec, env=CLOCK):
    archive.ok("fetch", "ssmjp", "--source", spec, "--budget", "5", env=env)
    archive.ok("thread", "new", "evening", "--tag", "ssmjp", env=env)
    archive.ok("thread", "add", "evening", "--all", env=env)


def rows(archive):
    return {json.loads(line)["text"].split()[0]: json.loads(line) for line in archive.ok("--json", "search", env=CLOCK).splitlines()}


def shown(archive):
    out = archive.ok("export", "evening", env=CLOCK)
    return {name for name in NAMES if name + " " in out}


def fakes():
    return [("mastodon", MastodonFake, {"domain": HOME}), ("misskey", MisskeyFake, {"domain": HOME}), ("bluesky", BlueskyFake, {"mode": "api"})]


@pytest.mark.parametrize("spec, fake, more", fakes())
def test_what_is_gone_is_marked_and_not_exported_any_more(archive, spec, fake, more):
    with fake(posts(), **more) as server:
        make(archive, "%s:%s" % (spec, server.url))
        before = rows(archive)
        server.delete("two")
        out = archive.ok("recheck", env=LATER)
        assert server.refusals == []
    assert out.splitlines() == ["%s  %s: gone" % (before["two"]["id"], before["two"]["url"]),
                                "3 posts looked up, 2 as it was, 1 gone"]
    assert shown(archive) == {"one", "three"}


def test_nothing_has_changed(archive):
    with server_of(MastodonFake) as server:
        make(archive, "mastodon:" + server.url)
        asked = server.requests
        assert archive.ok("recheck", env=LATER) == "3 posts looked up, 3 as it was\n"
        assert server.requests == asked + 1
    assert shown(archive) == set(NAMES)


def test_what_comes_back_is_shown_again(archive):
    with server_of(MastodonFake) as server:
        make(archive, "mastodon:" + server.url)
        server.shelf.by_key["two"].post.visibility = "private"
        assert ": gone\n" in archive.ok("recheck", env=LATER)
        assert archive.ok("recheck", env=LATER) == "3 posts looked up, 3 as it was\n"
        server.shelf.by_key["two"].post.visibility = "public"
        assert ": there again\n" in archive.ok("recheck", env={"ARCHIVE_NOW": str(NOW + 7200)})
    assert shown(archive) == set(NAMES)


def test_what_was_edited_is_stored_as_it_is_now_and_the_former_answer_stays(archive):
    with server_of(MastodonFake) as server:
        make(archive, "mastodon:" + server.url)
        server.edit("two", "zwei #ssmjp", NOW * 1000)
        out = archive.ok("recheck", env=LATER)
    assert ": edited\n" in out and out.endswith("3 posts looked up, 2 as it was, 1 edited\n")
    assert "zwei" in rows(archive) and "two" not in rows(archive)


def test_who_has_come_to_ask_not_to_be_archived_is_emptied(archive):
    with server_of(MastodonFake) as server:
        make(archive, "mastodon:" + server.url)
        server.shelf.by_key["two"].post.author.bio = "#noarchive"
        out = archive.ok("recheck", env=LATER)
        assert ": asked not to be archived\n" in out
        assert archive.ok("recheck", env=LATER).startswith("2 posts looked up")
    assert "two" not in rows(archive) and shown(archive) == {"one", "three"}


def test_a_server_that_is_not_there_leaves_its_posts_as_they_are(archive):
    with server_of(MastodonFake) as server:
        make(archive, "mastodon:" + server.url)
    done = archive.run("recheck", env=LATER)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith("3 posts left as they are: ")
    assert shown(archive) == set(NAMES)


def test_a_server_that_closes_itself_leaves_its_posts_as_they_are(archive):
    with server_of(MastodonFake) as server:
        make(archive, "mastodon:" + server.url)
        server.personality = "gotosocial"
        done = archive.run("recheck", env=LATER)
    assert done.returncode == 1 and "3 posts left as they are: it is not shown without an account" in done.stdout
    assert shown(archive) == set(NAMES)


def test_what_a_server_merely_passed_on_is_asked_for_at_home(archive):
    stranger = Post(Author("far", host="127.0.0.1:19"), "far #ssmjp", NOW * 1000 - MINUTE, key="far")
    with server_of(MastodonFake, posts() + [stranger]) as server:
        make(archive, "mastodon:" + server.url)
        server.delete("far")
        done = archive.run("recheck", env=LATER)
    assert done.returncode == 3 and "gone" not in done.stdout and "1 post left as it is: " in done.stdout


def test_a_list_is_not_asked_of_a_server_that_has_none(archive):
    with server_of(MastodonFake, personality="gotosocial", token="sesame") as server:
        env = {"ARCHIVE_MASTODON_TOKEN_127_0_0_1_%d" % server.port: "sesame"}
        make(archive, "mastodon:" + server.url, {**CLOCK, **env})
        server.delete("two")
        out = archive.ok("recheck", env={**LATER, **env})
    assert out.endswith("3 posts looked up, 2 as it was, 1 gone\n")


def test_a_list_is_not_asked_of_an_old_server(archive):
    with server_of(MastodonFake, version="4.2.0") as server:
        make(archive, "mastodon:" + server.url)
        server.delete("two")
        asked = server.requests
        assert archive.ok("recheck", env=LATER).endswith("3 posts looked up, 2 as it was, 1 gone\n")
        assert server.requests == asked + 4


def test_the_files_that_hold_it_are_named(archive):
    with server_of(MastodonFake) as server:
        make(archive, "mastodon:" + server.url)
        archive.ok("export", "evening", "-o", "evening.html", env=CLOCK)
        server.delete("two")
        out = archive.ok("recheck", "evening", env=LATER)
        assert out.splitlines()[-1] == "to be exported anew: %s (evening)" % (archive.home / "evening.html").resolve()
        assert "to be exported anew" not in archive.ok("recheck", env=LATER)


def test_as_json(archive):
    with server_of(MastodonFake) as server:
        make(archive, "mastodon:" + server.url)
        server.delete("two")
        [report] = objects(archive.ok("--json", "recheck", env=LATER))
    assert [row["change"] for row in report["posts"]] == ["same", "gone", "same"]
    assert report["thread"] == "evening" and report["spent_micro_usd"] == 0 and report["export_anew"] == []


def test_without_a_thread_there_must_be_one(archive):
    with server_of(MastodonFake) as server:
        archive.ok("fetch", "ssmjp", "--source", "mastodon:" + server.url, env=CLOCK)
    done = archive.run("recheck", env=LATER)
    assert done.returncode == 1 and "there is no thread yet" in done.stderr


# X

def test_x_is_told_its_price_and_kept_to_it(archive):
    with XFake(posts(), token="sesame") as server:
        make(archive, "x:" + server.url, {**CLOCK, **TOKEN})
        server.delete("two")
        spent = server.cost
        out = archive.ok("recheck", "--budget", "1", env={**LATER, **TOKEN})
        assert server.refusals == [] and 0 < server.cost - spent <= 135_000
    assert out.splitlines()[0] == "X sells posts: 3 posts cost at most 0.135 USD, the budget is 1.00 USD"
    assert ": gone\n" in out and shown(archive) == {"one", "three"}


def test_x_is_not_asked_in_a_pipe_without_a_budget(archive):
    with XFake(posts(), token="sesame") as server:
        make(archive, "x:" + server.url, {**CLOCK, **TOKEN})
        asked = server.requests
        done = archive.run("recheck", env={**LATER, **TOKEN})
        assert done.returncode == 1 and server.requests == asked
    assert "the budget does not cover it: --budget USD raises it" in done.stdout


def test_an_edit_on_x_is_a_new_post_there_and_the_same_here(archive):
    with XFake(posts(), token="sesame") as server:
        make(archive, "x:" + server.url, {**CLOCK, **TOKEN})
        before = rows(archive)
        server.edit("two", "zwei #ssmjp", NOW * 1000 - MINUTE)
        out = archive.ok("recheck", "--budget", "1", env={**LATER, **TOKEN})
        assert server.refusals == []
    assert ": edited\n" in out
    after = rows(archive)
    assert after["zwei"]["uri"] == before["two"]["uri"] and "two" not in after


@pytest.mark.parametrize("answer, asked", [("n\n", 0), ("y\n", 1)])
def test_on_a_terminal_the_price_is_asked(archive, answer, asked):
    with XFake(posts(), token="sesame") as server:
        make(archive, "x:" + server.url, {**CLOCK, **TOKEN})
        before = server.requests
        terminal = Terminal(80)
        process = subprocess.Popen([str(archive.path), "recheck"], stdin=terminal.theirs, stdout=subprocess.DEVNULL,
                                   stderr=terminal.theirs, env={**archive.env, **LATER, **TOKEN}, cwd=archive.home)
        terminal.read_until("X sells posts: 3 posts cost at most 0.135 USD. Go on? [y/N] ")
        os.write(terminal.ours, answer.encode())
        assert process.wait(60) == (0 if asked else 1)
        os.close(terminal.theirs)
        os.close(terminal.ours)
        assert server.requests == before + asked

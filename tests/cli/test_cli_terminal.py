"""On a terminal: nothing is wider than it, nothing on it was not meant for it, the pager, and progress."""
import subprocess
import threading

import pytest

from fakes import Author, MastodonFake, Post
from made import give, status
from terminals import Terminal, shown, unsafe, width

pytest_plugins = ["evenings"]

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x1b[31m赤\x9b31m\u202eedoc\u2066\u200f\x08\x7f"
LONG = "長い" * 200 + " " + "a" * 300 + " 👨‍👩‍👧‍👦🇯🇵❤️👍🏽" * 30 + "ｶﾞｷﾞ" * 60


@pytest.mark.parametrize("columns", [80, 40, 20])
@pytest.mark.parametrize("words", [["search", "--limit", "1000"], ["thread", "show"], ["thread", "list"], ["search", "-v"]],
                         ids=" ".join)
def test_no_line_of_a_list_is_wider_than_the_terminal(thread, words, columns):
    status, text = shown(thread, *words, columns=columns)
    assert status == 0
    assert [line for line in text.splitlines() if width(line) > columns] == []
    assert [char for char in text if char in "\u200d\ufe0f"] == []


@pytest.mark.parametrize("columns", [80, 40])
def test_words_without_end_are_broken(archive, columns):
    give(archive, status(1, LONG, name=LONG))
    _, text = shown(archive, "search", "--verbose", columns=columns)
    lines = text.splitlines()
    assert len(lines) > 20
    assert max(width(line) for line in lines) <= columns
    assert "".join(line.strip() for line in lines[1:]).count("長い") == 200


def test_a_line_does_not_begin_with_a_mark_that_closes(archive):
    give(archive, status(1, "、".join("漢字" * n for n in range(1, 40)) + "。（終わり）！"))
    for columns in range(20, 60, 3):
        _, text = shown(archive, "search", "--verbose", columns=columns)
        assert [line for line in text.splitlines() if line.strip()[0] in "。、）！"] == []


def test_english_is_broken_between_words(archive):
    give(archive, status(1, "the quick brown fox jumps over the lazy dog " * 5))
    _, text = shown(archive, "search", columns=40)
    words = [word for line in text.splitlines()[1:] for word in line.split()]
    assert set(words) <= set("the quick brown fox jumps over lazy dog".split()) | {"dog…", "the…"}


@pytest.mark.parametrize("words", [["search"], ["thread", "show"], ["thread", "list"], ["status"]], ids=" ".join)
def test_no_control_byte_of_a_post_reaches_the_terminal(archive, words):
    give(archive, status(1, "見て\0" + HOSTILE, name="悪" + HOSTILE, spoiler_text=HOSTILE + "警告", tags=("ssmjp",), media_attachments=[
        {"id": "9", "type": "image", "url": "https://files.example/a.png", "description": "絵" + HOSTILE, "meta": {}}]))
    archive.ok("thread", "new", "x", "--tag", "ssmjp", "--title", "題" + HOSTILE)
    archive.ok("thread", "add", "x", "--all")
    status_, text = shown(archive, *words)
    assert status_ == 0 and text
    assert unsafe(text) == []


def test_no_control_byte_of_a_post_reaches_a_pipe_either(archive):
    give(archive, status(1, "見て\0" + HOSTILE, name="悪" + HOSTILE))
    assert unsafe(archive.ok("search")) == []
    assert unsafe(archive.ok("--json", "search")) == []


def test_no_control_byte_of_a_server_reaches_the_terminal(archive):
    fake = MastodonFake([])
    fake.route = lambda request: fake.json({"error": "no " + HOSTILE}, 422)
    with fake:
        code, text = shown(archive, "fetch", "x", "--source", "mastodon:" + fake.url)
    assert code == 1 and "no " in text
    assert unsafe(text) == []


def test_a_pager_is_used_on_a_terminal(thread):
    code, text = shown(thread, "search", "復旧", env={"PAGER": "sed 's/^/paged: /'"})
    assert code == 0
    assert text and all(line.startswith("paged: ") for line in text.splitlines())


@pytest.mark.parametrize("words", [["search", "復旧"], ["thread", "show"]], ids=" ".join)
def test_no_pager_is_used_in_a_pipe(thread, words):
    assert "paged: " not in thread.ok(*words, env={"PAGER": "sed 's/^/paged: /'"})


@pytest.mark.parametrize("words", [["status"], ["help"], ["thread", "list"], ["export"]], ids=" ".join)
def test_no_pager_is_used_for_what_is_short_or_meant_for_a_file(thread, words):
    assert "paged: " not in shown(thread, *words, env={"PAGER": "sed 's/^/paged: /'"})[1]


def test_who_leaves_the_pager_early_is_not_scolded(night):
    code, text = shown(night, "search", "--limit", "1000", env={"PAGER": "head -n 1"})
    assert code == 0
    assert text.count("\n") == 1


def test_a_pager_that_is_not_there_is_a_failure_that_is_seen(night):
    code, text = shown(night, "search", env={"PAGER": "no-such-pager"})
    assert code == 1
    assert text.endswith("archive: the pager 'no-such-pager' failed: name another in PAGER (cat is none)\n")


class Held(MastodonFake):
    """Holds its first answer back until it is let go."""

    def __init__(self, posts):
        super().__init__(posts)
        self.asked, self.free = threading.Event(), threading.Event()

    def handle(self, request):
        self.asked.set()
        self.free.wait(60)
        return super().handle(request)

    def stop(self):
        self.free.set()
        super().stop()


def live(archive):
    """The environment without the frozen clock, under which there is no progress."""
    return {name: value for name, value in archive.env.items() if name != "ARCHIVE_NOW"}


def watch(archive, fake, terminal, *words):
    return subprocess.Popen([archive.path, *words, "fetch", "ssmjp", "--source", "mastodon:" + fake.url],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=terminal.theirs, text=True,
                            env=live(archive), cwd=archive.home)


@pytest.mark.parametrize("columns", [80, 30])
def test_progress_is_shown_while_a_server_takes_its_time_and_is_taken_away(archive, columns):
    terminal = Terminal(columns)
    with Held([Post(Author("hana"), "やあ #ssmjp")]) as fake:
        process = watch(archive, fake, terminal)
        drawn = terminal.read_until("\n").split("\x1b[J")[-1].rstrip("\r\n")
        assert drawn.startswith("mastodon:http://127") and width(drawn) < columns
        fake.free.set()
        out, _ = process.communicate(timeout=60)
        left = terminal.read()
    assert process.returncode == 0 and "1 post new" in out
    assert left.endswith("\x1b[1A\r\x1b[J")


def test_progress_is_not_shown_when_all_goes_quickly(archive):
    terminal = Terminal(80)
    with MastodonFake([Post(Author("hana"), "やあ #ssmjp")]) as fake:
        process = watch(archive, fake, terminal)
        process.communicate(timeout=60)
        assert terminal.read() == ""


@pytest.mark.parametrize("how", ["pipe", "quiet"])
def test_progress_is_not_shown_in_a_pipe_or_when_quiet(archive, how):
    with Held([Post(Author("hana"), "やあ #ssmjp")]) as fake:
        terminal = Terminal(80)
        process = subprocess.Popen([archive.path, *(["--quiet"] if how == "quiet" else []), "fetch", "ssmjp", "--source",
                                    "mastodon:" + fake.url], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE if how == "pipe" else terminal.theirs, text=True,
                                   env=live(archive), cwd=archive.home)
        fake.asked.wait(60)
        beside = Terminal(80)
        other = watch(archive, fake, beside, "--store", "other.db")
        beside.read_until("new post")       # where it is shown it has come, though it began later
        fake.free.set()
        _, err = process.communicate(timeout=60)
        other.communicate(timeout=60)
        assert terminal.read() == "" and not err

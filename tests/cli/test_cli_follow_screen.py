"""The live screen of archive fetch --follow, on a real terminal of a given size.

The clock is frozen, and time goes on only while nothing is asked: a server that holds an answer back holds the screen.
"""
import re
import subprocess
import threading

import pytest

from fakes import Author, MastodonFake, MisskeyFake, Post
from harness import NOW
from screens import Screen
from terminals import Terminal, unsafe, width

HANA, YORU = Author("hana", name="はな"), Author("yoru", name="夜\x1b[31m\u202e")
LONG = "一次ソースを見る派です。「誰が困るか」から逆算して読む量を決める、が今日いちばんの持ち帰り #ssmjp"


def posts(author, *minutes, text=LONG):
    return [Post(author, "%s %d" % (text, n), created=NOW * 1000 + minute * 60000) for n, minute in enumerate(minutes)]


class Stage:
    """Two servers; the one named first answers so many requests and then holds the next until it is let go."""

    def __init__(self, answers, faults=None):
        self.first = MastodonFake(posts(HANA, -119, -118, -117, -117, -117, -60, -9, -2), clock=NOW)
        self.second = MisskeyFake(posts(YORU, -110, -60, -60, -59, -11), clock=NOW, faults=faults)
        self.free = threading.Event()
        self.first.at(answers + 1, lambda fake: self.free.wait(60))

    def words(self, *more):
        return ("fetch", "ssmjp", "--follow", "--source", "mastodon:" + self.first.url, "--source", "misskey:" + self.second.url, *more)

    def __enter__(self):
        self.first.start()
        self.second.start()
        return self

    def __exit__(self, *unused):
        self.free.set()
        self.first.stop()
        self.second.stop()


def drawn(lines):
    """The picture, without the line above it that says what is fetched."""
    [at] = [n for n, line in enumerate(lines) if line.startswith("#ssmjp 23:01")]
    return lines[at:]


@pytest.fixture
def ended():
    """Lets the server go and ends the program, then looks at what is left."""
    def end(stage, screen):
        screen.press("C-c")
        stage.free.set()
        return screen.wait_for("ended ")
    return end


def test_the_screen_of_an_evening(archive, ended):
    with Stage(answers=6) as stage, Screen(archive, 80, 24) as screen:
        screen.run(*stage.words("--until", "23:30"))
        lines = drawn(screen.wait_for("#ssmjp 23:01"))
        assert lines[0] == "#ssmjp 23:01, until 23:30"
        assert re.fullmatch(r" 21:01 [\u2801-\u28ff ]+ 23:01", lines[1])
        assert lines[2] == "          posts  10 min  last"
        assert lines[3].startswith("Mastodon      8       2  22:58 はな: 一次ソースを見る派です。")
        assert lines[4].startswith("Misskey       5       0  22:49 夜[31m: 一次ソースを見る派です。")
        assert lines[5:] == ["reading; Ctrl-C ends it"]
        assert max(map(width, lines)) <= 80 and unsafe("\n".join(lines)) == []
        after = ended(stage, screen)
        assert (screen.tell("cursor_flag"), screen.tell("alternate_on")) == ("1", "0")
    assert [line for line in after if "Ctrl-C ends it" in line or "posts  10 min" in line] == []
    assert any(line.startswith("13 posts new, 0 seen before") for line in after)
    assert after[-1] == "ended 0"


def test_a_narrow_and_low_screen(archive, ended):
    with Stage(answers=6) as stage, Screen(archive, 40, 12) as screen:
        screen.run(*stage.words())
        lines = drawn(screen.wait_for("#ssmjp 23:01"))
        assert lines[0] == "#ssmjp 23:01" and re.fullmatch(r" 21:01 [\u2801-\u28ff ]+ 23:01", lines[1])
        assert lines[3].startswith("Mastodon      8       2  22:58 はな: ")
        assert lines[5:] == ["reading; Ctrl-C ends it"]
        assert max(map(width, lines)) <= 40
        assert ended(stage, screen)[-1] == "ended 0"


def test_what_keeps_a_source_waiting_is_shown(archive, ended):
    with Stage(answers=6, faults={n: "object" for n in range(1, 40)}) as stage, Screen(archive, 80, 24) as screen:
        screen.run(*stage.words())
        lines = drawn(screen.wait_for("#ssmjp 23:01"))
        [trouble] = [line for line in lines if line.startswith("misskey:")]
        assert re.fullmatch(r"misskey:http://127\.0\.0\.1:\d+, in 0:\d\d:", trouble)
        assert lines[lines.index(trouble) + 1] == "  answered with something that is not a list of posts"
        assert ended(stage, screen)[-1] == "ended 0"


def watch(archive, stage, terminal, *words, env=None):
    process = subprocess.Popen([str(archive.path), *stage.words(*words)], stdin=subprocess.DEVNULL, stdout=terminal.theirs,
                               stderr=terminal.theirs, env={**archive.env, **(env or {})}, cwd=archive.home)
    text = terminal.read()
    assert process.wait(120) == 0
    return text


def test_nothing_but_the_cursor_is_moved(archive):
    """No colour, no other screen, no hidden cursor: nothing to be restored when it is killed."""
    with Stage(answers=9999) as stage:
        text = watch(archive, stage, Terminal(60), "--until", "23:05", env={"NO_COLOR": "1"})
    codes = set(re.findall(r"\x1b[^A-Za-z]*[A-Za-z]", text))
    assert codes and codes <= {"\x1b[J", *("\x1b[%dA" % n for n in range(1, 24))}
    assert unsafe(re.sub(r"\x1b\[\d*[AJ]", "", text).replace("\r", "")) == []


def test_it_is_drawn_at_most_once_a_second_and_only_when_it_changed(archive):
    with Stage(answers=9999) as stage:
        text = watch(archive, stage, Terminal(60), "--until", "23:05")
    frames = text.split("\r\x1b[J")[1:-1]
    assert 100 < len(frames) <= 302, "five minutes"
    assert all(one != next for one, next in zip(frames, frames[1:]))


def test_no_line_is_wider_than_any_terminal(archive):
    with Stage(answers=9999) as stage:
        for columns in (40, 47, 61, 100):
            text = watch(archive, stage, Terminal(columns), "--until", "23:02")
            frames = re.sub(r"\x1b\[\d*[AJ]", "", text.replace("\r\n", "\n").replace("\r", ""))
            picture = [line for line in frames.split("\n") if not line.startswith(("#ssmjp, ", "  m", "next: "))]
            assert max(map(width, picture)) < columns

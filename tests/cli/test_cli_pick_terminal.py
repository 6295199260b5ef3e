"""The picker and its terminal: sizes, stopping, vanishing, colours, mouse, pasting, other programs, and another one at the store."""
import os
import re
import signal
import sqlite3

import pytest

from made import give, status
from picking import SLUG, Picking, chosen, open_thread  # noqa: F401 (a fixture)
from screens import Screen

pytest_plugins = ["evenings"]


def script(archive, name, text):
    """A program of the user's."""
    path = archive.home / name
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)
    return path


def ordinary(screen):
    """Is the terminal as a shell wants it?"""
    return [screen.tell(what) for what in ("cursor_flag", "alternate_on", "mouse_any_flag", "keypad_flag")] == ["1", "0", "0", "0"]


# sizes and signals

def test_a_terminal_that_changes_its_size_is_drawn_anew(open_thread):  # noqa: F811
    with Picking(open_thread, 120, 40) as screen:
        screen.press("Space", "Space")
        screen.wait_for("2 chosen")
        for columns, lines in ((80, 24), (40, 12), (200, 60), (101, 13)):
            screen.resize(columns, lines)
            screen.wait_until(lambda text: len(text) == lines and text[-1].endswith("all keys"))
            screen.wait_for("2 chosen")
        screen.press("Space")
        screen.wait_for("3 chosen")
        screen.leave()
    assert chosen(open_thread) == 3


def test_ctrl_z_goes_to_the_shell_and_fg_comes_back(open_thread):  # noqa: F811
    with Screen(open_thread, 80, 24) as screen:
        screen.shell()
        screen.type("%s pick %s" % (open_thread.path, SLUG))
        screen.press("Enter")
        screen.wait_for("196 left")
        screen.press("Space", "C-z")
        screen.wait_for("Stopped")
        assert ordinary(screen)
        screen.type("stty -a; echo typed")
        screen.press("Enter")
        lines = screen.wait_until(lambda text: "typed" in text)
        assert any(" echo " in line for line in lines) and any(line.startswith("isig icanon") for line in lines)
        screen.resize(60, 20)
        screen.type("fg")
        screen.press("Enter")
        screen.wait_for("1 chosen")
        screen.press("Space")
        screen.wait_for("2 chosen")
        screen.press("q")
        screen.wait_until(lambda text: text[-1] == "ready")
        assert ordinary(screen)
    assert chosen(open_thread) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_that_ends_it_leaves_an_ordinary_terminal(open_thread, number):  # noqa: F811
    with Picking(open_thread) as screen:
        screen.press("Space")
        screen.wait_for("1 chosen")
        screen.press("n")
        screen.wait_for(" note:")
        screen.type("half a word")
        screen.wait_for("half a word")
        os.kill(picker_of(screen), number)
        screen.wait_for("ended 0")
        assert ordinary(screen)
    assert chosen(open_thread) == 1
    assert "half a word" in open_thread.ok("thread", "show", SLUG)


def picker_of(screen):
    """The process: the child of the shell that the terminal began with."""
    shell = screen.tell("pane_pid")
    with open("/proc/%s/task/%s/children" % (shell, shell)) as children:
        [pid] = children.read().split()
    return int(pid)


def is_there(pid):
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("way", ["kill-session", "kill-server"])
def test_a_terminal_that_vanishes_loses_nothing(open_thread, way):  # noqa: F811
    with Picking(open_thread) as screen:
        screen.press("Space", "Space")
        screen.wait_for("2 chosen")
        pid = picker_of(screen)
        screen.tmux(way)
        assert any(not is_there(pid) for _ in range(1_000_000))
    assert chosen(open_thread) == 2


def test_ctrl_c_leaves_a_prompt_then_the_program(open_thread):  # noqa: F811
    with Picking(open_thread) as screen:
        screen.press("/")
        screen.type("復元")
        screen.wait_until(lambda _: screen.tell("cursor_flag") == "1")
        screen.press("C-c")
        screen.wait_until(lambda _: screen.tell("cursor_flag") == "0")
        screen.press("f", "C-c", "C-c")
        screen.wait_for("ended 0")


# looks

FOREGROUND = {str(n) for n in range(30, 38)}
PLAIN = {"", "0", "1", "2", "4", "7", "39", "49"}


def codes(screen):
    """What makes its lines look so (ECMA-48, SGR)."""
    return {code for part in re.findall(r"\x1b\[([0-9;]*)m", "\n".join(screen.looks())) for code in part.split(";")}


@pytest.mark.parametrize("env, config", [({"NO_COLOR": "1"}, ""), ({"PROGRAM_TERM": "vt100"}, ""), ({"PROGRAM_TERM": "xterm-mono"}, ""),
                                         ({}, "[pick]\ncolour = no\n")], ids=["NO_COLOR", "vt100", "xterm-mono", "configuration"])
def test_without_colour_it_is_all_there(open_thread, env, config):  # noqa: F811
    path = open_thread.home / "pick.ini"
    path.write_text(config)
    with Picking(open_thread, env={**env, "ARCHIVE_CONFIG": str(path)}) as screen:
        screen.press("Space", "x")
        screen.wait_for("1 chosen")
        screen.press("k", "k")
        screen.wait_until(lambda text: any(line.startswith(">*") for line in text))
        used = codes(screen)
        assert used <= PLAIN and used >= {"1", "7"}
        screen.leave()


def test_colours_are_the_terminals_own_on_its_own_background(open_thread):  # noqa: F811
    with Picking(open_thread) as screen:
        screen.press("Space")
        screen.wait_for("1 chosen")
        used = codes(screen)
    assert used & FOREGROUND and used <= FOREGROUND | PLAIN


# what a person does

def mouse(screen, button, column, line):
    screen.type("\x1b[M%c%c%c" % (32 + button, 33 + column, 33 + line))


def row_of(screen, text):
    return next(n for n, line in enumerate(screen.text()) if text in line)


def test_a_click_moves_the_cursor_and_the_wheel_moves_on(open_thread):  # noqa: F811
    with Picking(open_thread) as screen:
        screen.wait_for("196 left")
        mouse(screen, 0, 20, row_of(screen, "18:33"))
        screen.wait_until(lambda text: any(line.startswith(">  18:33") for line in text))
        mouse(screen, 65, 20, 10)
        screen.wait_until(lambda text: any(line.startswith(">  18:39") for line in text))
        assert screen.tell("mouse_any_flag") == "1"
        screen.leave()


@pytest.mark.parametrize("words, config", [(["--no-mouse"], ""), ([], "[pick]\nmouse = no\n")], ids=["option", "configuration"])
def test_the_mouse_can_be_left_to_the_terminal(open_thread, words, config):  # noqa: F811
    path = open_thread.home / "pick.ini"
    path.write_text(config)
    with Picking(open_thread, env={"ARCHIVE_CONFIG": str(path)}, words=words) as screen:
        screen.wait_for("196 left")
        assert screen.tell("mouse_any_flag") == "0"


def at_cursor(screen, time):
    screen.wait_until(lambda lines: any(line.startswith((">  " + time, "-  " + time)) for line in lines))


@pytest.mark.parametrize("term", ["screen", "xterm-256color", "vt100"])
def test_the_keys_of_a_keyboard_are_understood(open_thread, term):  # noqa: F811
    with Picking(open_thread, env={"PROGRAM_TERM": term}) as screen:
        screen.wait_for("196 left")
        for key, time in (("Down", "17:40"), ("Down", "17:48"), ("Up", "17:40"), ("End", "22:58"), ("Home", "17:20"), ("j", "17:40"),
                          ("C-n", "17:48"), ("C-p", "17:40"), ("k", "17:20"), ("G", "22:58"), ("g", "17:20")):
            screen.press(key)
            at_cursor(screen, time)
        screen.press("PPage", "NPage")
        screen.wait_until(lambda lines: not any("17:20" in line for line in lines))
        screen.press("PPage")
        at_cursor(screen, "17:20")
        screen.press("DC")
        screen.wait_for("1 dropped")
        screen.press("/")
        screen.type("あいう")
        screen.wait_for("あいう")
        screen.press("BSpace", "Left", "BSpace", "Enter")
        screen.wait_until(lambda lines: any("/い" in line for line in lines))
        screen.leave()


def test_what_is_pasted_is_text_and_never_a_key(open_thread):  # noqa: F811
    with Picking(open_thread) as screen:
        screen.wait_for("196 left")
        screen.paste("  xq\nxq 日本")
        screen.press("?")
        screen.wait_for("all keys")
        screen.press("q")
        screen.wait_for("0 chosen")
        screen.press("Tab", "n")
        screen.wait_until(lambda _: screen.tell("cursor_flag") == "1")
        screen.paste("質問 q\nが三つ")
        screen.press("Enter")
        screen.wait_for("-- 質問 q が三つ")
        screen.leave()


def test_a_key_with_alt_or_an_unknown_one_does_nothing(open_thread):  # noqa: F811
    with Picking(open_thread) as screen:
        screen.wait_for("196 left")
        screen.type("\x1bx")
        screen.type("\x1b[27;5;120~")
        screen.type("\x1b[1;9x")
        screen.press("Space")
        assert "1 chosen  195 left  0 dropped" in screen.wait_for("1 chosen")[0]
        screen.leave()


# other programs

def test_a_text_goes_through_the_editor(open_thread):  # noqa: F811
    editor = script(open_thread, "editor", 'echo "in the editor of $ARCHIVE_X_TOKEN"; sed -i "s/三つ/四つ/" "$1"; stat -c %a "$1" "${1%/*}" >modes; echo "$1" >path\n')
    with Picking(open_thread, 120, 40, env={"VISUAL": str(editor), "EDITOR": "false", "ARCHIVE_X_TOKEN": "sesame"}) as screen:
        screen.press("Tab", "n")
        screen.type("質問が三つ")
        screen.press("Enter")
        screen.wait_for("-- 質問が三つ")
        screen.press("e")
        screen.wait_for("-- 質問が四つ")
        screen.leave()
    assert (open_thread.home / "modes").read_text() == "600\n700\n"
    assert not os.path.exists(os.path.dirname((open_thread.home / "path").read_text().strip()))


@pytest.mark.parametrize("editor, sentence", [("false", "the editor 'false' failed (status 1): nothing was changed"),
                                              ("nonesuch-x", "the editor 'nonesuch-x' is not there")])
def test_an_editor_that_fails_changes_nothing(open_thread, editor, sentence):  # noqa: F811
    with Picking(open_thread, 120, 40, env={"VISUAL": editor}) as screen:
        screen.press("Tab", "n")
        screen.type("質問が三つ")
        screen.press("Enter")
        screen.wait_for("-- 質問が三つ")
        screen.press("e")
        screen.wait_for(sentence)
        screen.wait_for("-- 質問が三つ")
        screen.leave()


def test_the_whole_thread_goes_through_the_editor(open_thread):  # noqa: F811
    editor = script(open_thread, "editor", "sed -i 's/^title: .*/title: 夜の部/; s/^slug: .*/slug: yoru/; s/^post .*/&\\nnote 会場から/' \"$1\"\n")
    with Picking(open_thread, 120, 40, env={"VISUAL": str(editor)}) as screen:
        screen.press("Space")
        screen.wait_for("1 chosen")
        screen.press("E")
        screen.wait_for("夜の部")
        assert any("changes, step 2" in line for line in screen.wait_for("-- 会場から"))
        screen.press("E")
        screen.wait_until(lambda lines: sum("-- 会場から" in line for line in lines) == 2)
        screen.leave()
    assert "夜の部" in open_thread.ok("thread", "show", "yoru")


def file_text(screen, path):
    """Once it is there and whole."""
    screen.wait_until(lambda _: path.exists() and path.read_text().endswith("\n"))
    return path.read_text()


def test_a_post_opens_in_the_browser_whose_words_stay_off_the_screen(open_thread):  # noqa: F811
    browser = script(open_thread, "browser", 'echo NOISE; echo NOISE >&2; echo "$1 $2" >opened\n')
    with Picking(open_thread, env={"BROWSER": "nonesuch-x %%s:%s --new %%s" % browser}) as screen:
        screen.press("o")
        assert file_text(screen, open_thread.home / "opened") == "--new https://misskey.example/notes/asy9o8rphkhyhzo6\n"
        screen.wait_for("196 left")
        assert "NOISE" not in "\n".join(screen.text())
        screen.leave()


def test_a_browser_that_draws_on_the_terminal_has_it(open_thread):  # noqa: F811
    browser = script(open_thread, "w3m", 'echo "READING $1"; read -r line; echo "$line" >read\n')
    with Picking(open_thread, env={"BROWSER": str(browser)}) as screen:
        screen.press("o")
        screen.wait_for("READING https://misskey.example/notes/")
        assert ordinary(screen)
        screen.type("read by the browser")
        screen.press("Enter")
        screen.wait_for("196 left")
        screen.leave()
    assert (open_thread.home / "read").read_text() == "read by the browser\n"


def test_without_a_browser_the_cure_and_the_address_are_named(open_thread):  # noqa: F811
    with Picking(open_thread, 120, 40) as screen:
        screen.press("o")
        screen.wait_for("no browser is there: name one in BROWSER for https://misskey.example/notes/")
        screen.leave()


def test_the_page_opens_in_the_browser_and_goes_with_the_picker(open_thread):  # noqa: F811
    browser = script(open_thread, "browser", 'cp "$1" page; stat -c %a "$1" >mode; echo "$1" >opened\n')
    with Picking(open_thread, env={"BROWSER": str(browser)}) as screen:
        screen.press("Space", "p")
        path = file_text(screen, open_thread.home / "opened").strip()
        screen.leave()
    assert not os.path.exists(path) and not os.path.exists(os.path.dirname(path))
    assert (open_thread.home / "mode").read_text() == "600\n"
    assert (open_thread.home / "page").read_text() == open_thread.ok("export", SLUG, "--as", "page")


def test_an_address_is_copied_and_shown(open_thread):  # noqa: F811
    with Picking(open_thread, 120, 40) as screen:
        screen.tmux("set-option", "-s", "set-clipboard", "on")
        screen.press("y")
        screen.wait_until(lambda text: "https://misskey.example/notes/asy9o8rphkhyhzo6" in text[-1])
        screen.wait_until(lambda _: screen.tmux("list-buffers") != "")
        assert screen.tmux("show-buffer") == "https://misskey.example/notes/asy9o8rphkhyhzo6"
        screen.leave()


# another one at the store

def test_posts_that_arrive_meanwhile_are_announced(open_thread):  # noqa: F811
    with Picking(open_thread) as screen:
        screen.press("j")
        screen.wait_for("196 left")
        give(open_thread, status(9001, "遅れて着いた #ssmjp", at="2026-10-30T08:45:00.000Z"))
        screen.wait_for("1 new post")
        assert not any("遅れて着いた" in line for line in screen.text())
        screen.press("R")
        screen.wait_for("遅れて着いた")
        screen.leave()


def test_a_store_that_is_locked_for_a_while_is_waited_for(open_thread):  # noqa: F811
    with Picking(open_thread) as screen:
        screen.wait_for("196 left")
        other = sqlite3.connect(open_thread.store, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        screen.press("Space")
        screen.press("Space")
        screen.wait_for("196 left")
        other.execute("ROLLBACK")
        other.close()
        screen.wait_for("2 chosen")
        screen.leave()
    assert chosen(open_thread) == 2
